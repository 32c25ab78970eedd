"""The question for the birth date: the same page for every link and every made-up token, so it tells of none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plans.handout.phrases import write_date
from plans.portal.birthdate import FIELDS, LINE, MAX_LENGTH, field_order
from plans.portal.code import CODE
from plans.portal.code import MAX_LENGTH as MAX_CODE_LENGTH
from plans.portal.responses import browser_language, page
from plans.queries.links import TRY_WINDOW
from plans.tokens import CODE_MARK

REMEMBER = "remember"
EXAMPLE = date(1950, 3, 27)
"""No other day has these numbers, in whichever order they are read."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, and what somebody has sent: no link was looked for to know it."""

    typed: dict[str, str]
    in_one_line: bool
    asks_code: bool
    code: str
    remember: bool


def asked_by(request: HttpRequest, token: str) -> Asked:
    typed = {name: request.POST[name][:MAX_LENGTH] for name in (LINE, *FIELDS) if name in request.POST}
    return Asked(
        typed=typed,
        in_one_line=LINE in (typed or request.GET),
        asks_code=token.endswith(CODE_MARK) or CODE in request.POST or CODE in request.GET,
        code=request.POST.get(CODE, "")[:MAX_CODE_LENGTH],
        remember=REMEMBER in request.POST,
    )


def ask_page(
    request: HttpRequest,
    asked: Asked,
    *,
    refused: bool = False,
    names_code: bool = False,
    no_date: bool = False,
    no_code: bool = False,
    days: Sequence[date] = (),
) -> HttpResponse:
    """Ask in the browser's language, without any patient data.

    The date in three fields, which tell day and month apart; in one for who asks for it. `days` are those of which one
    is meant. `names_code` tells who was refused that a sheet may have a code.
    """
    language = browser_language()
    fields = [(field, asked.typed.get(field, "")) for field in field_order(language)]
    numbers = [str(getattr(EXAMPLE, field)) for field, _ in fields]
    with translation.override(language.code):
        words = write_date(EXAMPLE, language)
        context = {
            "asked": asked,
            "refused": refused,
            "names_code": names_code and not asked.asks_code,
            "no_date": no_date,
            "no_code": no_code,
            "days": [write_date(day, language) for day in days],
            "line": asked.typed.get(LINE, ""),
            "typed": asked.typed.get(LINE) or " ".join(value for _, value in fields).strip(),
            "fields": fields,
            "example": " ".join(numbers),
            "example_numbers": "/".join(numbers),
            "example_words": words,
            "example_shown": words if asked.in_one_line else " ".join(numbers),
            "max_length": MAX_LENGTH,
            "max_code_length": MAX_CODE_LENGTH,
            "wait_minutes": TRY_WINDOW.seconds // 60,
            "help": settings.PORTAL_HELP,
        }
    status = HTTPStatus.FORBIDDEN if refused else HTTPStatus.OK
    if no_date or no_code:
        status = HTTPStatus.BAD_REQUEST
    return page(request, "birthdate.html", context, language=language, status=status)
