import numpy as np
import pytest

from plans.figures.body.body import Material
from plans.figures.draw import palette as inks
from plans.figures.draw.palette import in_light, in_shade
from tests.figures.draw.poses import BACK, FRONT, SIDE, seen


@pytest.fixture(scope="module")
def front():
    return seen(FRONT)


def test_the_body_is_skin_shirt_trousers_and_hair_in_light_and_shade_and_ink(front):
    found = set(np.unique(front.ids))
    for material in (Material.SKIN, Material.SHIRT, Material.TROUSERS, Material.HAIR):
        assert in_light(1 + material) in found
    assert in_shade(1 + Material.SHIRT) in found
    assert inks.LINE in found


def test_an_unbroken_outline_parts_the_body_from_the_paper(front):
    shown = (front.ids != inks.PAPER) & (front.ids != inks.LINE)
    paper = front.ids == inks.PAPER
    assert not (shown[:, 1:] & paper[:, :-1]).any()
    assert not (shown[1:] & paper[:-1]).any()


def test_what_is_drawn_is_covered_and_nothing_else(front):
    assert (front.covered == (front.ids != inks.PAPER)).all()


def test_no_line_is_drawn_inside_hair():
    ids = seen(BACK, name="man30").ids
    rows, columns = np.nonzero((ids == in_light(1 + Material.HAIR)) | (ids == in_shade(1 + Material.HAIR)))
    middle = ids[rows.min() + 8 : rows.min() + 40, columns.min() + 12 : columns.max() - 12]
    assert (middle != inks.LINE).all()


def test_two_pens_hands_and_face_have_the_thin_one():
    from plans.figures.body.segments import SEGMENTS
    from plans.figures.draw.outline_rules import rules_for

    rules = rules_for(near=True)
    assert rules.fine[1 + SEGMENTS.index("finger2_l")]
    assert not rules.fine[1 + SEGMENTS.index("thigh_l")]
    assert (
        rules.shut[1 + SEGMENTS.index("toe2_l")] != rules_for(near=False).shut[1 + SEGMENTS.index("toe2_l")]
    )


def face_of(ids, number):
    return int((ids[: len(ids) // 6] == number).sum())


def test_a_face_smiles_from_the_front_and_in_profile_and_has_no_back():
    for camera in (FRONT, SIDE):
        ids = seen(camera, scale=8.0).ids
        assert face_of(ids, inks.MOUTH) > 10
        assert face_of(ids, inks.BROW) > 10
    assert face_of(seen(BACK).ids, inks.MOUTH) == 0


def test_the_mouth_turns_up_at_its_ends():
    ids = seen(FRONT, scale=16.0).ids
    rows, columns = np.nonzero(ids == inks.MOUTH)
    low = rows > np.median(rows)  # the nose is painted with the same pen, above
    rows, columns = rows[low], columns[low]
    assert rows[np.abs(columns - np.median(columns)) < 6].mean() > rows[columns == columns.min()].mean() + 2


def test_closed_eyes_are_a_line_where_open_ones_are_a_disc():
    opened, closed = (seen(FRONT, scale=10.0, eyes_closed=shut).ids for shut in (False, True))
    assert face_of(opened, inks.LINE) > face_of(closed, inks.LINE)


def test_a_close_up_is_finer_than_the_mesh():
    from plans.figures.body.load import load_body
    from plans.figures.draw.subdivide import finer

    body = load_body("man30")
    fine = finer(body.vertices, body.triangles)
    assert len(fine.triangles) == 4 * len(body.triangles)
    assert np.allclose(fine.points[: fine.count], body.vertices)
    assert fine.between(body.canonical).shape == fine.points.shape
