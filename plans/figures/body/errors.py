"""What can be wrong with the bodies' data file."""

from plans.exceptions import PlansError


class BodyFileError(PlansError):
    """The bodies cannot be read from {file}: {problem}."""

    code = "body_file_error"
