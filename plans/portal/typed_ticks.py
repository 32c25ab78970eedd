"""What a form or a list of a phone says, read into what the actions take. Raises a LogRefused by the field's name."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from plans.actions import logs
from plans.models import Outcome

PAIN_FIELDS = {"pain": "Worst pain", "pain_before": "Pain before", "pain_after": "Pain after"}
TEXTS_OF_EXERCISE = ("outcome", "reason", "feel", "words")
TEXTS_OF_DAY = ("feel", "words")
FIRST_YEAR, LAST_YEAR = 1971, 2199
"""Beyond these a clock is no clock; a moment near the ends of the calendar cannot be kept in another zone."""


def read_day(typed: object) -> date:
    try:
        return date.fromisoformat(typed) if isinstance(typed, str) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise logs.DayUnreadable(field="Day", attribute="day")


def read_id(typed: object, *, attribute: str) -> UUID:
    try:
        return UUID(typed if isinstance(typed, str) else "")
    except ValueError:
        raise logs.IdUnreadable(field=attribute.capitalize(), attribute=attribute) from None


# --- A form ---


def form_id(form: QueryDict) -> UUID:
    """Return the id that the page gave the form; a new one where somebody took it out."""
    try:
        return UUID(form.get("id", ""))
    except ValueError:
        return uuid4()


def form_exercise(form: QueryDict) -> dict[str, Any]:
    """Read a form of an exercise. A reason that was chosen before "all" was is no reason any more."""
    values: dict[str, Any] = {name: form.get(name, "") for name in TEXTS_OF_EXERCISE}
    if values["outcome"] in (Outcome.ALL, Outcome.PART):
        values["reason"] = ""
    pains = {name: _typed_pain(form, name) for name in ("pain_before", "pain_after")}
    told = {**values, **pains}
    untouched = _untouched(_seen_in(form.get("seen")), told)
    return {**told, "session": form_session(form), "whole": "whole" in form, "untouched": untouched}


def form_session(form: QueryDict) -> int:
    session = form.get("session", "1")
    if not _is_number(session):
        raise logs.SessionOutOfRange(field="Time of the day", attribute="session")
    return int(session)


def form_day(form: QueryDict) -> dict[str, Any]:
    texts = {name: form.get(name, "") for name in TEXTS_OF_DAY}
    told = {**texts, "pain": _typed_pain(form, "pain"), "signs": sorted(form.getlist("signs"))}
    seen = _seen_in(form.get("seen"))
    return {**told, "whole": True, "untouched": _untouched(seen, told), "seen_signs": _seen_signs(seen)}


def say_seen(told: Mapping[str, Any]) -> str:
    """Write down what a form shows, so that it can be told what somebody changed in it."""
    return json.dumps(told)


def _untouched(seen: Mapping[str, Any], told: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the fields that were left as the form showed them; another device may have told more."""
    return frozenset(name for name, value in told.items() if name in seen and seen[name] == value)


def _seen_signs(seen: Mapping[str, Any]) -> list[str] | None:
    signs = seen.get("signs")
    return [code for code in signs if isinstance(code, str)] if isinstance(signs, list) else None


def _seen_in(written: str | None) -> dict[str, Any]:
    """Return what the form showed; of what no page of ours wrote, nothing was seen."""
    try:
        seen = json.loads(written or "")
    except (ValueError, RecursionError):
        return {}
    return seen if isinstance(seen, dict) else {}


def _typed_pain(form: QueryDict, name: str) -> int | None:
    typed = form.get(name, "").strip()
    if typed and not _is_number(typed):
        raise logs.PainOutOfRange(field=PAIN_FIELDS[name], attribute=name)
    return int(typed) if typed else None


def _is_number(typed: str) -> bool:
    return typed.isdecimal() and len(typed) <= 3


# --- A list of a phone ---


def listed_tick(given: Mapping[str, Any]) -> logs.Tick:
    """Read one of the list. The actions look at the numbers and choices themselves."""
    is_exercise = given.get("item") is not None
    version = given.get("version")
    if version is not None and (isinstance(version, bool) or not isinstance(version, int)):
        raise logs.VersionUnknown(field="Version", attribute="version")
    is_back = is_exercise and given.get("take_back") is True
    return logs.Tick(
        client_id=read_id(given.get("id"), attribute="id"),
        day=read_day(given.get("day")),
        item_key=read_id(given["item"], attribute="item") if is_exercise else None,
        version=version,
        told_at=_moment(given.get("told_at")),
        values=_values(given, is_exercise=is_exercise, is_back=is_back),
        is_back=is_back,
    )


def _values(given: Mapping[str, Any], *, is_exercise: bool, is_back: bool) -> dict[str, Any]:
    if is_back:
        return {"session": given.get("session", 1)}
    return _exercise_values(given) if is_exercise else _day_values(given)


def _exercise_values(given: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: _text(given, name) for name in TEXTS_OF_EXERCISE}
    pains = {name: given.get(name) for name in ("pain_before", "pain_after")}
    told = {**texts, **pains}
    whole, session = given.get("whole") is True, given.get("session", 1)
    return {**told, "session": session, "whole": whole, "untouched": _untouched(_seen_of(given), told)}


def _day_values(given: Mapping[str, Any]) -> dict[str, Any]:
    signs = given.get("signs") or []
    if not isinstance(signs, list) or not all(isinstance(code, str) for code in signs):
        raise logs.SignUnknown(field="Warning signs", attribute="signs")
    texts = {name: _text(given, name) for name in TEXTS_OF_DAY}
    told = {**texts, "pain": given.get("pain"), "signs": sorted(signs)}
    whole, seen = given.get("whole") is True, _seen_of(given)
    return {**told, "whole": whole, "untouched": _untouched(seen, told), "seen_signs": _seen_signs(seen)}


def _seen_of(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the form on the phone showed, if it says so."""
    seen = given.get("seen")
    return seen if isinstance(seen, dict) else {}


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise logs.ChoiceUnknown(field=name.capitalize(), attribute=name, choices="text")
    return value or ""


def _moment(given: object) -> datetime | None:
    """Read the phone's clock. It decides nothing, so one that cannot be read is left out."""
    try:
        moment = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return moment
