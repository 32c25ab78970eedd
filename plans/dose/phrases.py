"""The dose in words, for the patient: one short line a fact, each with its unit."""

from collections.abc import Callable, Iterator
from datetime import date
from gettext import NullTranslations
from typing import NamedTuple

from plans.dose.amounts import form_of, number_of, say_time, say_times
from plans.dose.side_words import name_side, on_side
from plans.dose.span import Span
from plans.dose.value import Dose, Limb


class Phrase(NamedTuple):
    """One line of the dose: what it is about, and how much."""

    label: str
    text: str


def phrases(
    dose: Dose,
    *,
    words: NullTranslations,
    limb: Limb | None = None,
    format_date: Callable[[date], str] = date.isoformat,
    one_set: bool = False,
) -> tuple[Phrase, ...]:
    """Return the dose in the language of `words`, in the order of doing; blank fields say nothing.

    `limb` is what works on each side, where it is one. A single set is nothing to count for a patient and said only for
    `one_set`: where doses are compared.
    """
    return (
        *_say_amount(dose, limb, words, one_set=one_set),
        *say_pace(dose, words),
        *_say_rest(dose, words),
        *_say_load(dose, words),
        *_say_frequency(dose, words),
        *_say_end(dose, words, format_date),
    )


def plain_labels(words: NullTranslations) -> frozenset[str]:
    """Name the labels that may be left out where room is short: their amounts say their own unit ("2 sets")."""
    return frozenset(
        (
            words.pgettext("dose", "Sets"),
            words.pgettext("dose", "Repeat"),
            words.pgettext("dose", "Do it"),
            words.pgettext("dose", "Time"),
            words.pgettext("dose", "How often"),
        )
    )


def _say_amount(dose: Dose, limb: Limb | None, words: NullTranslations, *, one_set: bool) -> Iterator[Phrase]:
    """Return it with the side on the same line: "10 times" and "each side" apart read as five and five."""
    if dose.sets and (one_set or not _is_one(dose.sets)):
        yield Phrase(words.pgettext("dose", "Sets"), count_sets(dose.sets, words))
    hold = say_time(dose.hold_seconds, words)
    if dose.repetitions:
        # "Repeat once" would be twice.
        is_once = _is_one(dose.repetitions)
        label = words.pgettext("dose", "Do it") if is_once else words.pgettext("dose", "Repeat")
        yield Phrase(label, say_times(dose.repetitions, dose.side, limb, words))
    elif dose.duration_seconds:
        text = say_time(dose.duration_seconds, words)
        yield Phrase(words.pgettext("dose", "Time"), on_side(text, dose.side, limb, words))
    elif hold:
        hold = on_side(hold, dose.side, limb, words)
    elif dose.side:
        yield Phrase(words.pgettext("dose", "Side"), name_side(dose.side, limb, words))
    if hold:
        yield Phrase(words.pgettext("dose", "Hold"), hold)


def _is_one(span: Span | None) -> bool:
    return span == Span(1, 1)


def say_pace(
    dose: Dose, words: NullTranslations, *, say: Callable[[Span | None, NullTranslations], str] = say_time
) -> Iterator[Phrase]:
    """Say how long each way of a movement takes, beside what is held between them."""
    label = words.pgettext("dose", "How fast")
    out, back = (say(span, words) for span in (dose.out_seconds, dose.back_seconds))
    if out and out == back:
        yield Phrase(label, words.pgettext("pace", "%(time)s each way") % {"time": out})
    elif out and back:
        text = words.pgettext("pace", "%(out)s there, %(back)s back")
        yield Phrase(label, text % {"out": out, "back": back})
    elif out:
        yield Phrase(label, words.pgettext("pace", "%(time)s there") % {"time": out})
    elif back:
        yield Phrase(label, words.pgettext("pace", "%(time)s back") % {"time": back})


def _say_rest(dose: Dose, words: NullTranslations) -> Iterator[Phrase]:
    if dose.rest_seconds and dose.rest_seconds.high > 0 and not _is_one(dose.sets):
        text = words.pgettext("rest", "%(time)s between sets")
        yield Phrase(words.pgettext("dose", "Rest"), text % {"time": say_time(dose.rest_seconds, words)})


def _say_load(dose: Dose, words: NullTranslations) -> Iterator[Phrase]:
    if dose.load:
        yield Phrase(words.pgettext("dose", "Use"), dose.load)


def _say_frequency(dose: Dose, words: NullTranslations) -> Iterator[Phrase]:
    """Say it in one line under one name, whichever part of it is given."""
    times = times_a_day(dose.times_per_day, words) if dose.times_per_day else ""
    days = days_a_week(dose.days_per_week, words) if dose.days_per_week else ""
    if times and days:
        times, days = words.gettext("%(times)s, %(days)s") % {"times": times, "days": days}, ""
    if times or days:
        yield Phrase(words.pgettext("dose", "How often"), times or days)


def _say_end(dose: Dose, words: NullTranslations, format_date: Callable[[date], str]) -> Iterator[Phrase]:
    if dose.until:
        yield Phrase(words.pgettext("dose", "Until"), format_date(dose.until))


def count_sets(span: Span, words: NullTranslations) -> str:
    return words.ngettext("%(n)s set", "%(n)s sets", form_of(span)) % {"n": number_of(span, words)}


def times_a_day(span: Span, words: NullTranslations) -> str:
    text = words.ngettext("once a day", "%(n)s times a day", form_of(span))
    return text % {"n": number_of(span, words)}


def days_a_week(span: Span, words: NullTranslations) -> str:
    if span.low == span.high == 7:
        return words.gettext("every day")
    text = words.ngettext("%(n)s day a week", "%(n)s days a week", form_of(span))
    return text % {"n": number_of(span, words)}
