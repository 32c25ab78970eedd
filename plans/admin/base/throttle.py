"""A brake on what pages ask for while somebody types: each answer is work, and nobody types for two hundred."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _lazy

from plans import counters
from plans.admin.base.requests import person_of

PREVIEWS_A_MINUTE = 240
"""A page asks again only after the answer before; even a slider that is moved for a minute seldom reaches this."""
PICTURES_A_MINUTE = 20
WINDOW_SECONDS = 60
TOO_MANY = _lazy("Too many previews in this minute. What you typed is still there; go on in a minute.")


def refuse_too_many(request: HttpRequest) -> HttpResponse | None:
    """Count one preview of this person; return the answer for one too many."""
    if counters.count(f"previews:{person_of(request).pk}", seconds=WINDOW_SECONDS) <= PREVIEWS_A_MINUTE:
        return None
    answer = HttpResponse(
        f'<p class="desk-error" role="alert">{TOO_MANY}</p>', status=HTTPStatus.TOO_MANY_REQUESTS
    )
    answer["Retry-After"] = str(counters.left(seconds=WINDOW_SECONDS))
    return answer


def too_many_pictures(request: HttpRequest) -> bool:
    """Count one uploaded picture of this person and say whether it is one too many."""
    name = f"pictures:{person_of(request).pk}"
    return counters.count(name, seconds=WINDOW_SECONDS) > PICTURES_A_MINUTE
