import numpy as np
import pytest

from plans.figures.draw import furniture
from plans.figures.draw import palette as inks
from plans.figures.draw.arrays import facet_normals
from plans.figures.draw.camera import Camera
from plans.figures.draw.palette import BODY_GROUPS, UNDER_WATER, in_light
from plans.figures.draw.props import meshes_of
from plans.figures.draw.shapes import box, cushion, strap, tube
from plans.figures.solve.props import PlacedProp
from plans.figures.words import PropKind
from tests.figures.draw.poses import seen

LINES = {PropKind.TOWEL, PropKind.BAND, PropKind.STICK}


def prop(kind, **how):
    through = ((0, 0, 0), (10, 40, 5), (20, 60, 0)) if kind in LINES else ()
    return PlacedProp(kind, (10.0, 0.0, 5.0), (60.0, 45.0, 50.0), 30.0, through, **how)


def volume(mesh):
    """Positive when the triangles go round against the clock as seen from outside."""
    return (
        float((mesh.vertices[mesh.triangles[:, 0]] * facet_normals(mesh.vertices, mesh.triangles)).sum()) / 6
    )


@pytest.mark.parametrize("kind", PropKind)
def test_every_prop_of_the_pose_language_is_a_solid_thing(kind):
    meshes = meshes_of(prop(kind, armrests=True, edge=True), 170.0)
    assert meshes
    for mesh in meshes:
        assert volume(mesh) > 0
        assert len(mesh.faces) == len(mesh.triangles)
        assert mesh.colour.startswith("#")


def test_a_box_has_its_size_and_stands_on_its_place():
    mesh = box((10, 3, 5), (4, 6, 8), "#ffffff")
    assert volume(mesh) == pytest.approx(4 * 6 * 8)
    assert mesh.vertices.min(axis=0).tolist() == [8, 3, 1]
    assert mesh.vertices.max(axis=0).tolist() == [12, 9, 9]


def test_turned_things_look_the_way_of_their_local_x():
    chair = furniture.chair((0, 0, 0), (40, 45, 44), 90, 170)
    back = chair.vertices[chair.vertices[:, 1] > 60]
    assert back[:, 2].mean() > 15  # local -x after a quarter turn against the clock from above
    assert abs(back[:, 0].mean()) < 1


def test_the_seat_is_as_high_as_the_contacts_expect():
    chair = furniture.chair((0, 0, 0), (40, 45, 44), 0, 170)
    assert 45.0 in chair.vertices[:, 1]
    assert chair.vertices[:, 1].max() == pytest.approx(45 + 0.26 * 170)


def test_armrests_are_there_when_they_are_asked_for():
    bare, armed = (furniture.chair((0, 0, 0), (40, 45, 44), 0, 170, armrests=arms) for arms in (False, True))
    assert len(armed.triangles) > len(bare.triangles)


def test_a_ball_is_round_and_a_cushion_fuller():
    ball, cushioned = (
        cushion((0, 0, 0), (20, 20, 20), "#ffffff", edge=1.0),
        cushion((0, 0, 0), (20, 20, 20), "#ffffff"),
    )
    sphere = 4 / 3 * np.pi * 1000
    assert volume(ball) == pytest.approx(sphere, rel=0.05)
    assert volume(cushioned) > 1.2 * sphere


def test_a_band_is_flat_and_a_stick_is_round():
    ends = [(0, 0, 0), (50, 0, 0)]
    band = strap(ends, 4, "#ffffff", (0, 1, 0))
    assert volume(band) < 0.6 * volume(tube(ends, 2, "#ffffff"))
    tall, deep = (np.ptp(band.vertices[:, axis]) for axis in (1, 2))
    assert tall == pytest.approx(8)
    assert deep < 1.2


def test_a_strap_is_narrow_where_it_is_gathered_and_does_not_turn_where_it_runs_along_its_width():
    ends = [(0, 0, 0), (20, 0, 0), (20, 30, 0), (20, 60, 0)]
    band = strap(ends, 4, "#ffffff", (0, 1, 0), (0.5, 1, 1, 1))
    rings = band.vertices.reshape(len(ends), -1, 3)
    assert np.ptp(rings[0][:, 1]) == pytest.approx(4)
    assert np.ptp(rings[3][:, 1]) == pytest.approx(0, abs=0.01)
    assert np.ptp(rings[3][:, 0]) == pytest.approx(8, rel=0.05)


def pool(edge):
    return furniture.pool((0, 0, 0), (120, 100, 120), 0, edge=edge)


def in_pool(edge=False):
    meshes = pool(edge)
    fills = {mesh.colour: BODY_GROUPS + k for k, mesh in enumerate(meshes)}
    return seen(Camera(0, 0), things=meshes, fills=fills)


def test_what_is_under_water_is_seen_through_it_and_what_is_above_is_not():
    ids = in_pool().ids
    under = ids >= UNDER_WATER
    scale, top = 4.0, 4
    level = round(ids.shape[0] - (100 + top) * scale)
    assert not under[: level - 4].any()
    assert (ids[level + 10 : level + 60] == in_light(2) + UNDER_WATER).any()  # the shirt
    assert (ids[level - 60 : level - 10] == in_light(2)).any()


def test_the_surface_draws_a_line():
    ids = in_pool().ids
    rows = np.nonzero(ids == inks.WATER_LINE)[0]
    assert len(rows) > 300
    assert np.ptp(rows) < 12


def test_the_edge_of_a_pool_has_a_ladder():
    assert len(pool(True)) == len(pool(False)) + 5


@pytest.mark.parametrize(("fixed", "top"), [(90.0, 104.0), (5.0, 36.0)])
def test_a_band_that_is_fixed_has_a_post_on_the_floor(fixed, top):
    band, post, around = meshes_of(prop(PropKind.BAND, post=(20.0, fixed, 0.0)), 170.0)
    assert volume(post) > 0
    assert (post.vertices[:, 1].min(), post.vertices[:, 1].max()) == (0, top)
    assert around.colour == band.colour
    assert around.vertices[:, 1].min() < fixed < around.vertices[:, 1].max()
