"""The question for the birth date: the same page for every link and every made-up token, so it tells of none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from plans.handout.phrases import write_date
from plans.portal.birthdate import FIELDS, LINE, MAX_LENGTH, field_order
from plans.portal.code import CODE
from plans.portal.code import MAX_LENGTH as MAX_CODE_LENGTH
from plans.portal.help_words import say_help
from plans.portal.responses import browser_language, link_path, page
from plans.queries.links import TRY_WINDOW
from plans.tokens import CODE_MARK

REMEMBER = "remember"
WAITING = "waiting"
WAITING_FOR = "waiting_for"
LOG = "log"
MAX_WAITING = 32 * 1024
WORDS = re.compile(r"(m\d+_)?words(_\d+)?|goal|when_and_where|address")
"""The fields of the forms in which patients write words."""
EXAMPLE = date(1950, 3, 27)
"""No other day has these numbers, in whichever order they are read."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, and what somebody has sent: no link was looked for to know it.

    `home`: where the answer goes, if that is not the page's own address, which the page then need not say.
    `waiting` is a form that came when the plan was locked, `waiting_for` its page. Both are sent again with the
    birth date.
    """

    home: str
    asks_code: bool
    typed: dict[str, str] = field(default_factory=dict)
    in_one_line: bool = False
    code: str = ""
    remember: bool = False
    waiting: str = ""
    waiting_for: str = LOG

    @property
    def waiting_words(self) -> list[str]:
        """Return what was written in words, each in its field, so that it is seen to be there."""
        form = QueryDict(self.waiting)
        return [form[name] for name in form if WORDS.fullmatch(name) and form[name].strip()]


def asked_by(request: HttpRequest, token: str) -> Asked:
    typed = {name: request.POST[name][:MAX_LENGTH] for name in (LINE, *FIELDS) if name in request.POST}
    return Asked(
        home="" if request.path == unquote(link_path(token)) else link_path(token),
        asks_code=token.endswith(CODE_MARK) or CODE in request.POST or CODE in request.GET,
        typed=typed,
        in_one_line=LINE in (typed or request.GET),
        code=request.POST.get(CODE, "")[:MAX_CODE_LENGTH],
        remember=REMEMBER in request.POST,
        waiting=_as_far_as_it_may_wait(request.POST.get(WAITING, "")),
        waiting_for=request.POST.get(WAITING_FOR, LOG)[:MAX_LENGTH],
    )


def asked_before_telling(token: str, form: QueryDict, *, page: str = LOG) -> Asked:
    """Return what is asked of somebody who sent this page's form while the plan was locked."""
    waiting = _as_far_as_it_may_wait(form.urlencode())
    return Asked(
        home=link_path(token), asks_code=token.endswith(CODE_MARK), waiting=waiting, waiting_for=page
    )


def _as_far_as_it_may_wait(form: str) -> str:
    return form if len(form) <= MAX_WAITING else ""


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
    fields = [(name, asked.typed.get(name, "")) for name in field_order(language)]
    numbers = [str(getattr(EXAMPLE, name)) for name, _ in fields]
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
            "help": say_help(),
        }
    is_closed = refused or (asked.waiting and not asked.typed)
    status = HTTPStatus.FORBIDDEN if is_closed else HTTPStatus.OK
    if no_date or no_code:
        status = HTTPStatus.BAD_REQUEST
    return page(request, "birthdate.html", context, language=language, status=status)
