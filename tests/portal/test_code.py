"""The printed code beside the birth date: asked where the address says so, refused as a wrong date is."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans import tokens
from plans.actions import plans as plan_actions
from plans.actions.links import renew_link
from plans.models import Clinic, DownloadLink, LinkOpening, LinkUse, Patient, WrongDate
from plans.portal.code import read_code
from plans.queries.links import TRIES_PER_LINK, address_of_link, printed_code
from tests import factories
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE, expired, revoked, say, uses

UNKNOWN = "/p/" + "A" * 43 + ".code/"


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def asks(issued, settings):
    """The link of a clinic that asks for codes: a sheet with one was printed."""
    settings.PORTAL_HELP = "Ask at the desk"
    Clinic.objects.update(asks_code=True)
    DownloadLink.objects.update(has_code=True)
    issued.link = DownloadLink.objects.select_related("plan__patient__clinic").get(pk=issued.link.pk)
    issued.code = printed_code(issued.link)
    issued.marked = f"/p/{issued.token}.code/"
    return issued


def wrong(code):
    return code[:-1] + str((int(code[-1]) + 1) % 10)


# --- What people type ---

TYPED = ["012345", " 012 345 ", "012-345", "0 1 2 3 4 5", "٠١٢٣٤٥", "０１２３４５", "012\u00a0345", "012.345"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_code_is_read_as_people_type_it(typed):
    assert read_code(typed) == "012345"


@pytest.mark.parametrize("typed", ["", "01234", "0123456", "01234x", "-"])
def test_what_has_not_six_digits_is_no_code(typed):
    assert read_code(typed) is None


# --- The address says whether it is asked ---


def test_the_address_and_the_page_tell_nothing_that_a_made_up_token_would_not(
    client, asks, django_assert_num_queries
):
    plain, marked = f"/p/{asks.token}/", asks.marked
    with django_assert_num_queries(0):
        pages = [client.get(path) for path in (plain, "/p/none/", marked, UNKNOWN)]

    assert say(pages[0]) == say(pages[1])
    assert say(pages[2]) == say(pages[3])
    assert 'name="code"' not in text(pages[0])
    assert '<label class="question" for="code">The code on your plan</label>' in text(pages[2])
    assert 'name="code" value="" inputmode="numeric" autocomplete="off"' in text(pages[2])


def test_the_address_to_hand_out_is_marked_while_the_clinic_asks(asks):
    assert address_of_link(asks.link).endswith(asks.marked)
    Clinic.objects.update(asks_code=False)
    link = DownloadLink.objects.get(pk=asks.link.pk)
    assert address_of_link(link).endswith(asks.path)
    assert printed_code(link) == ""


def test_the_code_beside_the_date_opens_and_the_session_holds_below_the_marked_address(client, asks):
    answer = client.post(asks.marked, {**BIRTH_DATE, "code": asks.code, "remember": "yes"})

    assert (answer.status_code, answer["Location"]) == (303, asks.marked)
    assert {answer.cookies[name]["path"] for name in ("plan", "device")} == {asks.marked}
    assert asks.plan.title in text(client.get(asks.marked))
    assert f'action="{asks.marked}devices/"' in text(client.get(asks.marked))
    client.post(f"{asks.marked}devices/", {"do": "forget"})
    assert 'name="code"' in text(client.get(asks.marked))


def test_a_remembered_device_is_not_asked_for_it(client, asks):
    client.post(asks.marked, {**BIRTH_DATE, "code": asks.code, "remember": "yes"})
    del client.cookies["plan"]

    assert asks.plan.title in text(client.get(asks.marked))


# --- Refusals ---


CASES = {
    "wrong_code": lambda asks: (asks.marked, {**BIRTH_DATE, "code": wrong(asks.code)}),
    "wrong_date": lambda asks: (asks.marked, {**WRONG_DATE, "code": asks.code}),
    "both": lambda asks: (asks.marked, {**WRONG_DATE, "code": wrong(asks.code)}),
    "unknown": lambda asks: (UNKNOWN, {**BIRTH_DATE, "code": asks.code}),
    "revoked": lambda asks: (revoked(asks) and asks.marked, {**BIRTH_DATE, "code": asks.code}),
    "expired": lambda asks: (expired(asks) and asks.marked, {**BIRTH_DATE, "code": asks.code}),
}


@pytest.mark.parametrize("case", CASES)
def test_whatever_is_wrong_gets_the_same_answer(client, asks, case):
    path, tried = CASES[case](asks)
    expected = Client().post("/p/none.code/", tried)

    answer = client.post(path, tried)

    assert answer.status_code == 403
    assert "Check the 6-digit code." in text(answer)
    assert "Ask at the desk" in text(answer)
    assert say(answer) == say(expected)


@pytest.mark.parametrize("case", CASES)
def test_whatever_is_wrong_does_the_same_work(client, asks, case):
    path, tried = CASES[case](asks)
    with CaptureQueriesContext(connection) as asked:
        client.post(path, tried)

    verbs = [query["sql"].split()[0] for query in asked.captured_queries]
    ends = ("SAVEPOINT", "ROLLBACK", "RELEASE")
    assert [verb for verb in verbs if verb not in ends] == ["SELECT", "SELECT", "INSERT", "SELECT", "SELECT"]


@pytest.mark.parametrize("case", CASES)
def test_a_code_is_computed_and_compared_for_every_try(client, asks, case, monkeypatch):
    path, tried = CASES[case](asks)
    checked, real = [], tokens.is_code
    monkeypatch.setattr(
        tokens, "is_code", lambda *args, **given: checked.append(args) or real(*args, **given)
    )

    client.post(path, tried)

    assert checked == [(tried["code"].replace(" ", ""),)]


def test_a_right_date_without_the_code_is_refused_as_a_wrong_date_is(client, asks):
    answer = client.post(asks.path, BIRTH_DATE)

    assert answer.status_code == 403
    assert say(answer) == say(Client().post("/p/none/", BIRTH_DATE))
    assert not answer.cookies


def test_who_was_refused_without_a_code_is_led_to_where_it_is_asked(client, asks):
    assert '<a href="?code">Is there a 6-digit code next to the square code' in text(
        client.post(asks.path, BIRTH_DATE)
    )
    assert 'name="code"' in text(client.get(f"{asks.path}?code"))
    in_line = text(client.post(asks.path, {"date": "17 May 1960"}))
    assert 'href="?code&amp;date"' in in_line
    assert 'name="code"' in text(client.get(f"{asks.path}?code&date"))
    assert 'id="date"' in text(client.get(f"{asks.path}?code&date"))
    assert client.post(asks.path, {**BIRTH_DATE, "code": asks.code}).status_code == 303


def test_where_no_clinic_asks_nobody_is_told_of_codes(client, issued):
    assert "6-digit" not in text(client.post(issued.path, WRONG_DATE)) + text(client.get(issued.path))


@pytest.mark.parametrize("typed", ["", "12345", "12345x"])
def test_what_is_no_code_is_no_try(client, asks, typed, django_assert_num_queries):
    for _ in range(TRIES_PER_LINK + 1):
        with django_assert_num_queries(0):
            answer = client.post(asks.marked, {**BIRTH_DATE, "code": typed})

    assert answer.status_code == 400
    assert "The code is not complete" in text(answer)
    assert "This does not count as a try." in text(answer)
    assert text(answer).count("Ask at the desk") == 1
    assert say(answer) == say(client.post(UNKNOWN, {**BIRTH_DATE, "code": typed}))
    assert uses() == []
    assert client.post(asks.marked, BIRTH_DATE).status_code == 400


def test_the_code_stays_where_two_days_may_be_meant(client, asks):
    Patient.objects.filter(pk=asks.patient.pk).update(birth_date="1968-04-12")
    asked = client.post(asks.marked, {"date": "12/4/1968", "code": asks.code})
    assert f'<input type="hidden" name="code" value="{asks.code}">' in text(asked)
    answer = client.post(asks.marked, {"date": "April 12, 1968", "code": asks.code})
    assert answer.status_code == 303


def test_wrong_codes_are_counted_as_wrong_dates_are(client, asks):
    for _ in range(TRIES_PER_LINK):
        client.post(asks.marked, {**BIRTH_DATE, "code": wrong(asks.code)})

    assert client.post(asks.marked, {**BIRTH_DATE, "code": asks.code}).status_code == 403
    assert uses() == [LinkUse.REFUSED] * TRIES_PER_LINK + [LinkUse.SLOWED]
    kinds = LinkOpening.objects.filter(use=LinkUse.REFUSED).values_list("wrong_date", flat=True)
    assert set(kinds) == {WrongDate.CODE}


def test_what_was_typed_cannot_break_out_of_its_field(client, asks):
    answer = client.post(asks.marked, {**BIRTH_DATE, "code": '"><script>'})
    assert b"<script>" not in answer.content


# --- Which links ask, and what the code is ---


def test_a_link_of_before_the_clinic_asked_goes_on_without_and_asks_from_the_next_sheet_on(client, issued):
    Clinic.objects.update(asks_code=True)
    assert client.post(issued.path, BIRTH_DATE).status_code == 303

    issued.plan.refresh_from_db()
    issued.plan.note = "A new note."
    plan_actions.save_plan(plan=issued.plan, by=issued.therapist)
    factories.publication(issued.therapist, of_plan=issued.plan)

    assert Client().post(issued.path, BIRTH_DATE).status_code == 403
    assert issued.plan.title in text(client.get(issued.path))


def test_a_link_that_is_made_while_the_clinic_asks_has_a_code(client, issued):
    Clinic.objects.update(asks_code=True)
    new = renew_link(plan=issued.plan, by=issued.therapist)

    assert new.asks_code
    assert printed_code(new)


def test_a_clinic_that_asks_no_more_is_content_with_the_date(client, asks):
    Clinic.objects.update(asks_code=False)

    assert client.post(asks.path, BIRTH_DATE).status_code == 303


def test_the_code_is_stored_nowhere_and_stays_with_its_key(asks, settings):
    digits = asks.code.replace(" ", "")
    assert len(digits) == 6
    assert digits.isdecimal()
    stored = [str(DownloadLink.objects.values().get()), asks.publication.content.json]
    assert not any(digits in row for row in stored)
    settings.LINK_KEYS = ["a new key that is long enough for a keyed hash", *settings.LINK_KEYS]
    assert printed_code(asks.link) == asks.code
    found = {"link_id": asks.link.pk, "digest": asks.link.token_digest}
    assert tokens.is_code(digits, **found)
    assert not tokens.is_code(wrong(digits), **found)
    settings.LINK_KEYS = settings.LINK_KEYS[:1]
    assert not tokens.is_code(digits, **found)
    with pytest.raises(tokens.LinkKeyMissing):
        printed_code(asks.link)


def test_each_link_has_a_code_of_its_own_with_six_digits(settings):
    settings.LINK_KEYS = ["a key that is the same in each run of the tests"]
    ids = [UUID(int=number) for number in range(100)]
    codes = [
        tokens.code_of(link_id=one, digest=tokens.token_digest(tokens.new_token(link_id=one))) for one in ids
    ]
    assert len(set(codes)) == len(ids)
    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert any(code.startswith("0") for code in codes)
