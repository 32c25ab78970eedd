"""Every error under /api/ is a problem (RFC 9457), also where no view of the API is reached."""

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from plans.api.views import links, renderings
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.api.world import make_ready

METHODS = ["get", "head", "post", "put", "patch", "delete", "options", "trace"]
NOBODY = [
    "/api/", "/api/v1/", "/api/v1", "/api/v2/plans/", "/api/v1/schema/", "/api/v1/docs/", "/api/v1/plans/",
    "/api/v1/plans/x/", "/api/v1/plans", "/api/v1/search/", "/api/v1/oauth/token/", "/api/v1/oauth/revoke/",
]  # fmt: skip
BACKEND = "django.contrib.auth.backends.ModelBackend"


def problem_of(answer, code="", status=0):
    assert answer["Content-Type"] == "application/problem+json", answer.content
    body = answer.json() if answer.content else {}
    if code:
        assert (body["code"], answer.status_code, body["status"]) == (code, status, status)
    return body


@pytest.mark.parametrize("path", NOBODY)
def test_no_method_at_any_address_gives_a_page(db, broker, path):
    for method in METHODS:
        answer = Client(enforce_csrf_checks=True).generic(method.upper(), path)
        oauth = "/oauth/" in path and answer.status_code in (400, 401)
        if answer.status_code >= 400 and not oauth:
            problem_of(answer)
        if answer.status_code == 405:
            assert answer["Allow"]


def test_what_oauth_answers_has_the_shape_that_oauth_clients_read(db, broker):
    """RFC 6749 names the form of its own errors."""
    answer = Client().post("/api/v1/oauth/token/", {"grant_type": "client_credentials"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (r'{"name": "a\ud800"}', "name"),
        (r'{"conditions": [{"condition": "x"}, {"condition": "\udfff"}]}', "conditions[1].condition"),
        (r'{"conditions": [{"\ud83d": 1}]}', "conditions[0]"),
        (r'{"\ud83d": 1}', ""),
        (r'"\ud83d"', ""),
        (r'{"name": "\uDE00\uD83D"}', "name"),
    ],
)
def test_half_of_a_character_is_refused_where_it_stands(api, body, field):
    answer = api.client.post("/api/v1/patients/", body, "application/json", headers=api.headers)
    told = problem_of(answer, "invalid", 400)["errors"]
    assert [(one["field"], one["code"]) for one in told] == [(field, "surrogate_characters_not_allowed")]


def test_a_whole_character_in_two_halves_is_one(api, therapist):
    body = json.dumps({"title": "P \U0001d49c", "patient": str(factories.patient(therapist).pk)})
    assert r"\ud835\udc9c" in body
    answer = api.client.post("/api/v1/plans/", body, "application/json", headers=api.headers)
    assert "surrogate_characters_not_allowed" not in answer.text


@pytest.fixture
def away(monkeypatch):
    """A function after which the database does not answer."""

    def leave(kind):
        def cursor(*args, **kwargs):
            raise kind("the connection is lost")

        monkeypatch.setattr(BaseDatabaseWrapper, "cursor", cursor)

    yield leave
    monkeypatch.undo()


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_worth_another_try(api, therapist, away, kind):
    signed_in, unknown = (Client(raise_request_exception=False) for _ in range(2))
    signed_in.force_login(therapist, backend=BACKEND)
    api.client.raise_request_exception = False
    grant = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
    away(kind)
    answers = {
        "with a token": api.get("plans/"),
        "with a session": signed_in.get("/api/v1/plans/"),
        "a change": api.post("findings/", {}, Idempotency_Key="k"),
        "a token": unknown.post("/api/v1/oauth/token/", grant),
    }
    page = signed_in.get("/admin/")
    for name, answer in answers.items():
        assert problem_of(answer, "database_away", 503), name
        assert answer["Retry-After"] == "5", name
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "Something went wrong" in page.text


def test_a_fault_of_ours_is_a_problem_too(api, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(links.LinkViewSet, "rows", broken)
    api.client.raise_request_exception = False
    told = problem_of(api.get("links/"), "server_error", 500)
    assert told["request_id"] in caplog.text


def test_another_host_is_told_so(db, broker):
    client = Client(raise_request_exception=False)
    problem_of(client.get("/api/v1/plans/", headers={"Host": "evil.example"}), "bad_request", 400)
    page = client.get("/admin/", headers={"Host": "evil.example"})
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_a_forged_call_of_a_session_is_told_so(therapist, broker):
    caller = Client(enforce_csrf_checks=True)
    caller.force_login(therapist, backend=BACKEND)
    problem_of(caller.post("/api/v1/findings/", "{}", "application/json"), "permission_denied", 403)


def test_a_file_that_is_lost_is_worth_another_try(api, therapist, monkeypatch):
    def fail(*args):
        raise StorageFailed(problem="gone")

    publication = factories.publication(therapist)
    rendering = make_ready(publication.content.renderings.get())
    monkeypatch.setattr(renderings, "open_pdf", fail)
    answer = api.get(f"renderings/{rendering.pk}/pdf/")
    problem_of(answer, "file_lost", 503)
    assert answer["Retry-After"] == "30"
