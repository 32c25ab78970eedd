"""Who asks."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from plans.models import User


def person_of(request: HttpRequest) -> User:
    """Give the signed-in person."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
