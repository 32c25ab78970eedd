"""Counts of what happened lately, in the cache that all machines share; they end with their window.

Without the cache everything counts as nothing: a brake that is out shuts nobody out.
"""

import structlog
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

PREFIX = "count"
EPOCH = 0.0
"""From here on one window follows the other."""
log = structlog.get_logger(__name__)


def count(name: str, *, seconds: int) -> int:
    """Count one more in the present window of so many seconds and return how many there are."""
    key = _key(name, seconds)
    try:
        cache.add(key, 0, seconds * 2)
        return int(cache.incr(key))
    except (RedisError, ValueError):
        # ValueError: the count was dropped between the two steps.
        log.warning("cache_away")
        return 0


def uncount(name: str, *, seconds: int) -> None:
    try:
        cache.decr(_key(name, seconds))
    except RedisError:
        log.warning("cache_away")
    except ValueError:
        return  # its window has ended


def forget(name: str, *, seconds: int) -> None:
    try:
        cache.delete(_key(name, seconds))
    except RedisError:
        log.warning("cache_away")


def left(*, seconds: int) -> int:
    return seconds - int(timezone.now().timestamp() - EPOCH) % seconds


def _key(name: str, seconds: int) -> str:
    return f"{PREFIX}:{name}:{seconds}:{int(timezone.now().timestamp() - EPOCH) // seconds}"
