"""The dose in words, for the patient: one short line a fact, each with its unit."""

from collections.abc import Callable, Iterator
from datetime import date
from gettext import NullTranslations
from typing import NamedTuple

from plans.dose.span import Span
from plans.dose.value import Dose, Side

# Here and below the words are asked for with literal strings and the usual method names, so that the message
# extractor finds them. A form for one or two may leave the number out ("once a day"), so a range, which must
# show both its numbers, never takes those: "1 to 2 times".
_LEAST_FORM_OF_A_RANGE = 3


class Phrase(NamedTuple):
    """One line of the dose: what it is about, and how much."""

    label: str
    text: str


def phrases(
    dose: Dose, *, words: NullTranslations, format_date: Callable[[date], str] = date.isoformat
) -> tuple[Phrase, ...]:
    """Return the dose in the language of `words`, in the order of doing; blank fields say nothing."""
    return (*_say_amount(dose, words), *_say_load(dose, words), *_say_frequency(dose, words, format_date))


def say_sides(side: Side, words: NullTranslations) -> str:
    """Tell as a sentence what a side asks for: steps are written for one side and leave it to the dose."""
    match side:
        case Side.EACH:
            return words.pgettext("dose", "When one side is done, change sides.")
        case Side.LEFT:
            return words.pgettext("dose", "Do this on the left side only.")
        case Side.RIGHT:
            return words.pgettext("dose", "Do this on the right side only.")


def plain_labels(words: NullTranslations) -> frozenset[str]:
    """Name the labels that may be left out where room is short: their amounts say their own unit ("2 sets")."""
    return frozenset(
        (
            words.pgettext("dose", "Sets"),
            words.pgettext("dose", "Repeat"),
            words.pgettext("dose", "Do it"),
            words.pgettext("dose", "Time"),
        )
    )


def _say_amount(dose: Dose, words: NullTranslations) -> Iterator[Phrase]:
    """Return it with the side on the same line: "10 times" and "each side" apart read as five and five."""
    if dose.sets:
        yield Phrase(words.pgettext("dose", "Sets"), _count_sets(dose.sets, words))
    hold = _time(dose.hold_seconds, words)
    is_once = dose.repetitions == Span(1, 1)  # "repeat once" would be twice
    if dose.repetitions:
        label = words.pgettext("dose", "Do it") if is_once else words.pgettext("dose", "Repeat")
        yield Phrase(label, _on_side(_times(dose.repetitions, words), dose.side, words))
    elif dose.duration_seconds:
        text = _time(dose.duration_seconds, words)
        yield Phrase(words.pgettext("dose", "Time"), _on_side(text, dose.side, words))
    elif hold:
        hold = _on_side(hold, dose.side, words)
    elif dose.side:
        yield Phrase(words.pgettext("dose", "Side"), _name_side(dose.side, words))
    if hold:
        yield Phrase(words.pgettext("dose", "Hold"), hold)
    if dose.rest_seconds and dose.rest_seconds.high > 0:
        yield Phrase(words.pgettext("dose", "Rest between sets"), _time(dose.rest_seconds, words))


def _say_load(dose: Dose, words: NullTranslations) -> Iterator[Phrase]:
    if dose.load:
        yield Phrase(words.pgettext("dose", "Use"), dose.load)


def _say_frequency(
    dose: Dose, words: NullTranslations, format_date: Callable[[date], str]
) -> Iterator[Phrase]:
    if dose.times_per_day:
        yield Phrase(words.pgettext("dose", "When"), _times_a_day(dose.times_per_day, words))
    if dose.days_per_week:
        yield Phrase(words.pgettext("dose", "Which days"), _days_a_week(dose.days_per_week, words))
    if dose.until:
        yield Phrase(words.pgettext("dose", "Until"), format_date(dose.until))


def _number(span: Span, words: NullTranslations) -> str:
    if span.low == span.high:
        return str(span.low)
    return words.gettext("%(low)s to %(high)s") % {"low": span.low, "high": span.high}


def _form(span: Span) -> int:
    return span.low if span.low == span.high else max(span.high, _LEAST_FORM_OF_A_RANGE)


def _count_sets(span: Span, words: NullTranslations) -> str:
    return words.ngettext("%(n)s set", "%(n)s sets", _form(span)) % {"n": _number(span, words)}


def _times(span: Span, words: NullTranslations) -> str:
    return words.ngettext("once", "%(n)s times", _form(span)) % {"n": _number(span, words)}


def _times_a_day(span: Span, words: NullTranslations) -> str:
    return words.ngettext("once a day", "%(n)s times a day", _form(span)) % {"n": _number(span, words)}


def _days_a_week(span: Span, words: NullTranslations) -> str:
    if span.low == span.high == 7:
        return words.gettext("every day")
    return words.ngettext("%(n)s day a week", "%(n)s days a week", _form(span)) % {"n": _number(span, words)}


def _time(span: Span | None, words: NullTranslations) -> str:
    if span is None:
        return ""
    if span.low >= 60 and span.low % 60 == 0 and span.high % 60 == 0:
        minutes = Span(span.low // 60, span.high // 60)
        text = words.ngettext("%(n)s minute", "%(n)s minutes", _form(minutes))
        return text % {"n": _number(minutes, words)}
    text = words.ngettext("%(n)s second", "%(n)s seconds", _form(span))
    return text % {"n": _number(span, words)}


def _on_side(amount: str, side: Side | None, words: NullTranslations) -> str:
    if side is None:
        return amount
    text = words.gettext("%(amount)s, %(side)s")
    return text % {"amount": amount, "side": _name_side(side, words)}


def _name_side(side: Side, words: NullTranslations) -> str:
    match side:
        case Side.EACH:
            return words.pgettext("dose", "each side")
        case Side.LEFT:
            return words.pgettext("dose", "left side only")
        case Side.RIGHT:
            return words.pgettext("dose", "right side only")
