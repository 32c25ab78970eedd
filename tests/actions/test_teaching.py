"""A version is recorded as shown and taught back: once, by whom, on which day."""

from datetime import timedelta

import pytest

from plans.actions.teaching import NotTaught, TaughtOnWrongDay, record_teaching, take_back_teaching
from plans.models import AuditEvent, AuditVerb, Publication, Teaching
from plans.permissions import NotAllowed
from tests import factories


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="publication.taught").values_list("verb", flat=True)
    )


def test_it_is_recorded_today_with_who_and_in_the_trail(publication, therapist):
    made = record_teaching(publication=publication, by=therapist)
    assert (made.taught_on, made.created_by) == (publication.plan.patient.clinic.today(), therapist)
    assert verbs() == [AuditVerb.PUBLICATION_TAUGHT]
    assert publication.teaching == made


def test_a_second_click_records_nothing_more(publication, therapist, lead):
    first = record_teaching(publication=publication, by=therapist)
    assert record_teaching(publication=publication, by=lead) == first
    assert Teaching.objects.count() == len(verbs()) == 1


def test_a_mistake_is_taken_back_and_can_be_recorded_again(publication, therapist, lead):
    record_teaching(publication=publication, by=therapist)
    take_back_teaching(publication=publication, by=lead)
    assert publication.teaching is None
    assert Teaching.objects.get().taken_back_by == lead
    record_teaching(publication=publication, by=therapist)
    assert Teaching.objects.count() == 2


def test_nothing_is_taken_back_that_nobody_recorded(publication, therapist):
    with pytest.raises(NotTaught):
        take_back_teaching(publication=publication, by=therapist)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_lies_between_issue_and_today(publication, therapist, days):
    day = publication.issued_on + timedelta(days=days)
    with pytest.raises(TaughtOnWrongDay):
        record_teaching(publication=publication, taught_on=day, by=therapist)
    assert not Teaching.objects.exists()


def test_a_day_since_the_issue_is_taken(publication, therapist):
    Publication.objects.update(issued_on=publication.issued_on - timedelta(days=3))
    publication.refresh_from_db()
    made = record_teaching(publication=publication, taught_on=publication.issued_on, by=therapist)
    assert made.taught_on == publication.issued_on


def test_colleagues_record_nothing(publication, therapist, clinic):
    with pytest.raises(NotAllowed):
        record_teaching(publication=publication, by=factories.therapist(clinic))
    record_teaching(publication=publication, by=therapist)
    with pytest.raises(NotAllowed):
        take_back_teaching(publication=publication, by=factories.therapist(clinic))
