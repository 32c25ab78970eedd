"""The errors that the domain raises by name; the docstring of each is its message."""

import inspect
import re
from functools import partial
from typing import Any


class PlansError(Exception):
    """The plan service could not do this."""

    # Raise with keyword details; the docstring's {names} are filled from them. A name without a detail fails
    # at the raise, not later in a log.

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} needs a docstring: it is the message")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(" ".join(inspect.cleandoc(self.__doc__ or "").split()).format(**details))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), **self.details), ()

    @property
    def code(self) -> str:
        """The name of the error for programs: the class name in snake case."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()


class UnreadableDose(PlansError):
    """The dose cannot be read: {field} is {value}."""
