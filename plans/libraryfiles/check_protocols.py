"""What a protocol names: exercises that are there with doses that are safe, a date of its condition, what follows."""

from collections.abc import Iterator, Mapping

from plans.libraryfiles.data import Library, ProtocolData, ProtocolItemData
from plans.libraryfiles.errors import Problem
from plans.libraryfiles.known import DoseLimits, Known
from plans.libraryfiles.naming import in_circle, unknown
from plans.libraryfiles.vocabulary import WithdrawnKind


def check_protocols(library: Library, known: Known) -> Iterator[Problem]:
    dates = {entry.code: frozenset(map(str, entry.dates)) for entry in library.conditions}
    dates = {**known.conditions, **dates}
    for protocol in library.protocols:
        yield from unknown(protocol, "condition", [protocol.condition], dates.keys())
        if protocol.anchor and protocol.anchor not in dates.get(protocol.condition, {protocol.anchor}):
            said = f"protocol {protocol.code} counts from {protocol.anchor}"
            yield Problem(protocol.place, f"{said}, a date that {protocol.condition} has not")
        yield from _items(protocol, library, known)
    yield from _following(library, known)


def _items(protocol: ProtocolData, library: Library, known: Known) -> Iterator[Problem]:
    own = Known.of(library)
    withdrawn = {entry.code for entry in library.withdrawn if entry.kind is WithdrawnKind.EXERCISE}
    limits = {**known.limits, **own.limits}
    for item in protocol.items:
        code = item.exercise
        if code in withdrawn or (code in known.retired and code not in own.exercises):
            yield Problem(item.place, f"{protocol.code} names the retired exercise {code}")
        elif code and code not in own.exercises | known.exercises:
            yield Problem(item.place, f"{protocol.code} names the unknown exercise {code}")
        yield from _dose(protocol, item, limits)


def _dose(
    protocol: ProtocolData, item: ProtocolItemData, known: Mapping[str, DoseLimits]
) -> Iterator[Problem]:
    limits, what = known.get(item.exercise), f"{item.exercise} in {protocol.code}"
    if limits is None:
        return
    for field, given in item.dose.spans().items():
        safe = limits.safe.get(field)
        if given and safe and not safe.holds(given):
            yield Problem(item.place, f"{field} of {what}: {given} is outside the safe range {safe}")
    if item.dose.side and not limits.one_sided:
        yield Problem(item.place, f"the dose of {what} has a side, but the exercise works both at once")
    if limits.one_sided and not item.dose.side:
        yield Problem(item.place, f"{what} works one side, so its dose needs a side")


def _following(library: Library, known: Known) -> Iterator[Problem]:
    withdrawn = {entry.code for entry in library.withdrawn if entry.kind is WithdrawnKind.PROTOCOL}
    follows = {code: (code_next,) if code_next else () for code, code_next in known.protocols.items()}
    follows = {code: after for code, after in follows.items() if code not in withdrawn}
    follows |= {entry.code: (entry.next,) if entry.next else () for entry in library.protocols}
    for protocol in library.protocols:
        yield from unknown(protocol, "protocol", [protocol.next or ""], follows.keys())
        if in_circle(protocol.code, follows):
            yield Problem(protocol.place, f"what follows on protocol {protocol.code} leads round to it again")
