import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import RequestFactory

from clinic import middleware


@pytest.fixture
def signed_in(client, db):
    user = get_user_model().objects.create_user("therapist", password="a long password", is_staff=True)
    client.force_login(user)
    return client


def test_every_page_forbids_caches_frames_and_foreign_code(client, db):
    answer = client.get("/admin/login/")

    assert answer.headers["Cache-Control"].startswith(("no-store", "max-age=0"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"].split("style-src")[0]


def test_only_the_admin_may_evaluate_code():
    strict = middleware.page_headers(lambda _: HttpResponse())(RequestFactory().get("/p/token/"))
    admin = middleware.page_headers(lambda _: HttpResponse())(RequestFactory().get("/admin/"))

    assert "unsafe" not in strict.headers["Content-Security-Policy"]
    assert "'unsafe-eval'" in admin.headers["Content-Security-Policy"]


def test_a_view_keeps_the_headers_that_it_set():
    view = middleware.page_headers(lambda _: HttpResponse(headers={"Cache-Control": "max-age=60"}))

    assert view(RequestFactory().get("/")).headers["Cache-Control"] == "max-age=60"


def test_a_session_ends_after_idling(signed_in, settings, monkeypatch):
    assert signed_in.get("/admin/").status_code == 200
    now = middleware.time.time()

    monkeypatch.setattr(middleware.time, "time", lambda: now + settings.SESSION_IDLE_SECONDS + 1)

    assert signed_in.get("/admin/").status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_session_alive(signed_in, settings, monkeypatch):
    signed_in.get("/admin/")
    now = middleware.time.time()
    for offset in range(0, settings.SESSION_IDLE_SECONDS, 300):
        monkeypatch.setattr(middleware.time, "time", lambda at=now + offset: at)
        assert signed_in.get("/admin/", headers={"HX-Request": "true"}).status_code == 200

    monkeypatch.setattr(middleware.time, "time", lambda: now + settings.SESSION_IDLE_SECONDS + 1)

    assert signed_in.get("/admin/").status_code == 302


def test_a_session_in_use_still_ends_at_its_limit(signed_in, settings, monkeypatch):
    now = middleware.time.time()
    step = settings.SESSION_IDLE_SECONDS // 2
    statuses = []
    for offset in range(0, settings.SESSION_COOKIE_AGE + 2 * step, step):
        monkeypatch.setattr(middleware.time, "time", lambda at=now + offset: at)
        statuses.append(signed_in.get("/admin/").status_code)

    within = settings.SESSION_COOKIE_AGE // step
    assert set(statuses[:within]) == {200}
    assert statuses[-1] == 302


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.7, 203.0.113.9, 192.0.2.8", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9:4711", "203.0.113.9"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.7, ", "192.0.2.1"),
        (1, "unknown", "192.0.2.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, header, address):
    settings.PROXY_COUNT = proxies
    seen = []
    view = middleware.trusted_proxy(
        lambda request: seen.append(request.META["REMOTE_ADDR"]) or HttpResponse()
    )

    view(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=header))

    assert seen == [address]
