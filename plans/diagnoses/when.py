"""What a typed line says of time and side: "sciatica, left, onset 3 weeks ago". In the desk's languages."""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LINE = 300
"""Longer lines are read as far as this: a letter that was pasted is no line of a condition."""
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10,
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = (
    r"(?P<unit>days?|d|weeks?|wks?|w|months?|mo|years?|yrs?|y"
    r"|d[ií]as?|semanas?|mes(?:es)?|a[ñn]os?)"
)
_SURGERY = r"surgery|operation|operated|post[- ]?op|cirug[ií]a|operaci[oó]n|operad[oa]"
_KIND = (
    r"(?:(?P<onset>onset|since|began|started|for|inicio|comienzo|desde)"
    rf"|(?P<surgery>{_SURGERY})|(?P<due>due(?: date)?|parto))"
)
_AFTER = (
    rf"(?P<after>post[- ]?op(?:erative)?|after (?:the )?(?:surgery|operation)|tras (?:la )?(?:{_SURGERY}))"
)
_WHEN = (
    rf"(?:(?:hace|desde hace)\s+{_NUMBER}\s*{_UNIT}\b)"
    rf"|(?:{_NUMBER}\s*{_UNIT}\s+(?:ago|{_AFTER}))"
    rf"|(?:in|en)\s+{_NUMBER}\s*{_UNIT}\b"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<dotted>\d{1,2}\.\d{1,2}\.\d{4})"
    r"|(?P<named>\d{1,2}\.?\s+(?:de\s+)?[a-zé]{3,10}\.?\s+(?:de\s+)?\d{4})"
    r"|(?P<today>today|hoy)|(?P<yesterday>yesterday|ayer)"
)


def _once(pattern: str) -> re.Pattern[str]:
    """Let the same group stand in several ways of writing: each gets a number, the first that is filled counts."""
    counts: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        name = match[1]
        counts[name] = counts.get(name, 0) + 1
        return f"(?P<{name}{counts[name]}>"

    return re.compile(re.sub(r"\(\?P<(\w+)>", numbered, pattern), re.IGNORECASE)


_SAID = _once(
    rf"[\s,;(]*(?:\b{_KIND}\s*(?:on|el|:)?\s*)?(?<![\w-])(?:{_WHEN})[\s)]*"
    rf"|[\s,;(]*\b(?:for|since|desde)\s+{_NUMBER}\s*{_UNIT}\b[\s)]*"
)
_SIDE = re.compile(
    r"[\s,;(]*\b(?:(?P<left>left|izquierd[oa])|(?P<right>right|derech[oa])"
    r"|(?P<both>bilateral|both sides|ambos lados))\b"
    r"(?:\s+side)?\)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*([,;])(?:\s*[,;])*\s*")
DAYS = ("onset", "surgery", "due", "when")


@dataclass(frozen=True, kw_only=True)
class TypedLine:
    """A line without what it says of time and side; `when` is a day of which it does not say what happened."""

    words: str
    side: str = ""
    onset: date | None = None
    surgery: date | None = None
    due: date | None = None
    when: date | None = None
    said: tuple[str, ...] = ()
    """What it says of time and side, as it was typed."""
    tells_several: bool = False
    """Several sides or several days: they may be told of several conditions."""
    two_sides: bool = False
    unsure: bool = False
    """It tells several days of one thing: only one of them is kept here."""


@dataclass(frozen=True, kw_only=True)
class ToldDay:
    """A day that a line tells: from where to where, and of what."""

    start: int
    end: int
    kind: str
    day: date


def days_in(line: str, *, today: date) -> list[ToldDay]:
    """Return the days of a line in their order; what cannot be a day is none."""
    found: list[ToldDay] = []
    for match in _SAID.finditer(line):
        if day := _day_of(match, today):
            kind = next((name for name in ("onset", "surgery", "due") if _first(match, name)), "when")
            kind = "surgery" if _first(match, "after") else kind
            found.append(ToldDay(start=match.start(), end=match.end(), kind=kind, day=day))
    return found


def read_line(line: str, *, today: date) -> TypedLine:
    """Read a line; what cannot be a day stays among the words, so that somebody sees it."""
    rest = line.strip()[:LINE]
    told = days_in(rest, today=today)
    said = [rest[one.start : one.end] for one in told]
    for one in reversed(told):
        rest = rest[: one.start] + _mark(rest[one.start : one.end]) + rest[one.end :]
    sides = list(_SIDE.finditer(rest))
    said += [one[0] for one in sides]
    rest = _SIDE.sub(lambda one: _mark(one[0]), rest)
    days = {kind: _latest([one for one in told if one.kind == kind], today) for kind in DAYS}
    named = {one.lastgroup or "" for one in sides}
    return TypedLine(
        words=_MARKS.sub(r"\1 ", " ".join(rest.split())).strip(" ,;"),
        side="both" if len(named) > 1 else next(iter(named), ""),
        said=tuple(part.strip(" ,;()") for part in said),
        tells_several=len(told) > 1 or len(sides) > 1,
        two_sides=len(named) > 1,
        unsure=any(one.day != days[one.kind] for one in told),
        **days,
    )


def _mark(cut: str) -> str:
    """Leave the comma that parts what stands before from what follows: no name reaches over it."""
    return next((char for char in cut if char in ",;"), "") + " "


def _latest(told: Sequence[ToldDay], today: date) -> date | None:
    """Return the latest that has come: a window is rather open too long. "Review in 6 weeks" is none of these."""
    days = [one.day for one in told]
    come = [one.day for one in told if one.day <= today and one.kind != "due"]
    return max(come or days, default=None)


def _first(match: re.Match[str], name: str) -> str:
    return next(
        (value for key, value in match.groupdict().items() if value and key.rstrip("0123456789") == name), ""
    )


def _day_of(match: re.Match[str], today: date) -> date | None:
    try:
        if iso := _first(match, "iso"):
            year, month, day = map(int, iso.split("-"))
            return date(year, month, day)
        if dotted := _first(match, "dotted"):
            day, month, year = map(int, dotted.split("."))
            return date(year, month, day)
        if named := _first(match, "named"):
            return _named(named)
    except ValueError:
        return None
    if _first(match, "today"):
        return today
    if _first(match, "yesterday"):
        return today - timedelta(days=1)
    return _away(match, today)


def _named(words: str) -> date | None:
    parts = [part.strip(".").lower() for part in words.split() if part.lower() != "de"]
    for names in (MONTHS, MESES):
        if parts[1][:3] in names:
            return date(int(parts[2]), names.index(parts[1][:3]) + 1, int(parts[0]))
    return None


def _away(match: re.Match[str], today: date) -> date | None:
    number, unit = _first(match, "number").lower(), _first(match, "unit").lower()
    if not number:
        return None
    count = NUMBERS.get(number) or int(number)
    ahead = re.search(r"\b(?:in|en)\s", match[0], re.IGNORECASE) is not None
    steps = count if ahead else -count
    try:
        if unit.startswith(("mo", "mes")):
            return _months(today, steps)
        if unit.startswith(("y", "a")):
            return _months(today, 12 * steps)
        return today + timedelta(days=steps * (7 if unit.startswith(("w", "s")) else 1))
    except (ValueError, OverflowError):
        return None


def _months(today: date, count: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
