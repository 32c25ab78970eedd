"""The limits of a patient as sentences. The language is the active translation's."""

from django.utils.translation import gettext

from plans.content import LimitContent
from plans.handout.phrases import keep_together, write_date
from plans.languages import Language


def name_limit(limit: LimitContent) -> str:
    """Return the limit alone, where room is short: who set it, and until when, stands on the sheet."""
    return f"{_in_words(limit)}."


def say_limit(limit: LimitContent, language: Language) -> str:
    said = {
        "words": _in_words(limit),
        "name": limit.said_by,
        "date": keep_together(write_date(limit.said_on, language)) if limit.said_on else "-",
    }
    if limit.until is None:
        return (
            gettext("%(words)s. %(name)s set this limit on %(date)s. It holds until your clinic ends it.")
            % said
        )
    until = {"until": keep_together(write_date(limit.until, language))}
    return gettext("%(words)s. %(name)s set this limit on %(date)s. It holds until %(until)s.") % {
        **said,
        **until,
    }


def _in_words(limit: LimitContent) -> str:
    return _with_side(_with_amount(limit.words.rstrip(" ."), limit), limit.side)


def _with_amount(words: str, limit: LimitContent) -> str:
    said = {"words": words, "amount": limit.at_most}
    match limit.unit:
        case "degrees":
            return gettext("%(words)s: at most %(amount)s degrees") % said
        case "kilograms":
            return gettext("%(words)s: at most %(amount)s kg") % said
        case _:
            return words


def _with_side(words: str, side: str) -> str:
    said = {"words": words}
    match side:
        case "left":
            return gettext("%(words)s (left side)") % said
        case "right":
            return gettext("%(words)s (right side)") % said
        case "both":
            return gettext("%(words)s (both sides)") % said
        case _:
            return words
