"""Things at home, in the language of the desk."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _lazy

from plans.libraryfiles.vocabulary import Equipment

NAMES = {
    Equipment.MAT: _lazy("mat"),
    Equipment.PILLOW: _lazy("pillow"),
    Equipment.TOWEL: _lazy("towel"),
    Equipment.CHAIR: _lazy("chair"),
    Equipment.WALL: _lazy("wall"),
    Equipment.STEP: _lazy("step"),
    Equipment.BAND: _lazy("band"),
    Equipment.POOL: _lazy("pool"),
    Equipment.STICK: _lazy("stick"),
    Equipment.LIGHT_WEIGHT: _lazy("light weight"),
    Equipment.ANKLE_WEIGHT: _lazy("ankle weight"),
    Equipment.BALL: _lazy("ball"),
    Equipment.TABLE: _lazy("table"),
    Equipment.BED: _lazy("bed"),
    Equipment.DOOR_FRAME: _lazy("door frame"),
    Equipment.CUSHION: _lazy("cushion"),
    Equipment.STATIONARY_BIKE: _lazy("stationary bike"),
    Equipment.TARGET_CARD: _lazy("target card"),
}


def equipment_name(thing: str) -> str:
    """Return its name; a code that is not ours any more is named by itself."""
    return str(NAMES[Equipment(thing)]) if thing in set(Equipment) else thing.replace("_", " ")


def equipment_choices() -> Iterable[tuple[str, str]]:
    """Return codes with their names as a form begins them."""
    return [(thing.value, str(name).capitalize()) for thing, name in NAMES.items()]


def equipment_list(words: str) -> str:
    """Return a list of things that a rule names in English."""
    return ", ".join(equipment_name(word.replace(" ", "_")) for word in words.split(", "))
