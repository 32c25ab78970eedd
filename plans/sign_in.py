"""Brakes on guessing passwords: by account and address together, by address, and by account alone.

The first two refuse for the rest of a quarter of an hour. Where an account is guessed from many addresses, one try is
looked at in each wait of up to MAX_WAIT_SECONDS; the others queue, each for a turn of its own, and nobody is locked
out. Names that no account has are counted in the same way.
Tries are counted before the password is looked at, so that many at once are not let through together.
"""

from typing import Any

from axes.handlers.base import AxesHandler
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from clinic.addresses import address_of
from plans import counters

WINDOW_SECONDS = 900
MAX_TRIES_PER_ACCOUNT_AND_ADDRESS = 5
MAX_TRIES_PER_ADDRESS = 30
"""A clinic may stand behind one address: its people mistype, but not so often."""
ACCOUNT_WINDOW_SECONDS = 3600
TRIES_WITHOUT_WAIT = 10
MAX_WAIT_SECONDS = 30
MAX_TICKETS = 10
"""Tries of one account that may wait at once, each for its own turn; others are told to come again."""
TICKET_SECONDS = 300


class SignInBrakes(AxesHandler):  # type: ignore[misc]  # the package is untyped
    """Tells django-axes, which asks before each sign-in, whether it may be tried."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        wait = count_try(_account(credentials), address_of(request))
        if wait:
            request.axes_locked_out = True  # type: ignore[attr-defined]  # asks for wait_page below
            request.sign_in_wait = wait  # type: ignore[attr-defined]
        return not wait

    def user_logged_in(self, sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        forget_tries(user.get_username(), address_of(request))


def wait_page(request: HttpRequest, _answer: HttpResponse, _credentials: object) -> HttpResponse:
    """Say how long to wait; the same for every name."""
    wait: int = getattr(request, "sign_in_wait", MAX_WAIT_SECONDS)
    minutes = -(-wait // 60) if wait > 2 * MAX_WAIT_SECONDS else 0
    page = render(request, "429.html", {"seconds": wait, "minutes": minutes}, status=429)
    page["Retry-After"] = str(wait)
    return page


def count_try(account: str, address: str) -> int:
    """Count a try and return how many seconds it has to wait first; 0 lets it through."""
    left = counters.left(seconds=WINDOW_SECONDS)
    together = counters.count(_pair(account, address), seconds=WINDOW_SECONDS)
    alone = counters.count(_source(address), seconds=WINDOW_SECONDS)
    if together > MAX_TRIES_PER_ACCOUNT_AND_ADDRESS or alone > MAX_TRIES_PER_ADDRESS:
        return left
    tries = counters.count(_name(account), seconds=ACCOUNT_WINDOW_SECONDS)
    if tries <= TRIES_WITHOUT_WAIT:
        return 0
    try:
        wait = _wait_for_turn(account, address, tries)
    except RedisError:
        return 0
    if wait:
        # Nothing was looked at: who waits for their turn does not use up their tries.
        counters.uncount(_pair(account, address), seconds=WINDOW_SECONDS)
    return wait


def forget_tries(account: str, address: str) -> None:
    """Begin anew after a success. What other accounts were tried from this address stays counted."""
    counters.forget(_pair(account, address), seconds=WINDOW_SECONDS)
    counters.uncount(_source(address), seconds=WINDOW_SECONDS)
    counters.forget(_name(account), seconds=ACCOUNT_WINDOW_SECONDS)


def _wait_for_turn(account: str, address: str, tries: int) -> int:
    """Let one try through in each wait, whoever waits and however many; who comes when it is their turn has it."""
    now = _milliseconds()
    wait = 1000 * min(MAX_WAIT_SECONDS, 2 ** min(tries - TRIES_WITHOUT_WAIT - 1, 5))
    ticket = f"{counters.PREFIX}:{_pair(account, address)}:ticket"
    held: tuple[int, int] | None = cache.get(ticket)
    if held is not None and now < held[0]:
        return _seconds(held[0] - now)
    # The ticket goes with its turn; of several at once one alone takes it away.
    if held is not None and cache.delete(ticket) and now < held[1]:
        return 0
    # Who had a ticket and came too late stands at the end again, before those who never waited.
    places = MAX_TICKETS if held is None else 2 * MAX_TICKETS
    due = _queue(f"{counters.PREFIX}:{_name(account)}:queue", now, wait, places)
    if due is None:
        return _seconds(wait)
    if due > now:
        cache.set(ticket, (due, due + wait), _seconds(due - now) + TICKET_SECONDS)
        return _seconds(due - now)
    return 0


def _queue(key: str, now: int, wait: int, places: int) -> int | None:
    """Take the next free turn of this account and return when it is; None where so many wait already.

    The key holds when the last turn given ends. It moves by adding alone, so no two get the same turn.
    """
    cache.add(key, now, ACCOUNT_WINDOW_SECONDS)
    step = wait + max(0, now - int(cache.get(key, now)))
    try:
        due = int(cache.incr(key, step)) - wait
        if due - now > places * wait:
            cache.decr(key, step)
            return None
    except ValueError:
        return None  # it ended between two steps: begun anew with the next try
    cache.touch(key, ACCOUNT_WINDOW_SECONDS)
    return due


def _milliseconds() -> int:
    return int(timezone.now().timestamp() * 1000)


def _seconds(milliseconds: int) -> int:
    return max(1, -(-milliseconds // 1000))


def _account(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or "")


def _name(account: str) -> str:
    # What was typed as a name may be a password.
    return f"sign-in:{salted_hmac(__name__, account).hexdigest()}"


def _source(address: str) -> str:
    return f"sign-in-from:{salted_hmac(__name__, address).hexdigest()}"


def _pair(account: str, address: str) -> str:
    return f"{_name(account)}:{_source(address)}"
