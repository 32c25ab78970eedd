"""Systems with their keys: kept by leads, secrets shown once."""

import re

import pytest
from django.urls import reverse

from plans.models import ClinicSystem, SystemKey, User
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, text_of

ADD_SYSTEM = reverse("admin:plans_clinicsystem_add")
ADD_WEBHOOK = reverse("admin:plans_webhookendpoint_add")


@pytest.fixture
def system(lead_client, clinic):
    lead_client.post(ADD_SYSTEM, {"clinic": str(clinic.pk), "name": "Ward software", "role": "lead"})
    return ClinicSystem.objects.get()


def page_of(row, way="change", *further):
    return reverse(f"admin:plans_{row._meta.model_name}_{way}", args=[row.pk, *further])


def test_a_key_shows_its_secret_once(lead_client, system):
    answer = lead_client.post(page_of(system, "key"), {"scopes": ["library:read"], "days": "30"})
    key = SystemKey.objects.get()
    assert key.scopes == ["library:read"]
    secret = re.search(r'id="client-secret"[^>]*value="([^"]+)"', answer.content.decode())[1]
    assert len(secret) > 40
    assert secret not in lead_client.get(page_of(system)).content.decode()
    assert key.client_secret != secret


@pytest.mark.parametrize(
    "fields", [{"scopes": []}, {"scopes": ["everything"]}, {"days": "0"}, {"days": "9999"}]
)
def test_a_key_that_cannot_be(lead_client, system, fields):
    answer = lead_client.post(page_of(system, "key"), {"scopes": ["library:read"], "days": "30", **fields})
    assert errors_of(answer)
    assert not SystemKey.objects.exists()


def test_a_key_is_revoked_and_a_system_ended(lead_client, system):
    lead_client.post(page_of(system, "key"), {"scopes": ["library:read"], "days": "30"})
    key = SystemKey.objects.get()
    lead_client.post(page_of(system, "revoke", key.pk))
    key.refresh_from_db()
    assert key.revoked_at is not None
    lead_client.post(page_of(system, "end"))
    system.refresh_from_db()
    assert system.ended_at is not None
    refused = lead_client.post(page_of(system, "key"), {"scopes": ["library:read"], "days": "30"})
    assert "This system was ended." in text_of(refused)


def test_a_name_is_used_once_in_a_clinic(lead_client, clinic, system):
    answer = lead_client.post(ADD_SYSTEM, {"clinic": str(clinic.pk), "name": "Ward software", "role": "lead"})
    assert "This clinic has a system of that name already." in text_of(answer)


def test_a_systems_user_is_no_person_of_the_service(system):
    root = signed_in(User.objects.create_superuser("root", password="a long pass phrase"))
    assert root.get(reverse("admin:plans_user_change", args=[system.user_id])).status_code == 302
