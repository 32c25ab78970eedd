"""By what the library is narrowed down, each value with the number of exercises that it leaves."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from plans.admin.plans.shelf.asked import FACETS
from plans.queries.search_documents import Listed
from plans.search import Field
from plans.search.vocabulary import NO_EQUIPMENT

FIELDS = {
    "region": Field.REGION,
    "kind": Field.KIND,
    "position": Field.POSITION,
    "equipment": Field.EQUIPMENT,
    "helps": Field.HELPS,
    "movement": Field.MOVEMENT,
    "level": Field.LEVEL,
}
NAMES = {field: name for name, field in FIELDS.items()}

Values = Mapping[str, frozenset[str]]
Ticked = Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What fits all that is ticked, and how many would be left by each value of a facet, the others as they are."""

    listed: Sequence[Listed]
    counts: Mapping[str, Counter[str]]


def preset(equipment: Collection[str]) -> Ticked:
    """Return what is ticked to begin with: what the patient has at home, if anything is recorded."""
    ticked = {name: frozenset[str]() for name in FACETS}
    if equipment:
        ticked["equipment"] = frozenset({NO_EQUIPMENT, *equipment})
    return ticked


def values_of(listed: Listed) -> Values:
    """Return the exercise's values by facet."""
    found: dict[str, set[str]] = {name: set() for name in FACETS}
    for field, value in listed.document.facts:
        if name := NAMES.get(field):
            found[name].add(value)
    return {name: frozenset(values) for name, values in found.items()}


def narrow(listed: Sequence[Listed], ticked: Ticked) -> Narrowed:
    """Values of one facet widen, facets narrow. Equipment is what is there: an exercise may need nothing else."""
    values = [(one, values_of(one)) for one in listed]
    missed = [
        (one, of_one, [name for name in FACETS if not _fits(of_one[name], ticked[name], name)])
        for one, of_one in values
    ]
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for _, of_one, against in missed:
        for name in FACETS:
            # A facet's own ticks do not count: its numbers say what another tick would bring.
            if not against or against == [name]:
                counts[name].update(of_one[name])
    return Narrowed(listed=[one for one, _, against in missed if not against], counts=counts)


def _fits(values: frozenset[str], ticked: frozenset[str], name: str) -> bool:
    if not ticked:
        return True
    if name == "equipment":
        return values - {NO_EQUIPMENT} <= ticked
    return bool(values & ticked)
