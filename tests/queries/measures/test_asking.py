"""What the page asks for: at the start, when the review is due, and nothing on the days between."""

from datetime import timedelta

import pytest

from plans.content import from_json
from plans.models import Occasion
from plans.queries.measures.asking import asked_now, occasion_to_tell
from tests import factories
from tests.logs import issue_again, issued_days_ago
from tests.measures import WORDS, tell

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def publication(pat, clinic):
    factories.approved_measures(clinic)
    return factories.publication(pat)


@pytest.fixture
def today(clinic):
    return clinic.today()


def due_on(publication, pat, day):
    return issue_again(publication, pat, review_on=day)


def asked(publication, today):
    publication = (
        type(publication).objects.select_related("content", "plan__patient__clinic").get(pk=publication.pk)
    )
    found = asked_now(publication.plan, publication, from_json(publication.content.json), today=today)
    return [(one.text.measure.code, one.occasion.value, one.is_told) for one in found]


def to_tell(publication, today):
    return occasion_to_tell(publication.plan, publication, from_json(publication.content.json), today=today)


def test_at_the_start_both_are_asked(publication, today):
    assert asked(publication, today) == [("pain", "start", False), ("function", "start", False)]
    assert to_tell(publication, today) is Occasion.START


def test_what_no_reviewer_approved_is_not_asked(pat, clinic, today):
    factories.measure()
    assert asked(factories.publication(pat), today) == []


def test_a_text_in_another_language_alone_asks_nobody(pat, clinic, today):
    factories.approved_measure(clinic, texts={"es": factories.measure_text("Su dolor")})
    assert asked(factories.publication(pat), today) == []


def test_two_weeks_after_the_first_version_it_is_the_start_no_more(publication, today):
    assert asked(publication, today + 14 * DAY)
    assert asked(publication, today + 15 * DAY) == []
    assert not to_tell(publication, today + 15 * DAY)


def test_the_start_is_that_of_the_first_version(publication, pat, today):
    issued_days_ago(publication, 15)
    assert asked(issue_again(publication, pat), today) == []


def test_told_on_the_page_it_is_open_until_the_next_day(publication, today):
    tell(publication.plan, "pain", 7)
    assert asked(publication, today) == [("pain", "start", True), ("function", "start", False)]
    assert asked(publication, today + DAY)[0] == ("pain", "start", True)
    assert asked(publication, today + 2 * DAY) == [("function", "start", False)]


def test_all_told_leaves_nothing_to_tell(publication, today):
    tell(publication.plan, "pain", 7)
    tell(publication.plan, "function", 7, words=WORDS[:1])
    assert not to_tell(publication, today)


def test_keyed_in_by_the_staff_it_is_asked_no_more(publication, pat, today):
    tell(publication.plan, "pain", 7, by=pat)
    assert asked(publication, today) == [("function", "start", False)]


def test_from_the_day_of_the_review_it_is_the_review_that_is_asked(publication, pat, today):
    tell(publication.plan, "function", 2, words=WORDS[:1])
    review = due_on(publication, pat, today + 20 * DAY)
    assert asked(review, today + 19 * DAY) == []
    for days in (20, 60):
        assert asked(review, today + days * DAY) == [("pain", "review", False), ("function", "review", False)]


def test_without_activities_at_the_start_none_are_asked_at_the_review(publication, pat, today):
    assert asked(due_on(publication, pat, today), today) == [("pain", "review", False)]


def test_a_review_a_few_days_before_its_day_was_the_review(publication, pat, today):
    review = due_on(publication, pat, today + 20 * DAY)
    for before, expected in ((7, []), (8, [("pain", "review", False)])):
        row = tell(review.plan, "pain", 4, occasion=Occasion.REVIEW, by=pat)[0]
        type(row).objects.filter(pk=row.pk).update(day=today + (20 - before) * DAY)
        assert asked(review, today + 20 * DAY) == expected
        row.delete()


def test_the_next_version_with_another_review_asks_at_that_one(publication, pat, today):
    first = due_on(publication, pat, today)
    tell(first.plan, "pain", 4, occasion=Occasion.REVIEW, by=pat)
    second = issue_again(first, pat, review_on=today + 30 * DAY)
    assert asked(second, today + 20 * DAY) == []
    assert asked(second, today + 30 * DAY) == [("pain", "review", False)]


def test_no_query_on_most_days_and_three_on_the_others(publication, today, django_assert_num_queries):
    content, plan = from_json(publication.content.json), publication.plan
    with django_assert_num_queries(0):
        assert not occasion_to_tell(plan, publication, content, today=today + 15 * DAY)
    with django_assert_num_queries(3):
        assert occasion_to_tell(plan, publication, content, today=today)
