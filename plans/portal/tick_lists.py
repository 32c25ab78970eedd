"""A list of ticks that waited on a phone: read one by one, told in one go, answered by the phone's own ids."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext

from plans.actions import logs
from plans.content import PlanContent
from plans.exceptions import PlansError
from plans.languages import Language
from plans.models import DayEntry, Device, LogEntry, LogSource, Plan
from plans.portal.refusals import say_refusal
from plans.portal.tell_words import say_replaced
from plans.portal.told import asks_for_help
from plans.portal.typed_ticks import listed_tick

MAX_BYTES = 64 * 1024
Answer = dict[str, Any]


def answer_list(
    given: Sequence[Any], *, plan: Plan, content: PlanContent, language: Language, device: Device | None
) -> list[Answer]:
    """Tell what can be told, and answer each in the order of the list, in the active language."""
    read = [_read(one) for one in given]
    ticks = [one for one in read if isinstance(one, logs.Tick)]
    answered = iter(logs.tell_queue(plan=plan, ticks=ticks, source=LogSource.PAGE, device=device))
    answers = []
    for one, tick in zip(given, read, strict=True):
        if isinstance(tick, PlansError):
            answers.append(_refuse(_id_in(one), tick, language))
            continue
        became = next(answered)
        if became.refused:
            answers.append(_refuse(str(became.client_id), became.refused, language))
        else:
            answers.append({"id": str(became.client_id), "ok": True, **_say_kept(became.entry, content)})
    return answers


def refuse_list(status: HTTPStatus) -> Answer:
    """Say why none of a list was looked at, in the active language."""
    if status is HTTPStatus.FORBIDDEN:
        return {
            "code": "log_closed",
            "why": gettext("Your plan is locked. Open it again, then this can be sent."),
        }
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        why = gettext(
            "This was too much at once (more than 64 KB). Nothing was kept. Send it in smaller parts."
        )
        return {"code": "log_too_large", "why": why}
    return {"code": "log_list_unreadable", "why": gettext("This could not be read. Nothing was kept.")}


def _read(one: Any) -> logs.Tick | PlansError:
    try:
        return listed_tick(one if isinstance(one, Mapping) else {})
    except PlansError as refused:
        return refused


def _id_in(one: Any) -> Any:
    """Return the id as it was sent, as far as it may be one."""
    sent = one.get("id") if isinstance(one, Mapping) else None
    return sent[:36] if isinstance(sent, str) else None


def _refuse(client_id: Any, refused: PlansError, language: Language) -> Answer:
    return {
        "id": client_id,
        "ok": False,
        "code": refused.code,
        "field": getattr(refused, "attribute", ""),
        "why": say_refusal(refused, language),
    }


def _say_kept(entry: LogEntry | DayEntry | None, content: PlanContent) -> Answer:
    """Say with which version it is kept, where that is not the newest, and whether to look at whom to call."""
    if entry is None:
        return {}
    said: Answer = {
        "version": entry.publication.number,
        "alarm": asks_for_help(content, entry),
    }
    if isinstance(entry, LogEntry) and str(entry.item_key) not in {item.key for item in content.items}:
        words = gettext(
            "This exercise is no longer in your plan. It is kept in version %(number)s of your plan."
        )
        return said | {"said": words % {"number": entry.publication.number}}
    if entry.publication.number != content.version:
        return said | {"said": say_replaced(entry.publication.number)}
    return said
