"""The facets as they are shown: values by their names, what is ticked, how many each leaves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.admin.plans.shelf.asked import FACETS
from plans.admin.plans.shelf.facets import Narrowed, Ticked
from plans.admin.words.equipment import equipment_name
from plans.libraryfiles.vocabulary import Equipment
from plans.models import Condition, ExerciseRevision, Movement
from plans.search.vocabulary import NO_EQUIPMENT

LABELS = {
    "region": gettext_lazy("Region"),
    "kind": gettext_lazy("Kind"),
    "position": gettext_lazy("Position"),
    "equipment": gettext_lazy("At home"),
    "helps": gettext_lazy("Helps"),
    "movement": gettext_lazy("Movement"),
    "level": gettext_lazy("Level"),
}
LEVELS = {
    "1": gettext_lazy("1: for nearly everybody"),
    "2": gettext_lazy("2: some strength or balance"),
    "3": gettext_lazy("3: for the strong"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value: how many exercises have it, of those that fit all else."""

    value: str
    label: str
    count: int
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One way to narrow down."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def ticked(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.ticked]


def facets_of(narrowed: Narrowed, ticked: Ticked, *, first: Collection[str]) -> list[Facet]:
    """Return the facets that have anything to choose; `first` are conditions that stand before all others."""
    labels = {
        **{name: dict(_choices(name)) for name in ("region", "kind", "position")},
        "level": {value: str(words) for value, words in LEVELS.items()},
        "equipment": _equipment_names(),
        "helps": _names(Condition, narrowed.counts["helps"].keys() | ticked["helps"], first=first),
        "movement": _names(Movement, narrowed.counts["movement"].keys() | ticked["movement"]),
    }
    facets = [
        Facet(name=name, label=str(LABELS[name]), choices=_shown(name, labels[name], narrowed, ticked))
        for name in FACETS
    ]
    return [facet for facet in facets if facet.choices]


def _shown(name: str, labels: Mapping[str, str], narrowed: Narrowed, ticked: Ticked) -> tuple[Choice, ...]:
    counts = narrowed.counts[name]
    return tuple(
        Choice(value=value, label=str(label), count=counts[value], ticked=value in ticked[name])
        for value, label in labels.items()
        if counts[value] or value in ticked[name]
    )


def _choices(name: str) -> list[tuple[str, Any]]:
    field = cast("Field[Any, Any]", ExerciseRevision._meta.get_field(name))
    return [(str(value), label) for value, label in field.flatchoices]


def _equipment_names() -> dict[str, str]:
    names = {thing.value: equipment_name(thing) for thing in Equipment}
    return {NO_EQUIPMENT: _("nothing needed"), **names}


def _names(
    model: type[Condition | Movement], codes: Collection[str], *, first: Collection[str] = ()
) -> dict[str, str]:
    rows = model._default_manager.filter(code__in=codes).order_by("name").values_list("code", "name")
    names = dict(rows)
    return dict(sorted(names.items(), key=lambda one: one[0] not in first))
