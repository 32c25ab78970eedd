"""How many calls in a minute: one count for each key or person, told in the standard headers."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseBase
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from clinic.addresses import address_of
from plans import counters
from plans.api.authentication import token_of

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW_SECONDS = 60
TOKENS_PER_MINUTE = 60
"""Tokens that one address may ask for: each costs the check of a slow hash."""


class KeyThrottle(BaseThrottle):
    """Counts in windows of a minute, in the cache that all machines share.

    Without the cache it lets calls through: the clinic's work goes before the count of it.
    """

    name = "calls"

    def __init__(self) -> None:
        self.left, self.reset = self.limit, WINDOW_SECONDS

    @property
    def limit(self) -> int:
        return int(settings.API_CALLS_PER_MINUTE)

    def who(self, request: Request) -> str:
        token = token_of(request)
        return f"key:{token.application_id}" if token else f"user:{request.user.pk}"

    def allow_request(self, request: Request, view: "APIView") -> bool:
        self.reset = counters.left(seconds=WINDOW_SECONDS)
        used = counters.count(f"api:{self.name}:{self.who(request)}", seconds=WINDOW_SECONDS)
        self.left = max(0, self.limit - used)
        request._request.api_throttle = self  # type: ignore[attr-defined]  # its headers go on the answer
        return used <= self.limit

    def wait(self) -> float:
        return self.reset


class TokenThrottle(KeyThrottle):
    """The same for the place where tokens are made, by address."""

    name = "tokens"

    @property
    def limit(self) -> int:
        return TOKENS_PER_MINUTE

    def who(self, request: Request) -> str:
        return f"address:{address_of(request._request)}"


def add_headers(response: HttpResponseBase, throttle: KeyThrottle) -> None:
    """Tell the policy and what is left of it, as the IETF's RateLimit header fields do."""
    response["RateLimit-Policy"] = f'"{throttle.name}";q={throttle.limit};w={WINDOW_SECONDS}'
    response["RateLimit"] = f'"{throttle.name}";r={throttle.left};t={throttle.reset}'
