"""What a patient means to do is theirs to write and to change."""

import pytest

from plans.actions import logs
from plans.actions.texts import TextTooLong
from plans.models import Intention
from plans.permissions import NotAllowed
from tests import factories


def test_goal_and_when_and_where_are_kept_and_changed(pat):
    plan = factories.publication(pat).plan
    logs.set_intention(plan=plan, goal="Walk to the lake", when_and_where="", by=None)

    logs.set_intention(plan=plan, goal="", when_and_where="After breakfast,\nin the kitchen", by=None)

    kept = Intention.objects.get()
    assert (kept.plan, kept.goal, kept.when_and_where) == (plan, "", "After breakfast, in the kitchen")


@pytest.mark.parametrize("name", ["goal", "when_and_where"])
def test_too_many_words_are_refused_by_their_field(pat, name):
    plan = factories.publication(pat).plan
    given = {"goal": "", "when_and_where": "", name: "x" * 201}

    with pytest.raises(TextTooLong) as refused:
        logs.set_intention(plan=plan, by=None, **given)

    assert refused.value.attribute == name
    assert not Intention.objects.exists()


def test_staff_write_for_their_own_patients_alone(pat, clinic):
    plan = factories.publication(pat).plan

    with pytest.raises(NotAllowed):
        logs.set_intention(plan=plan, goal="x", when_and_where="", by=factories.therapist(clinic))
    assert logs.set_intention(plan=plan, goal="x", when_and_where="", by=pat).goal == "x"
