"""Measures as other software reads and tells them."""

from datetime import timedelta

import pytest

from plans.models import AuditEvent, Measure, Occasion, OutboxEvent, Score
from plans.models.measures import NOW
from tests import factories
from tests.logs import issued_days_ago
from tests.measures import WORDS, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def plan(therapist, clinic):
    factories.approved_measures(clinic)
    return issued_days_ago(factories.publication(therapist), 20).plan


@pytest.fixture
def path(plan):
    return f"plans/{plan.pk}/measures/"


def body(plan, **fields):
    return {"measure": "pain", "occasion": "start", "day": plan.patient.clinic.today().isoformat(), **fields}


def test_a_measure_is_told_with_words_scale_figures_and_who_approved_them(api, clinic):
    factories.approved_measure(clinic)
    (told,) = api.get("measures/").json()["results"]
    (text,) = told.pop("texts")
    assert (told["code"], told["source"], told["clinic"], told["retired_on"]) == ("pain", "ours", None, None)
    assert text == {
        "language": "en",
        "number": 1,
        "name": "Your pain",
        "question": "How strong is your pain?",
        "help": "",
        "lowest": 0,
        "lowest_words": "no pain",
        "highest": 10,
        "highest_words": "the worst pain",
        "kind": "pain",
        "better": "lower",
        "differences": [
            {
                "source": "ours",
                "kind": "important",
                "points": "2",
                "people": "people with back pain",
                "regions": [],
                "of_one": False,
            }
        ],
        "approved_for": [str(clinic.pk)],
    }
    assert api.get(f"measures/{told['id']}/").json()["texts"] == [text]


def test_measures_of_another_clinic_are_absent(api):
    theirs = Measure.objects.create(code="theirs", clinic=factories.clinic())
    assert api.get("measures/").json()["results"] == []
    assert api.get(f"measures/{theirs.pk}/").status_code == 404


def test_start_review_change_and_whether_it_counts(api, plan, path, therapist):
    today = plan.patient.clinic.today()
    tell(plan, "pain", 7, day=today - 20 * DAY, by=therapist)
    tell(plan, "pain", 4, occasion=Occasion.REVIEW, by=therapist)
    (told,) = api.get(path).json()["results"]
    (judged,) = told.pop("judged")
    assert told == {
        "measure": "pain",
        "is_approved": True,
        "better": "lower",
        "start": 7.0,
        "start_day": str(today - 20 * DAY),
        "review": 4.0,
        "review_day": str(today),
        "change": -3.0,
        "is_better": True,
        "reached": 1,
        "sources": 1,
        "activities": [],
    }
    assert (judged["source"], judged["points"], judged["is_reached"]) == ("ours", "2", True)
    assert AuditEvent.objects.filter(verb="measure.viewed", patient_id=plan.patient_id).count() == 1


def test_own_activities_are_told_with_their_words(api, plan, path):
    activities = [
        {"place": 1, "words": "Climb the stairs", "value": 3},
        {"place": 2, "words": "Sleep"},
    ]
    answer = api.post(path, body(plan, measure="function", activities=activities))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert [(one["place"], one["words"]) for one in told["activities"]] == [
        (1, "Climb the stairs"),
        (2, "Sleep"),
    ]
    (result,) = told["results"]
    assert (result["start"], result["change"]) == (3.0, None)
    assert [(one["start"], one["review"]) for one in result["activities"]] == [(3, None), (None, None)]


def test_a_number_is_told_by_the_caller_and_corrected(api, plan, path):
    for value in (7, 6, 6):
        assert api.post(path, body(plan, value=value)).status_code == 201
    row = Score.objects.get(NOW)
    assert (row.value, row.source) == (6, "api")
    assert row.recorded_by  # the system that called
    assert Score.objects.count() == 2
    assert OutboxEvent.objects.filter(type="measure.told").count() == 2


def test_the_same_call_twice_is_answered_once(api, plan, path):
    first = api.post(path, body(plan, value=7), Idempotency_Key="k")
    again = api.post(path, body(plan, value=7), Idempotency_Key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert api.post(path, body(plan, value=8), Idempotency_Key="k").status_code == 422
    assert Score.objects.get().value == 7


def test_scores_come_in_pages_newest_first(api, plan, therapist):
    today = plan.patient.clinic.today()
    for days in (5, 3, 1):
        tell(plan, "pain", days, day=today - days * DAY, occasion=Occasion.REVIEW, by=therapist)
    tell(plan, "function", 2, words=WORDS[:1], by=therapist, day=today - 9 * DAY)
    path = f"plans/{plan.pk}/scores/"
    first = api.get(f"{path}?page_size=2").json()
    assert [(one["measure"], one["value"], one["occasion"]) for one in first["results"]] == [
        ("pain", 1, "review"),
        ("pain", 3, "review"),
    ]
    rest = api.get(first["next"].partition("/api/v1/")[2]).json()
    assert [(one["value"], one["place"]) for one in rest["results"]] == [(5, None), (2, 1)]


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"value": 11}, "value", "measure_score_out_of_range"),
        ({"measure": "nope", "value": 1}, "measure[0]", "unknown_code"),
        ({"value": 1, "day": "2001-01-01"}, "day", "measure_day_out_of_range"),
        ({"value": 1, "occasion": "later"}, "occasion", "invalid_choice"),
        ({"measure": "function", "activities": [{"place": 1, "value": 3}]}, "activity_1", "measure_activity_missing"),
        ({"activities": [{"place": 1, "value": 3}]}, "value_1", "measure_answer_misplaced"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_is_written(api, plan, path, fields, field, code):
    answer = api.post(path, body(plan, **fields))
    assert answer.status_code == 400, answer.content
    told = answer.json()
    errors = {(one["field"], one["code"]) for one in told.get("errors", ())} or {(field, told["code"])}
    assert (field, code) in errors, told
    assert not Score.objects.exists()


def test_nothing_told_is_refused(api, plan, path):
    answer = api.post(path, body(plan))
    assert answer.json()["code"] == "measure_nothing_told"
