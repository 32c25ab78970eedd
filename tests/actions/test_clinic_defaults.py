import pytest

from plans.actions.clinic_defaults import (
    MAX_STOCK_REASON,
    MAX_STOCK_REASONS,
    TooManyStockReasons,
    UnknownFollowUpKind,
    UnusualDefault,
)
from plans.actions.clinics import change_settings
from plans.actions.texts import TextTooLong
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_lead_gives_the_clinic_its_own_reasons_and_defaults(clinic, lead):
    said = ["  Tried here.  ", "", "Tried here.", "Agreed with the surgeon."]
    changed = change_settings(
        clinic=clinic, stock_reasons=said, review_days=14, usual_times_per_day=2, by=lead
    )
    changed.refresh_from_db()
    assert changed.stock_reasons == ["Tried here.", "Agreed with the surgeon."]
    assert (changed.review_days, changed.usual_times_per_day, changed.usual_days_per_week) == (14, 2, 7)
    change_settings(clinic=clinic, stock_reasons=None, by=lead)
    changed.refresh_from_db()
    assert (changed.stock_reasons, changed.review_days) == (None, 14)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"review_days": 0}, UnusualDefault),
        ({"review_days": 181}, UnusualDefault),
        ({"usual_times_per_day": 11}, UnusualDefault),
        ({"usual_days_per_week": 8}, UnusualDefault),
        ({"stock_reasons": [f"Reason {n}" for n in range(MAX_STOCK_REASONS + 1)]}, TooManyStockReasons),
        ({"stock_reasons": ["x" * (MAX_STOCK_REASON + 1)]}, TextTooLong),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(clinic, lead, given, error):
    with pytest.raises(error) as refused:
        change_settings(clinic=clinic, by=lead, **given)
    assert refused.value.attribute == next(iter(given))
    clinic.refresh_from_db()
    assert (clinic.review_days, clinic.usual_times_per_day, clinic.usual_days_per_week) == (28, 1, 7)
    assert clinic.stock_reasons is None


def test_a_therapist_changes_none_of_it(clinic):
    with pytest.raises(NotAllowed):
        change_settings(clinic=clinic, review_days=14, by=factories.therapist(clinic))


def test_a_lead_says_what_is_followed_up(clinic, lead):
    changed = change_settings(
        clinic=clinic, follow_up_kinds=["silent", "pain", "pain"], silent_days=14, by=lead
    )
    changed.refresh_from_db()
    assert (changed.follow_up_kinds, changed.silent_days) == (["pain", "silent"], 14)
    assert change_settings(clinic=clinic, follow_up_kinds=[], by=lead).follow_up_kinds == []


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"silent_days": 0}, UnusualDefault),
        ({"silent_days": 91}, UnusualDefault),
        ({"follow_up_kinds": ["moody"]}, UnknownFollowUpKind),
    ],
)
def test_what_nobody_can_follow_up_is_refused(clinic, lead, given, error):
    with pytest.raises(error) as refused:
        change_settings(clinic=clinic, by=lead, **given)
    assert refused.value.attribute == next(iter(given))
    clinic.refresh_from_db()
    assert (clinic.silent_days, len(clinic.follow_up_kinds)) == (7, 5)
