"""Left and right: on which side an exercise asks for a movement, and whom a rule about one side concerns."""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from plans.contraindications.facts import ItemFacts, MovementSide
from plans.contraindications.vocabulary import Vocabulary
from plans.dose import Side

LEFT: Final = "left"
RIGHT: Final = "right"
_ONE_SIDE: Final = (Side.LEFT, Side.RIGHT)

# Who stands has both feet on the floor before, after and between, and falls with the whole body.
_STANDING: Final = "standing"
_OF_BOTH_FEET: Final = frozenset({"leg_weight_bearing", "unstable_stance"})


class Asked(NamedTuple):
    """What an exercise asks of the left side and of the right one, with the wider movements; the trunk is on both."""

    item: ItemFacts
    left: frozenset[str]
    right: frozenset[str]

    def meets(self, movements: frozenset[str]) -> bool:
        return not movements.isdisjoint(self.left) or (
            self.is_one_sided and not movements.isdisjoint(self.right)
        )

    def concerns(self, movements: frozenset[str], side: str) -> bool:
        """Return whether any of these is asked of the side; one that nobody has told counts as both."""
        if side == LEFT:
            return not movements.isdisjoint(self.left)
        if side == RIGHT:
            return not movements.isdisjoint(self.right)
        return self.meets(movements)

    @property
    def is_one_sided(self) -> bool:
        return self.left is not self.right


def sides_of(side: str) -> frozenset[str]:
    """Return the sides that a condition is on; one that nobody has told is on both."""
    return frozenset({side} if side in (LEFT, RIGHT) else {LEFT, RIGHT})


def read_item(item: ItemFacts, vocabulary: Vocabulary) -> Asked:
    where = f"Exercise {item.exercise_code}"
    wider = {code: vocabulary.wider(code, where=where) for code in item.movements}
    if not item.sides or item.dose.side not in _ONE_SIDE:
        everything = frozenset().union(*wider.values())
        return Asked(item, everything, everything)
    left, right = _split(wider, item.sides, works_left=item.dose.side is Side.LEFT)
    if item.position == _STANDING:
        both = (_OF_BOTH_FEET & (left | right)) - item.sides.keys()
        left, right = left | both, right | both
    return Asked(item, left, left if left == right else right)


def _split(
    wider: Mapping[str, Collection[str]], sides: Mapping[str, str], *, works_left: bool
) -> tuple[frozenset[str], frozenset[str]]:
    left: set[str] = set()
    right: set[str] = set()
    for code, asked in wider.items():
        told = sides.get(code)
        on_left = (told == MovementSide.WORKING) == works_left
        if told is None or on_left:
            left.update(asked)
        if told is None or not on_left:
            right.update(asked)
    return frozenset(left), frozenset(right)
