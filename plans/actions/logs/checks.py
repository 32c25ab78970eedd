"""What may be told of a day, and in which form. What is refused is named by its field, never repeated."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import TextChoices

from plans import text as plain
from plans.actions.texts import TextTooLong
from plans.content import from_json
from plans.exceptions import PlansError
from plans.models import LogSource, Plan, Publication
from plans.models.logs import MAX_PAIN, MAX_SESSIONS
from plans.queries.logs import known_signs, signs_of_versions, version_holding

CORRECTED_FOR = timedelta(days=1)
"""After its day an entry can be told and corrected on the page for so long."""
WAITED_FOR = timedelta(days=31)
"""What waited on a phone without a network comes late and is taken all the same."""


class LogRefused(PlansError):
    """{field}: this cannot be kept."""

    code = "log_refused"

    def __init__(self, *, field: str, attribute: str, **details: object) -> None:
        super().__init__(field=field, attribute=attribute, **details)
        self.attribute = attribute


class DayUnreadable(LogRefused):
    """{field}: write a date such as 2026-01-31."""

    code = "log_day_unreadable"


class IdUnreadable(LogRefused):
    """{field}: this is not a UUID."""

    code = "log_id_unreadable"


class DayInFuture(LogRefused):
    """{field}: this day has not come yet."""

    code = "log_day_in_future"


class DayTooOld(LogRefused):
    """{field}: this is too long ago. You can write down {earliest} and later days."""

    code = "log_day_too_old"


class DayBeforePlan(LogRefused):
    """{field}: this is before the plan, or this version of it, was made on {earliest}."""

    code = "log_day_before_plan"


class DayAfterEnd(LogRefused):
    """{field}: the plan ended on {latest}."""

    code = "log_day_after_end"


class ItemNeverInPlan(LogRefused):
    """{field}: this exercise was never in the plan."""

    code = "log_item_unknown"


class VersionUnknown(LogRefused):
    """{field}: this plan has no such version."""

    code = "log_version_unknown"


class PainOutOfRange(LogRefused):
    """{field}: write a whole number from 0 to 10."""

    code = "log_pain_out_of_range"


class SessionOutOfRange(LogRefused):
    """{field}: write a whole number from 1 to 10."""

    code = "log_session_out_of_range"


class ChoiceUnknown(LogRefused):
    """{field}: this is not one of the answers ({choices})."""

    code = "log_choice_unknown"


class ReasonWithoutSkipping(LogRefused):
    """{field}: give a reason only for an exercise that was skipped."""

    code = "log_reason_without_skipping"


class SignUnknown(LogRefused):
    """{field}: there is a warning sign that is not one of this plan's."""

    code = "log_sign_unknown"


def check_day(plan: Plan, publication: Publication, day: date, *, source: LogSource, waited: bool) -> None:
    """Raise a LogRefused for a day that cannot be told of now; `waited` without a network on a phone."""
    names = {"field": "Day", "attribute": "day"}
    today = plan.patient.clinic.today()
    if day > today:
        raise DayInFuture(**names)
    if plan.stopped_on and day > plan.stopped_on:
        raise DayAfterEnd(**names, latest=plan.stopped_on)
    begun = publication.issued_on
    if source is not LogSource.PAGE:
        begun = plan.publications.order_by("number").values_list("issued_on", flat=True)[0]
    # Issued just after midnight, as the clock of another machine has it, is issued today all the same.
    begun = min(begun, today)
    if day < begun:
        raise DayBeforePlan(**names, earliest=begun)
    earliest = today - (WAITED_FOR if waited else CORRECTED_FOR)
    if source is LogSource.PAGE and day < earliest:
        raise DayTooOld(**names, earliest=earliest)


def held_version(publication: Publication, item_key: UUID) -> Publication:
    """Return the version that the exercise is told of. Raises ItemNeverInPlan."""
    found = version_holding(publication, item_key)
    if found is None:
        raise ItemNeverInPlan(field="Exercise", attribute="item")
    return found


def check_pain(value: object, *, field: str, attribute: str) -> int | None:
    if value is None:
        return None
    # bool is an int in Python, and true is no pain.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_PAIN:
        raise PainOutOfRange(field=field, attribute=attribute)
    return value


def check_session(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SESSIONS:
        raise SessionOutOfRange(field="Time of the day", attribute="session")
    return value


def check_choice(
    value: object, choices: type[TextChoices], *, field: str, attribute: str, blank: bool = True
) -> str:
    if value == "" and blank:
        return ""
    if not isinstance(value, str) or value not in choices.values:
        raise ChoiceUnknown(field=field, attribute=attribute, choices=", ".join(choices.values))
    return value


def clean_words(value: str, *, most: int, field: str, attribute: str) -> str:
    """Return the words without what nobody sees: a keyboard that adds marks of direction is no fault of a patient.

    Raises TextTooLong.
    """
    text = plain.normalise(value, lines=False)
    for character in plain.find_invisible(text):
        text = text.replace(character, "")
    text = "" if plain.looks_blank(text) else text.strip()
    if len(text) > most:
        raise TextTooLong(field=field, attribute=attribute, most=most)
    return text


def check_signs(publication: Publication, codes: Iterable[str]) -> list[str]:
    """Return the codes, each once and sorted; also of signs that another version had. Raises SignUnknown."""
    given = set(codes)
    others = given - known_signs(from_json(publication.content.json)).keys()
    if others and others != signs_of_versions(publication.plan_id, others).keys():
        raise SignUnknown(field="Warning signs", attribute="signs")
    return sorted(given)
