"""The panel after publishing: what is given to the patient, and what goes into the record."""

import pytest
from django.conf import settings
from django.urls import reverse

from plans import tokens
from plans.actions.pausing import pause_plan
from plans.actions.plans import stop_plan
from plans.models import DownloadLink, Publication
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of


def page_of(publication, way="change"):
    return reverse(f"admin:plans_publication_{way}", args=[publication.pk])


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)


def new_version(publication, by):
    plan = publication.plan
    type(plan).objects.filter(pk=plan.pk).update(note="Go slowly.")
    plan.refresh_from_db()
    return factories.publication(by, of_plan=plan)


def test_publishing_leads_to_the_panel(desk, therapist):
    plan = factories.plan(therapist)
    page = reverse("admin:plans_plan_publish", args=[plan.pk])
    seen = desk.get(page).context["expected_hash"]
    answer = desk.post(page, {"expected_hash": seen, "paper": "A4"})
    assert answer["Location"] == page_of(Publication.objects.get()) + "#give"


def test_all_ways_are_there(desk, publication):
    words = text_of(desk.get(page_of(publication)))
    for way in (
        "Print",
        "Show the code large",
        "Copy link",
        "Shown and taught back",
        "Copy text for the record",
    ):
        assert way in words
    assert "Home exercise plan: Back plan" in words


def test_no_address_of_the_page_holds_the_links_token(desk, publication):
    link = DownloadLink.objects.get()
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    page = desk.get(page_of(publication)).content.decode()
    assert page.count(token) == 1
    assert f'readonly value="{settings.PUBLIC_URL}/p/{token}/"' in page


def test_taught_back_is_recorded_and_taken_back(desk, publication, therapist):
    answer = desk.post(page_of(publication, "taught"))
    assert answer["Location"] == page_of(publication) + "#give"
    words = text_of(desk.get(page_of(publication)))
    assert f", {therapist} Not so: take it back" in words
    assert f"recorded by {therapist}." in words
    desk.post(page_of(publication, "not-taught"))
    answer = desk.post(page_of(publication, "not-taught"), follow=True)
    assert "Nobody has recorded that this version was shown and taught back." in text_of(answer)


def test_an_older_version_leads_to_the_newest_and_gives_nothing(desk, publication, therapist):
    new_version(publication, therapist)
    words = text_of(desk.get(page_of(publication)))
    assert "This version was replaced: give version 2." in words
    assert "Show the code large" not in words
    assert "Copy text for the record" in words


@pytest.mark.parametrize(("end", "said"), [(pause_plan, "is paused"), (stop_plan, "was stopped")])
def test_what_nobody_shall_follow_is_not_given(desk, publication, therapist, end, said):
    end(plan=publication.plan, by=therapist)
    words = text_of(desk.get(page_of(publication)))
    assert f"The plan {said}" in words
    assert "Show the code large" not in words
    assert "Copy text for the record" in words


def test_without_a_link_there_is_none_to_give(desk, publication):
    desk.post(page_of(publication, "link/revoke"))
    words = text_of(desk.get(page_of(publication)))
    assert "There is no open link to give" in words
    assert "Show the code large" not in words


def test_colleagues_do_not_record(publication, clinic):
    other = signed_in(factories.therapist(clinic))
    assert other.post(page_of(publication, "taught")).status_code == 404
