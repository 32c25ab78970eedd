"""What goes wrong is told in the plan's language, or the browser's, with the way to help: 403, 404, 413, 429, 500."""

from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.utils import translation

from clinic import errors
from plans.exceptions import PlansError
from plans.models import FrozenContent
from plans.portal.responses import CSP
from plans.portal.views import exercise
from tests.portal.conftest import BIRTH_DATE

HELP = "Ask at the front desk"
NO_PAGE = {
    "en": "There is no such page",
    "es": "Esta página no existe",
    "ar": "لا توجد صفحة كهذه",
    "zh-hans": "没有这个页面",
}
FAILED = {"en": "This did not work", "es": "Esto no funcionó", "ar": "لم ينجح هذا", "zh-hans": "没有成功"}
TOO_MUCH = {
    "en": "That was too much at once",
    "es": "Fue demasiado de una vez",
    "ar": "كان هذا كثيرًا دفعة واحدة",
    "zh-hans": "一次发送太多了",
}


@pytest.fixture(autouse=True)
def help_setting(settings):
    settings.PORTAL_HELP = HELP


def browser_in(language, **options):
    return Client(headers={"Accept-Language": language}, **options)


def in_spanish(issued):
    """The issued plan, as if it had been published in Spanish, opened by an English browser."""
    content = FrozenContent.objects.filter(pk=issued.publication.content_id)
    content.update(json=content.get().json.replace('"language":"en"', '"language":"es"'))
    browser = browser_in("en", raise_request_exception=False)
    assert browser.post(issued.path, BIRTH_DATE).status_code == 303
    return browser


def check(answer, status, words, *, tag="es"):
    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert HELP in page
    assert answer["Content-Language"].lower() == tag
    assert f'<html lang="{answer["Content-Language"]}"' in page
    assert (answer["Content-Security-Policy"], answer["Cache-Control"]) == (CSP, "no-store, private")
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("language", list(NO_PAGE))
@pytest.mark.django_db
def test_no_such_page_in_the_browsers_language(language):
    for path in ("/p/", "/sheet/a/b/", "/p/made-up/no/such/"):
        check(browser_in(language).get(path), 404, NO_PAGE[language], tag=language)


def test_no_such_page_in_the_plans_language_to_whom_it_is_open(issued):
    check(in_spanish(issued).get(f"{issued.path}no/such/"), 404, NO_PAGE["es"])


@pytest.mark.parametrize("language", list(FAILED))
@pytest.mark.django_db
def test_what_comes_to_an_address_that_takes_nothing(language):
    browser = browser_in(language, enforce_csrf_checks=True)

    check(browser.post("/p/made-up/exercise/1/", {"a": "b"}), 403, FAILED[language], tag=language)
    check(browser.post("/sheet/", {"a": "b"}), 403, FAILED[language], tag=language)


def test_and_in_the_plans_language(issued):
    browser = in_spanish(issued)
    browser.handler.enforce_csrf_checks = True

    check(browser.post(f"{issued.path}exercise/1/", {"a": "b"}), 403, FAILED["es"])


def fails_with(monkeypatch, error):
    def fail(*args, **options):
        raise error

    monkeypatch.setattr(exercise, "exercise_screen", fail)


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError(), 500, FAILED),
        (OperationalError(), 503, FAILED),
        (PermissionDenied(), 403, FAILED),
        (SuspiciousOperation(), 400, FAILED),
        (RequestDataTooBig(), 413, TOO_MUCH),
    ],
)
def test_what_fails_on_an_opened_page_is_told_in_the_plans_language(
    issued, monkeypatch, error, status, words
):
    browser = in_spanish(issued)
    fails_with(monkeypatch, error)

    answer = browser.get(f"{issued.path}exercise/1/")

    check(answer, status, words["es"])
    assert f'href="{issued.path}"' in answer.content.decode()


def test_content_of_a_newer_release_is_told_in_words_of_patients(issued, monkeypatch):
    class Newer(PlansError):
        """Newer."""

        code = errors.NEWER_CONTENT

    browser = in_spanish(issued)
    fails_with(monkeypatch, Newer())

    check(browser.get(f"{issued.path}exercise/1/"), 503, FAILED["es"])


@pytest.mark.parametrize("language", list(FAILED))
def test_a_fault_needs_no_database(language):
    request = RequestFactory().get("/p/made-up/")
    with translation.override(language):
        check(errors.server_error(request), 500, FAILED[language], tag=language)
        check(errors.bad_request(request, SuspiciousOperation()), 400, FAILED[language], tag=language)


@pytest.mark.parametrize("language", list(TOO_MUCH))
@pytest.mark.django_db
def test_too_much_beside_the_birth_date_is_told_in_the_browsers_language(language, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = browser_in(language).post("/p/made-up/", {"date": "x" * 200})

    check(answer, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, TOO_MUCH[language], tag=language)


@pytest.mark.parametrize("page", ["progress/", "reminders/", "log/", "devices/"])
def test_too_much_on_an_opened_page_is_told_in_the_plans_language(issued, page, settings):
    browser = in_spanish(issued)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = browser.post(issued.path + page, {"goal": "x" * 200})

    assert answer.status_code == 413
    assert answer["Content-Language"] == "es"
    assert "demasiado" in answer.content.decode()
    assert HELP in answer.content.decode()


@pytest.mark.django_db
def test_too_many_codes_are_told_in_the_browsers_language(monkeypatch):
    monkeypatch.setattr("plans.portal.views.sheet.is_slowed", lambda address: True)

    answer = browser_in("es").get("/sheet/?code=ABC")

    assert (answer.status_code, answer["Content-Language"], answer["Retry-After"]) == (429, "es", "60")
    assert "Espere un minuto" in answer.content.decode()
    assert HELP in answer.content.decode()


def test_the_desk_and_programs_keep_their_own_pages(client, db):
    assert "The address may have a typing error" in client.get("/no/such/").content.decode()
    assert client.get("/api/v1/no/such/")["Content-Type"] == "application/problem+json"
