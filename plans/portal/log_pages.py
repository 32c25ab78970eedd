"""The pages on which a patient tells: a whole day, and one exercise."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from plans.content import ItemContent
from plans.exceptions import PlansError
from plans.portal.help_words import say_help
from plans.portal.kept import is_for_keeping
from plans.portal.refusals import say_refusal
from plans.portal.responses import page
from plans.portal.tell_words import say_replaced
from plans.portal.told import DAY, ToldDay, say_common, say_left, say_rows, say_signs_to_tick, say_tell
from plans.portal.typed_ticks import say_seen

DAY_FIELDS = ("pain", "feel", "words", "signs")
EXERCISE_FIELDS = ("outcome", "reason", "pain_before", "pain_after", "feel", "words")
EMPTY: Mapping[str, Any] = {"pain": None, "pain_before": None, "pain_after": None, "signs": []}


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
            "seen": _seen(typed, _values_of(told.whole, DAY_FIELDS)),
            "kept_with": _say_replaced(request, told),
            "kept": is_for_keeping(request),
            "is_saved": "saved" in request.GET,
            "has_yesterday": told.plan.publication.number > 1 or told.publication.issued_on < told.today,
            "yesterday": told.today - DAY,
            "error": say_refusal(refused, language) if refused else "",
            "error_field": getattr(refused, "attribute", ""),
            "is_too_large": is_too_large,
            "help": say_help() if is_too_large else "",
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
    context["seen"] = _seen(typed, _values_of(context["entry"], EXERCISE_FIELDS))
    if typed is not None:
        context["entry"] = _as_typed(typed, EXERCISE_FIELDS)
    return page(request, "log_exercise.html", context, language=language, status=_status(refused, False))


def _day_values(told: ToldDay, typed: QueryDict | None) -> Mapping[str, Any]:
    if typed is not None and typed.get("about") == "day":
        return {**_as_typed(typed, ("pain", "feel", "words")), "signs": typed.getlist("signs")}
    return _values_of(told.whole, DAY_FIELDS)


def _values_of(entry: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what was told in these fields; of what was not told, what an empty form says."""
    return {name: getattr(entry, name) if entry else EMPTY.get(name, "") for name in names}


def _seen(typed: QueryDict | None, values: Mapping[str, Any]) -> str:
    """Return what the form showed first, also when it is shown again with what was typed."""
    return str(typed["seen"]) if typed is not None and "seen" in typed else say_seen(values)


def _say_replaced(request: HttpRequest, told: ToldDay) -> str:
    """Say that what was told just now belongs to an older version, which stood on the page all the while."""
    older = {str(number) for number in range(1, told.plan.publication.number)}
    number = request.GET.get("version", "")
    return say_replaced(number) if number in older else ""


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
