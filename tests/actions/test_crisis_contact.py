"""Who answers thoughts of ending one's life: a name with a telephone, as a lead says it."""

import pytest

from plans.actions.clinics import change_settings
from plans.actions.crisis_contact import CrisisContactIncomplete
from plans.actions.texts import TextTooLong
from plans.permissions import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_lead_names_who_answers_and_takes_it_back(clinic, lead):
    assert not clinic.names_who_answers
    said = {"crisis_contact": " Crisis line ", "crisis_phone": "988"}
    changed = change_settings(clinic=clinic, **said, by=lead)
    assert (changed.crisis_contact, changed.crisis_phone, changed.names_who_answers) == (
        "Crisis line",
        "988",
        True,
    )
    changed = change_settings(clinic=clinic, crisis_contact="", crisis_phone=" ", by=lead)
    assert not changed.names_who_answers


@pytest.mark.parametrize(
    ("said", "error", "attribute"),
    [
        ({"crisis_contact": "Crisis line"}, CrisisContactIncomplete, "crisis_phone"),
        ({"crisis_phone": "988"}, CrisisContactIncomplete, "crisis_contact"),
        ({"crisis_contact": "x" * 81, "crisis_phone": "988"}, TextTooLong, "crisis_contact"),
        ({"crisis_contact": "Crisis line", "crisis_phone": "9" * 41}, TextTooLong, "crisis_phone"),
    ],
)
def test_half_of_it_or_too_much_is_refused_at_its_field(clinic, lead, said, error, attribute):
    with pytest.raises(error) as refused:
        change_settings(clinic=clinic, **said, by=lead)
    assert refused.value.attribute == attribute
    clinic.refresh_from_db()
    assert not clinic.names_who_answers


def test_no_therapist_sets_it(clinic, therapist):
    with pytest.raises(NotAllowed):
        change_settings(clinic=clinic, crisis_contact="Crisis line", crisis_phone="988", by=therapist)
