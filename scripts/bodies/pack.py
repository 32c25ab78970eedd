"""All people of all builds as small whole numbers, in the layout of plans/figures/body/layout.py."""

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.layout import (
    CANONICAL_STEPS,
    FORMAT,
    STEPS,
    WEIGHT_STEPS,
    encoded,
    outfit_bit,
    part_names,
)  # fmt: skip
from plans.figures.body.people import Person
from scripts.bodies.dress import Part
from scripts.bodies.rig import Rig

BONES_A_VERTEX = 5


def packed_rig(rig: Rig) -> dict[str, NDArray]:
    return {"format": np.array([FORMAT], np.int16), "bones": np.array(rig.bones), "parents": rig.parents}


def packed_part(part: Part) -> dict[str, NDArray]:
    index = np.argsort(-part.weights, axis=1, kind="stable")[:, :BONES_A_VERTEX]
    weight = np.take_along_axis(part.weights, index, axis=1)
    weight = weight / weight.sum(axis=1, keepdims=True)
    arrays = {
        f"{part.name}.triangles": part.triangles.astype(np.uint16),
        f"{part.name}.canonical": encoded(whole(part.canonical, CANONICAL_STEPS)),
        f"{part.name}.bones": index.astype(np.uint8),
        f"{part.name}.weights": np.rint(weight * WEIGHT_STEPS).astype(np.uint8),
        f"{part.name}.material": np.array([part.material, part.steps], np.uint8),
    }
    return arrays if part.worn is None else {**arrays, f"{part.name}.worn": part.worn}


def packed_body(parts: dict[str, Part], number: int, person: Person) -> NDArray[np.int16]:
    """Return (n, 3): the places of all vertices of this person's parts, one part after the other."""
    outfit = outfit_bit(person.trousers, "bare") | outfit_bit(person.trousers, "shoes")
    places = []
    for name in part_names(person.trousers, person.hair):
        part = parts[name]
        place = whole(part.shapes[number], STEPS)
        if part.worn is not None:
            hidden = np.ones(len(place), bool)
            hidden[part.triangles[(part.worn & outfit) > 0]] = False
            place = still(place, hidden)
        places.append(place)
    return np.concatenate(places)


def still(places: NDArray[np.int16], hidden: NDArray[np.bool_]) -> NDArray[np.int16]:
    """What no outfit of this person shows lies where the last vertex in sight does: nothing to tell, no bytes."""
    last = np.maximum.accumulate(np.where(hidden, -1, np.arange(len(places))))
    return np.where(last[:, None] < 0, 0, places[np.maximum(last, 0)]).astype(np.int16)


def whole(numbers: NDArray, steps: int) -> NDArray[np.int16]:
    return np.rint(numbers * steps).astype(np.int16)
