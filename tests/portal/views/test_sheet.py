from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import ConnectionError as BrokerAway

from plans import counters
from plans.actions import plans as plan_actions
from plans.handout.phrases import write_date
from plans.languages import LANGUAGES
from plans.models import DownloadLink, Publication
from plans.portal import throttle
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counts(monkeypatch):
    """The cache of one test, in memory."""
    from django.core.cache.backends.locmem import LocMemCache

    monkeypatch.setattr(counters, "cache", LocMemCache("portal-tests", {}))
    counters.cache.clear()


def text(answer):
    return " ".join(answer.content.decode().split())


def today():
    return write_date(timezone.localdate(), LANGUAGES["en"])


def test_the_newest_sheet(client, issued, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        answer = client.get(f"/sheet/{issued.publication.sheet_code}/")

    assert answer.status_code == 200
    assert "Yes, it is the newest one" in text(answer)
    assert f"Version 1, made on {today()}" in text(answer)


def test_a_replaced_sheet(client, issued):
    issued.plan.note = "A new note."
    plan_actions.save_plan(plan=issued.plan, by=issued.therapist)
    factories.publication(issued.therapist, of_plan=issued.plan)

    page = text(client.get(f"/sheet/{issued.publication.sheet_code}/"))

    assert f"No, it was replaced on {today()}" in page
    assert "The newest one is version 2." in page


def test_a_stopped_sheet(client, issued):
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)

    page = text(client.get(f"/sheet/{issued.publication.sheet_code}/"))

    assert f"No, this plan was stopped on {today()}" in page


def test_a_sheet_past_its_time(client, issued):
    yesterday = timezone.localdate() - timedelta(days=1)
    Publication.objects.update(followed_until=yesterday)
    DownloadLink.objects.update(expires_on=yesterday)
    page = text(client.get(f"/sheet/{issued.publication.sheet_code}/"))
    assert "This sheet is old" in page
    assert "Ask your clinic whether it is still right for you" in page
    assert "You can go on" not in page


def test_an_unknown_code_is_answered_calmly_and_can_be_typed_again(client):
    answer = client.get("/sheet/AB%3Cb%3E/")

    assert answer.status_code == 404
    assert "We do not know this code" in text(answer)
    assert 'value="AB&lt;b&gt;"' in text(answer)


def test_who_is_turned_away_reads_how_to_reach_help(client, issued, settings):
    settings.PORTAL_HELP = "Ask at the desk\n<8 to 17>"
    known = f"/sheet/{issued.publication.sheet_code}/"
    assert "Ask at the desk<br>&lt;8 to 17&gt;" in text(client.get("/sheet/NONE/"))
    assert "Ask at the desk" not in text(client.get(known))
    for _ in range(throttle.MAX_IN_WINDOW):
        client.get(known)
    slowed = client.get(known)
    assert slowed.status_code == 429
    assert "Ask at the desk<br>" in text(slowed)
    settings.PORTAL_HELP = ""
    assert "How to get help" not in text(client.get(known))


def test_a_code_can_be_typed(client, issued):
    assert "The code on your sheet" in text(client.get("/sheet/"))
    typed = issued.publication.sheet_code.lower()
    assert "Yes, it is the newest one" in text(client.get("/sheet/", {"code": f" {typed} "}))


def test_no_answer_holds_patient_data(client, issued):
    pages = [client.get(f"/sheet/{issued.publication.sheet_code}/")]
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)
    pages.append(client.get(f"/sheet/{issued.publication.sheet_code}/"))

    for page in pages:
        for secret in (
            issued.patient.name,
            issued.plan.title,
            issued.clinic.name,
            issued.token,
            str(issued.plan.pk),
        ):
            assert secret not in text(page) + str(page.headers)
        assert not page.cookies


def test_headers_are_those_of_the_personal_link(client, issued):
    answer = client.get(f"/sheet/{issued.publication.sheet_code}/")

    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self';")


def test_it_speaks_the_browsers_language(client):
    answer = client.get("/sheet/NONE/", headers={"Accept-Language": "ar"})

    assert '<html lang="ar" dir="rtl">' in text(answer)


def test_many_lookups_are_slowed_per_address_and_waiting_ends_it(client, issued):
    path = f"/sheet/{issued.publication.sheet_code}/"
    for _ in range(throttle.MAX_IN_WINDOW):
        assert client.get(path, REMOTE_ADDR="198.51.100.1").status_code == 200

    slowed = client.get(path, REMOTE_ADDR="198.51.100.1")

    assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")
    assert "Please wait a minute" in text(slowed)
    assert client.get(path, REMOTE_ADDR="198.51.100.2").status_code == 200
    counters.cache.clear()
    assert client.get(path, REMOTE_ADDR="198.51.100.1").status_code == 200


def test_counts_end_by_themselves(client):
    client.get("/sheet/NONE/")

    (expires,) = counters.cache._expire_info.values()
    assert expires is not None


def test_a_window_that_ends_in_between_lets_through(monkeypatch):
    monkeypatch.setattr(counters.cache, "add", lambda *_, **__: False)

    assert throttle.is_slowed("198.51.100.3") is False


def test_without_a_cache_sheets_still_answer(client, issued, monkeypatch):
    def away(*_, **__):
        raise BrokerAway

    monkeypatch.setattr(counters.cache, "add", away)

    assert client.get(f"/sheet/{issued.publication.sheet_code}/").status_code == 200


def test_the_real_cache_counts(broker, monkeypatch):
    monkeypatch.setattr(counters, "cache", cache)

    assert [throttle.is_slowed("198.51.100.9") for _ in range(throttle.MAX_IN_WINDOW + 2)][-3:] == [
        False,
        True,
        True,
    ]
