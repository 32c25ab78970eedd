"""Guessing is slowed down per link and per address, and nobody is shut out for good."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plans.models import LinkOpening, LinkUse
from plans.queries.links import TRIES_PER_ADDRESS, TRIES_PER_LINK, TRY_WINDOW
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE, uses


@pytest.fixture
def clock(monkeypatch):
    """A function that moves the time on."""
    real, ahead = timezone.now, [timedelta()]
    monkeypatch.setattr("django.utils.timezone.now", lambda: real() + ahead[0])

    def move(by):
        ahead[0] += by

    return move


def test_wrong_tries_on_a_link_slow_it_and_waiting_ends_it(client, issued, clock):
    for _ in range(TRIES_PER_LINK):
        client.post(issued.path, WRONG_DATE)

    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    assert uses()[-1] == LinkUse.SLOWED
    clock(TRY_WINDOW - timedelta(minutes=1))
    assert client.post(issued.path, BIRTH_DATE).status_code == 403
    clock(timedelta(minutes=2))
    assert client.post(issued.path, BIRTH_DATE).status_code == 303


def test_tries_on_many_links_slow_the_address_and_no_other(issued, clock, broker):
    guesser, patient = Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="198.51.100.2")
    for number in range(TRIES_PER_ADDRESS):
        guesser.post(f"/p/guess{number}/", BIRTH_DATE)

    assert guesser.post(issued.path, BIRTH_DATE).status_code == 403
    assert patient.post(issued.path, BIRTH_DATE).status_code == 303
    clock(TRY_WINDOW + timedelta(seconds=1))
    assert guesser.post(issued.path, BIRTH_DATE).status_code == 303


def test_a_guesser_does_not_shut_the_patient_out(issued):
    guesser, patient = Client(REMOTE_ADDR="2001:db8:1:2::1"), Client(REMOTE_ADDR="2001:db8:1:3::1")
    for number in range(TRIES_PER_LINK + 2):
        guesser.post(issued.path, WRONG_DATE, REMOTE_ADDR=f"2001:db8:1:2::{number}")

    assert guesser.post(issued.path, BIRTH_DATE).status_code == 403
    assert patient.post(issued.path, BIRTH_DATE).status_code == 303


def test_an_address_stands_nowhere_in_the_open(client, issued):
    client.post(issued.path, BIRTH_DATE, REMOTE_ADDR="198.51.100.77")

    (row,) = LinkOpening.objects.values()
    assert "198.51.100.77" not in str(row)
    assert issued.token not in str(row)
