"""A remembered device asks nothing, is bound to its link, and is ended by the patient, the clinic, and time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone, translation

from plans.actions.devices import end_device, end_devices
from plans.actions.links import renew_link
from plans.actions.pausing import pause_plan, resume_plan
from plans.actions.plans import stop_plan
from plans.content import from_json
from plans.handout.phrases import write_date
from plans.languages import get_language
from plans.models import Clinic, Device, DeviceKind, DownloadLink, LinkSession, LogEntry, Patient
from plans.portal.session import cookie_name
from plans.queries.devices import SEEN_EVERY
from tests import factories
from tests.portal.conftest import BIRTH_DATE, PDF, WRONG_DATE, expired, make_ready, revoked, say, token_of

REMEMBER = {**BIRTH_DATE, "remember": "yes"}
UNKNOWN = "/p/" + "A" * 43 + "/"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1"


def text(answer):
    return " ".join(answer.content.decode().split())


def is_asked(browser, path):
    return say(browser.get(path)) == say(Client().get(path))


@pytest.fixture
def own(issued):
    """The patient's phone, remembered, after its session has ended."""
    browser = Client(headers={"User-Agent": IPHONE})
    assert browser.post(issued.path, REMEMBER).status_code == 303
    LinkSession.objects.all().delete()
    del browser.cookies["plan"]
    return browser


def do(browser, issued, what):
    return browser.post(f"{issued.path}devices/", {"do": what})


# --- To be remembered ---


@pytest.mark.parametrize("query", ["", "?date"])
def test_it_is_offered_beside_the_date_and_is_off(client, issued, query):
    page = text(client.get(issued.path + query))

    assert '<input type="checkbox" id="remember" name="remember" value="yes"' in page
    assert "checked" not in page
    assert "Tick this only on your own phone or tablet." in page


def test_without_the_tick_nothing_is_remembered(issued, opened):
    assert not Device.objects.exists()
    assert "device" not in opened.cookies


def test_a_remembered_device_is_asked_nothing_and_reads_all(issued, own, django_assert_max_num_queries):
    rendering = make_ready(issued.publication)

    with django_assert_max_num_queries(6):
        page = own.get(issued.path)

    assert issued.plan.title in text(page)
    assert own.get(f"{issued.path}1/{rendering.format}.pdf").getvalue() == PDF
    assert not LinkSession.objects.exists()


def test_its_cookie_is_for_the_links_pages_alone_and_ends_with_the_device(client, issued):
    answer = client.post(issued.path, REMEMBER)

    cookie, device = answer.cookies["device"], Device.objects.get()
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (issued.path, True, "Lax")
    assert str(device.pk) in cookie.value
    assert issued.patient.name not in cookie.value
    lasts = timedelta(seconds=int(cookie["max-age"]))
    days = (device.expires_on - issued.clinic.today()).days
    assert timedelta(days=days) < lasts <= timedelta(days=days + 1, hours=1)


def test_with_tls_it_never_travels_in_the_open(client, issued, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert client.post(issued.path, REMEMBER, secure=True).cookies["__Secure-device"]["secure"]


def test_it_is_kept_what_the_browser_says_it_runs_on(issued, own):
    assert Device.objects.get().kind == DeviceKind.PHONE


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        (IPHONE, DeviceKind.PHONE),
        ("Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile Safari/537.36", DeviceKind.PHONE),
        ("Mozilla/5.0 (Linux; Android 14; SM-X510) Chrome/140.0 Safari/537.36", DeviceKind.TABLET),
        ("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) Mobile/15E148 Safari/604.1", DeviceKind.TABLET),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36", DeviceKind.COMPUTER),
        ("", DeviceKind.COMPUTER),
    ],
)
def test_kinds(client, issued, says, kind):
    client.post(issued.path, REMEMBER, headers={"User-Agent": says})
    assert Device.objects.get().kind == kind


def test_a_tick_stays_through_refusals_and_the_question_which_day_is_meant(client, issued):
    Patient.objects.filter(pk=issued.patient.pk).update(birth_date="1968-04-12")
    refused = client.post(issued.path, {**WRONG_DATE, "remember": "yes"})
    assert 'id="remember" name="remember" value="yes" aria-describedby="remember-hint" checked' in text(
        refused
    )
    asked = client.post(issued.path, {"date": "12/4/1968", "remember": "yes"})
    assert '<input type="hidden" name="remember" value="yes">' in text(asked)
    client.post(issued.path, {"date": "April 12, 1968", "remember": "yes"})
    assert Device.objects.count() == 1


@pytest.mark.parametrize("kind", [lambda issued: (issued.path, WRONG_DATE), revoked, expired])
def test_who_is_refused_is_not_remembered_and_the_answer_is_that_of_a_made_up_link(client, issued, kind):
    path, tried = kind(issued)
    refused = client.post(path, {**tried, "remember": "yes"})
    expected = client.post(UNKNOWN, {**tried, "remember": "yes"})

    assert not refused.cookies
    assert not Device.objects.exists()
    assert (refused.status_code, refused.content) == (expected.status_code, expected.content)


def test_who_is_in_can_still_have_the_device_remembered(issued, opened):
    page = text(opened.get(issued.path))
    assert 'name="do" value="remember"' in page
    assert "Only on your own phone or tablet." in page

    answer = do(opened, issued, "remember")

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    device = Device.objects.get()
    day = write_date(device.expires_on, get_language("en", locale="en-US"))
    assert f"It opens your plan without any question until {day}." in text(opened.get(issued.path))
    do(opened, issued, "remember")
    assert Device.objects.count() == 1


def test_a_browser_that_is_not_in_is_never_remembered(client, issued):
    assert do(client, issued, "remember").status_code == 303
    assert not Device.objects.exists()
    assert not client.cookies


# --- The clinic's setting ---


def test_where_the_clinic_has_it_off_no_page_offers_it_and_a_tick_does_nothing(client, issued):
    before = say(client.get(issued.path))
    Clinic.objects.update(device_days=0)

    answer = client.post(issued.path, REMEMBER)

    assert (answer.status_code, list(answer.cookies)) == (303, ["plan"])
    page = text(client.get(issued.path))
    assert issued.plan.title in page
    assert "Remember this device" not in page
    do(client, issued, "remember")
    assert not Device.objects.exists()
    # The question is the same for all links, so it cannot say what one clinic wants.
    assert say(Client().get(issued.path)) == before == say(Client().get(UNKNOWN))


def test_a_setting_that_is_lowered_ends_it(issued, own):
    Device.objects.update(created_at=timezone.now() - timedelta(days=8))
    Clinic.objects.update(device_days=8)
    assert issued.plan.title in text(own.get(issued.path))
    Clinic.objects.update(device_days=7)
    assert is_asked(own, issued.path)


# --- What ends it ---


def ended(issued):
    end_device(device=Device.objects.get(), by=issued.therapist)


def all_ended(issued):
    end_devices(link=issued.link, by=issued.therapist)


def renewed(issued):
    renew_link(plan=issued.plan, by=issued.therapist)


def stopped(issued):
    stop_plan(plan=issued.plan, by=issued.therapist)


def blocked(issued):
    DownloadLink.objects.update(blocked_at=timezone.now())


def over(issued):
    Device.objects.update(expires_on=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("end", [ended, all_ended, renewed, blocked, revoked, expired, over, stopped])
def test_what_ends_it_ends_it_at_once_and_for_a_copied_cookie(issued, own, end):
    rendering = make_ready(issued.publication)
    copied = Client()
    copied.cookies["device"] = own.cookies["device"].value
    assert issued.plan.title in text(copied.get(issued.path))

    end(issued)

    for browser in (own, copied):
        assert is_asked(browser, issued.path)
        assert browser.get(f"{issued.path}1/{rendering.format}.pdf").status_code == 303


def pages_of(issued):
    """Each address below the link that a plan has something at."""
    rendering = make_ready(issued.publication)
    (item, *_) = from_json(issued.publication.content.json).items
    name = item.picture.name if item.picture else "none.webp"
    parts = [
        "",
        "exercise/1/",
        "warnings/",
        f"picture/{name}",
        "log/",
        "log/1/",
        "progress/",
        f"1/{rendering.format}.pdf",
    ]
    parts += [f"motion/{uuid4()}", "reminders/", "reminders/calendar.ics?hour=9"]
    return item.name, [issued.path + part for part in parts]


def test_in_a_pause_a_device_gives_nothing_but_that_it_is_one(issued, own):
    exercise, pages = pages_of(issued)
    assert any(exercise in text(own.get(page)) for page in pages)
    pause_plan(plan=issued.plan, by=issued.therapist)

    for page in pages[1:]:
        answer = own.get(page)
        assert (answer.status_code, answer["Location"], answer.content) == (303, issued.path, b"")
    page = text(own.get(issued.path))
    assert "Do not exercise for now" in page
    assert "tel:+15550104477" in page
    for words in (exercise, ".pdf", "exercise/", "log/", "progress/", "reminders/", "Remember this device"):
        assert words not in page
    for part, given in (
        ("progress/", {"goal": "x"}),
        ("reminders/", {"action": "on"}),
    ):
        assert own.post(issued.path + part, given)["Location"] == issued.path
    told = own.post(f"{issued.path}log/", {"about": "everything"})
    assert (told.status_code, told["Location"]) == (303, f"{issued.path}?saved")
    assert LogEntry.objects.get().outcome == "all"  # it was done before the pause

    resume_plan(plan=issued.plan, by=issued.therapist)
    assert exercise in text(own.get(issued.path))


def test_a_stop_ends_the_device_at_once_and_the_birth_date_opens_that_it_ended(issued, own):
    copied = Client()
    copied.cookies["device"] = own.cookies["device"].value
    _, pages = pages_of(issued)
    stop_plan(plan=issued.plan, by=issued.therapist)

    for browser in (own, copied):
        assert is_asked(browser, issued.path)
        for page in pages[1:]:
            assert browser.get(page)["Location"] == issued.path
    own.post(issued.path, REMEMBER)
    page = text(own.get(issued.path))
    assert "This plan ended on" in page
    assert "Remember this device" not in page
    assert ".pdf" not in page
    assert not Device.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(("what", "words"), [("forget", "Forget this device"), ("not-me", "This is not me")])
def test_the_patient_ends_ones_own_device_and_session_also_for_copies(issued, own, what, words):
    own.post(issued.path, BIRTH_DATE)
    copied = Client()
    copied.cookies["device"], copied.cookies["plan"] = own.cookies["device"].value, own.cookies["plan"].value
    other = Client()
    other.post(issued.path, REMEMBER)
    assert f'name="do" value="{what}"' in text(own.get(issued.path))
    assert words in text(own.get(issued.path))

    answer = do(own, issued, what)

    assert (answer.status_code, answer["Location"]) == (303, issued.path)
    assert {answer.cookies[name]["path"] for name in ("plan", "device")} == {issued.path}
    for browser in (own, copied):
        assert is_asked(browser, issued.path)
    assert issued.plan.title in text(other.get(issued.path))


def test_this_is_not_me_stands_once_on_every_page(issued, opened):
    _, pages = pages_of(issued)
    shown = {page: opened.get(page) for page in [*pages, f"{issued.path}no/such/"]}
    read = {
        page: text(answer) for page, answer in shown.items() if answer["Content-Type"].startswith("text/html")
    }
    read = {page: words for page, words in read.items() if words}
    assert len(read) == 8
    refused = text(opened.post(f"{issued.path}log/", {"day": "x"}))
    pause_plan(plan=issued.plan, by=issued.therapist)

    for words in (*read.values(), refused, text(opened.get(issued.path))):
        assert words.count('name="do" value="not-me"') == 1
        assert f'action="{issued.path}devices/"' in words


def test_this_is_not_me_ends_a_session_without_a_device(issued, opened):
    assert 'name="do" value="not-me"' in text(opened.get(issued.path))
    do(opened, issued, "not-me")

    assert not LinkSession.objects.exists()
    assert is_asked(opened, issued.path)


def test_a_page_that_nobody_opened_answers_alike_for_every_token(client, issued):
    for what in ("remember", "forget", "not-me", "x"):
        for path in (issued.path, UNKNOWN):
            answer = client.post(f"{path}devices/", {"do": what})
            assert (answer.status_code, answer["Location"]) == (303, path)
    assert client.get(f"{issued.path}devices/").status_code == 405


# --- What is no cookie of this link's device ---


def test_a_tampered_or_foreign_cookie_opens_and_ends_nothing(issued, own, opened):
    device = Device.objects.get()
    stranger = Client()
    session = opened.cookies["plan"].value
    forged = Signer(salt="plans.portal.session").sign(str(device.pk))
    good = own.cookies["device"].value
    for value in (
        "",
        str(device.pk),
        good[:-1],
        f"{device.pk}:AAAA",
        f"0{good[1:]}x",
        session,
        forged,
        "x" * 5000,
    ):
        stranger.cookies["device"] = value
        assert is_asked(stranger, issued.path)
        do(stranger, issued, "forget")
    stranger.cookies["device"] = ""
    stranger.cookies["plan"] = good
    assert is_asked(stranger, issued.path)

    assert issued.plan.title in text(own.get(issued.path))


def test_the_device_of_one_link_opens_and_ends_nothing_of_another(issued, own):
    other = factories.plan(issued.therapist, exercises=[issued.plan.items.get().revision])
    factories.publication(issued.therapist, of_plan=other)
    path = f"/p/{token_of(other.links.get())}/"
    thief = Client()
    thief.cookies["device"] = own.cookies["device"].value

    assert is_asked(thief, path)
    thief.post(f"{path}devices/", {"do": "forget"})
    assert issued.plan.title in text(own.get(issued.path))


# --- Ids that somebody else has slipped in ---


def test_who_comes_in_gets_a_new_session_and_the_one_that_was_there_ends(issued, opened):
    planted = opened.cookies["plan"].value
    victim = Client()
    victim.cookies["plan"] = planted
    victim.post(issued.path, BIRTH_DATE)

    assert victim.cookies["plan"].value != planted
    assert is_asked(opened, issued.path)
    assert issued.plan.title in text(victim.get(issued.path))


def test_who_is_remembered_gets_a_new_device_and_the_one_that_was_there_ends(issued, own):
    planted = own.cookies["device"].value
    victim = Client()
    victim.cookies["device"] = planted
    victim.post(issued.path, REMEMBER)

    assert victim.cookies["device"].value != planted
    assert is_asked(own, issued.path)
    assert issued.plan.title in text(victim.get(issued.path))


def test_a_made_up_id_is_never_taken_up(client, issued):
    made_up = "11111111-1111-4111-8111-111111111111"
    for kind in ("plan", "device"):
        client.cookies[kind] = Signer(salt=f"plans.portal.{'session' if kind == 'plan' else kind}").sign(
            made_up
        )
    client.post(issued.path, REMEMBER)

    assert not LinkSession.objects.filter(pk=made_up).exists()
    assert not Device.objects.filter(pk=made_up).exists()


# --- How often it writes, and which language it speaks ---


def test_it_is_written_once_an_hour_that_it_was_seen(issued, own):
    seen = timezone.now() - SEEN_EVERY + timedelta(minutes=5)
    Device.objects.update(last_seen_at=seen)
    own.get(issued.path)
    assert Device.objects.get().last_seen_at == seen
    Device.objects.update(last_seen_at=seen - timedelta(minutes=6))
    own.get(issued.path)
    assert Device.objects.get().last_seen_at > seen


@pytest.mark.parametrize("code", ["es", "ar", "zh-hans"])
def test_from_the_first_page_on_it_speaks_the_plans_language(therapist, clinic, code):
    texts = {each: factories.exercise_text(name=f"Slide {each}") for each in ("en", code)}
    patient = factories.patient(therapist, birth_date="1960-05-17", language=code)
    exercise = factories.approved_exercise(clinic, texts=texts)
    plan = factories.plan(therapist, of=patient, exercises=[exercise])
    factories.publication(therapist, of_plan=plan)
    path = f"/p/{token_of(plan.links.get())}/"
    browser = Client(headers={"Accept-Language": "en"})
    assert browser.get(path)["Content-Language"] == "en"
    browser.post(path, REMEMBER)
    with translation.override(code):
        words = translation.gettext("Forget this device")

    page = browser.get(path)

    assert page["Content-Language"] == get_language(code).tag
    assert words in text(page)
    assert "Forget this device" not in text(page)


def test_the_cookies_have_names_of_their_own():
    assert cookie_name() != cookie_name("device")
