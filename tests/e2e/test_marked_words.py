"""A patient's whole way with marked words, at real servers, and then a search of all places for them."""

import logging
import re
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
import redis
from celery import current_app
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from clinic.serve import QUEUES
from plans.actions.mails import asking
from plans.enqueue import DUE_REMINDERS, WEBHOOKS
from plans.models import FollowUp, Mail, Reminder, ReminderSchedule, Rendering, RenderingState
from plans.queries.links import address_of_link
from tests import factories
from tests.e2e import marked
from tests.logs import issue_again, keys_of
from tests.servers import poll, start_web, start_worker
from tests.smtp import FakeMailServer

# One after the other: the list of processes is the machine's, and what is planted in it would be found by both.
pytestmark = [
    pytest.mark.xdist_group("marked"),
    pytest.mark.edge,  # what is logged, sent and named is made before any row
    pytest.mark.spared,
]

KEPT_IN = {
    # Who the patient is, and what they told, in columns of their own.
    "plans_patient.name", "plans_patient.search_text", "plans_patient.birth_date", "plans_patient.record_number",
    "plans_patient.email",
    "plans_logentry.words", "plans_dayentry.words", "plans_logchange.values",
    "plans_intention.goal", "plans_intention.when_and_where",
    "plans_mailconsent.address", "plans_reminderschedule.typed_address",
    # What a mail server answered, which may name the address.
    "plans_mail.answer", "plans_mailconsent.failing_answer",
    # What was issued to the patient, word for word.
    "plans_frozencontent.json",
}  # fmt: skip


@pytest.fixture
def letters(monkeypatch):
    server = FakeMailServer()
    told = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(server.port), "EMAIL_USE_TLS": "no"}
    for name, value in (told | {"DEFAULT_FROM_EMAIL": "plans@clinic.example"}).items():
        monkeypatch.setenv(name, value)
    yield server
    server.stop()


@pytest.fixture
def by(transactional_db, broker):
    clinic = factories.clinic(name="Hill Street Clinic", phone="555 0177", emergency_number="911")
    return factories.therapist(clinic)


def issue(by):
    of = factories.patient(
        by, name=marked.NAME, birth_date=marked.BIRTH_DATE, record_number=marked.RECORD_NUMBER
    )
    return factories.publication(by, of_plan=factories.plan(by, of=of))


def test_marked_words_stay_in_their_columns_and_on_the_patients_pages(by, letters):
    places, folder = marked.Places(), Path(django_settings.DATA_DIR)
    before = marked.files_in(folder)
    with marked.watching(places):
        worker = start_worker("marked", "--queues", f"{QUEUES},{WEBHOOKS}")
        web, port = start_web()
        try:
            go(by, letters, marked.Browser(port, places, "patient"), marked.Browser(port, places, "desk"))
        finally:
            web.stop()
            worker.stop()
    for letter in letters.letters:
        # The address to which it goes is all that a letter knows of its reader.
        places.note("letters", re.sub(r"(?m)^To: .*$", "", letter))
    marked.note_files(places, folder, before=before)

    assert places.with_marks() == set()
    assert marked.columns_with_marks() == KEPT_IN
    # What was looked through is what there is.
    assert_seen(places, broker="plans.send_mail", files="request_finished", processes="gunicorn")


def test_what_is_planted_is_found(transactional_db, broker, tmp_path):
    places = marked.Places()
    message = b64encode(f'[["{marked.NAME}"], {{}}, {{"callbacks": null}}]'.encode()).decode()
    (tmp_path / f"{marked.RECORD_NUMBER}.txt").write_text(marked.BIRTH_DATE.isoformat())
    with marked.watching(places):
        with redis.Redis.from_url(django_settings.CACHES["default"]["LOCATION"]) as client:
            client.lpush("a queue", message)
            client.delete("a queue")
        logging.getLogger("plans").warning("told: %s", marked.DAY_WORDS)
        subprocess.run([sys.executable, "-c", "import time; time.sleep(1)", marked.GOAL], check=True)
    marked.note_files(places, tmp_path)

    found = {(place, mark) for place, mark, _text in places.with_marks()}
    assert found == {
        ("broker", "quibblewick"),
        ("broker", "zanzimarr"),
        ("logs of this process", marked.DAY_WORDS.casefold()),
        ("processes", marked.GOAL.casefold()),
        ("file names", marked.RECORD_NUMBER.casefold()),
        ("files", marked.BIRTH_DATE.isoformat()),
    }


def assert_seen(places, **words):
    for place, word in words.items():
        assert any(word in text for text in places.seen[place]), (place, word)


def go(by, letters, patient, desk):
    sign_in(desk, by)
    publication = issue(by)
    files = Rendering.objects.filter(content=publication.content)
    poll(lambda: not files.exclude(state=RenderingState.READY).exists(), what="the files")
    mail_the_link(by, letters, publication)
    path = open_it(patient, publication)
    remind(patient, path, letters)
    tell(patient, path, publication)
    follow_up(desk, publication)
    issue_again(publication, by)
    for rest in ("", "exercise/1/", "log/", "progress/", "reminders/", "warnings/"):
        assert patient.get(path + rest)[0] == 200


def sign_in(desk, by):
    client = Client()
    client.force_login(by)
    session = client.cookies["session"].value
    desk.headers["Cookie"] = f"session={session}; csrf={'a' * 32}"
    desk.headers["X-CSRFToken"] = "a" * 32


def mail_the_link(by, letters, publication):
    """First the address is refused, in words that hold it."""
    letters.answers["RCPT"] = f"550 5.1.1 <{marked.ADDRESS}>: no such user"
    for state in ("failed", "sent"):
        mail = asking.mail_link(publication=publication, address=marked.ADDRESS, consented=True, by=by)
        poll(lambda mail=mail, state=state: Mail.objects.filter(pk=mail.pk, state=state), what="the mail")
        letters.answers.clear()


def open_it(patient, publication):
    path = re.sub(r"^https?://[^/]+", "", address_of_link(publication.plan.links.get(revoked_at=None)))
    day = {"day": "29", "month": "3", "year": "1947"}
    for typed in (
        {"date": "Ploddlewharf"},
        {**day, "year": "1948"},
        {"date": "29 March 1947", "remember": "yes"},
    ):
        status, page = patient.post(path, typed)
    assert status == 200
    assert publication.plan.title.encode() in page
    file = re.search(rf'href="({re.escape(path)}1/[^"]+\.pdf)"', page.decode())[1]
    assert patient.get(file)[1].startswith(b"%PDF")
    return path


def remind(patient, path, letters):
    """At an address that is typed on the page, confirmed by its mail; one that begins another line is refused."""
    given = {"action": "on", "to": "typed", "hour": "18", "time_zone": ""}
    patient.post(f"{path}reminders/", given | {"address": "snizzlefrump@marked.example\nBcc: x@y.example"})
    patient.post(f"{path}reminders/", given | {"address": marked.TYPED_ADDRESS})
    poll(lambda: Reminder.objects.filter(kind="confirm", state="sent"), what="the question")
    confirm = re.search(r"/p/[\w-]+/reminders/confirm/", letters.letters[-1].replace("=\n", ""))[0]
    patient.post(confirm, {})
    patient.get(f"{path}reminders/calendar.ics")
    ReminderSchedule.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    current_app.send_task(DUE_REMINDERS, queue="default")
    poll(lambda: Reminder.objects.filter(kind="reminder", state="sent"), what="the reminder")


def tell(patient, path, publication):
    item = {"item": str(keys_of(publication)[0]), "whole": "", "session": "1", "outcome": "all"}
    day, today = {"about": "day", "pain": "9"}, publication.plan.patient.clinic.today().isoformat()
    for refused in (
        {**item, "words": "Grumblethwack" * 400},
        {**item, "pain_after": "11Snorklebury"},
        {**item, "item": "Twizzlepond"},
    ):
        assert patient.post(f"{path}log/", refused)[0] == 400
    for told in (
        {**item, "feel": "hurt", "words": marked.EXERCISE_WORDS},
        {**day, "words": marked.DAY_WORDS},
    ):
        assert patient.post(f"{path}log/", told)[0] == 200
    waited = {"id": str(uuid4()), "day": today, "item": item["item"], "session": 2, "outcome": "all"}
    patient.post(f"{path}log/", [{**waited, "words": marked.EXERCISE_WORDS}, {**waited, "id": "Twizzlepond"}])
    patient.post(f"{path}progress/", {"goal": marked.GOAL, "when_and_where": marked.WHEN})


def follow_up(desk, publication):
    """The therapist finds the patient, reads, and begins the next version."""
    row = FollowUp.objects.get(kind="pain")
    home, patients = "/admin/", "/admin/plans/patient/"
    for page in (
        home,
        f"{patients}?q={quote(marked.NAME)}",
        f"{patients}{publication.plan.patient_id}/change/",
        "/admin/plans/followup/",
    ):
        status, shown = desk.get(page)
        assert status == 200
        assert marked.NAME.encode() in shown
    for way in ("seen", "draft"):
        assert desk.post(f"/admin/plans/followup/{row.pk}/{way}/", {})[0] == 200
