"""Numbers, ranges and times in words, each with its unit."""

from gettext import NullTranslations

from plans.dose.side_words import on_side, once_on_each_side
from plans.dose.span import Span
from plans.dose.value import Limb, Side

# Here and beside it the words are asked for with literal strings and the usual method names, so that the message
# extractor finds them. A form for one or two may leave the number out ("once a day"), so a range, which must
# show both its numbers, never takes those: "1 to 2 times".
_LEAST_FORM_OF_A_RANGE = 3
MAX_PLAIN_SECONDS = 120
"""From here on a time is said in minutes: 90 seconds, but 2 minutes and 30 seconds."""


def number_of(span: Span, words: NullTranslations) -> str:
    return str(span.low) if span.low == span.high else _range(str(span.low), str(span.high), words)


def form_of(span: Span) -> int:
    """Return the number by which a language chooses among its forms of a word."""
    return span.low if span.low == span.high else max(span.high, _LEAST_FORM_OF_A_RANGE)


def say_times(span: Span, side: Side | None, limb: Limb | None, words: NullTranslations) -> str:
    if side is Side.EACH and span == Span(1, 1):
        return once_on_each_side(limb, words)
    text = words.ngettext("once", "%(n)s times", form_of(span)) % {"n": number_of(span, words)}
    return on_side(text, side, limb, words)


def say_time(span: Span | None, words: NullTranslations) -> str:
    """Return a time in minutes where it is minutes. One unit serves both ends of a range where one can."""
    if span is None:
        return ""
    if span.low >= 60 and span.low % 60 == 0 and span.high % 60 == 0:
        return _minutes(Span(span.low // 60, span.high // 60), words)
    if span.high < MAX_PLAIN_SECONDS:
        return _seconds(span, words)
    if span.low == span.high:
        return _minutes_and_seconds(span.low, words)
    low, high = (say_time(Span(end, end), words) for end in (span.low, span.high))
    return _range(low, high, words)


def _minutes_and_seconds(seconds: int, words: NullTranslations) -> str:
    parts = {
        "minutes": _minutes(Span(seconds // 60, seconds // 60), words),
        "seconds": _seconds(Span(seconds % 60, seconds % 60), words),
    }
    return words.gettext("%(minutes)s and %(seconds)s") % parts


def _minutes(span: Span, words: NullTranslations) -> str:
    return words.ngettext("%(n)s minute", "%(n)s minutes", form_of(span)) % {"n": number_of(span, words)}


def _seconds(span: Span, words: NullTranslations) -> str:
    return words.ngettext("%(n)s second", "%(n)s seconds", form_of(span)) % {"n": number_of(span, words)}


def _range(low: str, high: str, words: NullTranslations) -> str:
    return words.gettext("%(low)s to %(high)s") % {"low": low, "high": high}
