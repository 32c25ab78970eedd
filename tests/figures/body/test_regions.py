import numpy as np
import pytest

from plans.figures.body import SEGMENTS, BodyName, Material, load_body
from plans.figures.body.regions import REGIONS, region_weight
from plans.figures.words import MIDDLE_MUSCLES, Muscle

# Where most of each muscle must lie, as a physiotherapist would touch it: parts of the body, and forward or not.
WHERE = {
    Muscle.JAW: ("head neck", None),
    Muscle.DEEP_NECK_FLEXORS: ("neck head trunk", True),
    Muscle.NECK_EXTENSORS: ("neck head trunk", False),
    Muscle.SIDE_OF_NECK: ("neck head trunk shoulder", None),
    Muscle.UPPER_TRAPEZIUS: ("neck trunk shoulder", None),
    Muscle.BETWEEN_SHOULDER_BLADES: ("trunk", False),
    Muscle.CHEST: ("trunk shoulder", True),
    Muscle.ROTATOR_CUFF: ("shoulder trunk upperarm", False),
    Muscle.DELTOID: ("upperarm shoulder", None),
    Muscle.LATISSIMUS: ("trunk", False),
    Muscle.BICEPS: ("upperarm", True),
    Muscle.TRICEPS: ("upperarm", False),
    Muscle.WRIST_EXTENSORS: ("forearm", None),
    Muscle.WRIST_FLEXORS: ("forearm", None),
    Muscle.THUMB: ("hand finger1", None),
    Muscle.ABDOMEN: ("trunk pelvis", True),
    Muscle.DIAPHRAGM: ("trunk", True),
    Muscle.OBLIQUES: ("trunk pelvis", None),
    Muscle.LOW_BACK: ("trunk pelvis", False),
    Muscle.HIP_FLEXORS: ("pelvis thigh trunk", True),
    Muscle.GLUTE: ("pelvis thigh", False),
    Muscle.OUTER_HIP: ("pelvis thigh", None),
    Muscle.ADDUCTORS: ("thigh pelvis", None),
    Muscle.QUADRICEPS: ("thigh", True),
    Muscle.HAMSTRINGS: ("thigh", False),
    Muscle.CALF: ("shin", False),
    Muscle.SHIN: ("shin foot", True),
    Muscle.SOLE: ("foot toe", None),
}


@pytest.fixture(params=("woman30", "man50", "pregnant30"))
def body(request):
    return load_body(BodyName(request.param), build="heavy")


def test_every_muscle_that_a_figure_can_name_has_its_place():
    assert set(REGIONS) == set(WHERE) == set(Muscle)


@pytest.mark.parametrize("muscle", Muscle)
def test_it_lies_where_it_is_touched(body, muscle):
    parts, forward = WHERE[muscle]
    weight = region_weight(body, muscle)
    assert weight.max() > 0.9
    inside = np.array([name.startswith(tuple(parts.split())) for name in SEGMENTS])[body.segment]
    assert weight[inside].sum() > 0.85 * weight.sum()
    if forward is not None:
        normal = normals(body)[weight > 0.5]
        assert (normal[:, 2] > -0.3).mean() > 0.9 if forward else (normal[:, 2] < 0.3).mean() > 0.9


@pytest.mark.parametrize("muscle", sorted(set(Muscle) - MIDDLE_MUSCLES))
def test_it_has_a_side(body, muscle):
    left, right = (region_weight(body, muscle, side) for side in ("left", "right"))
    assert left.max() == pytest.approx(right.max(), abs=0.15)
    assert body.vertices[left > 0, 0].min() > -1.5
    assert np.array_equal(np.maximum(left, right), region_weight(body, muscle))


def normals(body):
    skin = body.triangles[np.isin(body.material, (Material.SKIN, Material.SHIRT, Material.TROUSERS))]
    a, b, c = (body.vertices[skin[:, corner]] for corner in range(3))
    total = np.zeros_like(body.vertices)
    np.add.at(total, skin.ravel(), np.repeat(np.cross(b - a, c - a), 3, axis=0))
    return total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)
