import pickle

import pytest

from plans.exceptions import PlansError, UnreadableDose


class StaleDraftForTest(PlansError):
    """The plan is no longer what {who}
    saw."""


def test_docstring_is_the_message():
    assert str(StaleDraftForTest(who="the therapist")) == "The plan is no longer what the therapist saw."


def test_code_is_the_class_name_in_snake_case():
    assert StaleDraftForTest(who="x").code == "stale_draft_for_test"
    assert PlansError().code == "plans_error"


def test_detail_that_is_missing_fails_at_the_raise():
    with pytest.raises(KeyError):
        StaleDraftForTest()


def test_error_without_a_message_cannot_be_written():
    with pytest.raises(TypeError, match="docstring"):
        type("Silent", (PlansError,), {})


def test_survives_the_way_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableDose(field="side", value="up")))
    assert (str(error), error.details) == (
        "The dose cannot be read: side is up.",
        {"field": "side", "value": "up"},
    )
