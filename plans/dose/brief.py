"""The dose in one line for therapists: "3 × 10, hold 5 s, each side, once a day". Blank fields say nothing."""

from collections.abc import Callable, Iterator
from datetime import date
from gettext import NullTranslations

from plans.dose.amounts import say_times
from plans.dose.phrases import count_sets, days_a_week, say_pace, times_a_day
from plans.dose.side_words import name_side
from plans.dose.span import Span
from plans.dose.value import Dose, Limb

# "s", "min" and "×" are signs and not words: every language of the desk reads them.
_SECONDS, _MINUTES, _TIMES = "s", "min", "×"


def brief(
    dose: Dose,
    *,
    words: NullTranslations,
    limb: Limb | None = None,
    format_date: Callable[[date], str] = date.isoformat,
) -> str:
    return ", ".join(_parts(dose, words, limb, format_date))


def _parts(
    dose: Dose, words: NullTranslations, limb: Limb | None, format_date: Callable[[date], str]
) -> Iterator[str]:
    if amount := _say_amount(dose, words):
        yield amount
    if dose.hold_seconds:
        yield _labelled(words.pgettext("dose", "Hold"), brief_time(dose.hold_seconds))
    if dose.side:
        yield name_side(dose.side, limb, words)
    yield from (phrase.text for phrase in say_pace(dose, words, say=_brief_or_blank))
    if dose.rest_seconds and dose.rest_seconds.high:
        yield _labelled(words.pgettext("dose", "Rest"), brief_time(dose.rest_seconds))
    if dose.load:
        yield dose.load
    if dose.times_per_day:
        yield times_a_day(dose.times_per_day, words)
    if dose.days_per_week:
        yield days_a_week(dose.days_per_week, words)
    if dose.until:
        yield _labelled(words.pgettext("dose", "Until"), format_date(dose.until))


def brief_span(span: Span) -> str:
    return str(span).replace("-", "\u2013")


def brief_time(span: Span) -> str:
    """Return whole minutes from one minute on as minutes, all else in seconds."""
    if span.low >= 60 and span.low % 60 == 0 and span.high % 60 == 0:
        return f"{brief_span(Span(span.low // 60, span.high // 60))} {_MINUTES}"
    return f"{brief_span(span)} {_SECONDS}"


def _brief_or_blank(span: Span | None, words: NullTranslations) -> str:
    return brief_time(span) if span else ""


def _say_amount(dose: Dose, words: NullTranslations) -> str:
    sets = brief_span(dose.sets) if dose.sets else ""
    if dose.repetitions:
        once = brief_span(dose.repetitions)
    elif dose.duration_seconds:
        once = brief_time(dose.duration_seconds)
    else:
        return count_sets(dose.sets, words) if dose.sets else ""
    if sets:
        return f"{sets} {_TIMES} {once}"
    return say_times(dose.repetitions, None, None, words) if dose.repetitions else once


def _labelled(label: str, amount: str) -> str:
    return f"{label.lower()} {amount}"
