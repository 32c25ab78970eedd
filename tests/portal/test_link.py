"""The way in: what anyone sees, what opens, and that every wrong try looks the same."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from plans.actions.links import renew_link, revoke_link
from plans.models import DownloadLink, LinkOpening, LinkUse
from plans.queries.links import GUESS_WINDOW, GUESSES_PER_LINK, TRIES_PER_ADDRESS, TRIES_PER_LINK, TRY_WINDOW
from tests import factories
from tests.portal.conftest import BIRTH_DATE, PDF, WRONG_DATE, make_ready, token_of

UNKNOWN = "/p/" + "A" * 43 + "/"


def say(answer):
    """All that an onlooker can compare."""
    return answer.status_code, dict(answer.headers), answer.content, answer.cookies.output()


def uses():
    return list(LinkOpening.objects.order_by("at").values_list("use", flat=True))


def expire(link):
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=timezone.localdate() - timedelta(days=1))


# --- Before it is opened ---


def test_the_form_is_the_same_for_every_token_and_asks_nothing_of_the_database(
    client, issued, django_assert_num_queries
):
    with django_assert_num_queries(0):
        real = client.get(issued.path)
        others = [client.get(path) for path in (UNKNOWN, "/p/x/", "/p/%F0%9F%A6%B4/", "/p/a%0Ab/", "/p/%00/")]

    assert real.status_code == 200
    assert all(say(other) == say(real) for other in others)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_previewer_gets_no_patient_data_no_cookie_and_leaves_no_trace(client, issued, method):
    make_ready(issued.publication)

    answer = getattr(client, method)(issued.path)

    text = answer.content.decode() + str(answer.headers)
    for secret in (issued.patient.name, issued.plan.title, issued.clinic.name, "1960", issued.token):
        assert secret not in text
    assert not answer.cookies
    assert uses() == []


def test_headers_keep_the_pages_out_of_caches_frames_and_search_engines(client, issued, opened):
    rendering = make_ready(issued.publication)
    pages = [
        client.get(issued.path),
        client.post(issued.path, WRONG_DATE),
        client.post(issued.path, BIRTH_DATE),
        opened.get(issued.path),
        opened.get(f"{issued.path}1/{rendering.format}.pdf"),
        opened.get(f"{issued.path}9/{rendering.format}.pdf"),
        opened.post(f"{issued.path}close/"),
    ]
    assert [page.status_code for page in pages] == [200, 403, 303, 200, 200, 303, 303]
    for page in pages:
        assert page["Cache-Control"] == "no-store, private"
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert page["X-Frame-Options"] == "DENY"
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Content-Security-Policy"].startswith(
            "default-src 'none'; style-src 'self'; img-src 'self';"
        )
        assert "script" not in page["Content-Security-Policy"]
        assert "unsafe" not in page["Content-Security-Policy"]


class Inline(HTMLParser):
    """Collects what the content policy would block."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style"} or any(name == "style" or name.startswith("on") for name, _ in attrs):
            self.found.append((tag, attrs))


def test_no_page_holds_scripts_or_styles_of_its_own(client, issued, opened):
    make_ready(issued.publication)
    for page in (client.get(issued.path), client.post(issued.path, WRONG_DATE), opened.get(issued.path)):
        parser = Inline()
        parser.feed(page.content.decode())
        assert parser.found == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, issued, method):
    assert getattr(client, method)(issued.path).status_code == 405
    assert client.get(f"{issued.path}close/").status_code == 405


# --- Opening ---


def test_the_birth_date_opens_a_session_for_this_link_alone(client, issued):
    answer = client.post(issued.path, BIRTH_DATE)

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    cookie = answer.cookies["plan"]
    assert cookie["path"] == issued.path
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == cookie["expires"] == ""
    assert issued.patient.name not in cookie.value
    assert uses() == [LinkUse.OPENED]
    assert issued.plan.title in client.get(issued.path).content.decode()


def test_with_tls_the_cookie_never_travels_in_the_open(client, issued, settings):
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.post(issued.path, BIRTH_DATE, secure=True).cookies["__Secure-plan"]

    assert cookie["secure"]


def test_no_csrf_token_is_needed_since_the_form_sets_no_cookie(issued):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(issued.path, BIRTH_DATE, headers={"Origin": "null"}).status_code == 303


def test_another_links_session_does_not_open_this_one(issued, opened):
    other = factories.plan(issued.therapist, exercises=[], of=factories.patient(issued.therapist))
    other.items.set(issued.plan.items.all())
    factories.publication(issued.therapist, of_plan=other)
    path = f"/p/{token_of(other.links.get())}/"

    opened.cookies["plan"]["path"] = "/"

    assert "Open my plan" in opened.get(path).content.decode()
    assert issued.plan.title in opened.get(issued.path).content.decode()


@pytest.mark.parametrize("value", ["", "x", "x:y:z", "00000000-0000-0000-0000-000000000000"])
def test_a_made_up_cookie_opens_nothing(client, issued, value):
    client.cookies["plan"] = value

    assert say(client.get(issued.path)) == say(Client().get(issued.path))


# --- Whatever is wrong looks the same ---


def wrong_date(issued):
    return issued.path, WRONG_DATE


def unknown(issued):
    return UNKNOWN, BIRTH_DATE


def malformed(issued):
    return "/p/'%22%3Cb%3E%0A/", BIRTH_DATE


def revoked(issued):
    revoke_link(plan=issued.plan, by=issued.therapist)
    return issued.path, BIRTH_DATE


def expired(issued):
    expire(issued.link)
    return issued.path, BIRTH_DATE


def slowed(issued):
    for _ in range(TRIES_PER_LINK):
        Client().post(issued.path, WRONG_DATE)
    return issued.path, BIRTH_DATE


KINDS = [wrong_date, unknown, malformed, revoked, expired, slowed]


def without_typed(answer, typed):
    """The answer's body; the fields show what the person typed, and only that may differ."""
    text = answer.content.decode()
    for field, value in typed.items():
        assert f'name="{field}" value="{value}"' in text
        text = text.replace(f'name="{field}" value="{value}"', f'name="{field}"')
    return text


@pytest.mark.parametrize("kind", KINDS)
def test_every_wrong_try_gets_the_same_answer(client, issued, kind):
    typed = {"day": "1", "month": "2", "year": "1903"}
    expected = client.post("/p/none/", typed)
    path, tried = kind(issued)

    answer = client.post(path, tried)

    assert answer.status_code == expected.status_code == 403
    assert dict(answer.headers) | {"Content-Length": ""} == dict(expected.headers) | {"Content-Length": ""}
    assert without_typed(answer, tried) == without_typed(expected, typed)
    assert not answer.cookies


@pytest.mark.parametrize(
    "typed", [{"day": "31", "month": "2", "year": "1960"}, {"day": "", "month": "", "year": ""}]
)
def test_an_impossible_date_answers_like_a_wrong_one_with_a_hint(client, issued, typed):
    answer = client.post(issued.path, typed)

    assert without_typed(answer, typed) == without_typed(client.post(issued.path, WRONG_DATE), WRONG_DATE)
    assert "Check the day, the month and the year." in answer.content.decode()
    assert uses()[0] == LinkUse.REFUSED


@pytest.mark.parametrize("kind", [wrong_date, unknown, malformed, revoked, expired])
def test_every_wrong_try_does_the_same_work(client, issued, kind, django_assert_num_queries):
    path, tried = kind(issued)

    with django_assert_num_queries(5):
        client.post(path, tried)


def test_missing_fields_are_a_wrong_try(client, issued):
    assert client.post(issued.path).status_code == 403


def test_what_was_typed_cannot_break_out_of_its_field(client, issued):
    answer = client.post(issued.path, {"day": '"><script>', "month": "5", "year": "1960"})

    assert b"<script" not in answer.content
    assert b"&quot;&gt;&lt;script&gt;" in answer.content


# --- Slowed down, and no longer ---


@pytest.fixture
def clock(monkeypatch):
    """A function that moves the time on."""
    real, ahead = timezone.now, [timedelta()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: real() + ahead[0])

    def move(by):
        ahead[0] += by

    return move


def test_wrong_tries_on_a_link_slow_it_and_waiting_ends_it(client, issued, clock):
    for _ in range(TRIES_PER_LINK):
        client.post(issued.path, WRONG_DATE)

    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    assert uses()[-1] == LinkUse.SLOWED
    clock(TRY_WINDOW - timedelta(minutes=1))
    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    clock(timedelta(minutes=2))
    assert client.post(issued.path, BIRTH_DATE).status_code == 303


def test_tries_on_many_links_slow_the_address_and_no_other(issued, clock):
    guesser, patient = Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="198.51.100.2")
    for number in range(TRIES_PER_ADDRESS):
        guesser.post(f"/p/guess{number}/", BIRTH_DATE)

    assert guesser.post(issued.path, BIRTH_DATE).status_code == 403
    assert patient.post(issued.path, BIRTH_DATE).status_code == 303
    clock(TRY_WINDOW + timedelta(seconds=1))
    assert guesser.post(issued.path, BIRTH_DATE).status_code == 303


def test_a_guesser_does_not_shut_the_patient_out(issued):
    guesser, patient = Client(REMOTE_ADDR="2001:db8:1:2::1"), Client(REMOTE_ADDR="2001:db8:1:3::1")
    for number in range(TRIES_PER_LINK + 2):
        guesser.post(issued.path, WRONG_DATE, REMOTE_ADDR=f"2001:db8:1:2::{number}")

    assert guesser.post(issued.path, BIRTH_DATE).status_code == 403
    assert patient.post(issued.path, BIRTH_DATE).status_code == 303


def test_guessing_from_many_addresses_ends_for_all_but_the_patients_own(issued, opened, clock):
    for number in range(GUESSES_PER_LINK):
        opened.post(issued.path, WRONG_DATE, REMOTE_ADDR=f"198.51.{number // 200}.{number % 200}")
    stranger, patient = Client(REMOTE_ADDR="203.0.113.9"), Client()

    assert stranger.post(issued.path, BIRTH_DATE).status_code == 403
    assert patient.post(issued.path, BIRTH_DATE).status_code == 303
    clock(GUESS_WINDOW + timedelta(seconds=1))
    assert stranger.post(issued.path, BIRTH_DATE).status_code == 303


def test_an_address_stands_nowhere_in_the_open(client, issued):
    client.post(issued.path, BIRTH_DATE, REMOTE_ADDR="198.51.100.77")

    (row,) = LinkOpening.objects.values()
    assert "198.51.100.77" not in str(row)
    assert issued.token not in str(row)


# --- It ends ---


def test_a_session_ends_after_its_time(issued, opened, monkeypatch):
    import time

    from plans.portal.session import SESSION_TIME

    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + SESSION_TIME.total_seconds() - 5)
    assert issued.plan.title in opened.get(issued.path).content.decode()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + SESSION_TIME.total_seconds() + 5)
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


@pytest.mark.parametrize("end", [revoked, expired])
def test_a_link_that_ends_ends_its_sessions_at_once(issued, opened, end):
    rendering = make_ready(issued.publication)
    file = f"{issued.path}1/{rendering.format}.pdf"
    assert opened.get(file).content == PDF

    end(issued)

    assert say(opened.get(issued.path)) == say(Client().get(issued.path))
    assert (opened.get(file).status_code, opened.get(file)["Location"]) == (303, issued.path)


def test_a_renewed_link_replaces_the_old_one(client, issued, opened):
    new = renew_link(plan=issued.plan, by=issued.therapist)

    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    assert "Open my plan" in opened.get(issued.path).content.decode()
    assert client.post(f"/p/{token_of(new)}/", BIRTH_DATE).status_code == 303


@pytest.mark.parametrize(("days", "status"), [(0, 303), (-1, 403)])
def test_it_opens_on_its_last_day_and_not_after(client, issued, days, status):
    last = timezone.localdate() + timedelta(days=days)
    DownloadLink.objects.filter(pk=issued.link.pk).update(expires_on=last)

    assert client.post(issued.path, BIRTH_DATE).status_code == status


def test_closing_makes_the_browser_forget(issued, opened):
    answer = opened.post(f"{issued.path}close/")

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    assert answer.cookies["plan"]["path"] == issued.path
    assert say(opened.get(issued.path)) == say(Client().get(issued.path))


# --- Languages ---


def test_before_it_is_opened_the_browser_chooses_the_language(client, issued):
    for asked, tag, direction in [("es-MX,en;q=0.5", "es", "ltr"), ("ar", "ar", "rtl"), ("zh-CN", "zh-Hans", "ltr"),
                                  ("tlh", "en", "ltr"), ("en-GB", "en", "ltr")]:  # fmt: skip
        answer = client.get(issued.path, headers={"Accept-Language": asked})
        assert f'<html lang="{tag}" dir="{direction}">' in answer.content.decode()
        assert answer["Content-Language"] == tag


def test_afterwards_the_page_speaks_the_plans_language(issued, opened):
    answer = opened.get(issued.path, headers={"Accept-Language": "es"})

    assert answer["Content-Language"] == "en"
    assert '<html lang="en" dir="ltr">' in answer.content.decode()
