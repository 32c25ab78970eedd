"""How a protocol lies to a patient, in the words of the desk."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from plans.admin.words.dose_line import dose_line
from plans.contraindications import Anchor
from plans.dose import Dose
from plans.models import PhaseBegan
from plans.queries.phase_windows import WindowCheck, WindowState
from plans.queries.programmes import Programme
from plans.queries.protocols import LeftOutWhy


@dataclass(frozen=True, kw_only=True)
class WindowLine:
    """Whether the phase is for this patient today, and why."""

    words: str
    fits: bool


def window_line(programme: Programme, found: WindowCheck) -> WindowLine:
    return WindowLine(words=_window_words(programme, found), fits=found.fits)


def _window_words(programme: Programme, found: WindowCheck) -> str:
    said = {
        "condition": str(programme.condition or ""),
        "day": found.day,
        "date": _date_of(programme.anchor),
        "first": programme.from_day,
        "last": None if programme.to_day is None else programme.to_day - 1,
    }
    match found.state:
        case WindowState.NO_CONDITION:
            return _("This patient has no %(condition)s on record.") % said
        case WindowState.NO_DATE:
            return _("The %(date)s is not on record: whether this phase fits cannot be said.") % said
        case WindowState.NOT_OPERATED:
            return _("There was no operation, from which the days of this phase count.")
        case WindowState.TOO_EARLY:
            return _("Day %(day)s since the %(date)s: this phase begins on day %(first)s.") % said
        case WindowState.TOO_LATE:
            return _("Day %(day)s since the %(date)s: this phase ended on day %(last)s.") % said
    if found.day is not None:
        return _("Fits: day %(day)s since the %(date)s.") % said
    return (
        _("Fits: for %(condition)s, at any time.") % said if programme.condition else _("Fits any condition.")
    )


def _date_of(anchor: Anchor | None) -> str:
    match anchor:
        case Anchor.SURGERY:
            return _("surgery")
        case Anchor.DUE_DATE:
            return _("due date")
        case _:
            return _("onset")


def why_left_out(why: LeftOutWhy) -> str:
    match why:
        case LeftOutWhy.IN_PLAN:
            return _("in the plan already")
        case LeftOutWhy.RETIRED:
            return _("retired")
        case LeftOutWhy.NOT_APPROVED:
            return _("not approved in your clinic")
        case LeftOutWhy.AGAINST_RULES:
            return _("the rules are against it for this patient")
        case LeftOutWhy.NOT_CHOSEN:
            return _("not ticked")


def because_words(because: str) -> str:
    match because:
        case PhaseBegan.MET:
            return _("its criterion was met")
        case PhaseBegan.TIME:
            return _("by time")
        case _:
            return ""


def dose_words(dose: Dose, limb: str) -> str:
    return dose_line(dose, limb=limb) or _("as the therapist says")
