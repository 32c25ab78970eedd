"""Codes that entries name: those that nobody defined, and those that lead back to themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from plans.libraryfiles.entry import Entry
from plans.libraryfiles.errors import Problem


def unknown(entry: Entry, kind: str, named: Iterable[str], defined: Iterable[str]) -> Iterator[Problem]:
    found = frozenset(defined)
    for code in named:
        if code and code not in found:
            yield Problem(entry.place, f"{entry.code or 'entry'} names the unknown {kind} {code}")


def in_circle(code: str, named: Mapping[str, Collection[str]]) -> bool:
    seen: set[str] = set()
    ahead = list(named[code])
    while ahead:
        step = ahead.pop()
        if step == code:
            return True
        if step not in seen:
            seen.add(step)
            ahead.extend(named.get(step, ()))
    return False
