import numpy as np
import pytest

from plans.figures.body import SEGMENTS, BodyName, Material, load_body
from plans.figures.body.smoothing import even_out

QUARTER = np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


@pytest.fixture(params=("man30", "pregnant30"))
def body(request):
    return load_body(BodyName(request.param))


def test_what_is_not_bent_keeps_its_shape(body):
    turned = body.vertices @ QUARTER.T
    turns = np.broadcast_to(QUARTER, (len(body.vertices), 3, 3))
    assert np.allclose(even_out(body, turned, turns), turned)


def test_a_dent_in_a_sleeve_is_evened_out(body):
    straight = np.broadcast_to(np.eye(3), (len(body.vertices), 3, 3))
    sleeve = np.flatnonzero((body.segment == SEGMENTS.index("upperarm_l")) & worn(body, Material.SHIRT))
    dented = body.vertices.copy()
    dented[sleeve[::7], 1] -= 2
    left = np.abs(even_out(body, dented, straight) - body.vertices)[:, 1]
    assert left[sleeve].max() < 1.2


def bent(body, bone, degrees):
    """Turn one joint and all that hangs on it about the x axis, as the solver blends it."""
    moved = np.zeros(len(body.bones), bool)
    start = body.bones.index(bone)
    moved[start] = True
    for number, parent in enumerate(body.parents):
        moved[number] |= parent >= 0 and moved[parent]
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    follow = (np.where(moved[body.bone_index], body.bone_weight, 0)).sum(axis=1)[:, None, None]
    turns = (1 - follow) * np.eye(3) + follow * turn
    hinge = body.heads[start]
    there = (turn @ (body.vertices - hinge).T).T + hinge
    return body.vertices + follow[:, 0] * (there - body.vertices), turns


@pytest.mark.parametrize(("bone", "degrees"), [("upperleg01.L", -125), ("lowerleg01.L", 125)])
def test_hip_and_knee_stay_sound_at_125_degrees(body, bone, degrees):
    """Neighbours stay neighbours: no edge of skin or cloth is torn, and bending makes none rougher than before."""
    posed, turns = bent(body, bone, degrees)
    even = even_out(body, posed, turns)
    pairs = np.unique(np.sort(body.triangles[:, [0, 1]], axis=1), axis=0)
    rest = lengths(body.vertices, pairs)
    assert (lengths(even, pairs) < np.maximum(3.2 * rest, rest + 4)).all()
    assert rough(body, even) <= rough(body, posed)


def lengths(points, pairs):
    return np.sqrt(((points[pairs[:, 0]] - points[pairs[:, 1]]) ** 2).sum(axis=1))


def rough(body, points):
    """How far the vertices of cloth lie from the middle of their neighbours, on average."""
    total = 0.0
    for part in body.cloth:
        mine = points[part.start : part.stop]
        free = part.counts > 0
        sums = np.stack(
            [np.bincount(part.links[:, 0], mine[part.links[:, 1], axis], len(mine)) for axis in range(3)],
            axis=1,
        )
        total += np.abs(mine[free] - sums[free] / part.counts[free, None]).mean()
    return total


def test_the_hand_parts_the_fingers_and_the_foot_the_toes(body):
    """Where two digits touched in the web, a ragged line would be drawn between them."""
    digit = np.array([name[:-2] if name.startswith(("finger", "toe")) else "" for name in SEGMENTS])
    corners = digit[body.segment[body.triangles]]
    for a, b in ((0, 1), (1, 2), (2, 0)):
        first, second = corners[:, a], corners[:, b]
        assert not ((first != "") & (second != "") & (first != second)).any()


def worn(body, material):
    wears = np.zeros(len(body.vertices), bool)
    wears[body.triangles[body.material == material]] = True
    return wears
