"""Keys and tokens: scopes, expiry, rotation without a gap, last use."""

from base64 import b64encode
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from plans.actions import systems
from plans.actions.systems import RoleNotForSystems, SystemEnded, TooManyKeys
from plans.models import AuditEvent, Role, SystemKey
from plans.permissions import NotAllowed
from tests import factories
from tests.api.conftest import Caller, ask_token


def caller_of(made, scope=""):
    return Caller(ask_token(made, scope).json()["access_token"])


def test_a_token_has_the_scopes_of_its_key_and_not_more(clinic, make_system):
    _, made = make_system(clinic, scopes=["plans:read", "patients:read"])
    answer = ask_token(made)
    assert answer.status_code == 200
    assert set(answer.json()["scope"].split()) == {"plans:read", "patients:read"}
    assert answer.json()["expires_in"] == 3600
    assert "refresh_token" not in answer.json()
    assert ask_token(made, "plans:read").json()["scope"] == "plans:read"
    refused = ask_token(made, "plans:read audit:read")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


def test_a_token_asked_with_less_is_held_to_it(clinic, make_system):
    _, made = make_system(clinic)
    caller = caller_of(made, "plans:read")
    assert caller.get("plans/").status_code == 200
    refused = caller.get("patients/")
    assert refused.status_code == 403
    assert refused.json()["code"] == "scope_missing"
    assert 'error="insufficient_scope", scope="patients:read"' in refused["WWW-Authenticate"]


@pytest.mark.parametrize("secret", ["", "wrong", "\x00", "é"])
def test_a_wrong_secret_gets_no_token(clinic, make_system, secret):
    _, made = make_system(clinic)
    basic = b64encode(f"{made.key.client_id}:{secret}".encode()).decode()
    answer = Client().post(
        "/api/v1/oauth/token/",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "grant",
    ["password", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
)
def test_other_grants_are_not_offered(clinic, make_system, grant):
    _, made = make_system(clinic)
    basic = b64encode(f"{made.key.client_id}:{made.secret}".encode()).decode()
    answer = Client().post(
        "/api/v1/oauth/token/",
        {"grant_type": grant, "username": "x", "password": "y", "device_code": "z"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer.status_code == 400
    assert answer.json()["error"] == "unsupported_grant_type"


def test_neither_secret_nor_token_stands_in_the_database(clinic, make_system):
    _, made = make_system(clinic)
    token = ask_token(made).json()["access_token"]
    row = get_access_token_model().objects.get()
    assert row.token == ""
    assert token not in str(vars(row))
    assert made.secret not in str(vars(SystemKey.objects.get()))


def test_a_token_in_the_address_is_not_looked_at(clinic, make_system):
    _, made = make_system(clinic)
    token = ask_token(made).json()["access_token"]
    assert Client().get(f"/api/v1/plans/?access_token={token}").status_code == 401


@pytest.mark.parametrize("given", ["", "x", "x" * 5000, "é", "a b"])
def test_an_unknown_token_is_told_so(db, broker, given):
    answer = Client().get("/api/v1/plans/", headers={"Authorization": f"Bearer {given}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid_token"


def test_an_expired_key_gets_no_token_and_its_tokens_end(clinic, make_system):
    _, made = make_system(clinic)
    caller = caller_of(made)
    SystemKey.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert ask_token(made).status_code == 401
    assert caller.get("plans/").status_code == 401


def test_an_expired_token_ends(clinic, make_system):
    _, made = make_system(clinic)
    caller = caller_of(made)
    get_access_token_model().objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert caller.get("plans/").status_code == 401


def test_a_key_is_changed_without_a_gap(clinic, make_system):
    system, old = make_system(clinic)
    first = caller_of(old)
    new = systems.add_key(system=system, scopes=["plans:read"], by=None)
    second = caller_of(new)
    assert [first.get("plans/").status_code, second.get("plans/").status_code] == [200, 200]
    with pytest.raises(TooManyKeys):
        systems.add_key(system=system, scopes=["plans:read"], by=None)
    systems.revoke_key(key=old.key, by=None)
    assert [first.get("plans/").status_code, second.get("plans/").status_code] == [401, 200]
    assert ask_token(old).status_code == 401


def test_an_ended_system_is_out_with_all_its_keys(clinic, make_system):
    system, made = make_system(clinic)
    caller = caller_of(made)
    systems.end_system(system=system, by=None)
    assert caller.get("plans/").status_code == 401
    assert ask_token(made).status_code == 401
    with pytest.raises(SystemEnded):
        systems.add_key(system=system, scopes=[], by=None)


def test_a_revoked_token_ends(clinic, make_system):
    _, made = make_system(clinic)
    token = ask_token(made).json()["access_token"]
    body = {"token": token, "client_id": made.key.client_id, "client_secret": made.secret}
    assert Client().post("/api/v1/oauth/revoke/", body).status_code == 200
    assert Caller(token).get("plans/").status_code == 401


def test_last_use_is_noted_to_the_minute(clinic, make_system):
    _, made = make_system(clinic)
    caller = caller_of(made)
    assert SystemKey.objects.get().last_used_at is None
    caller.get("plans/")
    noted = SystemKey.objects.get().last_used_at
    assert timezone.now() - noted < timedelta(minutes=1)
    caller.get("plans/")
    assert SystemKey.objects.get().last_used_at == noted
    SystemKey.objects.update(last_used_at=noted - timedelta(hours=1))
    caller.get("plans/")
    assert SystemKey.objects.get().last_used_at >= noted


def test_the_system_acts_under_its_own_name(api, clinic, therapist):
    body = {"name": "A", "birth_date": "1960-01-01", "therapist": str(therapist.pk)}
    made = api.post("patients/", body)
    assert made.status_code == 201
    event = AuditEvent.objects.get(verb="patient.made")
    assert (event.created_by, str(event.created_by)) == (api.system.user, api.system.name)


def test_only_a_lead_makes_systems_and_only_for_its_clinic(clinic, therapist):
    lead, stranger = factories.lead(clinic), factories.lead(factories.clinic())
    assert systems.make_system(clinic=clinic, name="A", by=lead).clinic == clinic
    for person in (therapist, stranger):
        with pytest.raises(NotAllowed):
            systems.make_system(clinic=clinic, name="B", by=person)
    with pytest.raises(RoleNotForSystems):
        systems.make_system(clinic=clinic, name="C", role=Role.REVIEWER, by=lead)


def test_a_lead_makes_a_system_and_a_key_over_the_api(clinic, person):
    caller = person(factories.lead(clinic))
    system = caller.post("systems/", {"clinic": str(clinic.pk), "name": "Practice"})
    assert system.status_code == 201, system.content
    made = caller.post("keys/", {"system": system.json()["id"], "scopes": ["plans:read"]})
    assert made.status_code == 201
    basic = b64encode(f"{made.json()['client_id']}:{made.json()['client_secret']}".encode()).decode()
    answer = Client().post(
        "/api/v1/oauth/token/",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert Caller(answer.json()["access_token"]).get("plans/").status_code == 200
    again = caller.get(f"keys/{made.json()['id']}/")
    assert "client_secret" not in again.json()


def test_no_key_makes_keys(api, clinic):
    answer = api.post("systems/", {"clinic": str(clinic.pk), "name": "Another"})
    assert (answer.status_code, answer.json()["code"]) == (403, "people_only")


def test_a_session_needs_the_csrf_token(therapist, broker):
    client = Client(enforce_csrf_checks=True)
    client.force_login(therapist, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/api/v1/findings/", "{}", content_type="application/json")
    assert answer.status_code == 403
    assert client.get("/api/v1/plans/").status_code == 200
