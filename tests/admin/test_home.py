"""The first page: patients seen lately, what is due and why, files that wait, links that end soon."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import DownloadLink, Rendering, RenderingState
from tests import factories
from tests.admin.forms import text_of

HOME = reverse("admin:index")


def shown(desk):
    return text_of(desk.get(HOME))


def test_who_was_seen_last_stands_first(desk, therapist):
    patients = [factories.patient(therapist, name=name) for name in ("Ada", "Ben", "Zoe")]
    desk.get(reverse("admin:plans_patient_change", args=[patients[2].pk]))
    said = shown(desk)
    assert said.index("Zoe") < said.index("Ben") < said.index("Ada")


def test_a_patient_of_another_by_now_is_not_shown(desk, therapist, clinic):
    patient = factories.patient(therapist, name="Zoe")
    desk.get(reverse("admin:plans_patient_change", args=[patient.pk]))
    patient.therapist = factories.therapist(clinic)
    patient.save()
    assert "Zoe" not in shown(desk)


def test_what_is_due_says_why(desk, therapist):
    factories.plan(therapist, review_on=timezone.localdate() - timedelta(days=3))
    assert "review was set for 3 days ago" in shown(desk)


def test_a_link_that_ends_soon_is_told(desk, therapist):
    factories.publication(therapist)
    assert "that end soon" not in shown(desk)
    DownloadLink.objects.update(expires_on=timezone.localdate() + timedelta(days=5))
    assert "Personal links that end soon" in shown(desk)
    DownloadLink.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "that end soon" not in shown(desk)


def test_a_file_that_takes_long_is_told(desk, therapist):
    publication = factories.publication(therapist)
    assert "still being made" not in shown(desk)
    files = Rendering.objects.filter(content=publication.content, state=RenderingState.QUEUED)
    files.update(queued_at=timezone.now() - timedelta(minutes=2))
    assert "Files that are still being made" in shown(desk)


@pytest.mark.parametrize(("count", "more"), [(6, False), (7, True)])
def test_a_long_list_is_cut_and_leads_to_all(desk, therapist, count, more):
    patient = factories.patient(therapist)
    for _ in range(count):
        factories.plan(therapist, of=patient)
    assert ("All plans" in shown(desk)) == more


def test_the_questions_do_not_grow(desk, therapist, django_assert_max_num_queries):
    for _ in range(4):
        factories.publication(therapist)
        factories.plan(therapist, review_on=timezone.localdate())
    with django_assert_max_num_queries(26):
        desk.get(HOME)


def test_a_patients_live_plans_are_a_click_away(desk, therapist):
    patient = factories.patient(therapist, name="Zoe")
    published = factories.plan(therapist, of=patient, title="Knee plan")
    factories.plan(therapist, of=patient, title="Not yet given")
    factories.publication(therapist, of_plan=published)
    seen = desk.get(HOME).content.decode()
    address = reverse("admin:plans_plan_change", args=[published.pk])
    assert f'href="{address}" aria-label="Knee plan, Zoe"' in seen
    assert 'aria-label="Not yet given, Zoe"' not in seen
