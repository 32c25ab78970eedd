"""The desk shows the devices that open a link without the birth date, and ends one or all."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from plans.actions.devices import remember_device
from plans.models import AuditEvent, Clinic, Device, DeviceEnd, DeviceKind, DownloadLink
from plans.queries.links import printed_code
from tests import factories
from tests.admin.forms import text_of


@pytest.fixture
def link(therapist):
    publication = factories.publication(therapist)
    return DownloadLink.objects.select_related("plan__patient__clinic").get(plan=publication.plan)


@pytest.fixture
def phone(link):
    return remember_device(link=link, kind=DeviceKind.PHONE)


@pytest.fixture
def page(link):
    return reverse("admin:plans_patient_change", args=[link.plan.patient_id])


def end(desk, at, **what):
    path = reverse("admin:plans_patient_end_devices", args=[at.plan.patient_id])
    return desk.post(path, what, follow=True)


def test_a_link_without_devices_speaks_of_none(desk, page, link):
    assert "remembered device" not in text_of(desk.get(page))


def test_it_tells_kind_since_when_last_seen_and_until_when(desk, page, phone):
    told = text_of(desk.get(page))

    assert "1 remembered device opens it without the birth date" in told
    for moment in ("phone", date_format(phone.created_at), date_format(phone.expires_on)):
        assert moment in told
    assert "End all" not in told


def test_one_is_ended_and_recorded(desk, page, link, phone, therapist):
    other = remember_device(link=link, kind=DeviceKind.TABLET)

    answer = end(desk, link, device=phone.pk)

    assert "It is ended: the birth date is asked there again." in text_of(answer)
    phone.refresh_from_db()
    assert (phone.ended_how, phone.ended_by) == (DeviceEnd.CLINIC, therapist)
    assert list(Device.objects.filter(ended_at=None)) == [other]
    assert AuditEvent.objects.filter(
        verb="device.ended", created_by=therapist, patient_id=link.plan.patient_id
    )
    assert "This device is not remembered any more." in text_of(end(desk, link, device=phone.pk))


def test_all_are_ended_at_once(desk, page, link, phone):
    remember_device(link=link, kind=DeviceKind.TABLET)
    assert "End all" in text_of(desk.get(page))

    end(desk, link, link=link.pk)

    assert not Device.objects.filter(ended_at=None).exists()
    assert "remembered device" not in text_of(desk.get(page))


@pytest.mark.parametrize("what", [{}, {"device": "x"}, {"link": "00000000-0000-4000-8000-000000000000"}])
def test_what_names_no_device_ends_none(desk, link, phone, what):
    assert "This device is not remembered any more." in text_of(end(desk, link, **what))
    assert Device.objects.filter(ended_at=None).count() == 1


def test_the_device_of_another_patient_is_not_ended_from_here(desk, link, therapist):
    other = factories.publication(
        therapist, of_plan=factories.plan(therapist, of=factories.patient(therapist))
    )
    foreign = remember_device(link=other.plan.links.get(), kind=DeviceKind.PHONE)

    end(desk, link, device=foreign.pk)

    assert Device.objects.get().ended_at is None


def test_a_patient_of_somebody_else_is_not_found(client, link, phone, clinic):
    client.force_login(factories.therapist(clinic))
    path = reverse("admin:plans_patient_end_devices", args=[link.plan.patient_id])

    assert client.post(path, {"device": phone.pk}).status_code == 404
    assert client.get(path).status_code == 405
    assert Device.objects.get().ended_at is None


def test_a_code_is_told_where_it_is_asked(desk, page, link):
    assert "the code on the sheet" not in text_of(desk.get(page))
    Clinic.objects.update(asks_code=True)
    DownloadLink.objects.update(has_code=True)
    asking = DownloadLink.objects.select_related("plan__patient__clinic").get()

    publication = reverse("admin:plans_publication_change", args=[link.plan.publications.get().pk])
    for address in (page, publication):
        told = text_of(desk.get(address))
        assert f"Beside the birth date it asks for the code on the sheet: {printed_code(asking)}" in told


def test_the_questions_do_not_grow_with_the_devices(desk, page, link, phone):
    def count():
        with CaptureQueriesContext(connection) as asked:
            desk.get(page)
        return len(asked)

    count()
    before = count()
    for _ in range(5):
        remember_device(link=link, kind=DeviceKind.PHONE)
    assert count() == before
