"""Devices that open a link without the birth date: who ends them, how many there are, and what is recorded."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans import tokens
from plans.actions import devices, links
from plans.actions.clinics import change_settings, make_clinic
from plans.actions.pausing import pause_plan, resume_plan
from plans.actions.plans import stop_plan
from plans.actions.restarting import restart_plan
from plans.models import AuditEvent, Clinic, Device, DeviceEnd, DeviceKind, DownloadLink
from plans.permissions import NotAllowed
from plans.queries.devices import SEEN_EVERY, device_of_link, last_day_of, open_devices
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(pat):
    publication = factories.publication(pat)
    return DownloadLink.objects.select_related("plan__patient__clinic").get(plan=publication.plan)


def remembered(link):
    link = DownloadLink.objects.select_related("plan__patient__clinic").get(pk=link.pk)
    return devices.remember_device(link=link, kind=DeviceKind.PHONE)


def opens(device):
    link = DownloadLink.objects.get(pk=device.link_id)
    return device_of_link(link.token_digest, device_id=device.pk) is not None


def audited(verb):
    return list(AuditEvent.objects.filter(verb=verb).order_by("created_at"))


def set_days(clinic, days, by):
    change_settings(clinic=clinic, device_days=days, by=by)


def age(device, days):
    Device.objects.filter(pk=device.pk).update(created_at=timezone.now() - timedelta(days=days))


def test_a_remembered_device_is_recorded_and_opens_the_link(link):
    device = remembered(link)

    assert opens(device)
    assert device.expires_on == min(link.expires_on, link.plan.patient.clinic.today() + timedelta(days=90))
    (event,) = audited("device.remembered")
    assert (event.created_by, event.patient_id, event.detail) == (
        None,
        link.plan.patient_id,
        {"kind": "phone"},
    )


def test_it_never_lasts_longer_than_the_link(link, clinic):
    last = clinic.today() + timedelta(days=3)
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=last)
    device = remembered(link)
    assert device.expires_on == last

    sooner = clinic.today() + timedelta(days=1)
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=sooner)
    assert last_day_of(Device.objects.get(pk=device.pk)) == sooner
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=clinic.today() - timedelta(days=1))
    assert not opens(device)


@pytest.mark.parametrize(("offset", "is_open"), [(0, True), (-1, False)])
def test_it_opens_on_its_last_day_and_not_after(link, clinic, offset, is_open):
    device = remembered(link)
    last = clinic.today() + timedelta(days=offset)
    Device.objects.filter(pk=device.pk).update(expires_on=last)

    assert opens(device) is is_open
    assert list(open_devices([link], clinic=clinic)) == ([device] if is_open else [])


def test_where_the_clinic_has_it_off_none_is_remembered(link, clinic):
    Clinic.objects.filter(pk=clinic.pk).update(device_days=0)

    with pytest.raises(devices.DevicesNotRemembered):
        remembered(link)
    assert not Device.objects.exists()


@pytest.mark.parametrize("end", [stop_plan, pause_plan])
def test_to_a_plan_that_nobody_may_follow_none_is_remembered(link, pat, end):
    end(plan=link.plan, by=pat)

    with pytest.raises(devices.DevicesNotRemembered):
        remembered(link)


def test_a_lower_setting_ends_devices_sooner_and_a_higher_one_brings_none_back(link, clinic):
    lead = factories.lead(clinic)
    old, new = remembered(link), remembered(link)
    age(old, 20)
    set_days(clinic, 10, lead)

    assert not opens(old)
    assert opens(new)
    new.refresh_from_db()
    assert new.expires_on == clinic.today() + timedelta(days=10)
    set_days(clinic, 90, lead)
    assert not opens(old)
    assert Device.objects.get(pk=new.pk).expires_on == clinic.today() + timedelta(days=10)


def test_zero_ends_all_of_the_clinic_and_of_no_other(link, clinic):
    lead, elsewhere = factories.lead(clinic), factories.therapist(factories.clinic())
    device = remembered(link)
    foreign = remembered(factories.publication(elsewhere).plan.links.get())

    set_days(clinic, 0, lead)
    assert not opens(device)
    assert list(open_devices([link], clinic=Clinic.objects.get(pk=clinic.pk))) == []
    set_days(clinic, 90, lead)
    assert not opens(device)
    assert opens(foreign)


def test_who_runs_the_service_lowers_it_too(link, clinic):
    device = remembered(link)
    clinic.device_days = 0
    make_clinic(clinic=clinic, by=factories.person(is_superuser=True))
    Clinic.objects.update(device_days=90)

    assert not opens(device)


def test_the_setting_of_now_counts_even_where_nothing_was_shortened(link, clinic):
    device = remembered(link)
    age(device, 8)
    Clinic.objects.filter(pk=clinic.pk).update(device_days=7)

    assert not opens(device)
    assert list(open_devices([link], clinic=Clinic.objects.get(pk=clinic.pk))) == []


def test_a_clinic_ends_one_and_it_is_recorded_who(link, pat):
    device, other = remembered(link), remembered(link)
    devices.end_device(device=device, by=pat)

    assert not opens(device)
    assert opens(other)
    device.refresh_from_db()
    assert (device.ended_how, device.ended_by) == (DeviceEnd.CLINIC, pat)
    (event,) = audited("device.ended")
    assert (event.created_by, event.object_id) == (pat, str(device.pk))
    with pytest.raises(devices.DeviceEnded):
        devices.end_device(device=device, by=pat)
    assert len(audited("device.ended")) == 1


def test_a_clinic_ends_all_of_a_link(link, pat):
    made = [remembered(link) for _ in range(3)]
    devices.end_device(device=made[0], by=pat)

    assert devices.end_devices(link=link, by=pat) == 2
    assert not any(map(opens, made))
    assert len(audited("device.ended")) == 3


def test_who_does_not_care_for_the_patient_ends_none(link):
    device, colleague = remembered(link), factories.therapist(link.plan.patient.clinic)
    with pytest.raises(NotAllowed):
        devices.end_device(device=device, by=colleague)
    with pytest.raises(NotAllowed):
        devices.end_devices(link=link, by=colleague)
    assert opens(device)


@pytest.mark.parametrize(("not_me", "why"), [(False, "asked"), (True, "not_me")])
def test_a_patient_forgets_ones_own_once(link, not_me, why):
    device = remembered(link)
    for _ in range(2):
        devices.forget_device(device=device, not_me=not_me)

    assert not opens(device)
    device.refresh_from_db()
    assert (device.ended_how, device.ended_by) == (DeviceEnd.PATIENT, None)
    assert [event.detail for event in audited("device.forgotten")] == [{"why": why}]


def test_a_link_has_so_many_and_the_one_not_seen_longest_goes(link):
    first = remembered(link)
    made = [remembered(link) for _ in range(devices.MAX_PER_LINK)]

    assert not opens(first)
    assert all(map(opens, made))
    assert [event.detail for event in audited("device.forgotten")] == [{"why": "one_too_many"}]


@pytest.mark.parametrize(("ago", "writes"), [(SEEN_EVERY - timedelta(minutes=1), 0), (SEEN_EVERY, 1)])
def test_when_it_was_seen_is_written_once_an_hour(link, ago, writes, django_assert_num_queries):
    device = remembered(link)
    Device.objects.filter(pk=device.pk).update(last_seen_at=timezone.now() - ago)
    device.refresh_from_db()
    before = device.last_seen_at

    with django_assert_num_queries(writes):
        devices.see_device(device=device)
    device.refresh_from_db()
    assert (device.last_seen_at > before) is bool(writes)


def test_a_renewed_link_has_none_of_the_devices(link, pat):
    device = remembered(link)
    new = links.renew_link(plan=link.plan, by=pat)

    assert not opens(device)
    assert device_of_link(new.token_digest, device_id=device.pk) is None


# --- What ends the plan or the link ends them ---


def rows(device):
    device.refresh_from_db()
    return device.ended_at is not None, device.ended_how, device.ended_by


def test_a_stop_ends_the_devices_and_a_plan_that_goes_on_brings_none_back(link, pat):
    device, gone = remembered(link), remembered(link)
    devices.forget_device(device=gone)

    stop_plan(plan=link.plan, by=pat)

    assert rows(device) == (True, DeviceEnd.STOP, pat)
    assert rows(gone)[1] == DeviceEnd.PATIENT
    (event,) = audited("device.ended")
    assert (event.created_by, event.object_id, event.detail) == (pat, str(device.pk), {"how": "stop"})
    restart_plan(plan=link.plan, by=pat)
    assert not opens(device)


@pytest.mark.parametrize("end", [links.revoke_link, links.renew_link])
def test_a_revoked_link_ends_its_devices(link, pat, end):
    device = remembered(link)

    end(plan=link.plan, by=pat)

    assert rows(device) == (True, DeviceEnd.LINK, pat)
    assert [event.detail for event in audited("device.ended")] == [{"how": "link"}]


def test_a_link_that_wrong_dates_closed_ends_its_devices(link, monkeypatch):
    device = remembered(link)
    monkeypatch.setattr(links, "MAX_WRONG", 1)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)

    with pytest.raises(links.LinkRefused):
        links.open_link(token=token, birth_date=date(1900, 1, 1), address="192.0.2.1")

    assert rows(device) == (True, DeviceEnd.LINK, None)


def test_a_link_that_goes_on_after_its_end_brings_no_device_back(link, pat, clinic):
    device = remembered(link)
    DownloadLink.objects.filter(pk=link.pk).update(expires_on=clinic.today() - timedelta(days=1))
    assert not opens(device)

    assert links.ensure_link(plan=link.plan, by=pat).expires_on > clinic.today()

    assert not opens(device)
    assert rows(device) == (True, DeviceEnd.LINK, None)


def test_a_pause_keeps_the_row_for_when_the_plan_goes_on(link, pat):
    device = remembered(link)

    pause_plan(plan=link.plan, by=pat)
    assert rows(device) == (False, "", None)

    resume_plan(plan=link.plan, by=pat)
    assert opens(device)
