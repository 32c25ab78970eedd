"""How many calls a key may make, and what it is told of it."""

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as Away

from plans import counters
from plans.actions.systems import MadeKey
from plans.api import throttling
from plans.api.views import tokens
from tests import factories
from tests.api.conftest import Caller, ask_token


@pytest.fixture
def counted_at(monkeypatch):
    """A function that sets the second of the minute at which calls are counted."""
    monkeypatch.setattr(counters, "EPOCH", 0.0)

    def set_second(second):
        now = datetime(2026, 3, 2, 10, 15, tzinfo=UTC) + timedelta(seconds=second)
        monkeypatch.setattr(counters, "timezone", SimpleNamespace(now=lambda: now))

    set_second(50)
    return set_second


@pytest.fixture
def three_a_minute(settings, counted_at):
    settings.API_CALLS_PER_MINUTE = 3


def test_a_key_is_told_what_is_left_and_then_to_wait(api, three_a_minute):
    left = [api.get("plans/")["RateLimit"] for _ in range(3)]
    assert left == [f'"calls";r={r};t=10' for r in (2, 1, 0)]
    refused = api.get("plans/")
    assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
    assert refused["Retry-After"] == "10"
    assert refused["RateLimit-Policy"] == '"calls";q=3;w=60'


def test_the_next_window_begins_at_nothing(api, three_a_minute, counted_at):
    for _ in range(4):
        api.get("plans/")
    counted_at(60)
    assert api.get("plans/").status_code == 200


def test_each_key_and_each_person_has_a_count_of_its_own(api, clinic, make_system, person, three_a_minute):
    for _ in range(4):
        api.get("plans/")
    _, made = make_system(clinic)
    assert Caller(ask_token(made).json()["access_token"]).get("plans/").status_code == 200
    assert person(factories.therapist(clinic)).get("plans/").status_code == 200


def test_asking_for_tokens_is_counted_by_address(clinic, make_system, monkeypatch, counted_at):
    _, made = make_system(clinic)
    monkeypatch.setattr(throttling, "TOKENS_PER_MINUTE", 2)
    answers = [ask_token(made) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Content-Type"] == "application/problem+json"


def test_a_household_of_the_sixth_version_is_one_address(client, db, monkeypatch, counted_at):
    monkeypatch.setattr(throttling, "TOKENS_PER_MINUTE", 2)
    answers = [
        client.post("/api/v1/oauth/token/", {}, REMOTE_ADDR=f"2001:db8:9:9::{number}").status_code
        for number in range(3)
    ]
    assert answers == [400, 400, 429]


def test_wrong_secrets_are_counted_by_key_and_address(clinic, make_system, monkeypatch, broker):
    monkeypatch.setattr(tokens, "MAX_WRONG_SECRETS", 3)
    _, made = make_system(clinic)
    wrong = MadeKey(made.key, "wrong")
    assert [ask_token(wrong).status_code for _ in range(4)] == [401, 401, 401, 429]
    refused = ask_token(made)
    assert (refused.status_code, refused["Content-Type"]) == (429, "application/problem+json")
    assert int(refused["Retry-After"]) > 0
    _, other = make_system(clinic)
    assert ask_token(other).status_code == 200


def test_the_right_secret_begins_the_count_anew(clinic, make_system, monkeypatch, broker):
    monkeypatch.setattr(tokens, "MAX_WRONG_SECRETS", 3)
    _, made = make_system(clinic)
    for _ in range(3):
        ask_token(MadeKey(made.key, "wrong"))
        assert ask_token(made).status_code == 200


def ask_basic(client_id, secret, /, **form):
    basic = b64encode(f"{client_id}:{secret}".encode()).decode()
    form = {"grant_type": "client_credentials", **form}
    return Client().post("/api/v1/oauth/token/", form, headers={"Authorization": f"Basic {basic}"})


@pytest.mark.parametrize(
    "other",
    [{"grant_type": "foo"}, {"scope": "no-such-scope"}, {"client_id": "another", "client_secret": "x"}],
)
def test_only_a_right_secret_begins_the_count_anew(clinic, make_system, monkeypatch, broker, other):
    monkeypatch.setattr(tokens, "MAX_WRONG_SECRETS", 3)
    _, made = make_system(clinic)
    key = made.key.client_id
    assert [ask_basic(key, "wrong").status_code for _ in range(2)] == [401, 401]
    assert ask_basic(key, made.secret, **other).status_code == 400
    assert [ask_basic(key, "wrong").status_code for _ in range(2)] == [401, 429]


def test_calls_that_try_no_secret_do_not_lock_a_key(clinic, make_system, monkeypatch, broker):
    monkeypatch.setattr(tokens, "MAX_WRONG_SECRETS", 3)
    _, made = make_system(clinic)
    for _ in range(5):
        assert ask_basic(made.key.client_id, made.secret, grant_type="foo").status_code == 400
    assert ask_token(made).status_code == 200


@pytest.mark.parametrize("scheme", ["Basic", "basic"])
def test_no_second_key_is_tried_behind_the_name_of_another(clinic, make_system, broker, scheme):
    _, made = make_system(clinic)
    form = {
        "grant_type": "client_credentials",
        "client_id": made.key.client_id,
        "client_secret": made.secret,
    }
    basic = b64encode(b"made-up:x").decode()
    answer = Client().post("/api/v1/oauth/token/", form, headers={"Authorization": f"{scheme} {basic}"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


def test_a_key_written_in_other_letters_is_the_same_key(clinic, make_system, monkeypatch, broker):
    monkeypatch.setattr(tokens, "MAX_WRONG_SECRETS", 2)
    _, made = make_system(clinic)
    key = made.key.client_id
    names = [key, f"%{ord(key[0]):02X}{key[1:]}", f"{key[0]}%{ord(key[1]):02x}{key[2:]}"]
    assert [ask_basic(name, "wrong").status_code for name in names] == [401, 401, 429]


def test_without_the_cache_calls_go_through(api, monkeypatch):
    def away(*_args, **_kwargs):
        raise Away

    monkeypatch.setattr(cache, "add", away, raising=False)
    answer = api.get("plans/")
    assert answer.status_code == 200
    assert re.fullmatch(r'"calls";r=\d+;t=\d+', answer["RateLimit"])
