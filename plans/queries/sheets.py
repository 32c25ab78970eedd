"""Whether a printed sheet is still the right one, told by its code and without any patient data."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plans.models import Publication
from plans.queries.active_plans import is_followed
from plans.queries.pauses import open_pause

CODE_LENGTH = 12


class SheetState(StrEnum):
    """What became of a sheet."""

    CURRENT = "current"
    REPLACED = "replaced"
    STOPPED = "stopped"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class SheetAnswer:
    """The sheet's version and day of issue; `since` and `newest` tell when and by which version it ended.

    `clinic` and `phone` are whom to call while the plan is paused, which is said of its older sheets, too.
    """

    state: SheetState
    number: int
    issued_on: date
    since: date | None = None
    newest: int | None = None
    clinic: str = ""
    phone: str = ""
    locale: str = "en-US"


def code_in(typed: str) -> str:
    """Return the sheet's code that was typed or scanned, alone or as the address in its square; blank for none."""
    plain = plain_code(typed.strip().rstrip("/").rpartition("/")[2])
    return plain if len(plain) == CODE_LENGTH and plain.isascii() else ""


def plain_code(typed: str) -> str:
    """Return a sheet's code as it is stored: it may be typed with spaces, dashes or small letters."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def find_sheet(code: str) -> SheetAnswer | None:
    """Answer for a sheet's code as somebody typed it; None when unknown."""
    sheets = Publication.objects.filter(sheet_code=plain_code(code))
    sheet = sheets.select_related("plan__patient__clinic").first()
    if sheet is None:
        return None
    answer = SheetAnswer(
        state=SheetState.CURRENT,
        number=sheet.number,
        issued_on=sheet.issued_on,
        locale=sheet.plan.patient.clinic.locale,
    )
    if sheet.plan.stopped_on:
        return replace(answer, state=SheetState.STOPPED, since=sheet.plan.stopped_on)
    if pause := open_pause(sheet.plan):
        clinic = sheet.plan.patient.clinic
        since = clinic.day_of(pause.paused_at)
        return replace(answer, state=SheetState.PAUSED, since=since, clinic=clinic.name, phone=clinic.phone)
    newest = sheet.plan.publications.latest("number")
    if newest.number == sheet.number:
        # What the rules look at no more is not called right.
        return answer if is_followed(sheet.plan) else replace(answer, state=SheetState.ENDED)
    next_one = sheet.plan.publications.get(number=sheet.number + 1)
    return replace(answer, state=SheetState.REPLACED, since=next_one.issued_on, newest=newest.number)
