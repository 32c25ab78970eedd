"""At most so many look-ups a minute from one address, counted in the cache."""

from plans import counters, tokens

WINDOW_SECONDS = 60
MAX_IN_WINDOW = 30


def is_slowed(address: str) -> bool:
    """Count one look-up and tell whether it is one too many.

    Without the cache everyone is let through: what is looked up holds nothing of a patient, and its codes cannot
    be guessed (29 to the 12th power), so an answer for someone at the kitchen table goes first.
    """
    lookups = counters.count(f"lookups:{tokens.address_digest(address)}", seconds=WINDOW_SECONDS)
    return lookups > MAX_IN_WINDOW
