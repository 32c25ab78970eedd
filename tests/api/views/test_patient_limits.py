"""Limits of a patient over the API: set, cleared, never changed or lost."""

import pytest

from tests import factories

LIMIT = {"words": "Do not kneel", "movement": "kneeling", "said_by": "Dr. Lee", "said_on": "2026-01-05"}
CLEARED = {"cleared_on": "2026-01-07", "cleared_by": "Dr. Lee", "cleared_how": "seen"}


@pytest.fixture
def patch(api, therapist):
    factories.movement("kneeling")
    patient = factories.patient(therapist)

    def patch(*limits, status=200):
        answer = api.patch(f"patients/{patient.pk}/", {"limits": list(limits)}, If_Match="*")
        assert answer.status_code == status, answer.content
        return answer.json()

    patch.patient = patient
    return patch


def test_a_list_names_each_that_holds(patch):
    patch(LIMIT)
    assert patch(status=409)["code"] == "limit_stands"
    assert patch({**LIMIT, "words": "Kneel a little"}, status=409)["code"] == "limit_stands"
    first = patch.patient.limits.get().pk
    assert len(patch(LIMIT, {**LIMIT, "movement": None, "words": "No lifting"})["limits"]) == 2
    assert patch.patient.limits.filter(pk=first).exists()


def test_a_clearance_is_given_beside_it_and_it_stays_on_record(patch):
    patch(LIMIT)
    row = patch.patient.limits.get().pk
    patch({**LIMIT, **CLEARED})
    assert patch.patient.limits.get().pk == row
    (kept,) = patch()["limits"]
    assert (kept["cleared_by"], kept["words"]) == ("Dr. Lee", "Do not kneel")
    patch({**LIMIT, **CLEARED}, LIMIT)
    assert patch.patient.limits.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"movement": "flying"}, "limits[0].movement", "unknown_code"),
        ({"side": "front"}, "limits[0].side", "invalid_choice"),
        ({"at_most": 3}, "limits[0].unit", "unit_missing"),
        ({"at_most": "3", "unit": "kilograms"}, "limits[0].at_most", "invalid"),
        ({"at_most": True, "unit": "kilograms"}, "limits[0].at_most", "invalid"),
        ({"at_most": 2.55, "unit": "kilograms"}, "limits[0].at_most", "invalid"),
        ({"at_most": 181, "unit": "degrees"}, "limits[0].at_most", "amount_too_large"),
        ({"until": "2026-01-04"}, "limits[0].until", "ends_before_it_began"),
        ({"until": "2026-01-06"}, "limits[0].until", "over_already"),
        ({"said_on": "2999-01-01"}, "limits[0].said_on", "in_future"),
        ({"said_by": "."}, "limits[0].said_by", "no_name"),
        ({"cleared_on": "2026-01-07"}, "limits[0].cleared_by", "clearance_incomplete"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(patch, wrong, field, code):
    errors = patch({**LIMIT, **wrong}, status=400)["errors"]
    assert (field, code) in [(error["field"], error["code"]) for error in errors]
    assert not patch.patient.limits.exists()


def test_a_question_asks_with_limits_too(api, clinic):
    factories.movement("kneeling")
    factories.approved_exercise(clinic, movements=("kneeling",))
    items = [{"exercise_code": "heel-slide"}]

    def asked(**limit):
        answer = api.post("findings/", {"items": items, "limits": [{**LIMIT, **limit}]})
        assert answer.status_code == 200, answer.content
        return {one["code"]: one["level"] for one in answer.json()["findings"]}

    assert asked()["limit"] == "avoid"
    assert asked(movement=None)["limit_not_checked"] == "advice"
    assert "limit" not in asked(**CLEARED)
    assert "limit" not in asked(until="2026-01-06")
