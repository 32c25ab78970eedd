"""The follow-ups that a person may see, with what their sentences name: read for a whole page at once."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from plans import permissions
from plans.content import BrokenContent, PlanContent, UnknownSchema, from_json
from plans.languages import SOURCE
from plans.models import FollowUp, FollowUpKind, Patient, Publication, User
from plans.models.follow_ups import OPEN
from plans.queries.exercise_names import apart, exercise_names
from plans.queries.follow_up_sentences import Named, sentence
from plans.queries.sign_names import sign_names


@dataclass(frozen=True, kw_only=True)
class ShownFollowUp:
    """One follow-up, and the sentence why in the language that is spoken now."""

    row: FollowUp
    sentence: str


def open_follow_ups(person: User, *, patient: Patient | None = None) -> QuerySet[FollowUp]:
    """Return what waits in the person's caseload, or for one patient: the gravest first, then the newest."""
    rows = permissions.follow_ups_of(person).filter(OPEN)
    if patient:
        rows = rows.filter(plan__patient=patient.pk)
    return rows.select_related("plan__patient__clinic", "seen_by").order_by("rank", "-day", "id")


def show_follow_ups(rows: Sequence[FollowUp]) -> list[ShownFollowUp]:
    """Say why for each. Three questions, however many there are. The rows have their plan, patient and clinic."""
    contents, signs = _contents(rows), _signs(rows)
    names = exercise_names(list(contents.values()), language=get_language() or SOURCE)
    return [
        ShownFollowUp(
            row=row,
            sentence=sentence(
                FollowUpKind(row.kind),
                row.facts,
                day=row.day,
                today=row.plan.patient.clinic.today(),
                named=_named(row, contents.get(row.publication_id), names, signs),
            ),
        )
        for row in rows
    ]


def items_of(row: FollowUp) -> list[UUID]:
    """Return the items of the plan that it is about."""
    if row.item_key:
        return [row.item_key]
    named = row.facts.get("items") or [row.facts.get("item")]
    return [UUID(key) for key in named if key]


def _contents(rows: Iterable[FollowUp]) -> dict[UUID, PlanContent]:
    wanted = {row.publication_id for row in rows if items_of(row) or row.facts.get("signs")}
    found = {}
    if wanted:
        stored = Publication.objects.filter(pk__in=wanted).values_list("pk", "content__json")
        for pk, json in stored:
            # What cannot be read any more is told where the version is opened; the list stands without its names.
            with suppress(BrokenContent, UnknownSchema):
                found[pk] = from_json(json)
    return found


def _signs(rows: Iterable[FollowUp]) -> Mapping[str, str]:
    codes = {code for row in rows for code in row.facts.get("signs", ())}
    return sign_names(codes, clinics={row.clinic_id for row in rows})


def _named(
    row: FollowUp, content: PlanContent | None, names: Mapping[UUID, str], signs: Mapping[str, str]
) -> Named:
    words = {sign.code: sign.words for sign in content.signs} if content else {}
    return Named(
        exercises=[names[key] for key in items_of(row) if key in names],
        signs=[
            signs.get(code) or apart(words.get(code, "")) or code.replace("_", " ")
            for code in row.facts.get("signs", ())
        ],
    )
