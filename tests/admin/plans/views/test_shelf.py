"""The library beside a plan: what is found, counted, marked and grouped."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plans.dose import Dose, Span
from plans.libraryfiles import Equipment, Help, Kind, Level, Position, Region
from tests import factories
from tests.admin.forms import posted, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, has=("sciatica",), equipment=["chair"])


@pytest.fixture
def plan(therapist, patient):
    return factories.plan(therapist, of=patient, exercises=[])


@pytest.fixture
def library(clinic):
    factories.condition("sciatica")

    def add(code, **fields):
        return factories.approved_exercise(clinic, code, **fields)

    return SimpleNamespace(
        slide=add("slide", position=Position.SUPINE, region=Region.KNEE, level=1),
        squat=add(
            "squat", kind=Kind.STRENGTHENING, position=Position.STANDING, equipment=("chair",), level=2
        ),
        row=add("row", kind=Kind.STRENGTHENING, position=Position.STANDING, equipment=("band", "chair")),
        press=add(
            "press",
            position=Position.PRONE,
            movements=("prone",),
            helps=(Help(condition="sciatica", source="ours"),),
            level=3,
        ),
    )


@pytest.fixture
def ask(desk, plan):
    """Look into the library beside the plan; `fresh`, as when the page opens it."""

    def look(*, fresh=False, **asked):
        data = {"plan": plan.pk, **({} if fresh else {"ticked": "1"}), **asked}
        answer = desk.post(reverse("admin:plans_plan_library"), data)
        assert answer.status_code == 200
        return answer

    return look


def names(answer):
    return re.findall(r'data-name="([^"]+)"', answer.content.decode())


def counts(answer, facet):
    """The numbers beside the values of a facet, by value."""
    pattern = rf'name="{facet}"\s+value="([^"]+)"[^>]*>.*?desk-count">(\d+)'
    found = re.findall(pattern, answer.content.decode(), re.DOTALL)
    return {value: int(count) for value, count in found}


def ticked(answer, facet):
    return re.findall(rf'name="{facet}"\s+value="([^"]+)"\s+checked', answer.content.decode())


def test_it_opens_with_what_the_patient_can_do_at_home(ask, library):
    answer = ask(fresh=True)

    assert ticked(answer, "equipment") == ["none", "chair"]
    assert names(answer) == ["Press", "Slide", "Squat"]
    assert "3 exercises" in text_of(answer)


def test_what_a_patient_has_at_home_stands_in_no_address(desk, plan, library, ask):
    assert desk.get(reverse("admin:plans_plan_library"), {"equipment": "chair"}).status_code == 405
    desk.handler.enforce_csrf_checks = True
    page = desk.get(reverse("admin:plans_plan_change", args=[plan.pk]))
    address = reverse("admin:plans_plan_library")
    assert f'hx-post="{address}"' in page.content.decode()
    assert f'hx-get="{address}' not in page.content.decode()
    assert "Slide" in names(desk.post(address, posted(page, "library-form")))


def test_where_nothing_is_recorded_nothing_is_left_out(desk, therapist, library):
    other = factories.patient(therapist, has=("sciatica",))

    answer = desk.post(reverse("admin:plans_plan_library"), {"patient": other.pk})

    assert ticked(answer, "equipment") == []
    assert len(names(answer)) == 4


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "strengthening"}, ["Row", "Squat"]),
        ({"position": ["standing", "supine"]}, ["Row", "Slide", "Squat"]),
        ({"position": "standing", "kind": "mobility"}, []),
        ({"region": "knee"}, ["Slide"]),
        ({"helps": "sciatica"}, ["Press"]),
        ({"movement": "prone"}, ["Press"]),
        ({"level": "2"}, ["Squat"]),
        ({"equipment": "none"}, ["Press", "Slide"]),
        ({"equipment": ["chair", "band"], "kind": "strengthening"}, ["Row", "Squat"]),
        ({"q": "squat"}, ["Squat"]),
        ({"q": "squat", "position": "prone"}, []),
    ],
)
def test_what_is_ticked_narrows(ask, library, asked, found):
    assert names(ask(**asked)) == found


def test_the_numbers_say_what_another_tick_would_bring(ask, library):
    answer = ask(position="standing")

    assert counts(answer, "kind") == {"strengthening": 2}
    assert counts(answer, "position") == {"supine": 1, "prone": 1, "standing": 2}
    assert counts(answer, "equipment") == {"band": 1, "chair": 2}


def test_a_value_that_was_ticked_stays_to_be_taken_away(ask, library):
    answer = ask(position="standing", level="3")

    assert counts(answer, "level") == {"2": 1, "3": 0}
    assert "Level: 3: for the strong" in text_of(answer)
    assert "Nothing fits" in text_of(answer)


def test_what_speaks_against_it_stands_on_the_card(clinic, ask, library):
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",))

    card = ask(q="press")

    assert "desk-level-avoid" in card.content.decode()
    assert "lying on the back can hurt" in text_of(card)
    assert "desk-level-" not in ask(q="slide").content.decode()


def test_what_is_not_at_home_and_what_is_not_approved_is_told(clinic, ask, library):
    factories.exercise("new-one", equipment=(Equipment.BAND,))

    assert "Needs band (not at home), chair" in text_of(ask(q="row"))
    assert "not at home" not in text_of(ask(q="squat"))
    assert "not approved in this language" in text_of(ask(q="new one"))


def issue(therapist, exercise, count):
    for _ in range(count):
        of = factories.patient(therapist, has=("sciatica",))
        factories.publication(therapist, of_plan=factories.plan(therapist, of=of, exercises=[exercise]))


def test_what_is_usual_here_is_a_group_with_its_reason(clinic, therapist, ask, library):
    colleague = factories.therapist(clinic)
    issue(colleague, library.slide, 5)
    issue(colleague, library.press, 1)

    answer = ask(group="usual")

    assert names(answer) == ["Slide"]
    assert "In 5 of this clinic's 6 plans for sciatica" in text_of(answer)


def test_nothing_usual_is_proposed_that_is_to_be_avoided(clinic, therapist, ask, library):
    issue(factories.therapist(clinic), library.slide, 5)
    assert 'value="usual"' in ask().content.decode()

    factories.approved_rule(clinic, level=Level.AVOID, movements=("supine",))

    answer = ask(q="slide")
    assert 'value="usual"' not in answer.content.decode()
    assert "of this clinic's" not in text_of(answer)


def test_what_one_used_lately_is_a_group_with_its_reason(therapist, ask, library):
    assert 'value="recent"' not in ask().content.decode()
    factories.plan(therapist, exercises=[library.row, library.slide])

    answer = ask(group="recent")

    assert names(answer) == ["Row", "Slide"]
    assert "In your plan of" in text_of(answer)


def test_more_come_a_page_at_a_time_each_once(clinic, ask):
    for number in range(30):
        factories.exercise(f"slide-{number:02}")

    first, second = ask(), ask(start="24")

    assert len(names(first)) == 24
    assert sorted({*names(first), *names(second)}) == [f"Slide {number:02}" for number in range(30)]
    assert "Show more" in text_of(first)
    assert "Show more" not in text_of(second)
    assert "library-facets" not in second.content.decode()


@pytest.mark.parametrize("asked", [{"start": "x"}, {"group": "none"}, {"start": "9" * 40}, {"plan": "x"}])
def test_what_cannot_be_meant_is_left_out(desk, library, asked):
    assert desk.post(reverse("admin:plans_plan_library"), asked).status_code == 200


def test_another_clinics_plan_and_exercises_stay_its_own(desk, library):
    elsewhere = factories.therapist(factories.clinic())
    theirs = factories.plan(elsewhere, of=factories.patient(elsewhere, has=("sciatica",), equipment=["band"]))
    factories.exercise("theirs", clinic=theirs.patient.clinic)

    answer = desk.post(reverse("admin:plans_plan_library"), {"plan": theirs.pk})

    assert ticked(answer, "equipment") == []
    assert "Theirs" not in names(answer)


def questions(ask, **asked):
    ask(**asked)
    with CaptureQueriesContext(connection) as captured:
        ask(**asked)
    return len(captured)


def test_the_questions_are_as_many_for_many_as_for_few(clinic, therapist, ask, library):
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",))
    few = questions(ask)
    for number in range(30):
        dose = Dose(sets=Span(1, 1), repetitions=Span(number + 1, 30))
        factories.exercise(f"slide-{number:02}", movements=("prone",), dose=dose, equipment=("chair",))

    assert questions(ask) == few <= 32


def test_favourites_are_a_group_with_a_star(desk, ask, library):
    assert "No favourite among these" in text_of(ask(group="favourites"))
    star = reverse("admin:plans_exercise_favourite", args=[library.row.exercise_id])
    assert desk.post(star, {"on": "1"}).status_code == 204

    answer = ask(group="favourites")

    assert names(answer) == ["Row"]
    assert "Your favourite" in text_of(answer)
    assert ask().content.decode().count('aria-pressed="true"') == 1
    desk.post(star, {"on": ""})
    assert names(ask(group="favourites")) == []
