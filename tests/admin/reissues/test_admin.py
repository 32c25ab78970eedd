"""Issuing many plans again: ordered by a lead, watched with a bar."""

import pytest
from django.urls import reverse

from plans.actions.plans import save_plan
from plans.actions.reissuing import go_on
from plans.models import Publication, Reissue, Rendering
from tests import factories
from tests.admin.conftest import make_ready, signed_in
from tests.admin.forms import text_of


@pytest.fixture
def exercise(therapist):
    return factories.publication(therapist).plan.items.get().revision.exercise


def order(client, exercise, clinic, **fields):
    address = reverse("admin:plans_reissue_order", args=[exercise.pk])
    return client.post(
        address, {"clinic": str(clinic.pk), "why": "The picture was wrong.", **fields}, follow=True
    )


def test_a_lead_orders_it_on_the_exercises_page(lead_client, clinic, exercise):
    page = reverse("admin:plans_exercise_change", args=[exercise.pk])
    assert f"Issue the plans of {clinic} with this exercise again" in text_of(lead_client.get(page))
    words = text_of(order(lead_client, exercise, clinic))
    assert "0 of 1 plans" in words
    assert Reissue.objects.get().why == "The picture was wrong."


def test_the_bar_moves_until_nothing_more_will_come(lead_client, clinic, exercise):
    order(lead_client, exercise, clinic)
    reissue = Reissue.objects.get()
    progress = reverse("admin:plans_reissue_progress", args=[reissue.pk])
    assert b"every 1s" in lead_client.get(progress).content
    go_on(reissue=reissue, turn=reissue.turn)
    for rendering in Rendering.objects.all():
        make_ready(rendering)
    done = lead_client.get(progress)
    assert (done.status_code, b"every 1s" in done.content) == (286, False)
    assert "1 of 1 plans" in text_of(done)


def test_a_plan_that_needs_a_person_says_why_in_words(lead_client, therapist, clinic, exercise):
    plan = Publication.objects.get().plan
    plan.title = "Half an edit"
    save_plan(plan=plan, by=therapist)
    order(lead_client, exercise, clinic)
    reissue = Reissue.objects.get()
    go_on(reissue=reissue, turn=reissue.turn)
    words = text_of(lead_client.get(reverse("admin:plans_reissue_change", args=[reissue.pk])))
    assert "The plan was changed after its last version was issued. Finish it, then publish it." in words
    assert "draft_differs" not in words


def test_its_therapist_finds_it_at_home_until_it_is_published(desk, lead_client, therapist, clinic, exercise):
    plan = Publication.objects.get().plan
    plan.title = "Half an edit"
    save_plan(plan=plan, by=therapist)
    order(lead_client, exercise, clinic)
    reissue = Reissue.objects.get()
    go_on(reissue=reissue, turn=reissue.turn)
    home = reverse("admin:index")
    for word in ("To be issued again by you", "Half an edit", "The picture was wrong.", "Finish it, then"):
        assert word in text_of(desk.get(home))
    colleague = signed_in(factories.therapist(factories.clinic()))
    assert "To be issued again by you" not in text_of(colleague.get(home))
    factories.publication(therapist, of_plan=plan)
    assert "To be issued again by you" not in text_of(desk.get(home))


def test_without_a_reason_it_is_told(lead_client, clinic, exercise):
    assert "Say why the plans are issued again" in text_of(order(lead_client, exercise, clinic, why=" "))
    assert not Reissue.objects.exists()


def test_nothing_to_issue_is_told(lead_client, clinic):
    lonely = factories.approved_exercise(clinic, "lonely").exercise
    assert "No plan that a patient follows now holds this exercise." in text_of(
        order(lead_client, lonely, clinic)
    )


def test_another_clinic_cannot_be_named(lead_client, exercise):
    address = reverse("admin:plans_reissue_order", args=[exercise.pk])
    assert lead_client.post(address, {"clinic": str(factories.clinic().pk), "why": "x"}).status_code == 404


def test_a_therapist_cannot_order_it(desk, clinic, exercise):
    assert order(desk, exercise, clinic).status_code == 404
    assert Publication.objects.count() == 1
