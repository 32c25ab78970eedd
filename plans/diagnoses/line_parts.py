"""A typed line that tells of several conditions, in parts: each with the side and the days that are told of it."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from plans.diagnoses.text import normal, tokens
from plans.diagnoses.unsaid import FILLERS
from plans.diagnoses.when import LINE, TypedLine, days_in, read_line

_PARTING = re.compile(r"[,;]|\.(?=\s)|\s(?:and|plus|y|e|&|\+)(?=\s)", re.IGNORECASE)


def parts_of(line: str, *, today: date, names: Callable[[str], bool]) -> list[str]:
    """Return the line in parts at its marks and at "and", each with something in it that `names` knows.

    What names nothing by itself belongs to what was named before: "hip replacement, left, 3 weeks ago". It is a part
    of its own where it tells the other side of the same: "hip replacement right 2015-03-01, left 3 weeks ago".
    """
    parts: list[str] = []
    held, is_named = "", False
    for mark, text in _pieces(line.strip()[:LINE], today):
        piece, before = read_line(text, today=today), read_line(held, today=today)
        names_more = names(piece.words)
        if is_named and (names_more or _is_other_side(piece, before)):
            parts.append(held)
            held = text if names_more else ", ".join([before.words, *piece.said])
        else:
            held += mark + text
        is_named = is_named or names_more
    return [*parts, held]


def _pieces(line: str, today: date) -> Iterator[tuple[str, str]]:
    """Yield each piece with the mark before it; a mark within a day is none: "hace 2 y", "3 y ago"."""
    days = []
    for day in days_in(line, today=today):
        told = line[day.start : day.end]
        days.append((day.end - len(told.lstrip(" ,;(")), day.start + len(told.rstrip(" )"))))
    mark, begun = "", 0
    for cut in _PARTING.finditer(line):
        if not any(cut.start() < end and cut.end() > start for start, end in days):
            yield mark, line[begun : cut.start()]
            mark, begun = cut[0], cut.end()
    yield mark, line[begun:]


def _is_other_side(piece: TypedLine, before: TypedLine) -> bool:
    """Whether it tells the other side of what stands before, and names nothing else."""
    if {piece.side, before.side} != {"left", "right"}:
        return False
    return _words(piece) - FILLERS <= _words(before)


def _words(typed: TypedLine) -> set[str]:
    return {token.word for token in tokens(normal(typed.words))}
