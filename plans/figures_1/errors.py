"""What can be wrong with a figure."""

from collections.abc import Iterable
from typing import Self

from plans.exceptions import PlansError


class PoseError(PlansError):
    """The pose cannot be drawn."""

    code = "old_pose_error"


class UnreachableTarget(PoseError):
    """The {limb} cannot reach its target: it is {distance} away, between {shortest} and {longest} would do."""

    code = "unreachable_target"


class UnknownPart(PoseError):
    """There is no part of the body named {part}; known are: {known}."""

    code = "unknown_part"


class ImpossibleJoint(PoseError):
    """The {joint} bends {angle} degrees; {lowest} to {highest} is possible."""

    code = "impossible_joint"


class UnknownBody(PlansError):
    """There is no body named {name}; known are: {known}."""

    code = "unknown_body"


class ArrowWithoutLength(PoseError):
    """An arrow starts and ends at the same place of the picture."""

    code = "arrow_without_length"


class FigureFileError(PlansError):
    """The figure cannot be read: {summary}"""

    code = "old_figure_file_error"

    @classmethod
    def of(cls, problems: Iterable[str]) -> Self:
        return cls(summary="\n".join(problems))

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(str(self.details["summary"]).splitlines())
