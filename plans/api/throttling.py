"""How many calls in a minute: one count for each key or person, told in the standard headers."""

import time
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponseBase
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from clinic.addresses import address_of
from plans.api.authentication import token_of

if TYPE_CHECKING:
    from rest_framework.views import APIView

WINDOW_SECONDS = 60
TOKENS_PER_MINUTE = 60
"""Tokens that one address may ask for: each costs the check of a slow hash."""

log = structlog.get_logger(__name__)


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
        now = time.time()
        self.reset = WINDOW_SECONDS - int(now) % WINDOW_SECONDS
        used = _count(f"api:{self.name}:{self.who(request)}:{int(now) // WINDOW_SECONDS}")
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


def _count(key: str) -> int:
    try:
        cache.add(key, 0, WINDOW_SECONDS * 2)
        return cache.incr(key)
    except (RedisError, ValueError):
        # ValueError: the count was dropped between the two steps.
        log.warning("throttle_cache_away")
        return 0
