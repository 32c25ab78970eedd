"""Pages neither double nor skip a row, also where many rows have the same value."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.api import urls
from plans.models import AuditEvent, DayEntry, Device, LinkOpening, LogEntry, Patient, Plan, Score
from tests import factories

HOST = "http://testserver"
LISTED = {
    "audit": AuditEvent,
    "openings": LinkOpening,
    "log": LogEntry,
    "log_days": DayEntry,
    "scores": Score,
    "devices": Device,
}
"""What a list below another row's address holds, by its action."""


def follow(api, page, way="next", between=lambda: None):
    """All rows from this page on; something happens between the pages."""
    rows = list(page["results"])
    while page[way]:
        between()
        page = api.get(page[way].removeprefix(HOST)).json()
        rows += page["results"]
    return rows


@pytest.mark.parametrize("ordering", ["name", "-name", "birth_date", "-birth_date"])
def test_equal_values_come_once_each(api, therapist, ordering):
    for name in "abcde":
        for _ in range(3):
            factories.patient(therapist, name=name, birth_date="1960-05-17")
    expected = [str(pk) for pk in Patient.objects.order_by(ordering, "id").values_list("pk", flat=True)]
    page = api.get(f"patients/?ordering={ordering}&page_size=2").json()
    assert [one["id"] for one in follow(api, page)] == expected


def test_rows_that_go_and_come_among_equals_skip_and_double_nothing(api, therapist):
    """Thirty people of one name, of whom one already read goes and one comes before each page."""
    for _ in range(30):
        factories.patient(therapist, name="Smith")
    there = [str(pk) for pk in Patient.objects.order_by("id").values_list("pk", flat=True)]
    gone = iter(there[:12])

    def stir():
        Patient.objects.get(pk=next(gone)).delete()
        factories.patient(therapist, name="Smith")

    page = api.get("patients/?page_size=5").json()
    read = [one["id"] for one in follow(api, page, between=stir)]
    assert len(set(read)) == len(read)
    assert set(there) <= set(read)


def test_there_and_back(api, therapist):
    for number in range(7):
        factories.patient(therapist, name="Same" if number else "Other")
    first = api.get("patients/?page_size=2").json()
    assert first["previous"] is None
    pages, page = [first], first
    while page["next"]:
        page = api.get(page["next"].removeprefix(HOST)).json()
        pages.append(page)
    for earlier in reversed(pages[:-1]):
        page = api.get(page["previous"].removeprefix(HOST)).json()
        assert page["results"] == earlier["results"]
    assert page["previous"] is None


def test_times_are_compared_to_the_microsecond(api, therapist):
    """Two changes within one millisecond are two places in the order."""
    patient = factories.patient(therapist)
    now = timezone.now().replace(microsecond=123_000)
    for number in range(5):
        plan = factories.plan(therapist, of=patient)
        Plan.objects.filter(pk=plan.pk).update(updated_at=now + timedelta(microseconds=number))
    expected = [str(pk) for pk in Plan.objects.order_by("-updated_at").values_list("pk", flat=True)]
    assert [one["id"] for one in follow(api, api.get("plans/?page_size=1").json())] == expected


def test_every_order_is_one_column_that_is_never_null():
    """What a page begins behind has a value, and one value and the id say it."""
    for pattern in urls.router.urls:
        view = pattern.callback.cls(**pattern.callback.initkwargs)
        for method, action in pattern.callback.actions.items():
            if method != "get" or action not in view.paged_actions:
                continue
            assert len(view.ordering) == 1
            columns = LISTED.get(action, view.model)._meta
            for name in (*view.ordering, *view.ordering_fields):
                column = view.columns.get(name.lstrip("-"), name.lstrip("-"))
                assert not columns.get_field(column).null, (view, name)


def test_what_was_found_comes_by_fit_once_each_while_rows_come_and_go(api, clinic):
    """Exercises that fit better or worse are approved between the pages, which moves none of those that were there."""
    for number in range(6):
        name = "Wall slide" if number % 2 else "Slide on the wall"
        factories.approved_exercise(
            clinic, f"wall-{number}", texts={"en": factories.exercise_text(name=name)}
        )
    more = iter(range(100))

    def stir():
        number = next(more)
        name = "Wall" if number % 2 else "Sit by a wall for long"
        factories.approved_exercise(clinic, f"new-{number}", texts={"en": factories.exercise_text(name=name)})

    page = api.get("exercises/?search=wall&page_size=2").json()
    read = [one["code"] for one in follow(api, page, between=stir)]
    assert len(set(read)) == len(read)
    assert [code for code in read if code.startswith("wall")] == [
        "wall-1", "wall-3", "wall-5", "wall-0", "wall-2", "wall-4"
    ]  # fmt: skip


def test_what_was_found_is_read_backwards_and_in_another_order(api, clinic):
    for number in range(5):
        factories.approved_exercise(clinic, f"wall-{number}")
    first = api.get("exercises/?search=wall&page_size=2").json()
    second = api.get(first["next"].removeprefix(HOST)).json()
    assert api.get(second["previous"].removeprefix(HOST)).json()["results"] == first["results"]
    turned = api.get("exercises/?search=wall&ordering=-code").json()["results"]
    assert [one["code"] for one in turned] == [f"wall-{number}" for number in (4, 3, 2, 1, 0)]
    elsewhere = first["next"].removeprefix(HOST).replace("search=wall", "kind=mobility")
    assert api.get(elsewhere).status_code == 400
