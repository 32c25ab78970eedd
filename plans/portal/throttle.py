"""At most so many look-ups a minute from one address, counted in the cache."""

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

from plans import tokens

WINDOW_SECONDS = 60
MOST_IN_WINDOW = 30

log = structlog.get_logger(__name__)


def is_slowed(address: str) -> bool:
    """Count one look-up and tell whether it is one too many.

    Without the cache everyone is let through: what is looked up holds nothing of a patient, and its codes cannot
    be guessed (29 to the 12th power), so an answer for someone at the kitchen table goes first.
    """
    key = f"lookups:{tokens.address_digest(address)}"
    try:
        cache.add(key, 0, timeout=WINDOW_SECONDS)
        return int(cache.incr(key)) > MOST_IN_WINDOW
    except ValueError:
        # The window ended between the two steps; the next look-up begins a new one.
        return False
    except RedisError:
        log.warning("cache_away")
        return False
