"""What can be wrong with a figure."""

from collections.abc import Iterable
from typing import Self

from plans.exceptions import PlansError


class PoseError(PlansError):
    """Line {line}: {words}."""

    code = "pose_error"

    @property
    def line(self) -> int:
        return int(str(self.details["line"]))

    @property
    def words(self) -> str:
        return str(self.details["words"])


class FigureFileError(PlansError):
    """The figure cannot be read: {summary}"""

    code = "figure_file_error"

    @classmethod
    def of(cls, problems: Iterable[str]) -> Self:
        return cls(summary="\n".join(problems))

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(str(self.details["summary"]).splitlines())


class StillFigure(PlansError):
    """This figure is shown by its panels, and does not move. {reason}"""

    code = "still_figure"
