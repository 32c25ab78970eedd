"""What was told of a day, as the page of that day shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils.translation import ngettext

from plans.content import ItemContent, PlanContent, from_json
from plans.contraindications import RedFlag
from plans.handout import phrases
from plans.handout.bidi import isolate
from plans.languages import Language
from plans.models import DayEntry, LogEntry, Outcome, Publication
from plans.models.logs import MAX_PAIN, MAX_SESSIONS, MAX_WORDS
from plans.portal.labels import dial
from plans.portal.opened import OpenedPlan
from plans.portal.tell_words import say_feels, say_outcomes, say_reasons
from plans.queries.logs import (
    day_entries_of,
    entries_of,
    has_told,
    known_signs,
    say_signs,
    signs_of_versions,
    version_of_day,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ToldDay:
    """A day of an opened plan with all that was told of it; `content` is of the version in force on it."""

    plan: OpenedPlan
    day: date
    today: date
    publication: Publication
    content: PlanContent
    entries: Sequence[LogEntry]
    whole: DayEntry | None
    is_first: bool

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def query(self) -> str:
        """What an address says of the day."""
        return "" if self.is_today else "yesterday"

    def sessions_of(self, key: UUID) -> list[LogEntry]:
        rows = [row for row in self.entries if row.item_key == key]
        return sorted(rows, key=lambda row: row.session)


@dataclass(frozen=True, kw_only=True)
class ToldRow:
    """One exercise of the day. `next_session` is the one that a tap on "done" tells; None when all are told.

    `last_session` is the one that can be taken back with a tap, the last one told.
    """

    number: int
    key: UUID
    name: str
    dose: str
    status: str
    is_done: bool
    next_session: int | None
    last_session: int | None
    client_id: UUID
    mistake_id: UUID
    slots: int


def read_told(plan: OpenedPlan, day: date) -> ToldDay:
    row = plan.link.plan
    today = row.patient.clinic.today()
    publication = plan.publication if day == today else version_of_day(row, day) or plan.publication
    content = plan.content if publication == plan.publication else from_json(publication.content.json)
    whole = day_entries_of(row, first=day, last=day).first()
    content = _with_signs_of(whole, content)
    return ToldDay(
        plan=plan,
        day=day,
        today=today,
        publication=publication,
        content=isolate(content, direction=plan.language.direction),
        entries=list(entries_of(row, first=day, last=day)),
        whole=whole,
        is_first=not has_told(row),
    )


def _with_signs_of(whole: DayEntry | None, content: PlanContent) -> PlanContent:
    """Add the signs that were ticked on a page of another version: they ask for help as loudly, and stay ticked."""
    others = set(whole.signs if whole else ()) - known_signs(content).keys()
    if not (whole and others):
        return content
    found = signs_of_versions(whole.plan_id, others)
    return replace(content, signs=(*content.signs, *found.values()))


def read_untold(plan: OpenedPlan) -> ToldDay:
    """Return a day of which nothing is told: a page that a phone keeps is filled in there, on whatever day it is."""
    today = plan.link.plan.patient.clinic.today()
    return ToldDay(
        plan=plan,
        day=today,
        today=today,
        publication=plan.publication,
        content=isolate(plan.content, direction=plan.language.direction),
        entries=[],
        whole=None,
        is_first=False,
    )


def say_rows(told: ToldDay) -> list[ToldRow]:
    return [_say_row(told, item) for item in told.content.items]


def _say_row(told: ToldDay, item: ItemContent) -> ToldRow:
    rows, slots = told.sessions_of(UUID(item.key)), slots_of(item)
    free = [number for number in range(1, slots + 1) if number not in {row.session for row in rows}]
    return ToldRow(
        number=item.number,
        key=UUID(item.key),
        name=item.name,
        dose=_say_dose(item, told.plan.language),
        status=say_status(rows, slots),
        is_done=any(row.outcome != Outcome.SKIPPED for row in rows),
        next_session=free[0] if free else None,
        last_session=rows[-1].session if rows else None,
        client_id=uuid4(),
        mistake_id=uuid4(),
        slots=slots,
    )


def slots_of(item: ItemContent) -> int:
    """Return how often a day the exercise may be done by its dose."""
    return min(item.dose.times_per_day.high, MAX_SESSIONS) if item.dose.times_per_day else 1


def _say_dose(item: ItemContent, language: Language) -> str:
    said = phrases.shorten(phrases.say_dose(item, language), language)
    return " · ".join(f"{one.label}: {one.text}" if one.label else one.text for one in said)


def say_status(rows: Sequence[LogEntry], slots: int) -> str:
    """Say what was told of an exercise; nothing where nothing was, for then nothing is known."""
    if not rows:
        return ""
    outcomes = say_outcomes()
    if len(rows) == 1 and slots == 1:
        return outcomes[rows[0].outcome]
    done = sum(row.outcome != Outcome.SKIPPED for row in rows)
    count = max(slots, len(rows))
    words = ngettext("Done %(done)s of %(count)s time", "Done %(done)s of %(count)s times", count)
    return words % {"done": done, "count": count}


def say_left(told: ToldDay) -> list[dict[str, object]]:
    """Say what was told of exercises that are no longer in the plan, with their version."""
    keys = {UUID(item.key) for item in told.content.items}
    rows = [row for row in told.entries if row.item_key not in keys]
    if not rows:
        return []
    held = Publication.objects.filter(pk__in={row.publication_id for row in rows}).select_related("content")
    items = {row.pk: {item.key: item for item in from_json(row.content.json).items} for row in held}
    return [
        {
            "name": items[row.publication_id][str(row.item_key)].name,
            "version": row.publication.number,
            "status": say_outcomes()[row.outcome],
        }
        for row in rows
    ]


# --- Whom to call ---


def say_alarm(
    content: PlanContent, entries: Iterable[LogEntry], whole: DayEntry | None
) -> dict[str, object] | None:
    """Say whom to call for what was told, the most urgent first; None where nothing asks for it."""
    signs = whole.signs if whole else []
    now = say_signs(content, RedFlag.EMERGENCY, only=signs)
    today = say_signs(content, RedFlag.SAME_DAY, only=signs)
    answers = [phrases.say_answer(sign) for sign in content.signs if sign.code in signs]
    has_pain = is_over(content, *(pain for row in entries for pain in (row.pain_before, row.pain_after)))
    has_pain = has_pain or is_over(content, whole.pain if whole else None)
    if not (now or today or has_pain):
        return None
    return {
        "now": list(now.values()),
        "today": list(today.values()),
        "answers": [answer for answer in answers if answer],
        "pain": has_pain,
    }


def is_over(content: PlanContent, *pains: int | None) -> bool:
    return any(pain is not None and pain > content.clinic.pain_guide.ease_off_to for pain in pains)


def asks_for_help(content: PlanContent, entry: LogEntry | DayEntry | None) -> bool:
    if isinstance(entry, DayEntry):
        return bool(entry.signs) or is_over(content, entry.pain)
    return entry is not None and is_over(content, entry.pain_before, entry.pain_after)


# --- For the templates ---


def say_common(told: ToldDay) -> dict[str, object]:
    """Return what every page of the log says, whichever day or exercise it is about."""
    content, language = told.content, told.plan.language
    return {
        "plan": content,
        "home": told.plan.home,
        "day": told.day,
        "told_version": told.publication.number,
        "query": told.query,
        "is_today": told.is_today,
        "day_words": phrases.write_date(told.day, language),
        "is_first": told.is_first,
        "alarm": say_alarm(content, told.entries, told.whole),
        "pains": range(MAX_PAIN + 1),
        "ease_off_to": content.clinic.pain_guide.ease_off_to,
        "feels": say_feels(),
        "outcomes": say_outcomes(),
        "max_words": MAX_WORDS,
        "clinic_number": dial(content.clinic.phone),
        "emergency_number": dial(content.clinic.emergency_number),
    }


def say_tell(told: ToldDay, item: ItemContent, *, session: int | None = None) -> dict[str, object]:
    """Return what the form of one exercise says: `parts/tell.html` and the pages that include it."""
    rows, slots = told.sessions_of(UUID(item.key)), slots_of(item)
    row = _say_row(told, item)
    number = session or row.next_session or slots
    entry = next((one for one in rows if one.session == number), None)
    return {
        **say_common(told),
        "tell": row,
        "session": number,
        "sessions": range(1, max([slots, *(one.session for one in rows)]) + 1),
        "entry": entry,
        "reasons": say_reasons(),
        "alarm": say_alarm(told.content, rows, None),
    }


def say_kept(plan: OpenedPlan) -> dict[str, object]:
    """Return what a plan that is closed says after something was told of it: that it is kept, and whom to call."""
    told = read_told(plan, plan.link.plan.patient.clinic.today())
    return {"is_saved": True, "alarm": say_common(told)["alarm"]}


def say_tell_today(plan: OpenedPlan, item: ItemContent, *, for_keeping: bool) -> dict[str, object]:
    """Return what `parts/tell.html` says on the exercise's own page. Three queries more; in the active language."""
    today = plan.link.plan.patient.clinic.today()
    return say_tell(read_untold(plan) if for_keeping else read_told(plan, today), item)


def say_signs_to_tick(content: PlanContent) -> Mapping[str, str]:
    return say_signs(content, RedFlag.EMERGENCY) | say_signs(content, RedFlag.SAME_DAY)
