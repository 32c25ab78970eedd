"""The patient's own progress: always of how many, a chart that needs no script, and what they mean to do."""

from datetime import timedelta

import pytest
from django.utils import translation

from plans.actions import logs
from plans.languages import get_language
from plans.models import Intention, LogSource
from plans.portal.pain_chart import draw_pain
from plans.portal.progress_page import _table
from plans.queries.logs.adherence import _RHYTHMS
from tests.logs import issued_days_ago, tell, tell_day

DAY = timedelta(days=1)


def text(answer):
    words = " ".join(answer.content.decode().split())
    return words.replace("> <td>", "><td>")  # each cell of a table stands on a line of its own


@pytest.fixture
def path(issued):
    return f"{issued.path}progress/"


@pytest.fixture
def told(issued):
    """Three days done, one of them with much pain, one skipped; the rest unknown."""
    publication, today = issued_days_ago(issued.publication, 9), issued.clinic.today()
    _RHYTHMS.clear()
    key_in = {"source": LogSource.PAPER, "by": issued.therapist}
    for days, pain in ((0, 2), (1, 7), (4, None)):
        tell(publication, day=today - days * DAY, pain_after=pain, **key_in)
    tell(publication, day=today - 5 * DAY, outcome="skipped", **key_in)
    tell_day(publication, day=today - 5 * DAY, pain=3, **key_in)
    return issued


def test_days_done_stand_beside_days_planned_and_what_is_unknown(told, opened, path):
    page = text(opened.get(path))

    assert "The last 4 weeks" in page
    assert "Done on 3 of 10 planned days" in page
    assert "Of 6 days we do not know. You wrote nothing down." in page


def test_pain_is_drawn_by_the_server_with_its_table(told, opened, path):
    page = text(opened.get(path))

    assert page.count("<circle") == 3
    assert page.count("<polyline") == 1  # over the days without a number there is no line
    assert "<style" not in page
    assert "style=" not in page
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    cells = [row.split("</td>")[:2] for row in table.split("<tr>")[1:]]
    assert [(one.rpartition(">")[2], two.rpartition(">")[2]) for one, two in cells] == [
        ("2", "1 of 1"),
        ("7", "1 of 1"),
        ("not said", "1 of 1"),
        ("3", "0 of 1"),
    ]


def test_a_day_of_which_no_exercise_was_told_is_not_said_to_be_idle(issued, opened, path):
    tell_day(issued.publication, pain=4)

    page = text(opened.get(path))

    assert "<td>4</td><td>not said</td>" in page


def test_an_exercise_done_twice_a_day_is_one_of_the_exercises(issued, opened, path):
    tell(issued.publication)
    tell(issued.publication, session=2)

    assert "<td>1 of 1</td>" in text(opened.get(path))


def test_without_any_log_it_says_so_and_not_that_nothing_was_done(issued, opened, path):
    page = text(opened.get(path))

    assert "Done on 0 of 1 planned day" in page
    assert "we do not know" not in page  # the day is not over yet
    issued_days_ago(issued.publication, 1)
    _RHYTHMS.clear()
    page = text(opened.get(path))
    assert "Done on 0 of 2 planned days" in page
    assert "Of 1 day we do not know." in page
    assert "You have not written down any pain yet." in page
    assert "<svg" not in page


def test_goal_and_when_and_where_are_written_and_changed(issued, opened, path):
    answer = opened.post(
        path, {"goal": "Walk to the lake", "when_and_where": "After breakfast, in the kitchen"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"{path}?saved#saved")
    page = text(opened.get(f"{path}?saved"))
    assert 'value="Walk to the lake"' in page
    assert 'value="After breakfast, in the kitchen"' in page
    assert "Saved. Thank you." in page
    opened.post(path, {"goal": "", "when_and_where": "At noon"})
    assert Intention.objects.get().goal == ""


def test_too_long_a_goal_is_refused_and_stands_there_to_be_mended(opened, path):
    answer = opened.post(path, {"goal": "g" * 201, "when_and_where": "At noon"})

    assert answer.status_code == 400
    assert "My goal: Please write less: at most 200 letters." in text(answer)
    assert "g" * 201 in text(answer)
    assert not Intention.objects.exists()


def test_it_takes_a_fixed_number_of_queries(told, opened, path, django_assert_max_num_queries):
    logs.set_intention(plan=told.plan, goal="x", when_and_where="", by=None)
    opened.get(path)

    with django_assert_max_num_queries(13):
        opened.get(path)


@pytest.mark.parametrize(
    ("code", "words"), [("en", "Nov 3"), ("es", "3 de nov"), ("ar", "3 نوفمبر"), ("zh-hans", "11月3日")]
)
def test_days_of_the_table_are_short_in_each_language(code, words):
    from datetime import date

    day = date(2026, 11, 3)
    with translation.override(code):
        (row,) = _table({day: 4}, {}, {}, day, get_language(code))

    assert row == {"day": words, "pain": 4, "done": None, "of": 0}


def test_points_lie_by_day_and_pain():
    from datetime import date

    first, last = date(2026, 11, 1), date(2026, 11, 28)
    chart = draw_pain({first: 0, first + DAY: 10, last: 5}, first=first, last=last, ease_off_to=5)

    (left, low), (second, high), (right, middle) = chart.points
    assert left < second < right
    assert high < middle < low
    assert chart.lines == (f"{left},{low} {second},{high}",)
    assert high < chart.limit < middle
    assert (left, right) == (chart.left, chart.right)
