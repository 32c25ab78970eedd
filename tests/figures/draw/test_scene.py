import numpy as np
import pytest

from plans.figures.body.body import Material
from plans.figures.body.segments import SEGMENTS
from plans.figures.draw import palette as inks
from plans.figures.draw.geometry import PROP_PARTS
from plans.figures.draw.lines import Seen, find_lines
from plans.figures.draw.outline_rules import rules_for, with_ledges
from plans.figures.draw.palette import BODY_GROUPS, in_light, in_shade
from plans.figures.draw.scene import Pen
from plans.figures.draw.shapes import box
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
    rules = rules_for(detailed=True)
    assert rules.fine[1 + SEGMENTS.index("finger2_l")]
    assert not rules.fine[1 + SEGMENTS.index("thigh_l")]
    toe = 1 + SEGMENTS.index("toe2_l")
    assert not rules.shut[toe]
    assert rules_for(detailed=False).shut[toe]
    assert rules_for(detailed=False).crease[toe] > rules.crease[toe]


@pytest.mark.parametrize(
    ("scale", "near", "detailed"), [(20, True, True), (5, True, False), (20, False, False)]
)
def test_lines_between_toes_need_room(scale, near, detailed):
    assert Pen(scale, 6.5, near).detailed == detailed


def marks_between(upper, lower, things=(), behind=3.0):
    """Each a group and a part; the lower one is `behind` centimetres further away."""
    rules = with_ledges(rules_for(detailed=False), things)
    group, part = (
        np.repeat([[a], [a], [b], [b]], 4, axis=1).astype(np.uint8) for a, b in zip(upper, lower, strict=True)
    )
    depth = np.repeat([[behind], [behind], [0.0], [0.0]], 4, axis=1)
    return find_lines(Seen(group, part, depth), rules)


def test_hair_meets_skin_with_the_thin_pen_and_a_shirt_does_not():
    head = 1 + SEGMENTS.index("head")
    hair, skin, shirt = (1 + kind for kind in (Material.HAIR, Material.SKIN, Material.SHIRT))
    assert marks_between((hair, head), (skin, head)).fine.all()
    assert not marks_between((hair, head), (shirt, head)).fine.any()


@pytest.mark.parametrize(("behind", "fine"), [(1.0, True), (5.0, False)])
def test_a_finger_in_a_soft_mat_has_its_thin_line_one_behind_a_thigh_has_none(behind, fine):
    finger, thigh = (
        (1 + kind, 1 + SEGMENTS.index(part)) for kind, part in ((0, "finger2_l"), (2, "thigh_l"))
    )
    assert (marks_between(thigh, finger, behind=behind).fine == fine).all()


@pytest.mark.parametrize(("face", "height", "fine"), [(5, 2.0, False), (3, 2.0, True), (5, 45.0, True)])
def test_the_edge_of_a_mat_stays_strong_under_fingers(face, height, fine):
    """A standing face of something low; not its top, and not a bed or a wall."""
    finger = (1 + Material.SKIN, 1 + SEGMENTS.index("finger2_l"))
    mat = box((0, 0, 0), (180, height, 60), "mat")
    marks = marks_between(finger, (BODY_GROUPS, PROP_PARTS + face), [mat])
    assert len(marks.at)
    assert (marks.fine == fine).all()


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
