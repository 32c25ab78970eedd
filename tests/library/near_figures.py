"""Which figures of the library are drawn so nearly alike that a reader could take one for the other."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import yaml

from tests.library.conftest import STARTER

NEAR = 20
"""Degrees: no joint differs by more, at the start or at the end."""
OPPOSITE = {
    "extension": "flexion",
    "adduction": "abduction",
    "internal rotation": "external rotation",
    "dorsiflexion": "plantarflexion",
    "pronation": "supination",
}


def read_files() -> dict[str, dict[str, Any]]:
    files = sorted(STARTER.joinpath("figures").glob("*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def near_pairs(figures: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield those that begin from the same position with the same things, seen whole or close, and bend the same."""
    for one, other in combinations(figures, 2):
        if (
            _setting(figures[one]) == _setting(figures[other])
            and _apart(figures[one], figures[other]) <= NEAR
        ):
            yield one, other


def _setting(figure: dict[str, Any]) -> tuple[Any, ...]:
    named = [figure, *figure["panels"]]
    things = {
        next(iter(prop)) if isinstance(prop, dict) else prop.split()[0]
        for part in named
        for prop in part.get("props", ())
    }
    return figure["start"], frozenset(things), isinstance(figure.get("camera"), dict)


def _apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The largest angle between two joints of the first pictures, or of the last ones."""
    apart = 0.0
    for which in (0, -1):
        first, second = _angles(one, which), _angles(other, which)
        apart = max(
            [apart, *(abs(first.get(key, 0) - second.get(key, 0)) for key in first.keys() | second.keys())]
        )
    return apart


def _angles(figure: dict[str, Any], which: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for joints in (figure.get("joints", {}), figure["panels"][which].get("joints", {})):
        for name, degrees in joints.items():
            sides = [name] if name.startswith(("left ", "right ")) else [f"left {name}", f"right {name}"]
            for side in sides:
                found |= _signed(side, degrees)
    return found


def _signed(name: str, degrees: float) -> dict[str, float]:
    for way, against in OPPOSITE.items():
        if name.endswith(f" {way}"):
            return {name.removesuffix(way) + against: -degrees}
    return {name: degrees}
