"""Guessing passwords meets brakes, and nobody is locked out: by account and address, by address, by account."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import ConnectionError as Away

from plans import sign_in
from plans.sign_in import (
    MAX_TICKETS,
    MAX_TRIES_PER_ACCOUNT_AND_ADDRESS,
    MAX_TRIES_PER_ADDRESS,
    MAX_WAIT_SECONDS,
    TRIES_WITHOUT_WAIT,
    WINDOW_SECONDS,
    count_try,
    forget_tries,
)

LOGIN = reverse("admin:login")
PASSWORD = "a long password"


@pytest.fixture
def anna(db, broker):
    return get_user_model().objects.create_user("anna", password=PASSWORD, is_staff=True)


@pytest.fixture
def clock(monkeypatch):
    """A function that moves the time on, which stands still meanwhile."""
    start, ahead = timezone.now(), [timedelta()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: start + ahead[0])

    def move(**by):
        ahead[0] += timedelta(**by)

    return move


def sign_in_as(username, password=PASSWORD, address="203.0.113.9", **headers):
    return Client().post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address, **headers)


def guess(times, username="anna", address="203.0.113.9"):
    return [sign_in_as(username, f"guess {number}", address).status_code for number in range(times)]


def test_an_account_is_guessed_at_from_one_address_a_few_times_only(anna, clock):
    assert guess(MAX_TRIES_PER_ACCOUNT_AND_ADDRESS) == [200] * MAX_TRIES_PER_ACCOUNT_AND_ADDRESS
    refused = sign_in_as("anna")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= WINDOW_SECONDS
    assert "No account is locked" in refused.content.decode()
    assert sign_in_as("anna", address="192.0.2.1").status_code == 302
    clock(seconds=WINDOW_SECONDS)
    assert sign_in_as("anna").status_code == 302


def test_one_household_of_the_sixth_version_is_one_address(anna, clock):
    tries = [guess(1, address=f"2001:db8:1:2::{number:x}")[0] for number in range(40)]
    assert tries.count(200) == MAX_TRIES_PER_ACCOUNT_AND_ADDRESS
    assert set(tries[MAX_TRIES_PER_ACCOUNT_AND_ADDRESS:]) == {429}
    assert sign_in_as("anna", address="2001:db8:1:3::1").status_code == 302


def test_sixty_names_from_one_address_meet_a_brake(anna, clock):
    tries = [guess(1, username=f"name{number}")[0] for number in range(60)]
    assert tries == [200] * MAX_TRIES_PER_ADDRESS + [429] * (60 - MAX_TRIES_PER_ADDRESS)
    assert sign_in_as("anna").status_code == 429
    assert sign_in_as("anna", address="192.0.2.1").status_code == 302


def test_right_passwords_do_not_slow_an_address(anna, clock):
    assert {sign_in_as("anna").status_code for _ in range(MAX_TRIES_PER_ADDRESS + 3)} == {302}


def test_an_account_guessed_at_from_many_addresses_waits_and_is_never_locked(anna, clock):
    for number in range(TRIES_WITHOUT_WAIT + 8):
        guess(1, address=f"198.51.{number}.1")
    refused = sign_in_as("anna", address="192.0.2.1")
    assert refused.status_code == 429
    wait = int(refused["Retry-After"])
    assert 0 < wait <= MAX_TICKETS * MAX_WAIT_SECONDS
    clock(seconds=wait / 2)
    assert sign_in_as("anna", address="192.0.2.1").status_code == 429
    guess(1, address="198.51.100.200")  # others go on guessing, and take a turn when they can
    clock(seconds=wait / 2 + 1)
    guess(1, address="198.51.100.201")
    assert sign_in_as("anna", address="192.0.2.1").status_code == 302
    assert sign_in_as("anna", address="192.0.2.7").status_code == 302  # a success begins anew


@pytest.mark.any_engine  # counted in the cache alone, which is a server of the same protocol on both
def test_three_hundred_addresses_that_wait_get_one_try_a_wait(broker, clock):
    for number in range(TRIES_WITHOUT_WAIT + 6):
        count_try("anna", f"192.0.{number}.1")
    clock(seconds=MAX_TICKETS * MAX_WAIT_SECONDS + 1)  # nobody of these came for their turn
    addresses = [f"198.51.{number}.1" for number in range(300)]
    passed = [sum(count_try("anna", one) == 0 for one in addresses)]
    for _ in range(8):
        clock(seconds=MAX_WAIT_SECONDS + 0.5)
        passed.append(sum(count_try("anna", one) == 0 for one in addresses))
    assert passed[0] == 1
    assert max(passed) == 1
    assert sum(passed) > 5


def test_who_waits_their_turn_has_it_whoever_else_waits(broker, clock):
    for number in range(TRIES_WITHOUT_WAIT + 12):
        count_try("anna", f"198.51.{number}.1")
    clock(seconds=10 * MAX_TICKETS * MAX_WAIT_SECONDS)
    crowd = [f"203.0.{number}.1" for number in range(5)]
    for one in crowd:
        count_try("anna", one)
    wait = count_try("anna", "192.0.2.1")
    assert (len(crowd) - 1) * MAX_WAIT_SECONDS < wait <= len(crowd) * MAX_WAIT_SECONDS
    while wait > MAX_WAIT_SECONDS:
        clock(seconds=MAX_WAIT_SECONDS)
        wait -= MAX_WAIT_SECONDS
        for number in range(30):
            count_try("anna", f"100.64.{number}.{wait % 250}")
        assert abs(count_try("anna", "192.0.2.1") - wait) <= 1  # asked too early, it stays the same turn
    clock(seconds=wait + 5)
    assert count_try("anna", "192.0.2.1") == 0
    assert count_try("anna", "192.0.2.1") > 0  # one try alone


def test_a_full_queue_is_told_to_come_again_and_empties(broker, clock):
    for number in range(TRIES_WITHOUT_WAIT + 6 + 3 * MAX_TICKETS):
        count_try("anna", f"198.51.{number}.1")
    assert count_try("anna", "192.0.2.1") == MAX_WAIT_SECONDS
    clock(seconds=(MAX_TICKETS + 1) * MAX_WAIT_SECONDS)
    assert count_try("anna", "192.0.2.1") == 0


def test_the_waits_grow(broker, clock):
    for number in range(TRIES_WITHOUT_WAIT):
        assert count_try("anna", f"198.51.100.{number}") == 0
    waits = []
    for number in range(8):
        assert count_try("anna", f"192.0.2.{number}") == 0
        waits.append(count_try("anna", f"203.0.113.{number}"))
        clock(seconds=2 * MAX_WAIT_SECONDS + 1)
    assert waits == sorted(waits)
    assert (waits[0] <= 1, waits[-1]) == (True, MAX_WAIT_SECONDS)


OTHERS = {
    "no account": None,
    "closed": {"is_active": False},
    "without a password": {"password": None},
    "of a program": {"is_staff": False},
}


@pytest.mark.parametrize("kind", OTHERS)
def test_no_name_gets_other_words_than_another(anna, clock, kind):
    if fields := OTHERS[kind]:
        get_user_model().objects.create_user("anne", **{"password": PASSWORD, "is_staff": True, **fields})
    known, other = [], []
    for _ in range(MAX_TRIES_PER_ACCOUNT_AND_ADDRESS + 1):
        known.append(sign_in_as("anna", "wrong"))
        other.append(sign_in_as("anne", "wrong"))
    assert [answer.status_code for answer in known] == [answer.status_code for answer in other]
    assert [words(answer) for answer in known] == [words(answer) for answer in other]
    assert known[-1].status_code == 429


def words(answer):
    """The page without what is made anew each time and without the name that was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'value="ann[ae]"', "", page)


def test_only_our_own_proxies_say_from_where_it_comes(anna, clock, settings):
    for number in range(MAX_TRIES_PER_ACCOUNT_AND_ADDRESS):
        sign_in_as("anna", "wrong", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert sign_in_as("anna", headers={"X-Forwarded-For": "192.0.2.99"}).status_code == 429
    settings.PROXY_COUNT = 1
    assert sign_in_as("anna", headers={"X-Forwarded-For": "192.0.2.99"}).status_code == 302
    for number in range(MAX_TRIES_PER_ACCOUNT_AND_ADDRESS):
        sign_in_as("anna", "wrong", headers={"X-Forwarded-For": f"192.0.2.{number}, 198.51.100.1"})
    assert sign_in_as("anna", headers={"X-Forwarded-For": "198.51.100.1"}).status_code == 429


def test_neither_names_nor_addresses_are_kept(anna, clock, monkeypatch):
    kept = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *rest: kept.append(key) or add(key, *rest), raising=False)
    guess(2, username="my secret password")
    assert kept
    assert not [key for key in kept if "secret" in key or "203.0.113.9" in key]


def test_without_the_cache_people_sign_in(anna, monkeypatch):
    def away(*_args, **_kwargs):
        raise Away

    for name in ("add", "incr", "decr", "get", "set", "delete"):
        monkeypatch.setattr(cache, name, away, raising=False)
    assert sign_in_as("anna").status_code == 302
    monkeypatch.setattr(sign_in, "TRIES_WITHOUT_WAIT", -1)
    assert count_try("anna", "192.0.2.1") == 0
    forget_tries("anna", "192.0.2.1")
