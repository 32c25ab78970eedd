"""Who is drawn, and what each person wears: shared with the build step that makes their shapes."""

from dataclasses import dataclass
from typing import Literal

from plans.figures.body.body import BodyName, Build, Skin

Trousers = Literal["long", "short"]
BUILDS: tuple[Build, ...] = ("slender", "average", "heavy")


@dataclass(frozen=True)
class Person:
    """Build and skin are those of a picture for which nobody chose."""

    sex: Literal["female", "male"]
    age: int
    build: Build
    skin: Skin
    trousers: Trousers
    hair: str
    pregnant: bool = False


PEOPLE = {
    BodyName.WOMAN_30: Person("female", 30, "slender", "medium", "long", "bun"),
    BodyName.MAN_30: Person("male", 30, "average", "dark", "short", "cropped"),
    BodyName.WOMAN_50: Person("female", 50, "heavy", "light", "long", "bob"),
    BodyName.MAN_50: Person("male", 50, "heavy", "medium", "short", "short"),
    BodyName.WOMAN_75: Person("female", 75, "average", "light", "long", "waves"),
    BodyName.MAN_75: Person("male", 75, "slender", "light", "long", "rim"),
    BodyName.PREGNANT_30: Person("female", 30, "average", "medium", "long", "bun", pregnant=True),
}
HAIRDOS = tuple(dict.fromkeys(person.hair for person in PEOPLE.values()))
