import io
import itertools

import numpy as np
import pytest
from PIL import Image

from tests.figures.draw.approved.cases import CASES, FOLDER, picture_of

CELL = 12  # pixels: what moves by less than a line stays in its cell
SHIFT = 3  # pixels that the whole picture may lie elsewhere: another millimetre of paper above it
LEVELS = 40  # of 255 that a cell's mean may differ
SHARE = 0.004  # of the cells that are not paper


def pixels(data):
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def cells(image, down, right, size):
    """Means of the cells of a picture that lies so far further down and to the right."""
    height, width = size[0] // CELL * CELL, size[1] // CELL * CELL
    part = image[SHIFT + down :, SHIFT + right :][:height, :width].astype(float)
    return part.reshape(height // CELL, CELL, width // CELL, CELL, 3).mean(axis=(1, 3))


def differing(made, approved):
    size = [min(a, b) - 2 * SHIFT for a, b in zip(made.shape[:2], approved.shape[:2], strict=True)]
    known = cells(approved, 0, 0, size)
    shown = (known.min(axis=2) < 250).sum()
    shifts = itertools.product(range(-SHIFT, SHIFT + 1), repeat=2)
    return min(
        float((np.abs(cells(made, *by, size) - known).max(axis=2) > LEVELS).sum() / shown) for by in shifts
    )


@pytest.mark.parametrize("name", CASES)
def test_a_picture_is_the_approved_one(name):
    made, approved = pixels(picture_of(name)), pixels((FOLDER / f"{name}.png").read_bytes())
    assert abs(len(made) - len(approved)) <= 2 * SHIFT
    told = "look at it, then run python -m tests.figures.draw.approved.cases"
    assert differing(made, approved) < SHARE, told


def test_the_tolerance_notices_a_lost_arrow_and_another_palette():
    approved = pixels((FOLDER / "kneeling-dark.png").read_bytes())
    without = approved.copy()
    without[(without == [178, 24, 34]).all(axis=2)] = 255
    assert differing(without, approved) > SHARE
    assert differing(pixels((FOLDER / "kneeling-dark-grey.png").read_bytes()), approved) > SHARE
