"""What every answer and every session must hold to, whichever edge it belongs to."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from clinic.addresses import is_address, without_port

Answer = Callable[[HttpRequest], HttpResponseBase]

STRICT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The admin's theme evaluates its attributes (Alpine) and writes style attributes; nothing else loosens.
ADMIN_CSP = STRICT_CSP.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)
STARTED, SEEN = "session_started", "session_seen"
SEEN_EVERY_SECONDS = 60


def trusted_proxy(answer: Answer) -> Answer:
    """Put the client's address into REMOTE_ADDR when PROXY_COUNT proxies of ours stand in front."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = client_address(request.META)
        return answer(request)

    return middleware


def client_address(asked: Mapping[str, Any]) -> str:
    """Return the client's address, without a port.

    Each proxy appends the address that it saw, so ours is counted from the right; what a client wrote into
    the header itself stands further left and is never believed. Without an address there it is the peer's own.
    """
    hops = asked.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXY_COUNT and len(hops) >= settings.PROXY_COUNT:
        told = without_port(hops[-settings.PROXY_COUNT])
        if is_address(told):
            return told
    return str(asked.get("REMOTE_ADDR", ""))


def page_headers(answer: Answer) -> Answer:
    """Add the content policy, and forbid every cache; a view that set a header itself keeps it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        policy = ADMIN_CSP if request.path.startswith("/admin/") else STRICT_CSP
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

    return middleware


def session_limits(answer: Answer) -> Answer:
    """End a signed-in session after SESSION_IDLE_SECONDS without a request or SESSION_COOKIE_AGE in all."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen >= SEEN_EVERY_SECONDS and not _asked_by_the_page(request):
                session[SEEN] = now
        return answer(request)

    return middleware


def _asked_by_the_page(request: HttpRequest) -> bool:
    """Return whether the page asks by itself, as one that waits for its PDF does: no sign of a person."""
    return request.method == "GET" and "HX-Request" in request.headers
