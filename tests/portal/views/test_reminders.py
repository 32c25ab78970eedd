"""Reminders on the patient's page: asked for, shown, changed, stopped; and the addresses in their mails."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from plans import tokens
from plans.actions import pausing
from plans.actions.plans import stop_plan
from plans.models import Clinic, DownloadLink, FrozenContent, Patient, Reminder, ReminderSchedule
from plans.portal.responses import CSP
from plans.tokens import Opens
from tests import factories

pytestmark = pytest.mark.usefixtures("broker")

ADDRESS = "robin.example@mail.example.org"
ASKED = {"action": "on", "hour": "18", "to": "typed", "address": ADDRESS}


@pytest.fixture(autouse=True)
def server(settings):
    """There is a mail server, though nothing is sent."""
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def path(issued):
    return f"{issued.path}reminders/"


def text(answer):
    return " ".join(answer.content.decode().split())


def schedule():
    return ReminderSchedule.objects.select_related("plan__patient__clinic").get(ended_at=None)


def mail_path(what, way):
    row = ReminderSchedule.objects.latest("created_at")
    digest = row.stop_digest if what == Opens.STOP_REMINDERS else row.confirm_digest
    return f"/p/{tokens.token_for(what, row.pk, digest=digest)}/reminders/{way}/"


def stop_path():
    return mail_path(Opens.STOP_REMINDERS, "stop")


def confirm_path():
    return mail_path(Opens.CONFIRM_REMINDERS, "confirm")


def on_by_clinic(issued, address=ADDRESS):
    return factories.reminders(issued.therapist, of_plan=issued.plan, to=address)


# --- The page


def test_it_speaks_the_plans_language_also_when_the_patient_has_another_by_now(opened, issued, path):
    Patient.objects.update(language="es")

    for answer in (opened.get(path), opened.post(path, {**ASKED, "address": "robin"})):
        assert answer["Content-Language"] == "en"
        assert "Reminders by e-mail" in text(answer)
    assert "Time for me" in opened.get(f"{path}calendar.ics?hour=9").content.decode()


def test_the_plans_page_leads_to_it(opened, issued, path):
    assert (
        f'<h2>Reminders by e-mail</h2> <p class="other"><a href="{path}">Start, change or stop reminders</a></p>'
        in text(opened.get(issued.path))
    )


def test_it_needs_the_session_like_the_plan(client, issued, path):
    for answer in (client.get(path), client.get(f"{path}calendar.ics?hour=8")):
        assert (answer.status_code, answer["Location"], answer.content) == (303, issued.path, b"")
    assert client.post(path, ASKED).status_code == 403
    assert not ReminderSchedule.objects.exists()


def test_of_a_made_up_token_it_says_the_same(client, issued, path):
    real, other = client.get(path), client.get("/p/unknown/reminders/")
    assert dict(other.headers) | {"Location": issued.path} == dict(real.headers)


def test_it_offers_an_hour_and_says_what_comes(opened, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        answer = opened.get(path)
    page = text(answer)
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Content-Security-Policy"] == CSP
    assert '<option value="17" selected>5 p.m.</option>' in page
    assert '<option value="Asia/Tokyo">Tokyo</option>' in page
    assert "One mail a day at most" in page
    assert "The one that your clinic has" not in page
    assert "<script" not in page


def test_a_typed_address_waits_for_a_yes(opened, path):
    answer = opened.post(path, ASKED)
    assert (answer.status_code, answer["Location"]) == (303, path)
    page = text(opened.get(path))
    assert "One step is missing" in page
    assert "Please confirm: reminders by e-mail" in page
    assert '<bdi dir="ltr">r…@m….org</bdi>' in page
    assert not schedule().is_on


def test_confirmed_it_shows_the_last_and_the_next(opened, path, issued, django_assert_max_num_queries):
    Clinic.objects.update(time_zone="America/Chicago")
    opened.post(path, ASKED)
    Client().post(confirm_path())
    row = schedule()
    last = datetime(2026, 6, 10, 23, 0, tzinfo=UTC)
    Reminder.objects.create(
        clinic=issued.clinic, schedule=row, day=last.date(), due_at=last, state="sent", finished_at=last
    )
    following = datetime.now(ZoneInfo("America/Chicago")) + timedelta(days=1)
    row.next_at = following.replace(hour=18, minute=0, second=0, microsecond=0)
    row.save(update_fields=["next_at"])
    with django_assert_max_num_queries(8):
        page = text(opened.get(path))
    assert "Reminders are on" in page
    assert "June 10, 2026, 6 p.m.: sent" in page
    assert f"{following:%B} {following.day}, {following.year}, 6 p.m., if you have told us nothing" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("unknown", "we do not know if it was sent"),
        ("cancelled", ": not sent"),
        ("failed", ": not sent"),
        ("queued", "on its way"),
    ],
)
def test_what_became_of_the_last_is_told(opened, path, issued, state, words):
    row = on_by_clinic(issued)
    at = datetime(2026, 6, 10, 18, tzinfo=UTC)
    Reminder.objects.create(
        clinic=issued.clinic,
        schedule=row,
        day=at.date(),
        due_at=at,
        state=state,
        error_code="x",
        finished_at=at,
    )
    assert words in text(opened.get(path))


@pytest.mark.parametrize("address", [ADDRESS, "robin@example.org"])
def test_no_recorded_address_is_ever_shown_in_full(opened, path, issued, address):
    factories.mail(issued.therapist, of=issued.publication, to=address)
    offered = text(opened.get(path))
    opened.post(path, {**ASKED, "to": "clinic"})
    shown = text(opened.get(path))
    opened.post(path, {"action": "off"})
    opened.post(path, {**ASKED, "address": "another.name@elsewhere.example"})
    waiting = text(opened.get(path))
    assert "The one that your clinic has" in offered
    assert "Reminders are on" in shown
    for page in (offered, shown, waiting):
        assert address not in page
        assert address.partition("@")[0] not in page
        assert "another.name" not in page


def test_the_address_of_the_clinic_needs_no_second_yes(opened, path, issued):
    factories.mail(issued.therapist, of=issued.publication, to=ADDRESS)
    opened.post(path, {"action": "on", "hour": "7", "to": "clinic", "address": "", "time_zone": "Asia/Tokyo"})
    row = schedule()
    assert (row.is_on, row.hour, row.time_zone, row.created_by) == (True, 7, "Asia/Tokyo", None)
    assert not Reminder.objects.exists()


def test_the_hour_is_changed_and_they_are_stopped(opened, path, issued):
    on_by_clinic(issued)
    assert opened.post(path, {"action": "move", "hour": "7", "time_zone": ""}).status_code == 303
    assert schedule().hour == 7
    assert opened.post(path, {"action": "off"}).status_code == 303
    assert "Start the reminders" in text(opened.get(path))
    assert opened.post(path, {"action": "off"}).status_code == 303  # pressed twice


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"address": "robin"}, "This is not a mail address."),
        ({"address": ""}, "This is not a mail address."),
        ({"address": "a@b.example\r\nBcc: everybody@example.org"}, "This is not a mail address."),
        ({"address": "🙂@example.org"}, "This is not a mail address."),
        ({"address": "x" * 5_000 + "@example.org"}, "This is not a mail address."),
        ({"hour": "24"}, "Please choose an hour"),
        ({"hour": "9" * 5_000}, "Please choose an hour"),
        ({"hour": "six"}, "Please choose an hour"),
        ({"hour": "٦"}, "Please choose an hour"),
        ({"time_zone": "../../etc/passwd"}, "Please choose an hour"),
        ({"to": "clinic"}, "We cannot use the mail address that your clinic has."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(opened, path, given, words):
    answer = opened.post(path, {**ASKED, **given})
    page = text(answer)
    assert answer.status_code == 400
    assert words in page
    assert 'role="alert"' in page
    assert "<title>Not saved" in page
    if "hour" not in given:
        assert '<option value="18" selected>' in page
    assert not ReminderSchedule.objects.exists()


def test_it_cannot_be_used_to_fill_a_mailbox(opened, path):
    for number in range(3):
        opened.post(path, {**ASKED, "address": f"{number}@example.org"})
    answer = opened.post(path, ASKED)
    assert (answer.status_code, Reminder.objects.count()) == (400, 3)
    assert "Please try again tomorrow" in text(answer)


@pytest.mark.parametrize("end", [stop_plan, pausing.pause_plan])
def test_a_plan_that_stands_still_offers_nothing(opened, path, issued, end):
    end(plan=issued.plan, by=issued.therapist)
    for answer in (opened.get(path), opened.post(path, ASKED), opened.get(f"{path}calendar.ics?hour=8")):
        assert (answer.status_code, answer["Location"]) == (303, issued.path)


def test_without_a_mail_server_it_is_said_and_nothing_is_promised(opened, path, settings):
    settings.EMAIL_HOST = ""
    page = text(opened.get(path))
    assert "No mails right now" in page
    assert "Start the reminders" not in page
    assert "Add to my calendar (file)" in page
    # Asked for on a page that stood open since there was a server.
    opened.post(path, ASKED)
    page = text(opened.get(path))
    assert "We sent a mail" not in page
    assert "I do not want reminders" in page
    settings.EMAIL_HOST = "mail.example.org"
    page = text(opened.get(path))
    assert "No mails right now" not in page
    assert "We sent a mail to" in page


def test_without_a_mail_server_reminders_that_are_on_can_be_moved_and_stopped(opened, path, issued, settings):
    on_by_clinic(issued)
    settings.EMAIL_HOST = ""
    page = text(opened.get(path))
    assert "No mails right now" in page
    assert "Save the hour" in page
    assert "Stop the reminders" in page


# --- The addresses in the mails


def test_opening_the_way_out_ends_nothing_and_asks(client, issued):
    row = on_by_clinic(issued)
    for answer in (client.get(stop_path()), client.head(stop_path())):
        assert answer.status_code == 200
    assert "Stop the reminders?" in text(client.get(stop_path()))
    row.refresh_from_db()
    assert row.is_on


def test_a_mail_programs_own_button_ends_them_without_a_session(issued):
    row = on_by_clinic(issued)
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(
            stop_path(), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert (answer.status_code, answer.cookies.output()) == (200, "")
        assert "You get no more reminders" in text(answer)
    row.refresh_from_db()
    assert row.ended_why == "switched_off"


@pytest.mark.parametrize("way", ["stop", "confirm"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_is_none_is_told_so(client, issued, way, method):
    on_by_clinic(issued)
    for token in ("x", "A" * 43, issued.token, "%F0%9F%A6%B4"):
        answer = getattr(client, method)(f"/p/{token}/reminders/{way}/")
        assert answer.status_code == 404
        assert "This link does not work" in text(answer)
    assert schedule().is_on


def test_what_the_mails_open_names_nobody(client, opened, path, issued):
    opened.post(path, ASKED)
    pages = [
        client.get(confirm_path()),
        client.get(stop_path()),
        client.post(confirm_path()),
        client.post(stop_path()),
    ]
    for answer in pages:
        for private in (issued.clinic.name, issued.plan.title, issued.patient.name, ADDRESS, issued.token):
            assert private not in text(answer)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store, private"


def test_a_scanner_that_opens_the_mail_confirms_nothing(client, opened, path):
    opened.post(path, ASKED)
    assert "Say yes only if it was you" in text(client.get(confirm_path()))
    assert not schedule().is_on
    assert "Thank you" in text(client.post(confirm_path()))
    assert schedule().is_on


def test_a_yes_after_the_end_says_so(client, opened, path):
    opened.post(path, ASKED)
    opened.post(path, {"action": "off"})
    for answer in (client.get(confirm_path()), client.post(confirm_path())):
        assert answer.status_code == 404
        assert "ask for reminders again" in text(answer)


def test_the_pages_of_mails_speak_the_patients_language(client, issued):
    on_by_clinic(issued)
    Patient.objects.update(language="ar")
    assert client.get(stop_path())["Content-Language"] == "ar"


# --- The calendar file


def calendar_of(answer):
    return Calendar.from_ical(answer.content)


def test_the_calendar_file_tells_nothing_and_ends_with_the_plan(opened, path, issued):
    Clinic.objects.update(time_zone="America/Chicago")
    answer = opened.get(f"{path}calendar.ics?hour=8")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="reminders.ics"'
    assert answer["Cache-Control"] == "no-store, private"
    file = calendar_of(answer)
    (event,) = file.walk("VEVENT")
    assert event["SUMMARY"] == "Time for me"
    begins = event["DTSTART"].dt
    assert (begins.hour, str(begins.tzinfo)) == (8, "America/Chicago")
    (until,) = event["RRULE"]["UNTIL"]
    last = until.astimezone(ZoneInfo("America/Chicago"))
    assert (last.date(), last.hour) == (issued.plan.review_on, 8)
    assert event["RRULE"]["FREQ"] == ["DAILY"]
    assert [zone["TZID"] for zone in file.walk("VTIMEZONE")] == ["America/Chicago"]
    whole = answer.content.decode()
    for private in (
        issued.token,
        "/p/",
        "http",
        issued.clinic.name,
        issued.plan.title,
        issued.patient.name,
        "xercise",
    ):
        assert private not in whole


def without_an_end(issued):
    """Freeze the plan as if it had no review date; its only exercise has no last day either."""
    review = f'"{issued.plan.review_on.isoformat()}"'
    (row,) = FrozenContent.objects.all()
    assert row.json.count(review) == 1
    FrozenContent.objects.update(json=row.json.replace(review, "null"))


def test_reminders_of_a_plan_without_an_end_have_a_next_one(opened, path, issued):
    on_by_clinic(issued)
    without_an_end(issued)
    page = text(opened.get(path))
    assert "if you have told us nothing by then" in page
    assert "your plan is over by then" not in page


@pytest.mark.parametrize(("link_days", "file_days"), [(400, 90), (30, 30)])
def test_the_file_of_a_plan_without_an_end_goes_90_days_ahead_or_to_the_links_end(
    opened, path, issued, link_days, file_days
):
    without_an_end(issued)
    today = issued.clinic.today()
    DownloadLink.objects.update(expires_on=today + timedelta(days=link_days))
    (event,) = calendar_of(opened.get(f"{path}calendar.ics?hour=8")).walk("VEVENT")
    (until,) = event["RRULE"]["UNTIL"]
    assert until.astimezone(issued.clinic.zone).date() == today + timedelta(days=file_days)


def test_a_plan_that_is_over_offers_no_file(opened, path, issued):
    assert "calendar.ics" in text(opened.get(path))
    (row,) = FrozenContent.objects.all()
    past = (issued.clinic.today() - timedelta(days=1)).isoformat()
    json = row.json.replace(issued.plan.review_on.isoformat(), past)
    FrozenContent.objects.update(json=json.replace(issued.clinic.today().isoformat(), past))
    assert "calendar.ics" not in text(opened.get(path))
    assert opened.get(f"{path}calendar.ics?hour=8").status_code == 303


def test_taken_again_it_moves_the_hour_and_makes_no_second_row(opened, path):
    files = [calendar_of(opened.get(f"{path}calendar.ics?hour={hour}")) for hour in (8, 9)]
    assert len({file.walk("VEVENT")[0]["UID"] for file in files}) == 1


def test_it_goes_by_the_time_zone_of_the_reminders(opened, path, issued):
    row = on_by_clinic(issued)
    ReminderSchedule.objects.filter(pk=row.pk).update(time_zone="Asia/Tokyo")
    (event,) = calendar_of(opened.get(f"{path}calendar.ics?hour=8")).walk("VEVENT")
    assert str(event["DTSTART"].dt.tzinfo) == "Asia/Tokyo"


@pytest.mark.parametrize("hour", ["", "24", "-1", "8;9", "x" * 5000])
def test_an_hour_that_is_none_gives_no_file(opened, path, issued, hour):
    answer = opened.get(f"{path}calendar.ics", {"hour": hour})
    assert (answer.status_code, answer["Location"]) == (303, issued.path)


def test_an_address_of_a_mail_that_leads_nowhere_says_how_to_reach_help(client, db, settings):
    settings.PORTAL_HELP = "Ask at the desk"

    for way in ("stop", "confirm"):
        answer = client.get(f"/p/{'A' * 43}/reminders/{way}/")
        assert answer.status_code == 404
        assert "Ask at the desk" in text(answer)
