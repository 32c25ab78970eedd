import numpy as np
import pytest

from plans.figures import BODIES
from plans.figures.body.load import load_body
from plans.figures.body.regions import region_weight
from plans.figures.draw import palette as inks
from plans.figures.draw.tints import Tinted
from tests.figures.draw.poses import BACK, FRONT, seen


def tinted(effect, side=None):
    weight = region_weight(load_body("woman30"), "quadriceps", side)
    return seen(FRONT, tints=[Tinted(weight, effect)]).ids


def test_a_working_muscle_is_filled_and_hatched_to_the_right_a_stretched_one_to_the_left():
    working, stretched = tinted("working"), tinted("stretched")
    for ids, fill, hatch in (
        (working, inks.WORKING, inks.WORKING_HATCH),
        (stretched, inks.STRETCHED, inks.STRETCHED_HATCH),
    ):
        assert (ids == fill).sum() > 300
        assert (ids == hatch).sum() > 100
    assert leaning(working, inks.WORKING_HATCH) == 1
    assert leaning(stretched, inks.STRETCHED_HATCH) == -1


def test_mirrored_the_hatching_leans_as_ever_for_in_grey_it_alone_says_which_is_which():
    weight = region_weight(load_body("woman30"), "quadriceps", None)
    ids = seen(FRONT, tints=[Tinted(weight, "working")], mirrored=True).ids[:, ::-1]
    assert leaning(ids, inks.WORKING_HATCH) == 1


def leaning(ids, hatch):
    """1 if a hatched pixel's neighbour is the one to the right and up, -1 if to the right and down."""
    on = ids == hatch
    up, down = (on[1:, :-1] & on[:-1, 1:]).sum(), (on[:-1, :-1] & on[1:, 1:]).sum()
    return int(np.sign(int(up) - int(down)))


def test_a_side_is_tinted_alone():
    ids = tinted("working", "left")  # the body looks at us: its left is our right
    columns = np.nonzero(ids == inks.WORKING)[1]
    assert columns.min() > ids.shape[1] / 2


@pytest.mark.parametrize("name", BODIES)
def test_the_cuff_of_the_shoulder_is_seen_from_the_back_and_never_from_the_front(name):
    tints = [Tinted(region_weight(load_body(name), "rotator cuff", "right"), "working")]
    behind, before = (seen(camera, name=name, tints=tints).ids for camera in (BACK, FRONT))
    assert (behind == inks.WORKING).sum() > 60
    assert not (before == inks.WORKING).any()
