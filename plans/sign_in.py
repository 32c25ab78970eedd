"""Brakes on guessing passwords: by account and address together, by address, and by account alone.

The first two refuse for the rest of a quarter of an hour; where an account is guessed from many addresses each next
try waits, up to MAX_WAIT_SECONDS, and nobody is locked out. Names that no account has are counted in the same way.
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

from plans import counters
from plans.addresses import address_of

WINDOW_SECONDS = 900
MAX_TRIES_PER_ACCOUNT_AND_ADDRESS = 5
MAX_TRIES_PER_ADDRESS = 30
"""A clinic may stand behind one address: its people mistype, but not so often."""
ACCOUNT_WINDOW_SECONDS = 3600
TRIES_WITHOUT_WAIT = 10
MAX_WAIT_SECONDS = 30
TICKET_SECONDS = 300


class SignInBrakes(AxesHandler):  # type: ignore[misc]  # the package is untyped
    """Tells django-axes, which asks before each sign-in, whether it may be tried."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Count the try and say whether it is looked at."""
        wait = count_try(_account(credentials), address_of(request))
        if wait:
            request.axes_locked_out = True  # type: ignore[attr-defined]  # asks for wait_page below
            request.sign_in_wait = wait  # type: ignore[attr-defined]
        return not wait

    def user_logged_in(self, sender: object, request: HttpRequest, user: Any, **kwargs: Any) -> None:
        """Forget the tries that came before the right one."""
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
        return _wait_for_turn(account, address, tries)
    except RedisError:
        return 0


def forget_tries(account: str, address: str) -> None:
    """Begin anew after a success. What other accounts were tried from this address stays counted."""
    counters.forget(_pair(account, address), seconds=WINDOW_SECONDS)
    counters.uncount(_source(address), seconds=WINDOW_SECONDS)
    counters.forget(_name(account), seconds=ACCOUNT_WINDOW_SECONDS)


def _wait_for_turn(account: str, address: str, tries: int) -> int:
    """Let one try through in each wait; who waited it out has a turn, however many others try meanwhile."""
    now = timezone.now().timestamp()
    wait = min(MAX_WAIT_SECONDS, 2 ** min(tries - TRIES_WITHOUT_WAIT - 1, 5))
    turn = f"{counters.PREFIX}:{_name(account)}:turn"
    ticket = f"{counters.PREFIX}:{_pair(account, address)}:ticket"
    if cache.add(turn, now + wait, wait):
        return 0
    held: float | None = cache.get(ticket)
    until: float = held if held is not None else cache.get(turn, now)
    if until > now:
        cache.set(ticket, until, TICKET_SECONDS)
        return max(1, round(until - now))
    cache.delete(ticket)
    cache.set(turn, now + wait, wait)
    return 0


def _account(credentials: dict[str, Any] | None) -> str:
    return str((credentials or {}).get("username") or "")


def _name(account: str) -> str:
    # What was typed as a name may be a password.
    return f"sign-in:{salted_hmac(__name__, account).hexdigest()}"


def _source(address: str) -> str:
    return f"sign-in-from:{salted_hmac(__name__, address).hexdigest()}"


def _pair(account: str, address: str) -> str:
    return f"{_name(account)}:{_source(address)}"
