"""What lets a browser in: a short session, or a device that its patient let be remembered. Both belong to one link.

Each is a row, and a signed cookie with its random id for that link's pages only. Each request asks the database anew
whether the row and the link are still there, so what was ended is ended for a copy of the cookie too, and a revoked or
expired link ends all at once. Who comes in gets a new id each time: an id that somebody slipped into the browser is
never taken up.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from plans import tokens
from plans.actions import devices, link_sessions
from plans.models import Device, DownloadLink
from plans.portal.device_kind import kind_of
from plans.portal.responses import link_path
from plans.queries.devices import device_of_link, last_day_of
from plans.queries.links import link_of_session

SESSION, DEVICE = "plan", "device"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A link that this browser may read now, and the device by which it does unless by a session."""

    link: DownloadLink
    device: Device | None = None


def cookie_name(kind: str = SESSION) -> str:
    """Name the cookie; with TLS browsers refuse to set one of this prefix over plain http."""
    return f"__Secure-{kind}" if settings.SESSION_COOKIE_SECURE else kind


def start_session(request: HttpRequest, answer: HttpResponse, *, token: str, link: DownloadLink) -> None:
    session = link_sessions.start_session(link=link)
    if before := _id_in(request, SESSION):
        link_sessions.end_session(session_id=before)
    # No Max-Age: the browser forgets it when it closes, and the row's time ends it here.
    _set(answer, SESSION, session.pk, token=token)


def remember(request: HttpRequest, answer: HttpResponse, *, token: str, link: DownloadLink) -> None:
    """Remember the browser that opened this link. Raises DevicesNotRemembered."""
    before = _device(request, token)
    device = devices.remember_device(link=link, kind=kind_of(request.headers))
    if before:
        devices.forget_device(device=before)
    zone = link.plan.patient.clinic.zone
    ends_at = datetime.combine(last_day_of(device) + timedelta(days=1), time.min, zone)
    _set(answer, DEVICE, device.pk, token=token, expires=ends_at)


def leave(request: HttpRequest, answer: HttpResponse, *, token: str, not_me: bool = False) -> None:
    """End session and device of this browser, also for whoever copied their cookies, and make it forget."""
    end_session(request, answer, token=token)
    if device := _device(request, token):
        devices.forget_device(device=device, not_me=not_me)
    answer.delete_cookie(cookie_name(DEVICE), path=link_path(token), samesite="Lax")


def end_session(request: HttpRequest, answer: HttpResponse, *, token: str) -> None:
    if session_id := _id_in(request, SESSION):
        link_sessions.end_session(session_id=session_id)
    answer.delete_cookie(cookie_name(), path=link_path(token), samesite="Lax")


def visit_of(request: HttpRequest, token: str) -> Visit | None:
    if device := _device(request, token):
        devices.see_device(device=device)
        return Visit(link=device.link, device=device)
    session_id = _id_in(request, SESSION)
    if session_id is None:
        return None
    found = link_of_session(tokens.token_digest(token), session_id=session_id)
    if found is None:
        return None
    link, used_at = found
    link_sessions.use_session(session_id=session_id, used_at=used_at)
    return Visit(link=link)


def session_link(request: HttpRequest, token: str) -> DownloadLink | None:
    visit = visit_of(request, token)
    return visit.link if visit else None


def _device(request: HttpRequest, token: str) -> Device | None:
    device_id = _id_in(request, DEVICE)
    return device_of_link(tokens.token_digest(token), device_id=device_id) if device_id else None


def _set(
    answer: HttpResponse, kind: str, row_id: UUID, *, token: str, expires: datetime | None = None
) -> None:
    answer.set_cookie(
        cookie_name(kind),
        _signer(kind).sign(str(row_id)),
        expires=expires,
        path=link_path(token),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _id_in(request: HttpRequest, kind: str) -> UUID | None:
    try:
        return UUID(_signer(kind).unsign(request.COOKIES.get(cookie_name(kind), "")))
    except (BadSignature, ValueError):
        return None


def _signer(kind: str) -> Signer:
    # A salt each: the signed id of a session is never that of a device.
    return Signer(salt=f"plans.portal.{'session' if kind == SESSION else kind}")
