"""Forms that come when the session has ended: they wait for the birth date, and are then taken by their page."""

import html
import re

import pytest
from django.test import Client

from plans.models import Intention, OwnActivity, ReminderSchedule, Score
from tests import factories
from tests.portal.views.test_log_bad_input import BIRTH_DATE, WRONG_DATE

FORMS = {
    "progress": {"goal": "Up the stairs & down 🙂", "when_and_where": "After breakfast"},
    "measures": {"m0": "4", "m1_words_1": "Climb the stairs", "m1_1": "3"},
    "reminders": {
        "action": "on",
        "hour": "8",
        "time_zone": "Europe/Berlin",
        "to": "typed",
        "address": "ann@example.org",
    },
}


def text(answer):
    return " ".join(answer.content.decode().split())


def hidden(answer):
    found = re.findall(r'type="hidden" name="(waiting\w*)" value="([^"]*)"', answer.content.decode())
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def asking(issued):
    factories.approved_measures(issued.clinic)
    return issued


@pytest.mark.parametrize("page", FORMS)
def test_what_was_typed_waits_and_is_kept_with_the_birth_date(asking, page):
    browser = Client()

    asked = browser.post(f"{asking.path}{page}/", FORMS[page])

    assert asked.status_code == 403
    assert "Your plan is locked. Open it again, then this can be sent." in text(asked)
    assert not any(model.objects.exists() for model in (Intention, Score, ReminderSchedule))
    slip = browser.post(asking.path, {**WRONG_DATE, **hidden(asked)})
    assert hidden(slip) == hidden(asked)

    told = browser.post(asking.path, {**BIRTH_DATE, **hidden(slip)})

    assert told.status_code == 303
    assert told["Location"].startswith(f"{asking.path}{page}/")
    assert browser.get(told["Location"]).status_code == 200


def test_it_is_kept_as_it_was_typed(asking):
    for page, form in FORMS.items():
        browser = Client()
        asked = browser.post(f"{asking.path}{page}/", form)
        browser.post(asking.path, {**BIRTH_DATE, **hidden(asked)})

    intention = Intention.objects.get()
    assert (intention.goal, intention.when_and_where) == tuple(FORMS["progress"].values())
    assert sorted(Score.objects.values_list("value", flat=True)) == [3, 4]
    assert OwnActivity.objects.get().words == "Climb the stairs"
    assert ReminderSchedule.objects.get().hour == 8


def test_the_page_shows_the_words_that_wait(asking):
    page = text(Client().post(f"{asking.path}progress/", FORMS["progress"]))

    assert "You wrote: <bdi>Up the stairs &amp; down 🙂</bdi>" in page
    assert "You wrote: <bdi>After breakfast</bdi>" in page
    assert "You wrote: <bdi>Climb the stairs</bdi>" in text(
        Client().post(f"{asking.path}measures/", FORMS["measures"])
    )


def test_what_the_page_refuses_is_shown_there_to_be_mended(asking):
    browser = Client()
    asked = browser.post(f"{asking.path}progress/", {"goal": "x" * 5_000})

    answer = browser.post(asking.path, {**BIRTH_DATE, **hidden(asked)})

    assert answer.status_code == 400
    assert "x" * 5_000 in answer.content.decode()
    assert browser.get(f"{asking.path}progress/").status_code == 200


def test_a_page_that_is_none_opens_the_plan(asking):
    asked = Client().post(f"{asking.path}progress/", FORMS["progress"])

    answer = Client().post(asking.path, {**BIRTH_DATE, **hidden(asked), "waiting_for": "nowhere"})

    assert answer["Location"] == asking.path
    assert not Intention.objects.exists()


@pytest.mark.parametrize("page", FORMS)
def test_the_page_that_asks_is_the_same_for_every_token(asking, page):
    made_up = f"/p/{'A' * 43}/"
    pages = [
        Client().post(f"{home}{page}/", FORMS[page]).content.decode().replace(home, "/p/")
        for home in (asking.path, made_up)
    ]

    assert pages[0] == pages[1]
