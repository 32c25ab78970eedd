"""A protocol of the clinic, the exercises that it may hold, and a patient whom it may serve."""

import pytest

from tests import factories


@pytest.fixture
def library(clinic):
    return {code: factories.approved_exercise(clinic, code) for code in ("one", "two", "three")}


@pytest.fixture
def protocol(clinic, library):
    return factories.protocol(
        factories.lead(clinic), exercises=[library["one"], library["two"]], title="Disc, weeks 1-2"
    )


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


def change(api, protocol, **body):
    answer = api.patch(f"protocols/{protocol.pk}/", body, If_Match="*")
    assert answer.status_code == 200, answer.content
    return answer.json()


def codes(items):
    return [item["exercise_code"] for item in items]
