"""Why a therapist should look at a plan again, in a sentence: for the desk in its language, for the API in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import FollowUpKind


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the facts name by keys and codes: exercises as on the sheet, warning signs."""

    exercises: Sequence[str] = ()
    signs: Sequence[str] = ()


def sentence(kind: FollowUpKind, facts: Mapping[str, Any], *, day: date, today: date, named: Named) -> str:
    since = date.fromisoformat(facts["since"])
    parts = {
        **facts,
        "day": _day(day),
        "since": _day(since),
        "silent": (today - since).days,
        "exercises": ", ".join(_quoted(name) for name in named.exercises),
        "signs": ", ".join(named.signs),
    }
    said = _SAY[kind](parts)
    corrected = _("It was corrected since.")
    return f"{said} {corrected}" if facts.get("corrected") else said


def _pain(parts: Mapping[str, Any]) -> str:
    if parts["exercises"]:
        said = _("Pain %(pain)s of 10 after %(exercises)s on %(day)s; above %(over)s the sheet says to stop.")
    else:
        said = _("Pain %(pain)s of 10 on %(day)s; above %(over)s the sheet says to stop.")
    if parts["days"] == 1:
        return said % parts
    more = _("It was so on %(days)s days since %(since)s.")
    return f"{said} {more}" % parts


def _hurts(parts: Mapping[str, Any]) -> str:
    told = {**parts, "count": parts["hurt"] + parts["cannot"]}
    if parts["exercises"]:
        return (
            _(
                "%(exercises)s hurt or could not be done in %(count)s sessions since %(since)s, last on %(day)s."
            )
            % told
        )
    return (
        _(
            "It hurt or could not be done on %(count)s days since %(since)s, last on %(day)s; no exercise was named."
        )
        % told
    )


def _sign(parts: Mapping[str, Any]) -> str:
    return _("A warning sign was ticked on %(day)s: %(signs)s.") % parts


def _silent(parts: Mapping[str, Any]) -> str:
    if parts["never"]:
        said = ngettext(
            "Nothing was logged since the plan was issued on %(since)s, %(silent)s day ago: whether it was done is "
            "unknown.",
            "Nothing was logged since the plan was issued on %(since)s, %(silent)s days ago: whether it was done is "
            "unknown.",
            parts["silent"],
        )
    else:
        said = ngettext(
            "Nothing was logged for %(silent)s day, since %(since)s: whether the exercises were done is unknown.",
            "Nothing was logged for %(silent)s days, since %(since)s: whether the exercises were done is unknown.",
            parts["silent"],
        )
    return said % parts


def _easy(parts: Mapping[str, Any]) -> str:
    return (
        _(
            "%(exercises)s: done in full and too easy each time, in %(sessions)s sessions on %(days)s days since "
            "%(since)s."
        )
        % parts
    )


_SAY = {
    FollowUpKind.PAIN: _pain,
    FollowUpKind.HURTS: _hurts,
    FollowUpKind.SIGN: _sign,
    FollowUpKind.SILENT: _silent,
    FollowUpKind.EASY: _easy,
}


def _quoted(name: str) -> str:
    """Put the name between the quotation marks of the reader's language."""
    return _("“%(name)s”") % {"name": name}


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
