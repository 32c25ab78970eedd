"""Callers of the API: a system with a token, and people with sessions."""

import json
from base64 import b64encode

import pytest
from django.core.cache import cache
from django.test import Client

from plans.actions import systems
from plans.api.scopes import SCOPES
from plans.models import Role
from tests import factories


class Caller:
    """A client that speaks JSON under /api/v1/."""

    def __init__(self, token=""):
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def call(self, method, path, body=None, **headers):
        path = path if path.startswith("/") else f"/api/v1/{path}"
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(self.client, method)(path, headers={**self.headers, **names}, **content)

    def get(self, path, **headers):
        return self.call("get", path, **headers)

    def post(self, path, body=None, **headers):
        return self.call("post", path, {} if body is None else body, **headers)

    def patch(self, path, body, **headers):
        return self.call("patch", path, body, **headers)

    def put(self, path, body, **headers):
        return self.call("put", path, body, **headers)

    def delete(self, path, **headers):
        return self.call("delete", path, **headers)


@pytest.fixture(autouse=True)
def broker_and_fresh_counts(request):
    """Throttles count in the cache; each test begins at nothing."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        request.getfixturevalue("broker")
        cache.clear()


@pytest.fixture
def make_system(db):
    """A function that makes a system with a key: gives the system and the key with its secret."""

    def make(at, *, scopes=tuple(SCOPES), on_behalf_of=None, days=30):
        system = systems.make_system(
            clinic=at,
            name=f"System {next(factories.counter)}",
            role=Role.THERAPIST if on_behalf_of else Role.LEAD,
            on_behalf_of=on_behalf_of,
            by=None,
        )
        return system, systems.add_key(system=system, scopes=scopes, days=days, by=None)

    return make


def ask_token(made, scope=""):
    """Ask for a token as a client would."""
    basic = b64encode(f"{made.key.client_id}:{made.secret}".encode()).decode()
    body = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
    return Client().post("/api/v1/oauth/token/", body, headers={"Authorization": f"Basic {basic}"})


@pytest.fixture
def api(clinic, make_system):
    """A system of the clinic with all scopes."""
    system, made = make_system(clinic)
    caller = Caller(ask_token(made).json()["access_token"])
    caller.system, caller.made = system, made
    return caller


@pytest.fixture
def person():
    """A function that gives a signed-in person's caller."""

    def sign_in(user):
        caller = Caller()
        caller.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return caller

    return sign_in
