"""The data file holds dressed people alone: decent whoever poses them, and whoever opens the file."""

import numpy as np
import pytest

from plans.figures.body import BodyName, Material, load_body
from plans.figures.body.layout import CANONICAL_STEPS, OUTFITS, decoded, outfit_bit
from plans.figures.body.people import BUILDS, PEOPLE
from plans.figures.body.regions import region_weight
from plans.figures.body.store import Store

ALL = [(name, build) for name in BodyName for build in BUILDS]


@pytest.fixture(scope="module")
def store():
    return Store()


def test_no_skin_of_the_trunk_or_the_hips_is_in_the_file(store):
    place = decoded(store["skin.canonical"]) / CANONICAL_STEPS
    corners = place[store["skin.triangles"]]
    arm_or_middle = np.abs(corners[:, :, 0]).max(axis=1)
    x, y = arm_or_middle, corners[:, :, 1]
    trunk = (y.max(axis=1) < 5.1) & (y.min(axis=1) > -2.8) & (x < 1.6)
    assert not trunk.any()


@pytest.mark.parametrize(("trousers", "feet"), OUTFITS)
def test_trousers_and_shoes_hide_what_is_beneath(store, trousers, feet):
    place = decoded(store["skin.canonical"]) / CANONICAL_STEPS
    seen = store["skin.triangles"][(store["skin.worn"] & outfit_bit(trousers, feet)) > 0]
    y = np.sort(np.unique(place[seen][:, :, 1][np.abs(place[seen][:, :, 0]) < 2.9]))
    legs = y[y < 0]
    assert legs.max() < (-6.3 if trousers == "long" else -2.8)
    assert (legs.min() < -8) == (feet == "bare")


@pytest.mark.parametrize(("name", "build"), ALL)
def test_the_shirt_reaches_over_the_waistband(name, build):
    body = load_body(name, build=build)
    height = {kind: body.vertices[np.unique(body.triangles[body.material == kind]), 1] for kind in Material}
    assert height[Material.SHIRT].min() < height[Material.TROUSERS].max() - 1


@pytest.mark.parametrize(("name", "build"), ALL)
def test_the_shirt_ends_above_the_hip_so_that_the_seat_is_trousers(name, build):
    body = load_body(name, build=build)
    hem = body.vertices[worn(body, Material.SHIRT), 1].min()
    assert hem > body.heads[body.bones.index("upperleg01.L"), 1] + 3
    # However the back bends, the waistband stays beneath the shirt.
    assert body.vertices[worn(body, Material.TROUSERS), 1].max() > hem + 8
    assert region_weight(body, "glute")[worn(body, Material.SHIRT)].max() < 0.1


@pytest.mark.parametrize("name", BodyName)
def test_cloth_spans_the_chest_and_the_middle_of_the_seat(name):
    """Forward in the middle, and beside it: over the breasts, and over the buttocks."""
    body = load_body(name)
    breasts = [outermost(body, Material.SHIRT, x, 4.2, 1) for x in (0.0, 0.75)]
    seat = [outermost(body, Material.TROUSERS, x, 0.3, -1) for x in (0.0, 0.5)]
    assert breasts[1] < breasts[0] + 0.5
    assert seat[1] < seat[0] + 3


def worn(body, kind):
    return np.unique(body.triangles[body.material == kind])


def outermost(body, kind, x, y, way):
    place = body.canonical[worn(body, kind)]
    near = (abs(abs(place[:, 0]) - x) < 0.2) & (abs(place[:, 1] - y) < 0.4) & (place[:, 2] * way > 0)
    return (body.vertices[worn(body, kind)][near, 2] * way).max()


@pytest.mark.parametrize("name", BodyName)
def test_clothes_lie_outside_the_skin(name):
    """Seen from the bones: at the rim of a sleeve or a leg no skin comes through the cloth."""
    body = load_body(name)
    skin = body.vertices[np.unique(body.triangles[body.material == Material.SKIN])]
    cloth = np.unique(body.triangles[np.isin(body.material, (Material.SHIRT, Material.TROUSERS))])
    for bone, end in (
        ("upperarm01.L", "lowerarm01.L"),
        ("upperleg02.L", "lowerleg01.L"),
        ("lowerleg02.L", "foot.L"),
    ):
        start, stop = (body.heads[body.bones.index(each)] for each in (bone, end))
        line = stop - start
        for low in np.arange(0, 0.9, 0.1):
            inner, outer = (widest(points, start, line, low) for points in (skin, body.vertices[cloth]))
            assert inner is None or outer is None or inner < outer + 0.2


def widest(points, start, line, low):
    along = (points - start) @ line / (line @ line)
    off = np.linalg.norm(points - start - along[:, None] * line, axis=1)
    near = (along > low) & (along < low + 0.1) & (off < 14)
    return off[near].max() if near.sum() > 6 else None


def test_people_differ_in_sex_age_build_and_skin():
    assert {(person.sex, person.age) for person in PEOPLE.values()} == {
        (sex, age) for sex in ("female", "male") for age in (30, 50, 75)
    }
    assert {person.build for person in PEOPLE.values()} == set(BUILDS)
    assert {person.skin for person in PEOPLE.values()} == {"light", "medium", "dark"}


@pytest.mark.parametrize("name", BodyName)
def test_a_heavy_body_is_wider_than_a_slender_one_and_as_tall(name):
    slender, average, heavy = (load_body(name, build=build) for build in BUILDS)
    waists = [waist(body) for body in (slender, average, heavy)]
    assert waists[1] > waists[0] + 0.5
    assert waists[2] > waists[1] + 1.5
    assert heavy.stature == pytest.approx(slender.stature, rel=0.02)


def waist(body):
    shirt = body.vertices[np.unique(body.triangles[body.material == Material.SHIRT])]
    hip, chest = (body.heads[body.bones.index(bone), 1] for bone in ("upperleg01.L", "spine02"))
    belly = shirt[(shirt[:, 1] > hip) & (shirt[:, 1] < chest) & (np.abs(shirt[:, 0]) < 28)]
    return np.ptp(belly[:, 0]) + np.ptp(belly[:, 2])


def test_the_pregnant_woman_has_her_belly():
    belly = [waist(load_body(name, build="average")) for name in (BodyName.PREGNANT_30, BodyName.WOMAN_30)]
    assert belly[0] > belly[1] + 5
