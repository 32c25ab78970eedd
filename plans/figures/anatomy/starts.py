"""The names of the start poses; plans.figures.solve says what each is."""

from typing import Final

STARTS: Final[tuple[str, ...]] = (
    "supine",
    "hook lying",
    "prone",
    "prone on forearms",
    "side lying",
    "hands and knees",
    "kneeling",
    "half kneeling",
    "sitting",
    "long sitting",
    "standing",
)
