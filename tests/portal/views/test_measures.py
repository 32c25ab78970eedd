"""The measures on the patient's page: asked at the start and at the review, with what changed, without a script."""

from datetime import timedelta

import pytest
from django.utils import translation

from plans.actions import measures
from plans.actions.pausing import pause_plan
from plans.languages import get_language
from plans.models import Occasion, OwnActivity, Score
from plans.models.measures import NOW
from plans.portal.measure_words import say_results
from plans.queries.measures.results import results_of
from tests import factories
from tests.logs import issue_again, issued_days_ago
from tests.measures import WORDS, tell

DAY = timedelta(days=1)
STARTED = {"m0": "4", "m1_words_1": "Climb the stairs", "m1_1": "3", "m1_words_2": "", "m1_2": ""}


def text(answer):
    words = " ".join(answer.content.decode().split())
    return words.replace("> <td>", "><td>")  # each cell of a table stands on a line of its own


@pytest.fixture
def path(issued):
    factories.approved_measures(issued.clinic)
    return f"{issued.path}measures/"


@pytest.fixture
def due(issued, path):
    """Both told 40 days ago; the review is due since today."""
    today = issued.clinic.today()
    for code, values, words in (("pain", [7], None), ("function", [2, 4], WORDS[:2])):
        tell(issued.plan, code, *values, words=words, by=issued.therapist, day=today)
    Score.objects.update(day=today - 40 * DAY)
    issued_days_ago(issue_again(issued.publication, issued.therapist, review_on=today), 0)
    return issued


def values():
    return list(
        Score.objects.filter(NOW)
        .order_by("measure__order", "activity__place")
        .values_list("value", flat=True)
    )


def test_the_plan_leads_to_the_questions_before_the_start(issued, opened, path):
    page = text(opened.get(issued.path))
    assert "Before you start:" in page
    assert f'<a href="{path}">Answer a few questions</a>' in page


def test_the_questions_stand_with_their_scale_and_the_ends_in_words(opened, path):
    page = text(opened.get(path))
    assert "How strong is your pain?" in page
    assert "0: no pain. 10: the worst pain." in page
    assert page.count('name="m0"') == 12  # 0 to 10, and not said
    assert "Which three things are hard?" in page
    assert [page.count(f'name="m1_words_{place}"') for place in (1, 2, 3, 4)] == [1, 1, 1, 0]
    assert "You are asked this now, and again at your review." in page


def test_before_the_first_entry_it_says_who_reads_it(opened, path):
    page = text(opened.get(path))
    assert '<details class="notice" id="who" open>' in page
    assert "Nobody reads it right now. Do you need help? Call." in page


def test_pain_and_own_activities_are_kept_by_one_form(issued, opened, path):
    answer = opened.post(path, STARTED)
    assert (answer.status_code, answer["Location"]) == (303, f"{path}?saved#saved")
    assert values() == [4, 3]
    row = Score.objects.get(measure__code="pain")
    assert (row.source, row.recorded_by, row.text.question) == ("page", None, "How strong is your pain?")
    assert OwnActivity.objects.get().words == "Climb the stairs"
    page = text(opened.get(f"{path}?saved"))
    assert "Saved. Thank you." in page
    assert 'value="Climb the stairs"' in page
    assert "Answer a few questions" not in text(opened.get(issued.path))


def test_the_same_form_again_changes_nothing(opened, path):
    for _ in range(2):
        opened.post(path, STARTED)
    assert Score.objects.count() == 2


def test_it_is_corrected_and_taken_back_until_the_next_day(issued, opened, path):
    opened.post(path, STARTED)
    Score.objects.update(day=issued.clinic.today() - DAY)
    opened.post(path, {**STARTED, "m0": "5", "m1_1": ""})
    assert values() == [5]
    assert set(Score.objects.filter(NOW).values_list("day", flat=True)) == {issued.clinic.today() - DAY}
    Score.objects.update(day=issued.clinic.today() - 2 * DAY)
    assert "How strong is your pain?" not in text(opened.get(path))


def test_the_therapists_words_stand_there_to_be_rated(issued, opened, path):
    measures.write_activities(plan=issued.plan, words={1: "Carry a bag"}, by=issued.therapist)
    assert 'value="Carry a bag"' in text(opened.get(path))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"m0": "11"}, "Your number: Choose a number from 0 to 10."),
        ({"m0": "lots"}, "Your number: Choose a number from 0 to 10."),
        ({"m1_1": "3"}, "Activity 1: Write what it is, beside its number."),
        ({"m1_words_2": "x" * 121}, "Activity 2: Please write less: at most 120 letters."),
        ({}, "Please fill in at least one thing."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(opened, path, typed, words):
    answer = opened.post(path, {"m1_words_3": "", **typed})
    assert answer.status_code == 400
    assert words in text(answer)
    assert not Score.objects.exists()
    assert not OwnActivity.objects.exists()


def test_what_was_typed_stands_there_to_be_mended(opened, path):
    page = text(opened.post(path, {**STARTED, "m1_words_2": "Run 🏃", "m1_2": "12"}))
    assert 'value="Run 🏃"' in page
    assert '<input type="radio" name="m0" value="4" aria-describedby="m0-hint" checked>' in page


def test_pain_over_the_clinics_value_says_at_once_whom_to_call(opened, path):
    page = text(opened.get(path))
    assert "More than 5? Call your clinic before you go on." in page
    answer = opened.post(path, {"m0": "8"})
    assert answer["Location"] == f"{path}?saved#alarm"
    page = text(opened.get(f"{path}?saved"))
    assert "Call your clinic before you go on" in page
    assert "Your pain is more than 5 of 10." in page
    assert (
        "<span>+1</span> <span>(555)</span> <span>010-4477</span> <span>ext.</span> <span>3</span></a>"
        in page
    )


def test_on_the_days_between_nothing_is_asked(issued, opened, path):
    issued_days_ago(issued.publication, 15)
    page = text(opened.get(path))
    assert "There is nothing to fill in now. You are asked again from" in page
    assert 'name="m' not in page
    assert "Answer a few questions" not in text(opened.get(issued.path))
    refused = opened.post(path, STARTED)
    assert (refused.status_code, Score.objects.exists()) == (400, False)
    assert "This is not asked now." in text(refused)


def test_when_the_review_is_due_the_same_activities_are_asked(due, opened, path):
    assert "Your review is due." in text(opened.get(due.path))
    page = text(opened.get(path))
    assert "You answered this at the start. Answer it again, as it is now." in page
    assert "<legend>Climb the stairs</legend>" in page
    assert 'name="m1_words_1"' not in page
    assert 'name="m1_3"' not in page
    opened.post(path, {"m0": "4", "m1_1": "5", "m1_2": "6", "m1_words_1": "Run"})
    rows = Score.objects.filter(NOW, occasion=Occasion.REVIEW).order_by("measure__order", "activity__place")
    assert [row.value for row in rows] == [4, 5, 6]
    assert not OwnActivity.objects.filter(words="Run").exists()


def test_own_progress_shows_the_change_and_what_studies_say_of_it(due, opened, path):
    opened.post(path, {"m0": "4", "m1_1": "5", "m1_2": "6"})
    page = text(opened.get(f"{due.path}progress/"))
    assert "From the start to now" in page
    assert (
        "<b>It is better by 3.</b> Studies say that a change counts from 2 on. So this change counts." in page
    )
    assert "<b>It is better by 2.5.</b>" in page
    assert "<bdi>Climb the stairs</bdi></th><td>2</td><td>5</td>" in page


def test_before_the_review_progress_shows_the_start(issued, opened, path):
    opened.post(path, STARTED)
    page = text(opened.get(f"{issued.path}progress/"))
    assert "<td>4</td><td>not yet</td>" in page
    assert "not said" not in page.partition("From the start to now")[2]
    assert "Studies" not in page


@pytest.mark.parametrize(
    ("after", "points", "said"),
    [
        (7, ("2",), ["It is the same as at the start."]),
        (6, ("2",), ["It is better by 1.", "So this change is small. It may be chance."]),
        (5, ("2", "2.5"), ["some from 2.5 on.", "So this change may count."]),
        (9, ("2",), ["It is worse by 2. Talk about it with your therapist.", "So this change counts."]),
        (5, (), ["It is better by 2."]),
    ],
)
def test_each_change_has_its_words(issued, after, points, said):
    differences = tuple(factories.difference(one, f"s{one[0]}{one[-1]}") for one in points)
    factories.approved_measures(issued.clinic, differences=differences)
    tell(issued.plan, "pain", 7, by=issued.therapist)
    tell(issued.plan, "pain", after, occasion=Occasion.REVIEW, by=issued.therapist)
    with translation.override("en"):
        (one,) = say_results(results_of([issued.plan])[issued.plan.pk], get_language("en"))
    words = f"{one['change']} {one['meaning']}"
    assert [part for part in said if part not in words] == []
    assert bool(one["meaning"]) == (bool(points) and after != 7)


def test_figures_that_no_reviewer_approved_are_not_told_to_patients(issued, opened):
    factories.measure()
    tell(issued.plan, "pain", 7, by=issued.therapist)
    assert "From the start to now" not in text(opened.get(f"{issued.path}progress/"))


def test_without_an_approved_text_nothing_is_asked(issued, opened):
    factories.measure()
    assert "Answer a few questions" not in text(opened.get(issued.path))
    assert "There is nothing to fill in now." in text(opened.get(f"{issued.path}measures/"))


def test_a_page_that_is_not_open_asks_for_the_birth_date(client, path, issued):
    asked = client.get(path)
    assert (asked.status_code, asked["Location"]) == (303, issued.path)
    assert client.post(path, STARTED).status_code == 403
    assert not Score.objects.exists()


def test_a_paused_plan_takes_no_answers(issued, opened, path):
    pause_plan(plan=issued.plan, by=issued.therapist)
    assert opened.post(path, STARTED).status_code == 303
    assert not Score.objects.exists()


def test_it_takes_a_fixed_number_of_queries(due, opened, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        opened.get(path)
    with django_assert_max_num_queries(5 + 3):
        opened.get(due.path)
    opened.post(path, {"m0": "4", "m1_1": "5", "m1_2": "6"})
    with django_assert_max_num_queries(13 + 6):
        opened.get(f"{due.path}progress/")


@pytest.mark.parametrize("language", ["es", "ar", "zh-hans"])
def test_every_word_of_python_has_its_translation(language):
    words = (
        "It is better by %(points)s.",
        "It is worse by %(points)s. Talk about it with your therapist.",
        "It is the same as at the start.",
        "Studies say that a change counts from %(least)s on.",
        "Studies differ. Some say that a change counts from %(least)s on, some from %(most)s on.",
        "So this change counts.",
        "So this change may count.",
        "So this change is small. It may be chance.",
        "Choose a number from %(lowest)s to %(highest)s.",
        "Write what it is, beside its number.",
        "This is not asked now. Is something wrong? Call your clinic.",
    )
    with translation.override(language):
        assert [word for word in words if translation.gettext(word) == word] == []
