"""The patient's short session: a signed cookie for one link, sent back to that link's pages only.

It holds the link's random id and when it was made, nothing of the patient. Each request asks the database anew
whether the link still opens, so a revoked or expired link ends it at once.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from plans import tokens
from plans.models import DownloadLink
from plans.portal.answers import link_path
from plans.queries.links import usable_link

SESSION_TIME = timedelta(minutes=20)
SALT = "plans.portal.session"


def cookie_name() -> str:
    """Name the cookie; with TLS browsers refuse to set one of this prefix over plain http."""
    return "__Secure-plan" if settings.SESSION_COOKIE_SECURE else "plan"


def start_session(answer: HttpResponse, *, token: str, link: DownloadLink) -> None:
    """Let this browser read the link's pages for SESSION_TIME."""
    # No Max-Age: the browser forgets it when it closes, and the signature's time ends it here.
    answer.set_cookie(
        cookie_name(),
        TimestampSigner(salt=SALT).sign(str(link.pk)),
        path=link_path(token),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def end_session(answer: HttpResponse, *, token: str) -> None:
    """Make this browser forget its session."""
    answer.delete_cookie(cookie_name(), path=link_path(token), samesite="Lax")


def session_link(request: HttpRequest, token: str) -> DownloadLink | None:
    """Give the link that this browser has opened, if it has, lately, and the link still opens."""
    cookie = request.COOKIES.get(cookie_name())
    if cookie is None:
        return None
    try:
        link_id = UUID(TimestampSigner(salt=SALT).unsign(cookie, max_age=SESSION_TIME))
    except (BadSignature, ValueError):
        return None
    link = usable_link(tokens.token_digest(token))
    return link if link is not None and link.pk == link_id else None
