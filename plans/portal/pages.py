"""The two faces of a personal link: the question for the birth date, and the plan."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plans.content import from_json
from plans.handout.bidi import isolate
from plans.handout.phrases import write_date
from plans.languages import Language, get_language
from plans.models import Pause, Publication
from plans.portal.birthdate import LINE, MAX_LENGTH, field_order
from plans.portal.exercises import show_exercises
from plans.portal.files import PatientFiles, patient_files
from plans.portal.labels import say_format
from plans.portal.plan_words import say_pages
from plans.portal.responses import browser_language, link_path, page
from plans.queries.links import SESSION_TIME, TRY_WINDOW
from plans.queries.pauses import open_pause

EXAMPLE = date(1950, 3, 27)
"""No other day has these numbers, in whichever order they are read."""


def ask_page(
    request: HttpRequest,
    typed: Mapping[str, str],
    *,
    refused: bool = False,
    no_date: bool = False,
    days: Sequence[date] = (),
) -> HttpResponse:
    """Ask for the birth date, in the browser's language. It is the same for every link and holds no patient data.

    In three fields, which tell day and month apart; in one for who asks for it. `days` are those of which one is meant.
    """
    language = browser_language()
    fields = [(field, typed.get(field, "")) for field in field_order(language)]
    numbers = [str(getattr(EXAMPLE, field)) for field, _ in fields]
    in_one_line = LINE in (typed or request.GET)
    with translation.override(language.code):
        words = write_date(EXAMPLE, language)
        context = {
            "refused": refused,
            "no_date": no_date,
            "days": [write_date(day, language) for day in days],
            "in_one_line": in_one_line,
            "line": typed.get(LINE, ""),
            "typed": typed.get(LINE) or " ".join(value for _, value in fields).strip(),
            "fields": fields,
            "example": " ".join(numbers),
            "example_numbers": "/".join(numbers),
            "example_words": words,
            "example_shown": words if in_one_line else " ".join(numbers),
            "max_length": MAX_LENGTH,
            "wait_minutes": TRY_WINDOW.seconds // 60,
            "help": settings.PORTAL_HELP,
        }
    status = HTTPStatus.FORBIDDEN if refused else HTTPStatus.BAD_REQUEST if no_date else HTTPStatus.OK
    return page(request, "birthdate.html", context, language=language, status=status)


def plan_page(
    request: HttpRequest, publication: Publication, *, token: str, file_lost: bool = False
) -> HttpResponse:
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    shown = isolate(content, direction=language.direction)
    files, home = patient_files(publication), link_path(token)
    ended, pause = publication.plan.stopped_on, open_pause(publication.plan)
    with translation.override(language.code):
        context = say_pages(shown, language, home=home) | {
            "items": show_exercises(shown, language, home=home),
            "stopped_on": write_date(ended, language) if ended else "",
            "paused_on": _day_of(pause, language),
            "first": files.first.key if files.first in files.ready else "",
            "others": _say_others(files),
            "failed": files.failed,
            "file_lost": file_lost,
            "session_minutes": SESSION_TIME.seconds // 60,
        }
    status = HTTPStatus.SERVICE_UNAVAILABLE if file_lost else HTTPStatus.OK
    return page(
        request, "closed.html" if ended or pause else "plan.html", context, language=language, status=status
    )


def _day_of(pause: Pause | None, language: Language) -> str:
    return write_date(pause.plan.patient.clinic.day_of(pause.paused_at), language) if pause else ""


def _say_others(files: PatientFiles) -> list[tuple[str, str]]:
    with_paper = len({form.paper for form in files.ready}) > 1
    return [(form.key, say_format(form, with_paper=with_paper)) for form in files.others]
