"""A pause, a stop, a revoked or ended link: reminders, devices and waiting mails end at once, all three."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from plans import tokens
from plans.actions import devices, links
from plans.actions.mails import sending as mails
from plans.actions.pausing import pause_plan
from plans.actions.plans import stop_plan
from plans.actions.reminders import due
from plans.actions.reminders import sending as reminders
from plans.models import Device, DeviceKind, DownloadLink, Mail, MailState, Reminder, ReminderSchedule
from plans.queries.devices import device_of_link, open_devices
from plans.queries.pauses import open_pause
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture
def followed(pat):
    """A plan with all three: a mail and a reminder that wait, and a device."""
    publication = factories.publication(pat)
    plan = publication.plan
    mail = factories.mail(pat, of=publication)
    schedule = factories.reminders(pat, of_plan=plan)
    clinic = plan.patient.clinic
    Reminder.objects.create(clinic=clinic, schedule=schedule, day=clinic.today(), due_at=timezone.now())
    link = DownloadLink.objects.select_related("plan__patient__clinic").get(pk=mail.link_id)
    device = devices.remember_device(link=link, kind=DeviceKind.PHONE)
    assert device_of_link(link.token_digest, device_id=device.pk)
    return SimpleNamespace(plan=plan, link=link, device=device, by=pat, clinic=clinic)


def end_by_wrong_dates(*, plan, by):
    link = plan.links.get(revoked_at=None)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    with pytest.raises(links.LinkRefused):
        links.open_link(token=token, birth_date=date(1900, 1, 1), address="192.0.2.1")


def states():
    return Mail.objects.get().state, Reminder.objects.get().state


def due_now():
    """Whatever a scheduler finds when the next hour has come."""
    ReminderSchedule.objects.filter(ended_at=None).update(next_at=timezone.now() - timedelta(minutes=1))
    due.make_due()
    return Reminder.objects.filter(state=MailState.QUEUED)


ENDS = [stop_plan, links.revoke_link, links.renew_link, end_by_wrong_dates]


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_the_plan_or_the_link_ends_all_three_at_once(followed, end, monkeypatch):
    monkeypatch.setattr(links, "MAX_WRONG", 1)

    end(plan=followed.plan, by=followed.by)

    assert states() == (MailState.CANCELLED, MailState.CANCELLED)
    assert not ReminderSchedule.objects.filter(ended_at=None).exists()
    assert not Device.objects.filter(ended_at=None).exists()
    assert device_of_link(followed.link.token_digest, device_id=followed.device.pk) is None
    assert not due_now().exists()


def test_a_pause_holds_all_three_at_once(followed):
    pause_plan(plan=followed.plan, by=followed.by)

    assert states() == (MailState.CANCELLED, MailState.CANCELLED)
    assert not due_now().exists()
    # Of what the device opens its pages tell: during the pause, that it is one and nothing else.
    device = device_of_link(followed.link.token_digest, device_id=followed.device.pk)
    assert open_pause(device.link.plan)
    with pytest.raises(devices.DevicesNotRemembered):
        devices.remember_device(link=device.link, kind=DeviceKind.PHONE)


def test_a_link_whose_last_day_is_over_lets_none_of_the_three_go_on(followed):
    yesterday = followed.clinic.today() - timedelta(days=1)
    DownloadLink.objects.filter(pk=followed.link.pk).update(expires_on=yesterday)

    mail = Mail.objects.select_related("publication__plan__patient__clinic", "link", "consent").get()
    reminder = Reminder.objects.select_related("schedule__plan__patient__clinic", "schedule__link").get()
    assert (mails.why_not(mail), reminders.why_not(reminder)) == ("link_ended", "link_ended")
    assert device_of_link(followed.link.token_digest, device_id=followed.device.pk) is None
    followed.link.refresh_from_db()
    assert not open_devices([followed.link], clinic=followed.clinic).exists()
    due_now()
    assert ReminderSchedule.objects.get().ended_why == "link_ended"
    assert Reminder.objects.get().state == MailState.CANCELLED
