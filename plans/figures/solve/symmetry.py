"""Poses that are the same on the left and on the right: found, and kept so while they are solved."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from plans.figures.solve.rig import Points
from plans.figures.solve.rows import FREE
from plans.figures.solve.setting import Setting
from plans.figures.solve.vectors import Vec
from plans.figures.spec import Contact
from plans.figures.words import Direction, Side

SWAPPED: Final = {
    Side.LEFT: Side.RIGHT,
    Side.RIGHT: Side.LEFT,
    Direction.LEFT: Direction.RIGHT,
    Direction.RIGHT: Direction.LEFT,
}
EXACT: Final = 1e-6
ROOT: Final = (
    3  # coordinates of the root come before the angles; a symmetric person moves along x and y alone
)


def _numbers(end: str) -> NDArray[np.int64]:
    return np.array([ROOT + index for index, name in enumerate(FREE) if name.endswith(end)])


LEFT: Final = _numbers(" left")
RIGHT: Final = np.array([ROOT + FREE.index(FREE[n - ROOT].replace(" left", " right")) for n in LEFT.tolist()])
ASIDE: Final = np.array([2, *_numbers(" side").tolist(), *_numbers(" turn").tolist()])
"""What leaves the middle plane: zero in a symmetric pose."""


def is_even(numbers: Points) -> bool:
    return is_alike(numbers) and bool((np.abs(numbers[ASIDE]) < EXACT).all())


def is_alike(numbers: Points) -> bool:
    return bool((np.abs(numbers[LEFT] - numbers[RIGHT]) < EXACT).all())


def is_even_task(contacts: Iterable[Contact], setting: Setting) -> bool:
    """Return whether contacts are the same on both sides, with nothing standing beside the person."""
    here = {replace(contact, at=contact.at and replace(contact.at, line=0), line=0) for contact in contacts}
    across: Vec = setting.base[0]
    middle = abs(across[2]) == 1.0 and all(
        stand.into[2] == 0 and stand.near[2] == 0 for stand in setting.stands
    )
    return middle and here == {_mirrored(contact) for contact in here}


def _mirrored(value: Any) -> Any:
    if isinstance(value, tuple):
        return type(value)(_mirrored(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _mirrored(getattr(value, field.name)) for field in fields(value)}
        )
    return SWAPPED.get(value, value) if isinstance(value, Side | Direction) else value


def folded(table: Points) -> Points:
    """Return what both sides do together, along the last axis, as the left side's."""
    found = table + 0.0
    found[..., LEFT] += table[..., RIGHT]
    found[..., RIGHT] = 0.0
    found[..., ASIDE] = 0.0
    return found


def unfolded(step: Points) -> Points:
    found = step + 0.0
    found[RIGHT] = step[LEFT]
    found[ASIDE] = 0.0
    return found
