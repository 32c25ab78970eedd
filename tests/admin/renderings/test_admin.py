"""The page of the work on files: what is stuck and why, without patients; and to start it again."""

import pytest
from django.urls import reverse

from plans.handout.errors import PreflightFailed
from plans.models import Rendering, RenderingState
from tests import factories
from tests.admin.conftest import make_ready, signed_in
from tests.admin.forms import text_of
from tests.rendering.stuck import fail, pause

LIST = reverse("admin:plans_rendering_changelist")


@pytest.fixture
def root(django_user_model):
    return signed_in(django_user_model.objects.create_superuser("root", password="a long pass phrase"))


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, name="Quentin Secretname")


@pytest.fixture
def rendering(therapist, patient):
    return factories.publication(
        therapist, of_plan=factories.plan(therapist, of=patient)
    ).content.renderings.get()


def page_of(rendering, way="change"):
    return reverse(f"admin:plans_rendering_{way}", args=[rendering.pk])


def shown(client, **asked):
    return list(client.get(LIST, asked).context["cl"].result_list)


def test_what_failed_is_listed_with_its_reason_and_nothing_of_the_patient(root, rendering):
    fail(rendering, PreflightFailed(problems="The page lacks 'Quentin Secretname'."))
    for address in (LIST, page_of(rendering)):
        words = text_of(root.get(address))
        assert "The finished file did not pass its check." in words
        assert "preflight_failed" in words
        assert rendering.content.clinic.name in words
        assert "Secretname" not in words


def test_what_is_ready_is_listed_when_it_is_asked_for(root, rendering):
    assert shown(root) == [rendering]
    make_ready(rendering)
    assert shown(root) == []
    assert shown(root, state="ready") == [rendering]
    assert shown(root, state="all") == [rendering]


def test_the_list_is_filtered_by_state_and_reason(root, rendering, therapist):
    other = factories.publication(therapist).content.renderings.get()
    fail(rendering)
    pause(other)
    assert shown(root, state="failed") == [rendering]
    assert shown(root, state="queued") == [other]
    assert shown(root, reason="picture_broken") == [rendering]
    assert shown(root, reason="paused") == [other]
    assert root.get(LIST, {"reason": "x'", "state": "nonsense"}).status_code == 200


def test_the_list_is_filtered_by_clinic(root, rendering):
    foreign = factories.publication(factories.therapist(factories.clinic())).content.renderings.get()
    assert shown(root, clinic=str(foreign.content.clinic_id)) == [foreign]
    assert len(shown(root, clinic="nonsense")) == 2


def test_who_runs_the_service_is_told_on_the_first_page(root, rendering):
    assert "No file has failed" in text_of(root.get(reverse("admin:index")))
    fail(rendering)
    assert "1 file could not be made" in text_of(root.get(reverse("admin:index")))


def test_one_is_queued_again_on_its_page(root, rendering):
    fail(rendering)
    assert "Queue again" in text_of(root.get(page_of(rendering)))
    answer = root.post(page_of(rendering, "again"), follow=True)
    assert "Queued again." in text_of(answer)
    assert "Queue again" not in text_of(answer)
    assert "queued files again" in text_of(root.get(page_of(rendering, "history")))
    assert "nothing to queue again" in text_of(root.post(page_of(rendering, "again"), follow=True))


def test_all_of_a_reason_are_queued_again(root, rendering, therapist):
    other = factories.publication(therapist).content.renderings.get()
    for one in (rendering, other):
        fail(one)
    assert "Queue all again" in text_of(root.get(LIST))
    address = reverse("admin:plans_rendering_all_again")
    assert "2 queued again." in text_of(root.post(address, {"reason": "picture_broken"}, follow=True))
    assert set(Rendering.objects.values_list("state", flat=True)) == {RenderingState.QUEUED}


def test_a_post_without_a_reason_queues_nothing(root, rendering):
    fail(rendering)
    answer = root.post(reverse("admin:plans_rendering_all_again"), follow=True)
    assert "0 queued again." in text_of(answer)


def test_a_lead_sees_and_starts_those_of_the_own_clinic(clinic, rendering):
    foreign = factories.publication(factories.therapist(factories.clinic())).content.renderings.get()
    for one in (rendering, foreign):
        fail(one)
    lead = signed_in(factories.lead(clinic))
    assert shown(lead) == [rendering]
    assert [one.count for one, *_ in lead.get(LIST).context["stuck"]] == [1]
    assert lead.post(page_of(foreign, "again")).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == RenderingState.FAILED


def test_queries_do_not_grow_with_rows(root, therapist, django_assert_max_num_queries):
    for _ in range(8):
        fail(factories.publication(therapist).content.renderings.get())
    with django_assert_max_num_queries(14):
        root.get(LIST)
