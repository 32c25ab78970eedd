"""The parts that one person wears, put together into one mesh without the vertices that nobody sees."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import ClothPart, Feet, Points
from plans.figures.body.layout import CANONICAL_STEPS, decoded, outfit_bit, part_names
from plans.figures.body.people import Person
from plans.figures.body.smoothing import cloth_part
from plans.figures.body.store import Store

SHOES = ("shoes", "soles")
BETWEEN = 0.97


class Worn(NamedTuple):
    """A part, or all of them as one mesh; the fields are those of Body."""

    vertices: Points
    canonical: Points
    bone_index: NDArray[np.uint8]
    bone_weight: NDArray[np.float32]
    triangles: NDArray[np.int32]
    material: NDArray[np.uint8]
    cloth: tuple[ClothPart, ...]


def put_on(store: Store, person: Person, feet: Feet, places: Points) -> Worn:
    """`places` are the vertices of all parts of this person, one part after the other."""
    parts: list[Worn] = []
    first, start = 0, 0
    for name in part_names(person.trousers, person.hair):
        stop = first + len(store[f"{name}.bones"])
        if name not in SHOES or feet == "shoes":
            parts.append(_part(store, name, outfit_bit(person.trousers, feet), places[first:stop], start))
            start += len(parts[-1].vertices)
        first = stop
    return _joined(parts)


def _part(store: Store, name: str, outfit: int, places: Points, start: int) -> Worn:
    triangles = store[f"{name}.triangles"].astype(np.int64)
    if name == "skin":
        triangles = triangles[(store["skin.worn"] & outfit) > 0]
    used, local = np.unique(triangles, return_inverse=True)
    local = local.reshape(-1, 3)
    kind, steps = (int(number) for number in store[f"{name}.material"])
    weight = store[f"{name}.weights"][used].astype(np.float32)
    weight /= weight.sum(axis=1, keepdims=True)
    vertices = places[used]
    # Of the skin only what lies between two bones is evened out: knees, elbows, the webs of the fingers.
    held = weight.max(axis=1) > BETWEEN if name == "skin" else None
    return Worn(
        vertices=vertices,
        canonical=decoded(store[f"{name}.canonical"])[used] / CANONICAL_STEPS,
        bone_index=store[f"{name}.bones"][used],
        bone_weight=weight,
        triangles=(local + start).astype(np.int32),
        material=np.full(len(local), kind, np.uint8),
        cloth=(cloth_part(vertices, local, start, steps, held),) if steps else (),
    )


def _joined(parts: list[Worn]) -> Worn:
    def column(field: str) -> NDArray[Any]:
        return np.concatenate([getattr(part, field) for part in parts])

    arrays = {field: column(field) for field in Worn._fields if field != "cloth"}
    return Worn(**arrays, cloth=tuple(cloth for part in parts for cloth in part.cloth))
