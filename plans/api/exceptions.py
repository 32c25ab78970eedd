"""Refusals of the API itself, each with its code and status."""

from typing import NoReturn

from rest_framework.exceptions import APIException, ErrorDetail, ValidationError

from plans.exceptions import PlansError


class ScopeMissing(PlansError):
    """This key's token lacks the scope: {scope}."""

    code = "scope_missing"


class PeopleOnly(PlansError):
    """Only a person who is signed in may do this, never a key."""

    code = "people_only"


class PlansProblem(PlansError):
    """A refusal of the API itself."""

    code = "plans_problem"
    status = 409
    retry_after: int | None = None
    """After how many seconds it is worth another try."""


class VersionChanged(PlansProblem):
    """It is no longer what you saw: the ETag in If-Match is old. Read it again."""

    code = "version_changed"
    status = 412


class VersionMissing(PlansProblem):
    """Say in If-Match which version you saw: the ETag of the last answer."""

    code = "version_missing"
    status = 428


class KeyReused(PlansProblem):
    """This Idempotency-Key was used for another call."""

    code = "key_reused"
    status = 422


class BadKey(PlansProblem):
    """An Idempotency-Key has 1 to 255 visible ASCII characters."""

    code = "bad_key"
    status = 400


class AlreadyExists(PlansProblem):
    """Another one with the same number, name or id is there already."""

    code = "already_exists"


class Overtaken(PlansProblem):
    """Someone else changed it at the same moment. Read it again."""

    code = "overtaken"


class RenderingUnusable(PlansProblem):
    """The PDF could not be made: {reason}."""

    code = "rendering_unusable"


class PlanPaused(PlansProblem):
    """The plan is paused: its patient is told not to exercise. When nothing stops it any more, POST
    /api/v1/plans/{plan}/resume/ lets it go on. Who needs the file for the record asks with ?paused=include."""

    code = "plan_paused"


class FileLost(PlansProblem):
    """The PDF's file cannot be read now. Ask again later, or ask for a new rendering."""

    code = "file_lost"
    status = 503
    retry_after = 30


class DatabaseAway(PlansProblem):
    """The database does not answer now. Nothing was changed; ask again in a moment."""

    code = "database_away"
    status = 503
    retry_after = 5


class BodyTooLarge(APIException):
    """The body has more bytes than the API reads."""

    status_code = 413
    default_detail = "The body is too large: at most 1 MiB; 16 KiB where tokens are made."
    default_code = "body_too_large"


def refuse(field: str, message: str, code: str = "invalid") -> NoReturn:
    raise ValidationError({field: [ErrorDetail(message, code=code)]})
