"""Who calls: a clinic's system by a bearer token, or a person who is signed in to the desk."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from oauth2_provider.models import get_access_token_model
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from plans.models import ClinicSystem, SystemKey, User

USE_NOTED_EVERY = timedelta(minutes=1)
MAX_TOKEN_LENGTH = 200


class SystemAuthentication(BaseAuthentication):
    """Finds the token by its digest; `request.auth` becomes the token, `request.user` the system's own user."""

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        scheme, _, given = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = _find(given.strip())
        if token is None:
            raise AuthenticationFailed("The token is unknown, expired or revoked.", code="invalid_token")
        _note_use(token.application)
        return token.application.system.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def token_of(request: Request) -> Any:
    """Return the caller's token, None for a person."""
    return request.auth


def system_of(request: Request) -> ClinicSystem | None:
    """Return the system that calls, None for a person."""
    token = token_of(request)
    return token.application.system if token else None


def scopes_of(request: Request) -> frozenset[str] | None:
    """Return the scopes of the caller's token; None for a person, who needs none."""
    token = token_of(request)
    return frozenset(token.scope.split()) if token else None


def _find(given: bytes) -> Any | None:
    if not given or len(given) > MAX_TOKEN_LENGTH:
        return None
    tokens = get_access_token_model().objects.select_related(
        "application__system__user", "application__system__clinic"
    )
    token = tokens.filter(token_checksum=hashlib.sha256(given).hexdigest()).first()
    usable = token and not token.is_expired() and token.application and token.application.is_usable(None)
    return token if usable else None


def _note_use(key: SystemKey) -> None:
    # To the minute is enough to find a key that nobody uses, and spares a write on each call.
    now = timezone.now()
    if key.last_used_at is None or now - key.last_used_at > USE_NOTED_EVERY:
        old = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
        SystemKey.objects.filter(old, pk=key.pk).update(last_used_at=now)
