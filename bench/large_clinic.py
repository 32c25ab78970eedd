"""A clinic of very many patients who tell of their plans: the demo's first patient copied in SQL, with log rows.

PostgreSQL only. Ids are digests of a word and the patient's number, so each row finds the others without a question.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import GeneratedField, Model

from bench.samples import demo_publication
from plans import tokens
from plans.content import from_json
from plans.models import (
    AuditEvent,
    DayEntry,
    Device,
    DownloadLink,
    FollowUp,
    FollowUpKind,
    Intention,
    LinkOpening,
    LogChange,
    LogEntry,
    Membership,
    Patient,
    PatientCondition,
    PlanItem,
    Rendering,
    Role,
    User,
)

EXERCISES, DAYS = 4, 5
"""Each patient tells of so many exercises and of the day on so many days, every second day up to yesterday.

That makes 50 log rows: 20 sessions of exercises, 5 days, and each of these 25 tellings as it came.
"""
CASELOAD = 100
"""Patients of each therapist."""
BIRTH_DATE = date(1960, 5, 17)
ISSUED_DAYS_AGO = 40
LOGS: tuple[type[Model], ...] = (LogEntry, DayEntry, LogChange)


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """A patient that is measured: with a link that opens."""

    patient: Patient
    link: DownloadLink
    token: str


class LargeClinic:
    """The demo's clinic, which grows by `grow_to`."""

    def __init__(self) -> None:
        self.demo = demo_publication()
        plan = self.demo.plan
        self.clinic, self.lead = plan.patient.clinic, User.objects.get(username="demo.lead")
        self.patients = Patient.objects.filter(record_number__startswith="L-").count()
        self._content = from_json(self.demo.content.json)
        self.keys = [item.key for item in self._content.items][:EXERCISES]
        self._today = self.clinic.today()

    def grow_to(self, patients: int) -> None:
        """Copy the demo's patient, with all that hangs on it, until there are so many."""
        first, last = self.patients + 1, patients
        with connection.cursor() as cursor:
            # The keys are right by the way they are made; to look each of them up takes longer than to write the row.
            cursor.execute("SET session_replication_role = replica")
            self._add_people(cursor, first, last)
            self._add_plans(cursor, first, last)
            with _indexes_left_to_the_end(cursor, LOGS):
                self._add_logs(cursor, first, last)
            self._add_traces(cursor, first, last)
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("VACUUM ANALYZE")
        self.patients = patients

    def sample(self, count: int) -> list[Sampled]:
        """Return patients from all over the clinic, whose links open."""
        step = self.patients // count
        return [self._with_link(1 + place * step) for place in range(count)]

    def therapist_of(self, patient: Patient) -> User:
        return User.objects.get(pk=patient.therapist_id)

    def _with_link(self, number: int) -> Sampled:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_id('link', str(int(number)))}")
            link = DownloadLink.objects.select_related("plan__patient").get(pk=cursor.fetchone()[0])
        token = tokens.new_token(link_id=link.pk)
        DownloadLink.objects.filter(pk=link.pk).update(token_digest=tokens.token_digest(token))
        return Sampled(patient=link.plan.patient, link=link, token=token)

    # --- One kind of rows after the other; `n` is the patient's number ---

    def _add_people(self, cursor: Any, first: int, last: int) -> None:
        therapist = self.demo.plan.patient.therapist
        people = (1 + first // CASELOAD, last // CASELOAD)
        _copy(cursor, therapist, people, id=_id("therapist"), username="'therapist ' || n")
        membership = Membership.objects.get(person=therapist, clinic=self.clinic, role=Role.THERAPIST)
        _copy(cursor, membership, people, id=_id("membership"), person_id=_id("therapist"))
        patient = self.demo.plan.patient
        therapist_id = _id("therapist", f"(1 + (n - 1) / {CASELOAD})")
        name = "'Robin ' || n % 1000 || ' Example ' || n"
        _copy(
            cursor, patient, (first, last), id=_id("patient"), therapist_id=therapist_id, name=name,
            search_text=f"lower({name})", record_number="'L-' || n", birth_date=_text(BIRTH_DATE),
        )  # fmt: skip
        for condition in PatientCondition.objects.filter(patient=patient):
            made = _id(f"condition {condition.pk}")
            _copy(cursor, condition, (first, last), id=made, patient_id=_id("patient"))

    def _add_plans(self, cursor: Any, first: int, last: int) -> None:
        numbers, demo, issued = (first, last), self.demo, self._today - timedelta(days=ISSUED_DAYS_AGO)
        _copy(cursor, demo.plan, numbers, id=_id("plan"), patient_id=_id("patient"))
        for item in PlanItem.objects.filter(plan=demo.plan):
            _copy(cursor, item, numbers, id=_id(f"item {item.pk}"), plan_id=_id("plan"))
        digest = "encode(sha256(('content ' || n)::bytea), 'hex')"
        named = f"replace(s.json, {_text(self._content.patient.name)}, 'Robin Example ' || n)"
        json = f"replace({named}, {_text(demo.issued_on)}, {_text(issued)})"
        _copy(cursor, demo.content, numbers, sha256=digest, plan_id=_id("plan"), json=json)
        _copy(
            cursor, demo, numbers, id=_id("publication"), plan_id=_id("plan"), content_id=digest, record_id=digest,
            substance=digest, sheet_code="upper(substr(md5('sheet ' || n), 1, 12))", issued_on=_text(issued),
            published_at=f"now() - interval '{ISSUED_DAYS_AGO} days'",
        )  # fmt: skip
        for rendering in Rendering.objects.filter(content=demo.content_id):
            ready = {"state": "'ready'", "file": "'renderings/none.pdf'", "sha256": "md5('pdf')", "size": "1"}
            made = _id(f"rendering {rendering.pk}")
            _copy(cursor, rendering, numbers, id=made, content_id=digest, **ready)
        link = DownloadLink.objects.get(plan=demo.plan, revoked_at=None)
        token = "md5('token ' || n) || md5('digest ' || n)"
        _copy(cursor, link, numbers, id=_id("link"), plan_id=_id("plan"), token_digest=token)

    def _add_logs(self, cursor: Any, first: int, last: int) -> None:
        # Ids that are needed often are made once for each patient.
        patients = f"(SELECT n, {_id('plan')} AS p, {_id('publication')} AS v FROM {_numbers(first, last)}) s"
        of_day = f"{patients}, generate_series(0, {DAYS - 1}) d"
        of_exercise = f"{of_day}, generate_series(1, {EXERCISES}) e"
        day = f"({_text(self._today)}::date - 1 - 2 * d)"
        then = f"{day} + time '10:00'"
        told = {"plan_id": "p", "publication_id": "v", "day": day, "words": "'as usual'", "source": "'page'",
                "created_at": then, "changed_at": then}  # fmt: skip
        _insert(
            cursor, LogEntry, of_exercise, **told, id=_id("entry", "n || ' ' || d || ' ' || e"), session="1",
            item_key=f"(ARRAY[{', '.join(_text(key) for key in self.keys)}]::uuid[])[e]", reason="''",
            outcome="(ARRAY['all','all','part','all'])[1 + (n + d + e) % 4]",
            feel="(ARRAY['right','too_hard','','right'])[1 + (n + d + e) % 4]",
            pain_before="(n + d) % 4", pain_after="(n + d + e) % 5",
        )  # fmt: skip
        _insert(
            cursor, DayEntry, of_day, **told, id=_id("day", "n || ' ' || d"), feel="''", pain="(n + d) % 5",
            signs="'[]'",
        )  # fmt: skip
        change = {"plan_id": "p", "source": "'page'", "created_at": then, "client_id": "gen_random_uuid()",
                  "values": """'{"outcome": "all", "pain_before": 2, "pain_after": 3, "feel": "right"}'"""}  # fmt: skip
        for rows, ids in (
            (of_exercise, {"entry_id": _id("entry", "n || ' ' || d || ' ' || e")}),
            (of_day, {"day_entry_id": _id("day", "n || ' ' || d")}),
        ):
            _insert(cursor, LogChange, rows, **change, **ids, id="gen_random_uuid()")

    def _add_traces(self, cursor: Any, first: int, last: int) -> None:
        """Add what else a telling patient leaves: devices, openings, lines of the trail, follow-ups open and done."""
        numbers, ago = _numbers(first, last), "now() - make_interval(days => 2 * d)"
        ten = f"{numbers}, generate_series(1, {DAYS}) d"
        plan, patient = _id("plan"), _id("patient")
        _insert(
            cursor, Device, numbers, id=_id("device"), link_id=_id("link"), kind="'phone'", created_at="now()",
            last_seen_at="now()", expires_on="current_date + 60", ended_how="''",
        )  # fmt: skip
        _insert(
            cursor, LinkOpening, ten, id=_id("opening", "n || ' ' || d"), link_id=_id("link"), use="'opened'",
            wrong_date="''", token_digest="md5('token ' || n) || md5('digest ' || n)",
            address_digest="md5('address ' || n)", created_at=ago,
        )  # fmt: skip
        trail = {
            "clinic_id": _text(self.clinic.pk),
            "patient_id": patient,
            "detail": "'{}'",
            "created_at": ago,
        }
        _insert(
            cursor, AuditEvent, ten, **trail, id=_id("told", "n || ' ' || d"), verb="'log.told'", object_type="'plan'",
            object_id=f"{plan}::text",
        )  # fmt: skip
        _insert(
            cursor, AuditEvent, ten, **trail, id=_id("viewed", "n || ' ' || d"), verb="'patient.viewed'",
            object_type="'patient'", object_id=f"{patient}::text",
            created_by_id=_id("therapist", f"(1 + (n - 1) / {CASELOAD})"),
        )  # fmt: skip
        _insert(
            cursor, Intention, numbers, id=_id("intention"), plan_id=plan, when_and_where="'after breakfast'",
            goal="'the stairs'", changed_at="now()",
        )  # fmt: skip
        raised = {"clinic_id": _text(self.clinic.pk), "plan_id": plan, "publication_id": _id("publication"),
                  "day": "current_date - 1 - n % 20", "created_at": "now()"}  # fmt: skip
        therapist = _id("therapist", f"(1 + (n - 1) / {CASELOAD})")
        open_ones, facts = f"{numbers} WHERE n % 4 = 0", _facts(self._today)
        done = {"seen_at": "now()", "seen_by_id": therapist, "done_at": "now()", "done_by_id": therapist}
        for kind, fact in facts.items():
            share = f"{open_ones} AND n / 4 % {len(facts)} = {list(facts).index(kind)}"
            common = {**raised, "kind": _text(kind), "facts": _text(fact)}
            _insert(cursor, FollowUp, share, **common, id=_id("follow-up"))
            _insert(cursor, FollowUp, numbers, **common, **done, id=_id(f"done {kind}"))


def _facts(today: date) -> Mapping[str, str]:
    since = today.isoformat()
    return {
        FollowUpKind.PAIN.value: f'{{"pain": 8, "over": 5, "days": 1, "since": "{since}"}}',
        FollowUpKind.SIGN.value: f'{{"signs": ["fever"], "days": 1, "since": "{since}"}}',
        FollowUpKind.SILENT.value: f'{{"never": false, "since": "{since}"}}',
    }


def _copy(cursor: Any, row: Model, numbers: tuple[int, int], **changed: str) -> None:
    """Write copies of this row, one for each number, with these columns changed."""
    fields = [field for field in row._meta.concrete_fields if not isinstance(field, GeneratedField)]
    values = [changed.get(field.column or "", f's."{field.column}"') for field in fields]
    table, key = row._meta.db_table, row._meta.pk.column if row._meta.pk else "id"
    rows = f'"{table}" s, {_numbers(*numbers)} WHERE s."{key}" = %s'
    columns = ", ".join(f'"{field.column}"' for field in fields)
    made = ", ".join(values).replace("%", "%%")
    cursor.execute(f'INSERT INTO "{table}" ({columns}) SELECT {made} FROM {rows}', [row.pk])


def _insert(cursor: Any, model: type[Model], rows: str, **values: str) -> None:
    """Write a row for each number, and for whatever else `rows` counts through."""
    columns = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {", ".join(values.values())} FROM {rows}'
    )


def _numbers(first: int, last: int) -> str:
    return f"generate_series({first}, {last}) n"


def _id(word: str, number: str = "n") -> str:
    return f"md5('{word} ' || {number})::uuid"


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def _indexes_left_to_the_end(cursor: Any, models: tuple[type[Model], ...]) -> Iterator[None]:
    """Take the indexes of these tables away, but for the primary keys, and make them again at the end."""
    tables = [model._meta.db_table for model in models]
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
        [tables],
    )
    unique = cursor.fetchall()
    for table, name, _definition in unique:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT LIKE '%%_pkey'",
        [tables],
    )
    plain = cursor.fetchall()
    for name, _definition in plain:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _name, definition in plain:
        cursor.execute(definition)
    for table, name, definition in unique:
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
