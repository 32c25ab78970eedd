from datetime import date
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

import pytest
from hypothesis import given

from plans.dose import Dose, Side, Span, phrases
from plans.dose.phrases import plain_labels
from tests.dose.test_value import doses

WORDS = NullTranslations()


def say(dose, **options):
    return list(phrases(dose, words=WORDS, **options))


def test_a_whole_dose_in_the_order_of_doing():
    dose = Dose(
        sets=Span(2, 3),
        repetitions=Span(10, 15),
        hold_seconds=Span(5, 5),
        rest_seconds=Span(30, 60),
        out_seconds=Span(2, 2),
        back_seconds=Span(3, 4),
        side=Side.EACH,
        load="red band",
        times_per_day=Span(1, 2),
        days_per_week=Span(5, 5),
        until=date(2026, 5, 1),
    )
    assert say(dose) == [
        ("Sets", "2 to 3 sets"),
        ("Repeat", "10 to 15 times, each side"),
        ("Hold", "5 seconds"),
        ("How fast", "2 seconds there, 3 to 4 seconds back"),
        ("Rest", "30 to 60 seconds between sets"),
        ("Use", "red band"),
        ("How often", "1 to 2 times a day, 5 days a week"),
        ("Until", "2026-05-01"),
    ]


@pytest.mark.parametrize(
    ("dose", "phrase"),
    [
        (Dose(sets=Span(2, 2)), ("Sets", "2 sets")),
        (Dose(sets=Span(1, 2)), ("Sets", "1 to 2 sets")),
        (Dose(repetitions=Span(1, 1)), ("Do it", "once")),
        (Dose(repetitions=Span(8, 8), side=Side.LEFT), ("Repeat", "8 times, left side only")),
        (Dose(repetitions=Span(8, 8), side=Side.RIGHT), ("Repeat", "8 times, right side only")),
        (Dose(duration_seconds=Span(1200, 1800)), ("Time", "20 to 30 minutes")),
        (Dose(duration_seconds=Span(60, 60), side=Side.EACH), ("Time", "1 minute, each side")),
        (Dose(duration_seconds=Span(90, 90)), ("Time", "90 seconds")),
        (Dose(duration_seconds=Span(60, 90)), ("Time", "60 to 90 seconds")),
        (Dose(duration_seconds=Span(60, 119)), ("Time", "60 to 119 seconds")),
        (Dose(duration_seconds=Span(60, 120)), ("Time", "1 to 2 minutes")),
        (Dose(duration_seconds=Span(90, 120)), ("Time", "90 seconds to 2 minutes")),
        (Dose(duration_seconds=Span(90, 3600)), ("Time", "90 seconds to 60 minutes")),
        (Dose(duration_seconds=Span(121, 121)), ("Time", "2 minutes and 1 second")),
        (Dose(duration_seconds=Span(150, 600)), ("Time", "2 minutes and 30 seconds to 10 minutes")),
        (Dose(rest_seconds=Span(90, 180)), ("Rest", "90 seconds to 3 minutes between sets")),
        (Dose(duration_seconds=Span(30, 60)), ("Time", "30 to 60 seconds")),
        (Dose(hold_seconds=Span(1, 1)), ("Hold", "1 second")),
        (Dose(hold_seconds=Span(20, 30), side=Side.EACH), ("Hold", "20 to 30 seconds, each side")),
        (Dose(side=Side.EACH), ("Side", "each side")),
        (Dose(times_per_day=Span(1, 1)), ("How often", "once a day")),
        (Dose(repetitions=Span(1, 1), side=Side.EACH), ("Do it", "once to each side")),
        (Dose(repetitions=Span(1, 2)), ("Repeat", "1 to 2 times")),
        (Dose(days_per_week=Span(1, 1)), ("How often", "1 day a week")),
        (Dose(days_per_week=Span(7, 7)), ("How often", "every day")),
        (Dose(days_per_week=Span(5, 7)), ("How often", "5 to 7 days a week")),
        (Dose(out_seconds=Span(3, 3), back_seconds=Span(3, 3)), ("How fast", "3 seconds each way")),
        (Dose(out_seconds=Span(1, 1)), ("How fast", "1 second there")),
        (Dose(back_seconds=Span(4, 6)), ("How fast", "4 to 6 seconds back")),
    ],
)
def test_one_fact(dose, phrase):
    assert say(dose) == [phrase]


def test_one_set_is_said_where_doses_are_compared_alone():
    dose = Dose(sets=Span(1, 1), repetitions=Span(5, 5), rest_seconds=Span(30, 30))
    assert say(dose) == [("Repeat", "5 times")], "a rest between sets needs two of them"
    assert say(dose, one_set=True)[0] == ("Sets", "1 set")


def test_side_is_said_once():
    dose = Dose(repetitions=Span(3, 3), hold_seconds=Span(30, 30), side=Side.EACH)
    assert say(dose) == [("Repeat", "3 times, each side"), ("Hold", "30 seconds")]


def test_no_rest_is_not_said():
    assert say(Dose(rest_seconds=Span(0, 0))) == []
    assert [phrase.label for phrase in say(Dose(rest_seconds=Span(1, 1)))] == ["Rest"]
    assert say(Dose(rest_seconds=Span(0, 30))) == [("Rest", "0 to 30 seconds between sets")]


def test_date_as_the_reader_writes_it():
    dose = Dose(until=date(2026, 5, 1))
    said = phrases(dose, words=WORDS, format_date=lambda day: f"{day.day} May")
    assert list(said) == [("Until", "1 May")]


def test_every_word_is_translated():
    class Marked(NullTranslations):
        def gettext(self, message):
            return f"<{message}>"

        def ngettext(self, one, many, n):
            return f"<{one if n == 1 else many}>"

        def pgettext(self, context, message):
            return f"<{message}>"

    full = Dose(
        sets=Span(2, 2),
        repetitions=Span(3, 4),
        hold_seconds=Span(5, 5),
        rest_seconds=Span(60, 60),
        side=Side.EACH,
        times_per_day=Span(1, 1),
        days_per_week=Span(7, 7),
    )
    for label, text in phrases(full, words=Marked()):
        assert label.startswith("<")
        assert text.startswith("<")


def test_plural_follows_the_language():
    catalog = _compile(
        "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\n",
        {("%(n)s set", "%(n)s sets"): ["%(n)s seria", "%(n)s serie", "%(n)s serii"]},
    )
    assert [phrases(Dose(sets=Span(n, n)), words=catalog, one_set=True)[0].text for n in (1, 3, 5)] == [
        "1 seria",
        "3 serie",
        "5 serii",
    ]


def _compile(header, plurals):
    """Build a message catalogue in memory: the .mo format is a sorted table of originals and translations."""
    entries = {"": header} | {"\0".join(keys): "\0".join(forms) for keys, forms in plurals.items()}
    pairs = [(key.encode(), entries[key].encode()) for key in sorted(entries)]
    start = 28 + 16 * len(pairs)
    tables, body = [b"", b""], b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += len(pair[column]).to_bytes(4, "little")
            tables[column] += (start + len(body)).to_bytes(4, "little")
            body += pair[column] + b"\0"
    numbers = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    head = b"".join(number.to_bytes(4, "little") for number in numbers)
    return GNUTranslations(BytesIO(head + tables[0] + tables[1] + body))


@given(doses)
def test_no_dose_crashes_its_words(dose):
    assert all(phrase.label and isinstance(phrase.text, str) for phrase in say(dose))


def test_labels_whose_amounts_say_their_unit_may_be_left_out():
    labels = {phrase.label for phrase in phrases(Dose(sets=Span(2, 2), repetitions=Span(8, 8)), words=WORDS)}

    assert plain_labels(WORDS) == {"Sets", "Repeat", "Do it", "Time", "How often"}
    assert plain_labels(WORDS) >= labels
