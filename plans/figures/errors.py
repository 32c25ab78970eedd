"""What can be wrong with a figure."""

from plans.exceptions import PlansError


class PoseError(PlansError):
    """The pose cannot be drawn."""


class UnreachableTarget(PoseError):
    """The {limb} cannot reach its target: it is {distance} away, between {shortest} and {longest} would do."""


class UnknownPart(PoseError):
    """There is no part of the body named {part}; known are: {known}."""


class ImpossibleJoint(PoseError):
    """The {joint} bends {angle} degrees; {lowest} to {highest} is possible."""


class UnknownBody(PlansError):
    """There is no body named {name}; known are: {known}."""


class FigureFileError(PlansError):
    """The figure cannot be read: {summary}"""
