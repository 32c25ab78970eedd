"""Whether a protocol is for this patient today."""

from dataclasses import replace

import pytest

from plans.models import Operated
from plans.queries.phase_windows import WindowState, check_window
from plans.queries.programmes import fitting, programmes_of
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = 0


@pytest.fixture
def programme(clinic):
    factories.approved_library_protocol(clinic, anchor="surgery", from_day=14, to_day=42)
    (found,) = programmes_of(clinic, language="en")
    return found


def check(programme, patient):
    return check_window(programme, patient, on=factories.in_days(TODAY))


def patient(pat, **fields):
    row = factories.patient(pat, has=("sciatica",))
    row.conditions.update(**fields)
    return row


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (13, WindowState.TOO_EARLY),
        (14, WindowState.FITS),
        (41, WindowState.FITS),
        (42, WindowState.TOO_LATE),
    ],
)
def test_the_first_day_counts_and_the_last_does_not(programme, pat, day, state):
    found = check(programme, patient(pat, surgery_on=factories.in_days(-day)))
    assert (found.state, found.day) == (state, day)


def test_without_the_date_it_cannot_be_said(programme, pat):
    assert check(programme, patient(pat)).state is WindowState.NO_DATE


def test_without_an_operation_no_day_counts(programme, pat):
    assert check(programme, patient(pat, operated=Operated.NO)).state is WindowState.NOT_OPERATED


def test_without_the_condition_it_is_not_for_this_patient(programme, pat):
    factories.condition("arthritis")
    other = factories.patient(pat, has=("arthritis",))
    assert check(programme, other).state is WindowState.NO_CONDITION
    assert fitting([programme], other) == []


def test_a_kind_of_the_condition_counts(programme, pat):
    factories.condition("worse", parent=factories.condition("sciatica"))
    row = factories.patient(pat, has=("worse",))
    row.conditions.update(surgery_on=factories.in_days(-20))
    assert check(programme, row).fits
    assert fitting([programme], row) == [programme]


def test_of_two_sides_the_one_that_fits_counts(programme, pat):
    row = patient(pat, side="left", surgery_on=factories.in_days(-90))
    row.conditions.create(
        condition=factories.condition("sciatica"), side="right", surgery_on=factories.in_days(-20)
    )
    assert check(programme, row).day == 20


def test_at_any_time_and_for_any_condition_it_fits(programme, pat):
    row = patient(pat)
    assert check(replace(programme, anchor=None), row).fits
    assert check(replace(programme, condition=None), row).fits
