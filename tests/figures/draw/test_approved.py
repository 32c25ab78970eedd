import io

import numpy as np
import pytest
from PIL import Image

from tests.figures.draw.approved.cases import CASES, FOLDER, picture_of

CELL = 6  # pixels: what moves by less than a line's width stays in its cell
LEVELS = 40  # of 255 that a cell's mean may differ
SHARE = 0.007  # of the cells that are not paper


def cells(data):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = image.width // CELL, image.height // CELL
    small = image.crop((0, 0, width * CELL, height * CELL)).resize((width, height), Image.Resampling.BOX)
    return np.asarray(small).astype(int)


def differing(made, approved):
    return float((np.abs(made - approved).max(axis=2) > LEVELS).sum() / (approved.min(axis=2) < 250).sum())


@pytest.mark.parametrize("name", CASES)
def test_a_picture_is_the_approved_one(name):
    made, approved = cells(picture_of(name)), cells((FOLDER / f"{name}.png").read_bytes())
    assert made.shape == approved.shape, "look at it, then run python -m tests.figures.draw.approved.cases"
    assert differing(made, approved) < SHARE


def test_the_tolerance_notices_another_body_and_a_lost_arrow():
    approved = cells((FOLDER / "kneeling-dark.png").read_bytes())
    image = np.asarray(Image.open(FOLDER / "kneeling-dark.png").convert("RGB")).copy()
    image[(image == [178, 24, 34]).all(axis=2)] = 255
    out = io.BytesIO()
    Image.fromarray(image).save(out, "PNG")
    assert differing(cells(out.getvalue()), approved) > SHARE
    assert differing(cells((FOLDER / "kneeling-dark-grey.png").read_bytes()), approved) > SHARE
