"""Every page after the birth date speaks the plan's language, also those that tell of something wrong."""

import pytest
from django.test import Client

from plans.actions.pausing import pause_plan
from plans.actions.plans import stop_plan
from plans.languages import get_language
from plans.portal.views import link as link_views
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE, make_ready, token_of

CODES = ["es", "ar", "zh-hans"]
UNKNOWN = "/p/" + "A" * 43 + "/"


@pytest.fixture(params=CODES)
def plan(request, therapist, clinic):
    """A published plan in this language."""
    code = request.param
    texts = {each: factories.exercise_text(name=f"Slide {each}") for each in ("en", code)}
    patient = factories.patient(therapist, birth_date="1960-05-17", language=code)
    exercise = factories.approved_exercise(clinic, texts=texts)
    made = factories.plan(therapist, of=patient, exercises=[exercise])
    factories.publication(therapist, of_plan=made)
    return made


@pytest.fixture
def path(plan):
    return f"/p/{token_of(plan.links.get())}/"


@pytest.fixture(params=["session", "device"])
def browser(request, path):
    """A browser in English that is in."""
    made = Client(headers={"Accept-Language": "en"})
    made.post(path, BIRTH_DATE | ({"remember": "yes"} if request.param == "device" else {}))
    if request.param == "device":
        del made.cookies["plan"]
    return made


def speaks(answer, plan):
    return answer["Content-Language"] == get_language(plan.patient.language).tag


def test_the_plan_and_each_exercise(browser, path, plan):
    for part in ("", "exercise/1/", "warnings/", "log/", "progress/", "measures/", "reminders/"):
        answer = browser.get(path + part)
        assert speaks(answer, plan)
        assert f'dir="{get_language(plan.patient.language).direction}"' in answer.content.decode()
    assert b"Time for me" not in browser.get(f"{path}reminders/calendar.ics?hour=8").content


def test_a_plan_that_is_paused(browser, path, plan, therapist):
    pause_plan(plan=plan, by=therapist)
    assert speaks(browser.get(path), plan)
    assert browser.get(f"{path}exercise/1/")["Location"] == path


def test_a_plan_that_was_stopped_says_so_to_a_session_and_ends_devices(browser, path, plan, therapist):
    stop_plan(plan=plan, by=therapist)
    if "plan" in browser.cookies:
        assert speaks(browser.get(path), plan)
        assert browser.get(f"{path}exercise/1/")["Location"] == path
    else:
        assert browser.get(path)["Content-Language"] == "en"


def test_a_file_that_is_lost(browser, path, plan, monkeypatch):
    def fail(*_):
        raise StorageFailed(problem="away")

    rendering = make_ready(plan.publications.get())
    monkeypatch.setattr(link_views, "open_pdf", fail)
    answer = browser.get(f"{path}1/{rendering.format}.pdf")

    assert answer.status_code == 503
    assert speaks(answer, plan)


def test_what_is_not_there(browser, path, plan):
    for method in ("get", "post"):
        answer = getattr(browser, method)(f"{path}nothing/here/")
        assert answer.status_code == 404
        assert speaks(answer, plan)
        assert f'href="{path}"' in answer.content.decode()
        assert plan.title not in answer.content.decode()


def test_before_it_the_browsers_language_is_spoken_and_nothing_is_told(path, plan, settings):
    settings.PORTAL_HELP = "Ask at the desk"
    for language, tag in (("en", "en"), ("ar", "ar"), ("es", "es")):
        fresh = Client(headers={"Accept-Language": language})
        real, made_up = answers_of(fresh, path), answers_of(fresh, UNKNOWN)
        assert [answer["Content-Language"] for answer in real + made_up] == [tag] * 6
        assert all("Ask at the desk" in answer.content.decode() for answer in real)
        assert without(path, real) == without(UNKNOWN, made_up)


def answers_of(browser, path):
    return [browser.get(path), browser.post(path, WRONG_DATE), browser.get(f"{path}nothing/here/")]


def without(path, answers):
    return [answer.content.decode().replace(path, "") for answer in answers]
