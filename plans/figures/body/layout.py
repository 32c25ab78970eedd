"""How the data file is laid out: read by load_body, written by the build step."""

import numpy as np
from numpy.typing import NDArray

FORMAT = 2  # counted up with every change of the layout: a file of another number is refused
STEPS = 100  # of a body's place, a centimetre: 0.1 mm
CANONICAL_STEPS = 3500  # a decimetre of the base mesh: 0.03 mm, fine enough for the lines of a face
WEIGHT_STEPS = 255
OUTFITS = (("long", "bare"), ("long", "shoes"), ("short", "bare"), ("short", "shoes"))


def outfit_bit(trousers: str, feet: str) -> int:
    """Return the bit that a triangle of skin carries when this outfit leaves it in sight."""
    return 1 << OUTFITS.index((trousers, feet))


def part_names(trousers: str, hair: str) -> tuple[str, ...]:
    """Return the parts of one person in the order of the vertices."""
    return ("skin", "shirt", f"trousers_{trousers}", "shoes", "soles", f"hair_{hair}", "eyes", "mouth")


def encoded(places: NDArray[np.int16]) -> NDArray[np.uint8]:
    """Return (n, 3) as differences to the vertex before, low bytes first: neighbours are near, zip likes it."""
    steps = np.diff(places, axis=0, prepend=np.zeros((1, 3), np.int16)).T
    pairs = np.ascontiguousarray(steps.astype("<i2")).view(np.uint8).reshape(-1, 2)
    return np.ascontiguousarray(pairs.T)


def decoded(planes: NDArray[np.uint8]) -> NDArray[np.int16]:
    steps = np.ascontiguousarray(planes.T).view("<i2").reshape(3, -1)
    return np.cumsum(steps, axis=1, dtype=np.int16).T
