"""The pages on which a patient tells: a whole day, and one exercise."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from plans.content import ItemContent
from plans.exceptions import PlansError
from plans.portal.kept import is_for_keeping
from plans.portal.refusals import say_refusal
from plans.portal.responses import page
from plans.portal.told import DAY, ToldDay, say_common, say_left, say_rows, say_signs_to_tick, say_tell


def day_page(
    request: HttpRequest,
    told: ToldDay,
    *,
    refused: PlansError | None = None,
    typed: QueryDict | None = None,
    is_too_large: bool = False,
) -> HttpResponse:
    """Show what was told of a day, and what can still be told. What was typed and refused stands there to be mended."""
    language = told.plan.language
    with translation.override(language.code):
        rows = say_rows(told)
        context = say_common(told) | {
            "rows": rows,
            "left": say_left(told),
            "all_told": not any(row.next_session for row in rows),
            "all_id": uuid4(),
            "day_id": uuid4(),
            "signs": say_signs_to_tick(told.content),
            "told": _day_values(told, typed),
            "kept": is_for_keeping(request),
            "is_saved": "saved" in request.GET,
            "has_yesterday": told.plan.publication.number > 1 or told.publication.issued_on < told.today,
            "yesterday": told.today - DAY,
            "error": say_refusal(refused, language) if refused else "",
            "error_field": getattr(refused, "attribute", ""),
            "is_too_large": is_too_large,
        }
    return page(request, "log.html", context, language=language, status=_status(refused, is_too_large))


def exercise_form_page(
    request: HttpRequest,
    told: ToldDay,
    item: ItemContent,
    *,
    session: int | None,
    refused: PlansError | None = None,
    typed: QueryDict | None = None,
) -> HttpResponse:
    language = told.plan.language
    with translation.override(language.code):
        context = say_tell(told, item, session=session) | {
            "kept": is_for_keeping(request),
            "error": say_refusal(refused, language) if refused else "",
            "error_field": getattr(refused, "attribute", ""),
        }
    if typed is not None:
        context["entry"] = _as_typed(
            typed, ("outcome", "reason", "pain_before", "pain_after", "feel", "words")
        )
    return page(request, "log_exercise.html", context, language=language, status=_status(refused, False))


def _day_values(told: ToldDay, typed: QueryDict | None) -> Mapping[str, Any]:
    if typed is not None and typed.get("about") == "day":
        return {**_as_typed(typed, ("pain", "feel", "words")), "signs": typed.getlist("signs")}
    whole = told.whole
    if whole is None:
        return {"pain": None, "feel": "", "words": "", "signs": []}
    return {"pain": whole.pain, "feel": whole.feel, "words": whole.words, "signs": whole.signs}


def _as_typed(typed: QueryDict, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the answers as they were typed, a number of pain as a number where it is one."""
    values: dict[str, Any] = {name: typed.get(name, "") for name in names}
    for name in names:
        if name.startswith("pain"):
            values[name] = int(values[name]) if values[name].isdecimal() and len(values[name]) < 3 else None
    return values


def _status(refused: PlansError | None, is_too_large: bool) -> int:
    if is_too_large:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
