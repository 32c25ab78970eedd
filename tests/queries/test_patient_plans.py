"""How a patient's plans stand: what is followed first, its file, and who tried its link."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from plans import tokens
from plans.actions import links, pausing
from plans.actions import plans as plan_actions
from plans.models import LinkOpening
from plans.queries.patient_plans import plans_of_patient
from tests import factories


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist, of_plan=factories.plan(therapist))


@pytest.fixture
def patient(publication):
    return publication.plan.patient


def open_with(publication, day, address="1.2.3.4"):
    link = publication.plan.links.get(revoked_at=None)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    with suppress(links.LinkRefused):
        links.open_link(token=token, birth_date=day, address=address)


def state_of(publication):
    return next(row for row in plans_of_patient(publication.plan.patient) if row.plan == publication.plan)


def test_what_is_followed_stands_first_then_drafts_then_what_is_over(therapist, publication, patient):
    stopped = factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    plan_actions.stop_plan(plan=stopped.plan, by=therapist)
    draft = factories.plan(therapist, of=patient)
    found = [(state.plan, state.is_live) for state in plans_of_patient(patient)]
    assert found == [(publication.plan, True), (draft, False), (stopped.plan, False)]


def test_a_plan_tells_its_version_its_file_and_its_pause(therapist, publication):
    pausing.pause_plan(plan=publication.plan, by=therapist)
    state = state_of(publication)
    assert (state.newest, state.file.content_id) == (publication, publication.content_id)
    assert state.paused_at is not None


def test_wrong_dates_count_from_the_last_success(publication, patient):
    born = patient.birth_date
    open_with(publication, born - timedelta(days=400))
    open_with(publication, born)
    open_with(publication, born.replace(year=born.year + 1))
    state = state_of(publication).link
    assert [use.wrong_date for use in state.wrong] == ["year"]
    assert (state.opened, len(state.uses)) == (1, 3)


def test_who_tried_too_often_is_told_until_when_to_wait(publication, patient):
    for _ in range(6):
        open_with(publication, patient.birth_date + timedelta(days=1))
    until = state_of(publication).link.waits_until
    assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
    open_with(publication, patient.birth_date)
    assert not LinkOpening.objects.filter(use="opened").exists()


def test_the_questions_do_not_grow_with_plans(therapist, publication, patient, django_assert_num_queries):
    with django_assert_num_queries(8):
        plans_of_patient(patient)
    for _ in range(3):
        factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    with django_assert_num_queries(8):
        plans_of_patient(patient)
