"""The errors that the domain raises by name; the docstring of each is its message."""

import inspect
from typing import Any, ClassVar


class PlansError(Exception):
    """The plan service could not do this."""

    # Raise with keyword details; the docstring's {names} are filled from them. A name without a detail fails
    # at the raise, not later in a log. `code` is public (API, logs, rows): written out, so that a class can be
    # renamed and the code cannot.

    code: ClassVar[str] = "plans_error"
    translated: ClassVar["staticmethod[[str], str]"] = staticmethod(str)
    """Says a message in the language of whoever is answered; the desk's app sets it, since values know no framework."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.__doc__:
            raise TypeError(f"{cls.__name__} needs a docstring: it is the message")
        if "code" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} needs a code of its own: programs know it by that")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.translated(self.message()).format(**details))

    @classmethod
    def message(cls) -> str:
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    def __reduce__(self) -> tuple[Any, ...]:
        # A worker sends a task's exception to its parent process pickled. Exception would call the class with its
        # message, which no child of this one takes; so it is made without __init__ and gets its attributes back.
        return _restore, (type(self), self.args), self.__dict__


def _restore(kind: type[PlansError], args: tuple[object, ...]) -> PlansError:
    return kind.__new__(kind, *args)


class UnreadableDose(PlansError):
    """The dose cannot be read: {field} is {value}."""

    code = "unreadable_dose"
