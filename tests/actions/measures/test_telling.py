"""Numbers of measures: kept once, corrected with what was told before, refused with a name, told without a number."""

import json
from datetime import timedelta

import pytest

from plans.actions import measures
from plans.actions.library_measures import retire_measure
from plans.actions.measures import Answer
from plans.actions.texts import TextTooLong
from plans.models import AuditEvent, LogSource, Occasion, OutboxEvent, OwnActivity, Score
from plans.models.measures import NOW
from plans.permissions import NotAllowed
from tests import factories
from tests.logs import issue_again, issued_days_ago
from tests.measures import WORDS, measure, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REVIEW = Occasion.REVIEW


@pytest.fixture
def publication(pat, clinic):
    factories.approved_measures(clinic)
    return factories.publication(pat)


@pytest.fixture
def plan(publication):
    return publication.plan


@pytest.fixture
def today(clinic):
    return clinic.today()


@pytest.fixture
def due(pat, publication, today):
    """A plan issued 40 days ago, whose review is due since today."""
    return issued_days_ago(issue_again(publication, pat, review_on=today), 0).plan


def values(**fields):
    rows = Score.objects.filter(NOW, **fields).order_by("activity__place")
    return [row.value for row in rows]


def test_a_number_told_on_the_page_is_of_the_plan_and_its_version(publication, plan, today):
    (row,) = tell(plan, "pain", 7, text=measure().texts.get())
    assert (row.plan, row.publication, row.measure.code) == (plan, publication, "pain")
    assert (row.occasion, row.day, row.value, row.source) == ("start", today, 7, "page")
    assert row.text.name == "Your pain"
    assert row.recorded_by is None


def test_staff_key_it_in_by_name(plan, pat):
    (row,) = tell(plan, "pain", 7, by=pat)
    assert (row.recorded_by, row.source, row.text) == (pat, "paper", None)


def test_three_own_activities_each_with_its_number(plan):
    tell(plan, "function", 3, 5, 0, words=WORDS)
    assert list(OwnActivity.objects.values_list("place", "words", "recorded_by")) == [
        (1, "Climb the stairs", None),
        (2, "Put on my socks", None),
        (3, "Sleep all night", None),
    ]
    assert values() == [3, 5, 0]


def test_a_therapist_writes_the_activities_and_the_patient_rates_them(plan, pat):
    measures.write_activities(plan=plan, words={1: "Climb the stairs", 2: " "}, by=pat)
    assert OwnActivity.objects.get().recorded_by == pat
    tell(plan, "function", 4)
    assert values() == [4]
    assert OwnActivity.objects.count() == 1


def test_the_same_again_changes_nothing_and_tells_nobody(plan):
    tell(plan, "pain", 7)
    assert tell(plan, "pain", 7) == []
    assert Score.objects.count() == 1
    assert OutboxEvent.objects.filter(type="measure.told").count() == 1
    assert AuditEvent.objects.filter(verb="measure.told").count() == 1


def test_a_correction_keeps_what_was_told_before(plan):
    tell(plan, "pain", 7)
    tell(plan, "pain", 6)
    assert values() == [6]
    assert list(Score.objects.exclude(replaced_at=None).values_list("value", flat=True)) == [7]


def test_a_number_left_out_stays_and_one_taken_back_goes(plan):
    tell(plan, "function", 3, 5, words=WORDS[:2])
    tell(plan, "function", None, 6, words=[None, None])
    assert values() == [3, 6]
    tell(plan, "function", None, 6, words=[None, None], whole=True)
    assert values() == [6]
    assert AuditEvent.objects.filter(verb="measure.told").count() == 3


def test_other_words_are_another_activity(plan):
    tell(plan, "function", 3, words=WORDS[:1])
    tell(plan, "function", None, words=["Run"])
    assert values() == []
    assert list(OwnActivity.objects.filter(NOW).values_list("words", flat=True)) == ["Run"]
    assert OwnActivity.objects.count() == 2


def test_words_that_are_taken_out_take_the_number_with_them(plan):
    tell(plan, "function", 3, words=WORDS[:1])
    tell(plan, "function", None, words=[""], whole=True)
    assert values() == []
    assert not OwnActivity.objects.filter(NOW).exists()


def test_words_stay_once_they_were_rated_at_a_review(plan, pat):
    tell(plan, "function", 3, words=WORDS[:1])
    tell(plan, "function", 5, occasion=REVIEW, by=pat)
    with pytest.raises(measures.ActivityFixed, match="Activity 1"):
        measures.write_activities(plan=plan, words={1: "Run"}, by=pat)
    assert values(occasion="start") == [3]


def test_a_review_takes_no_words(plan, pat):
    tell(plan, "function", 3, words=WORDS[:1])
    tell(plan, "function", 5, words=["Run"], occasion=REVIEW, by=pat)
    assert OwnActivity.objects.get().words == WORDS[0]


def test_reviews_of_two_days_stand_beside_each_other(plan, pat, today):
    issued_days_ago(plan.publications.get(), 9)
    for days, value in ((3, 5), (0, 4), (0, 3)):
        tell(plan, "pain", value, occasion=REVIEW, by=pat, day=today - days * DAY)
    assert sorted(values()) == [3, 5]


@pytest.mark.parametrize("value", [11, -1, True, "7", 3.5])
def test_what_is_no_number_of_the_scale_is_refused(plan, value):
    with pytest.raises(measures.ScoreOutOfRange, match="write a whole number from 0 to 10"):
        tell(plan, "pain", value)
    assert not Score.objects.exists()


def test_a_number_without_its_activity_is_refused_and_nothing_is_written(plan):
    with pytest.raises(measures.ActivityMissing, match="Activity 2"):
        tell(plan, "function", 3, 5, words=["Run", ""])
    assert not OwnActivity.objects.exists()


def test_an_activity_has_an_end(plan):
    with pytest.raises(TextTooLong):
        tell(plan, "function", 3, words=["x" * 121])


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("pain", Answer(place=1, value=3)),
        ("pain", Answer(value=3, words="x")),
        ("function", Answer(value=3)),
        ("function", Answer(place=4, value=3)),
    ],
)
def test_an_answer_that_the_measure_does_not_ask_for_is_refused(plan, today, code, answer):
    with pytest.raises(measures.AnswerMisplaced):
        measures.tell_measure(
            plan=plan, measure=measure(code), occasion=Occasion.START, day=today, answers=[answer],
            source=LogSource.PAGE, by=None,
        )  # fmt: skip


@pytest.mark.parametrize("code", ["pain", "function"])
def test_nothing_is_nothing_told(plan, code):
    with pytest.raises(measures.NothingScored):
        tell(plan, code)


def test_activities_that_stand_there_are_nothing_told(plan, pat):
    measures.write_activities(plan=plan, words={1: "Run"}, by=pat)
    with pytest.raises(measures.NothingScored):
        tell(plan, "function", None, words=[None])


def test_only_who_cares_for_the_patient_keys_in(plan, clinic):
    with pytest.raises(NotAllowed):
        tell(plan, "pain", 3, by=factories.therapist(factories.clinic()))
    with pytest.raises(NotAllowed):
        measures.write_activities(plan=plan, words={1: "Run"}, by=factories.library_admin(clinic))


def test_a_draft_has_no_start_yet(pat, clinic):
    factories.approved_measures(clinic)
    with pytest.raises(measures.MeasurePlanNotIssued):
        tell(factories.plan(pat), "pain", 3, by=pat)


def test_a_withdrawn_measure_takes_no_numbers(plan):
    retire_measure(measure())
    with pytest.raises(measures.MeasureWithdrawn):
        tell(plan, "pain", 3)


def test_on_the_page_a_review_that_is_not_due_is_closed(plan):
    with pytest.raises(measures.MeasureClosed):
        tell(plan, "pain", 3, occasion=REVIEW)


def test_on_the_page_the_start_closes_when_the_review_is_due(due):
    with pytest.raises(measures.MeasureClosed):
        tell(due, "pain", 3)
    tell(due, "pain", 3, occasion=REVIEW)
    assert values(occasion="review") == [3]


def test_what_the_staff_keyed_in_stays_on_the_page(plan, pat):
    tell(plan, "pain", 7, by=pat)
    with pytest.raises(measures.MeasureClosed):
        tell(plan, "pain", 3)


def test_a_start_may_be_of_a_visit_before_the_plan_and_of_no_later_day(plan, pat, today):
    tell(plan, "pain", 7, by=pat, day=today - 31 * DAY)
    for day in (today + DAY, today - 32 * DAY):
        with pytest.raises(measures.MeasureDayOutOfRange, match="choose a day from"):
            tell(plan, "pain", 7, by=pat, day=day)


def test_on_the_page_it_is_of_today_or_yesterday(plan, today):
    issued_days_ago(plan.publications.get(), 9)
    with pytest.raises(measures.MeasureDayOutOfRange):
        tell(plan, "pain", 7, day=today - 2 * DAY)


def test_trail_and_event_say_that_it_was_told_and_no_number_and_no_word(plan, publication, today):
    tell(plan, "function", 3, words=WORDS[:1])
    event = OutboxEvent.objects.get(type="measure.told")
    assert json.loads(event.body)["data"] == {
        "plan": str(plan.pk),
        "publication": str(publication.pk),
        "measure": "function",
        "occasion": "start",
        "day": today.isoformat(),
        "source": "page",
    }
    told = {row.verb: row.detail for row in AuditEvent.objects.filter(verb__startswith="measure.")}
    assert told == {
        "measure.activities_written": {"count": 1},
        "measure.told": {
            "measure": "function",
            "occasion": "start",
            "day": today.isoformat(),
            "source": "page",
        },
    }
    assert "stairs" not in event.body + str(told)
