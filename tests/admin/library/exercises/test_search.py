"""The list of exercises, the plan's page and the API find the same, in the same order."""

import pytest
from django.urls import reverse

from plans.libraryfiles import Equipment
from tests import factories
from tests.admin.conftest import signed_in

LIST = reverse("admin:plans_exercise_changelist")


@pytest.fixture
def library(clinic):
    """Three exercises whose order by fit is neither that of their codes nor that of their names."""
    named = {
        "a-fact": ("Squat", {"equipment": (Equipment.WALL,)}),
        "b-name": ("Wall sit", {}),
        "c-other": ("Push", {}),
    }
    also = {"c-other": ("Wall push",)}
    for code, (name, facts) in named.items():
        text = factories.exercise_text(name=name, also=also.get(code, ()))
        factories.approved_exercise(clinic, code, texts={"en": text}, **facts)
    return ["b-name", "c-other", "a-fact"]


def listed(desk, words, more=""):
    place = desk.post(LIST, {"q": words})["Location"]
    return [row.code for row in desk.get(place + more).context["cl"].result_list]


def test_the_list_the_plan_and_the_api_find_the_same(library, clinic, therapist, broker):
    desk = signed_in(therapist)
    patient = factories.patient(therapist)
    offered = desk.get(reverse("admin:plans_plan_offer"), {"patient": str(patient.pk), "q": "wall"})
    told = desk.get("/api/v1/exercises/?search=wall").json()["results"]

    assert listed(desk, "wall") == library
    assert [one["code"] for one in told] == library
    names = [offered.content.decode().index(f'data-name="{name}"') for name in ("Wall sit", "Push", "Squat")]
    assert names == sorted(names)


def test_a_column_orders_what_was_found(library, therapist):
    desk = signed_in(therapist)
    assert listed(desk, "wall", "&o=0") == sorted(library)


def test_a_search_of_the_list_asks_no_more_for_more_rows(
    library, clinic, therapist, django_assert_max_num_queries
):
    desk = signed_in(therapist)
    place = desk.post(LIST, {"q": "wall"})["Location"]
    desk.get(place)
    with django_assert_max_num_queries(14):
        desk.get(place)
