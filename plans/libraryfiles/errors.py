"""What can be wrong with library files: every problem with its file and line, all of them at once."""

from dataclasses import dataclass

from plans.exceptions import PlansError


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: the file as the reader was given it, and the line, counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend; its text is `file:line: message`."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class LibraryError(PlansError):
    """The library files have problems; nothing was loaded."""

    code = "library_error"

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems=problems)
        self.problems = tuple(sorted(set(problems)))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
