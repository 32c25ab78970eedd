"""The patient's short session: a row, and a signed cookie with its random id for one link's pages only.

Each request asks the database anew whether session and link are still there, so locking the page ends a copy of the
cookie too, and a revoked or expired link ends all sessions at once.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from plans import tokens
from plans.actions import link_sessions
from plans.models import DownloadLink
from plans.portal.responses import link_path
from plans.queries.links import link_of_session

SALT = "plans.portal.session"


def cookie_name() -> str:
    """Name the cookie; with TLS browsers refuse to set one of this prefix over plain http."""
    return "__Secure-plan" if settings.SESSION_COOKIE_SECURE else "plan"


def start_session(answer: HttpResponse, *, token: str, link: DownloadLink) -> None:
    session = link_sessions.start_session(link=link)
    # No Max-Age: the browser forgets it when it closes, and the row's time ends it here.
    answer.set_cookie(
        cookie_name(),
        Signer(salt=SALT).sign(str(session.pk)),
        path=link_path(token),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def end_session(request: HttpRequest, answer: HttpResponse, *, token: str) -> None:
    """End the session that this browser holds, also for whoever copied its cookie, and make it forget."""
    if session_id := _session_id(request):
        link_sessions.end_session(session_id=session_id)
    answer.delete_cookie(cookie_name(), path=link_path(token), samesite="Lax")


def session_link(request: HttpRequest, token: str) -> DownloadLink | None:
    session_id = _session_id(request)
    return link_of_session(tokens.token_digest(token), session_id=session_id) if session_id else None


def _session_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(Signer(salt=SALT).unsign(request.COOKIES.get(cookie_name(), "")))
    except (BadSignature, ValueError):
        return None
