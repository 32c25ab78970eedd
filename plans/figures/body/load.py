"""Puts a person together from the data file: once in a process for each choice."""

from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body, BodyName, Build, Feet, Material, Skin
from plans.figures.body.layout import STEPS, decoded
from plans.figures.body.palettes import colours, greys
from plans.figures.body.parts import put_on
from plans.figures.body.people import PEOPLE
from plans.figures.body.segments import segments_of
from plans.figures.body.store import Store

Kind = TypeVar("Kind", bound=np.generic)


def load_body(
    name: BodyName, *, feet: Feet = "bare", build: Build | None = None, skin: Skin | None = None
) -> Body:
    """Return the person in the build and skin that was chosen, else in those that are usual for it."""
    name = BodyName(name)
    person = PEOPLE[name]
    return _loaded(name, feet, build or person.build, skin or person.skin)


@lru_cache(maxsize=24)  # of 126: about 30 MB
def _loaded(name: BodyName, feet: Feet, build: Build, skin: Skin) -> Body:
    store = Store()
    person = PEOPLE[name]
    bones = tuple(str(bone) for bone in store["bones"])
    worn = put_on(store, person, feet, decoded(store[f"{name}.{build}"]) / STEPS)
    heads = store[f"{name}.{build}.heads"] / STEPS
    ground = float(worn.vertices[:, 1].min())  # the soles: of the feet, or of the shoes below them
    return Body(
        name=name, sex=person.sex, age=person.age, build=build, skin=skin, pregnant=person.pregnant, feet=feet,
        # From the bare sole, which is at 0 in the file, to the skull: shoes and hair make nobody taller.
        stature=float(worn.vertices[np.unique(worn.triangles[worn.material == Material.SKIN]), 1].max()),
        vertices=frozen(lowered(worn.vertices, ground)),
        canonical=frozen(worn.canonical.astype(np.float32)),
        bone_index=frozen(worn.bone_index),
        bone_weight=frozen(worn.bone_weight),
        segment=frozen(segments_of(bones, worn.bone_index, worn.bone_weight)),
        triangles=frozen(worn.triangles),
        material=frozen(worn.material),
        bones=bones,
        parents=frozen(store["parents"].astype(np.int64)),
        heads=frozen(lowered(heads, ground)),
        cloth=worn.cloth,
        colours=colours(name, person.age, skin),
        grey=greys(person.age, skin),
    )  # fmt: skip


def lowered(places: NDArray[np.float64], by: float) -> NDArray[np.float64]:
    result: NDArray[np.float64] = places - np.array([0.0, by, 0.0])
    return result


def frozen(array: NDArray[Kind]) -> NDArray[Kind]:
    # All pictures of a process share these arrays.
    array.flags.writeable = False
    return array
