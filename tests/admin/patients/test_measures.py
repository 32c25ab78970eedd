"""Measures on the patient's page at the desk: start, review, change, each source's say, and keying in."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from lxml import html

from plans.models import Condition, Occasion, OwnActivity, Score, Source
from plans.models.measures import NOW
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.logs import issued_days_ago
from tests.measures import WORDS, measure, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def plan(pat, clinic):
    Source.objects.create(code="small", title="A study", cite="Small 2010")
    Source.objects.create(code="large", title="A study", cite="Large 2014")
    differences = (factories.difference("2", "small"), factories.difference("3.5", "large"))
    factories.approved_measures(clinic, differences=differences)
    return issued_days_ago(factories.publication(pat), 30).plan


@pytest.fixture
def client(pat):
    return signed_in(pat)


def page_of(plan):
    return reverse("admin:plans_patient_change", args=[plan.patient_id])


def part(client, plan):
    page = text_of(client.get(page_of(plan)))
    return page[page.index("Measures at the start and the review") :]


def key_in(client, plan, code="pain", **fields):
    form = {"plan": str(plan.pk), "measure": str(measure(code).pk), "occasion": "start", **fields}
    return client.post(reverse("admin:plans_patient_measures", args=[plan.patient_id]), form, follow=True)


def test_start_review_change_and_what_each_source_says(client, plan, pat):
    today = plan.patient.clinic.today()
    tell(plan, "pain", 7, by=pat, day=today - 30 * DAY)
    tell(plan, "pain", 4, occasion=Occasion.REVIEW, by=pat)
    shown = part(client, plan)
    for words in (
        f"7 ({date_format(today - 30 * DAY, 'DATE_FORMAT')}) 4 ({date_format(today, 'DATE_FORMAT')}) −3, better",
        "Your pain (0–10)",
        "Sources differ: 1 of 2 says this change matters to patients.",
        "reached 2 points or more matter to patients (Small 2010: people with back pain)",
        "not reached 3.5 points or more matter to patients (Large 2014: people with back pain)",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (3, "2 sources say this change matters to patients."),
        (6, "2 sources say this change is smaller than what matters to patients."),
        (7, "no change"),
        (10, "+3, worse"),
    ],
)
def test_each_change_is_said(client, plan, pat, after, words):
    tell(plan, "pain", 7, by=pat)
    tell(plan, "pain", after, occasion=Occasion.REVIEW, by=pat)
    assert words in part(client, plan)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (5, "1 source says this change matters to patients."),
        (3, "1 source says this change is smaller than what matters to patients."),
    ],
)
def test_one_source_is_one(client, plan, pat, after, words):
    tell(plan, "function", 2, words=WORDS[:1], by=pat)
    tell(plan, "function", after, occasion=Occasion.REVIEW, by=pat)
    assert words in part(client, plan)


def test_a_label_and_its_field_stay_together(client, plan):
    page = html.fromstring(client.get(page_of(plan)).content.decode())
    fields = page.xpath("//section[@aria-labelledby='measures-heading']//form//*[@id]")

    assert len(fields) == 3 + 2 + 2 * 3
    for field in fields:
        pair = field.getparent()
        assert pair.get("class").split()[0] == "desk-pair"
        assert [label.get("for") for label in pair.findall("label")] == [field.get("id")]


def test_own_activities_stand_below_their_mean(client, plan, pat):
    tell(plan, "function", 2, 4, words=WORDS[:2], by=pat)
    tell(plan, "function", 5, 6, occasion=Occasion.REVIEW, by=pat)
    shown = part(client, plan)
    assert "+2.5, better" in shown
    assert "Climb the stairs 2 5 3" in shown


def test_what_was_not_told_is_unknown(client, plan):
    shown = part(client, plan)
    assert shown.count("unknown unknown") == 2


def test_a_measure_that_no_reviewer_approved_says_so(client, pat):
    factories.measure()
    assert "needs review: patients are not asked" in part(client, factories.publication(pat).plan)


def test_without_measures_or_without_a_plan_nothing_is_shown(client, pat):
    factories.publication(pat)
    patient = factories.patient(pat)
    page = client.get(reverse("admin:plans_patient_change", args=[patient.pk]))
    assert "Measures at the start" not in text_of(page)


def test_pain_is_keyed_in_for_a_day(client, plan, pat):
    day = plan.patient.clinic.today() - 30 * DAY
    assert "The measure is kept." in text_of(key_in(client, plan, value="7", day=day.isoformat()))
    row = Score.objects.get()
    assert (row.value, row.day, row.occasion, row.source, row.recorded_by) == (7, day, "start", "paper", pat)


def test_activities_and_their_numbers_are_keyed_in(client, plan, pat):
    key_in(
        client, plan, "function", activity_1="Climb the stairs", value_1="3", activity_2="Sleep", value_2=""
    )
    assert list(OwnActivity.objects.values_list("words", "recorded_by")) == [
        ("Climb the stairs", pat.pk),
        ("Sleep", pat.pk),
    ]
    key_in(client, plan, "function", occasion="review", activity_1="Climb the stairs", value_1="6")
    assert [row.value for row in Score.objects.filter(NOW).order_by("occasion")] == [6, 3]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "11"}, "write a whole number from 0 to 10"),
        ({"value": "much"}, "write a whole number from 0 to 10"),
        ({"value": "7", "day": "tomorrow"}, "choose a day from"),
        ({"value": ""}, "Nothing was filled in."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, plan, fields, words):
    assert words in text_of(key_in(client, plan, **fields))
    assert not Score.objects.exists()


def test_nobody_keys_in_for_a_patient_of_another_clinic(plan):
    other = signed_in(factories.therapist(factories.clinic()))
    assert key_in(other, plan, value="7").status_code == 404
    assert not Score.objects.exists()


def test_a_plan_of_another_patient_is_none_of_this_one(client, plan, pat):
    form = {
        "plan": str(factories.plan(pat).pk),
        "measure": str(measure().pk),
        "occasion": "start",
        "value": "7",
    }
    address = reverse("admin:plans_patient_measures", args=[plan.patient_id])
    assert client.post(address, form).status_code == 404


def test_queries_do_not_grow_with_plans_and_numbers(client, plan, pat, django_assert_max_num_queries):
    from plans.admin.patients.measure_lines import measures_of

    Condition.objects.update(region="neck")
    again = factories.publication(pat, of_plan=factories.plan(pat, of=plan.patient)).plan
    for one in (plan, again):
        tell(one, "function", 2, 4, words=WORDS[:2], by=pat)
        tell(one, "pain", 7, by=pat)
        tell(one, "pain", 4, occasion=Occasion.REVIEW, by=pat)
    with django_assert_max_num_queries(8):
        found = measures_of(plan.patient, [plan, again])
    assert [len(of_plan.lines) for of_plan in found] == [2, 2]
