"""What a change of a measure means, in words that a patient reads; in the active language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext

from plans.languages import Language
from plans.models import MeasureText
from plans.portal.short_days import in_short
from plans.queries.measures.results import Result, rounded


def say_ends(text: MeasureText) -> str:
    return gettext("%(lowest)s: %(low_words)s. %(highest)s: %(high_words)s.") % {
        "lowest": text.lowest,
        "low_words": text.lowest_words,
        "highest": text.highest,
        "high_words": text.highest_words,
    }


def say_results(results: Iterable[Result], language: Language) -> list[Mapping[str, Any]]:
    """Say it of the measures whose words and figures a reviewer approved."""
    return [_say(one, language) for one in results if one.scale.is_approved]


def _say(result: Result, language: Language) -> Mapping[str, Any]:
    text = result.scale.text
    return {
        "name": text.name,
        "ends": say_ends(text),
        "start": _number(rounded(result.start)),
        "start_day": in_short(result.start_day, language) if result.start_day else "",
        "review": _number(rounded(result.review)),
        "review_day": in_short(result.review_day, language) if result.review_day else "",
        "activities": result.activities,
        "change": _say_change(result),
        "meaning": _say_meaning(result),
    }


def _number(value: Decimal | None) -> str:
    return "" if value is None else number_format(value)


def _say_change(result: Result) -> str:
    if result.change is None:
        return ""
    if not result.change:
        return gettext("It is the same as at the start.")
    points = {"points": _number(rounded(abs(result.change)))}
    if result.is_better:
        return gettext("It is better by %(points)s.") % points
    return gettext("It is worse by %(points)s. Talk about it with your therapist.") % points


def _say_meaning(result: Result) -> str:
    if not result.change or not result.sources:
        return ""
    points = {"least": _number(result.smallest), "most": _number(result.largest)}
    if result.smallest == result.largest:
        known = gettext("Studies say that a change counts from %(least)s on.") % points
    else:
        known = gettext(
            "Studies differ. Some say that a change counts from %(least)s on, some from %(most)s on."
        )
        known %= points
    return f"{known} {_say_verdict(result)}"


def _say_verdict(result: Result) -> str:
    if result.reached == result.sources:
        return gettext("So this change counts.")
    if result.reached:
        return gettext("So this change may count.")
    return gettext("So this change is small. It may be chance.")
