"""The way in: what anyone sees, what opens, and that every wrong try looks the same."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.models import LinkUse, Patient
from plans.queries.links import TRIES_PER_LINK
from tests import factories
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE, expired, make_ready, revoked, say, token_of, uses

UNKNOWN = "/p/" + "A" * 43 + "/"


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
        opened.get(f"{issued.path}exercise/1/"),
        opened.get(f"{issued.path}warnings/"),
        opened.get(f"{issued.path}picture/x"),
        opened.post(f"{issued.path}close/"),
    ]
    assert [page.status_code for page in pages] == [200, 403, 303, 200, 200, 303, 200, 200, 303, 303]
    for page in pages:
        assert page["Cache-Control"] == "no-store, private"
        assert page["Referrer-Policy"] == "no-referrer"
        assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert page["X-Frame-Options"] == "DENY"
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Content-Security-Policy"].startswith(
            "default-src 'none'; style-src 'self'; img-src 'self';"
        )
        assert "script-src 'self';" in page["Content-Security-Policy"]
        assert "unsafe" not in page["Content-Security-Policy"]


class Inline(HTMLParser):
    """Collects what the content policy would block."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "script" and dict(attrs).get("src", "").startswith("/static/portal/"):
            return
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


NO_DATES = [
    {"day": "31", "month": "2", "year": "1960"},
    {"day": "", "month": "", "year": ""},
    {"day": "1", "month": "1", "year": "1899"},
    {"day": "1", "month": "1", "year": "2999"},
    {},
]


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_birth_date_is_no_try(client, issued, typed, django_assert_num_queries):
    for path in (issued.path, UNKNOWN):
        with django_assert_num_queries(0):
            answer = client.post(path, typed)
        assert answer.status_code == 400
        assert "This is not a date of birth" in answer.content.decode()
        assert "Check the day, the month and the year." in answer.content.decode()
    assert say(client.post(issued.path, typed)) == say(client.post(UNKNOWN, typed))


def test_impossible_dates_lock_nobody_out(client, issued):
    for _ in range(TRIES_PER_LINK + 1):
        client.post(issued.path, NO_DATES[0])
    assert client.post(issued.path, BIRTH_DATE).status_code == 303


@pytest.mark.parametrize("kind", [wrong_date, unknown, malformed, revoked, expired])
def test_every_wrong_try_does_the_same_work(client, issued, kind):
    """What a made-up link would write is undone instead of stored; beside that the questions are the same.

    The last one asks whether any clinic of the service has codes, so it tells nothing of the link.
    """
    path, tried = kind(issued)

    with CaptureQueriesContext(connection) as asked:
        client.post(path, tried)

    verbs = [query["sql"].split()[0] for query in asked.captured_queries]
    ends = [verb for verb in verbs if verb in ("SAVEPOINT", "ROLLBACK", "RELEASE")]
    assert [verb for verb in verbs if verb not in ends] == ["SELECT", "SELECT", "INSERT", "SELECT", "SELECT"]
    assert ("ROLLBACK" in ends) == (kind is not wrong_date)


def test_what_was_typed_cannot_break_out_of_its_field(client, issued):
    answer = client.post(issued.path, {"day": '"><script>', "month": "5", "year": "1960"})

    assert b"<script>" not in answer.content
    assert b"&quot;&gt;&lt;script&gt;" in answer.content


# --- In one line, as people type it ---


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "May 17th, 1960"),
        ("en", "17.5.60"),
        ("en", "17 de mayo de 1960"),
        ("es", "17 de mayo de 1960"),
        ("ar", "١٧ أيار ١٩٦٠"),
        ("zh-CN", "1960年5月17日"),
    ],
)
def test_a_date_in_one_line_opens(client, issued, language, typed):
    answer = client.post(issued.path, {"date": typed}, headers={"Accept-Language": language})

    assert (answer.status_code, answer["Location"]) == (303, issued.path)


def test_a_whole_date_in_one_of_three_fields_opens(client, issued):
    assert client.post(issued.path, {"day": "17 May 1960", "month": "", "year": ""}).status_code == 303


@pytest.mark.parametrize("path", ["", "?date", "?date=17.5.1960"])
def test_one_line_and_three_fields_lead_to_each_other(client, issued, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(issued.path + path)

    fields = ["date"] if path else ["month", "day", "year"]
    assert [name for name in ("date", "month", "day", "year") if f'id="{name}"' in text(page)] == fields
    assert f'href="{"?" if path else "?date"}"' in text(page)
    assert "1960" not in text(page)
    assert say(page) == say(client.get(UNKNOWN + path))


def test_the_one_line_lets_letters_in_and_is_filled_by_the_browser(client, issued):
    page = text(client.get(issued.path + "?date"))

    assert '<label class="question" for="date">When were you born?</label>' in page
    assert 'name="date" value="" inputmode="text" autocomplete="bday"' in page
    assert "<bdi>March 27, 1950</bdi> or <bdi>3/27/1950</bdi>" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_wrong_try_in_one_line_gets_the_same_answer(client, issued, kind, settings):
    settings.PORTAL_HELP = "Ask at the desk"
    typed = {"date": "17 May 1960" if kind is not wrong_date else "18 May 1960"}
    path, _ = kind(issued)
    expected = client.post("/p/none/", {"date": "2 January 1903"})

    answer = client.post(path, typed)

    assert answer.status_code == expected.status_code == 403
    assert without_typed(answer, typed) == without_typed(expected, {"date": "2 January 1903"})
    assert 'id="day"' not in text(answer)


@pytest.mark.parametrize(
    ("language", "words", "example"),
    [
        ("en", "This is not a date of birth", "March 27, 1950"),
        ("es", "Esto no es una fecha de nacimiento", "27 de marzo de 1950"),
        ("ar", "هذا ليس تاريخ ميلاد", "27 مارس 1950"),
        ("zh-CN", "这不是出生日期", "1950年3月27日"),
    ],
)
def test_what_cannot_be_read_says_so_with_an_example_and_is_no_try(
    client, issued, language, words, example, django_assert_num_queries
):
    for _ in range(TRIES_PER_LINK + 1):
        with django_assert_num_queries(0):
            answer = client.post(issued.path, {"date": "31.2.1960"}, headers={"Accept-Language": language})

    assert answer.status_code == 400
    assert words in text(answer)
    assert f">{example}</bdi>" in text(answer)
    assert 'name="date" value="31.2.1960"' in text(answer)
    assert uses() == []


def test_three_fields_that_cannot_be_read_show_the_example_in_their_order(client, issued):
    assert "Write it like this: <bdi>3 27 1950</bdi>" in text(client.post(issued.path, NO_DATES[0]))


def days_offered(answer):
    """The days to choose from, as their buttons send them."""
    return [
        part.split('"')[0] for part in text(answer).split('<button type="submit" name="date" value="')[1:]
    ]


@pytest.mark.parametrize(
    ("language", "april", "december"),
    [
        ("en", "April 12, 1968", "December 4, 1968"),
        ("es", "12 de abril de 1968", "4 de diciembre de 1968"),
        ("ar", "12 إبريل 1968", "4 ديسمبر 1968"),
        ("zh-CN", "1968年4月12日", "1968年12月4日"),
    ],
)
def test_what_may_be_two_days_is_asked_and_is_no_try(
    client, issued, language, april, december, django_assert_num_queries
):
    Patient.objects.filter(pk=issued.patient.pk).update(birth_date=date(1968, 4, 12))
    headers = {"Accept-Language": language}
    with django_assert_num_queries(0):
        asked = client.post(issued.path, {"date": "12/4/1968"}, headers=headers)

    assert asked.status_code == 200
    assert days_offered(asked) == ([december, april] if language == "en" else [april, december])
    assert uses() == []
    assert say(asked) == say(client.post(UNKNOWN, {"date": "12/4/1968"}, headers=headers))
    assert client.post(issued.path, {"date": december}, headers=headers).status_code == 403
    assert client.post(issued.path, {"date": april}, headers=headers).status_code == 303
    assert uses() == [LinkUse.REFUSED, LinkUse.OPENED]


def test_what_was_typed_stands_above_the_choice_and_cannot_break_out(client, issued):
    asked = client.post(issued.path, {"day": "4/12/1968", "month": "", "year": ""})
    assert "You wrote: <bdi>4/12/1968</bdi>" in text(asked)
    assert 'href="?"' in text(asked)
    for typed in ({"date": '"><u>'}, {"day": '"><u>'}):
        assert "<u>" not in text(client.post(issued.path, typed))


# --- How to reach help ---


def test_without_a_setting_no_page_speaks_of_help(client, issued):
    for answer in (
        client.get(issued.path),
        client.post(issued.path, WRONG_DATE),
        client.post(issued.path, {}),
    ):
        assert "How to get help" not in text(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_says_how_to_reach_help(client, issued, kind, settings):
    settings.PORTAL_HELP = "Front desk <Hill & Sons>\nCall 555 0100, 8 to 17\n\nOr come by."
    path, tried = kind(issued)

    page = text(client.post(path, tried))

    number = '<a class="phone" dir="ltr" href="tel:5550100">555 0100</a>'
    words = f"<p>Front desk &lt;Hill &amp; Sons&gt;<br>Call {number}, 8 to 17</p> <p>Or come by.</p>"
    assert f'<h3>How to get help</h3> <div class="help" dir="auto">{words}</div>' in page
    assert page.count("Front desk") == 1


@pytest.mark.parametrize("typed", [{}, {"date": "31.2.1960"}, {"date": "4/12/1968"}])
def test_what_is_asked_again_says_how_to_reach_help(client, issued, typed, settings):
    settings.PORTAL_HELP = "Ask at the desk"

    for path in (issued.path, UNKNOWN):
        assert text(client.post(path, typed)).count("Ask at the desk") == 1
        assert text(client.get(path)).count("Ask at the desk") == 1


def test_who_is_in_sees_the_clinics_own_number_instead(issued, opened, settings):
    settings.PORTAL_HELP = "Ask at the desk"

    assert "Ask at the desk" not in text(opened.get(issued.path))
