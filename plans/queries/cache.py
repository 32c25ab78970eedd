"""A cache in the process, for rows that are written once and never changed."""

from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class ImmutableCache(Generic[Key, Value]):
    """Values that can never be another under the same key, at most `max_size` of them.

    Only for rows that are written once: what changes, such as which revision is the newest or who approved it, is
    asked of the database each time. Threads may read the same value twice, and then keep equal ones.
    """

    def __init__(self, *, max_size: int) -> None:
        self.max_size = max_size
        self._held: dict[Key, Value] = {}

    def get(
        self, keys: Collection[Key], read: Callable[[Collection[Key]], Mapping[Key, Value]]
    ) -> Mapping[Key, Value]:
        """Return the values that are there; `read` gets the keys that are not held, if any."""
        held = self._held
        given = {key: held[key] for key in keys if key in held}
        missing = [key for key in keys if key not in given]
        if missing:
            found = read(missing)
            if len(held) + len(found) > self.max_size:
                # A new one: another thread may be reading the old one.
                self._held = held = {}
            held.update(found)
            given.update(found)
        return given

    def clear(self) -> None:
        self._held = {}
