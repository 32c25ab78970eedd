"""What the plan's page says of today: a mark beside what was told, and where "Play my plan" begins."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from plans.content import from_json
from plans.models import LogSource
from plans.portal.done_today import say_done_today
from tests.logs import issued_days_ago, keys_of, plan_of, tell
from tests.portal.conftest import BIRTH_DATE, token_of


def said(publication):
    with translation.override("en"):
        found = say_done_today(publication.plan, from_json(publication.content.json))
    marks = [found.marks.get(str(key)) for key in keys_of(publication)]
    return found.place, found.play_words, [mark and mark.words for mark in marks]


@pytest.fixture
def publication(pat):
    return plan_of(pat, 3)


def test_before_anything_is_told_it_begins_at_the_first(publication):
    assert said(publication) == (0, "Play my plan", [None, None, None])


def test_it_goes_on_at_the_first_exercise_that_is_not_told_and_marks_those_that_are(publication):
    first, second, third = keys_of(publication)
    tell(publication, first)
    assert said(publication) == (1, "Go on with exercise 2", ["Done today", None, None])
    tell(publication, third)
    assert said(publication) == (1, "Go on with exercise 2", ["Done today", None, "Done today"])
    tell(publication, second)
    assert said(publication) == (0, "Play it again", ["Done today"] * 3)


def test_what_was_not_done_or_a_part_is_told_and_not_marked_as_done(publication):
    first, second, _ = keys_of(publication)
    tell(publication, first, outcome="skipped")
    tell(publication, second, outcome="part")

    assert said(publication) == (2, "Go on with exercise 3", ["Not done", "A part", None])


def test_what_was_told_of_yesterday_is_not_of_today(publication, pat, clinic):
    issued_days_ago(publication, 3)
    tell(publication, day=clinic.today() - timedelta(days=1), source=LogSource.PAPER, by=pat)

    assert said(publication) == (0, "Play my plan", [None, None, None])


def test_twice_a_day_is_two_rounds(pat):
    publication = plan_of(pat, 2, times_per_day_min=2, times_per_day_max=3)
    first, second = keys_of(publication)
    expected = [
        (first, 1, (1, "Go on with exercise 2", ["Done 1 of 3 times", None])),
        (second, 1, (0, "Play it again", ["Done 1 of 3 times"] * 2)),
        (first, 2, (1, "Go on with exercise 2", ["Done today", "Done 1 of 3 times"])),
        (second, 2, (0, "Play it again", ["Done today"] * 2)),
        (second, 3, (0, "Play it again", ["Done today"] * 2)),
    ]
    for key, session, words in expected:
        tell(publication, key, session=session)
        assert said(publication) == words


def test_the_page_says_it_with_one_query_and_a_kept_copy_says_nothing(
    publication, django_assert_max_num_queries
):
    path, browser = f"/p/{token_of(publication.plan.links.get())}/", Client()
    browser.post(path, BIRTH_DATE)
    tell(publication)

    with django_assert_max_num_queries(6):
        page = browser.get(path).content.decode()
    with django_assert_max_num_queries(5):
        kept = browser.get(f"{path}?kept").content.decode()

    assert f'<a class="button" data-play href="{path}exercise/2/">Go on with exercise 2</a>' in page
    assert page.count("Done today") == 1
    (row,) = re.findall(r"<li>(?:(?!</li>).)*Done today.*?</li>", page, re.DOTALL)
    assert f'href="{path}exercise/1/"' in row
    assert '<p class="mark done"><span aria-hidden="true">✓</span> Done today</p>' in row
    assert f'<a class="button" data-play href="{path}exercise/1/">Play my plan</a>' in kept
    assert "Done today" not in kept
    assert 'class="mark' not in kept
