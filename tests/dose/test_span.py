import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.dose import Span, Unreadable, why_unreadable
from plans.exceptions import UnreadableDose


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("10", Span(10, 10)),
        (" 10-15 ", Span(10, 15)),
        ("10 – 15", Span(10, 15)),
        ("10 to 15", Span(10, 15)),
        ("10 TO 15", Span(10, 15)),
        ("10 a 15", Span(10, 15)),
        ("30-20", Span(30, 20)),
        ("0", Span(0, 0)),
    ],
)
def test_reads_what_a_therapist_writes(text, span):
    assert Span.parse(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ten",
        "10-",
        "-5",
        "1.5",
        "10-15-20",
        "10 15",
        "10 bis 15",
        "10 to",
        "to 15",
        "1٣",
        "1234567",
        "10-15 s",
    ],
)
def test_refuses_the_rest(text):
    with pytest.raises(UnreadableDose, match="a number or range"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ten", Unreadable.NO_NUMBER),
        ("10 bis 15", Unreadable.NO_NUMBER),
        ("-5", Unreadable.NO_NUMBER),
        ("2.5", Unreadable.NOT_WHOLE),
        ("10-12,5", Unreadable.NOT_WHOLE),
        ("10 to ", Unreadable.OPEN_RANGE),
        ("10-", Unreadable.OPEN_RANGE),
        ("1234567", Unreadable.TOO_LONG),
    ],
)
def test_says_why_it_cannot_be_read(text, why):
    assert why_unreadable(text) is why


@given(st.integers(0, 999999), st.integers(0, 999999))
def test_reads_what_it_writes(low, high):
    assert Span.parse(str(Span(low, high))) == Span(low, high)


def test_says_one_number_once():
    assert (str(Span(3, 3)), str(Span(3, 4))) == ("3", "3-4")


@pytest.mark.parametrize(
    ("columns", "span"),
    [
        ({"hold_min": 20, "hold_max": 30}, Span(20, 30)),
        ({"hold_min": 20, "hold_max": None}, Span(20, 20)),
        ({"hold_max": 30}, Span(30, 30)),
        ({"hold_min": 0}, Span(0, 0)),
        ({"hold_min": 0, "hold_max": 5}, Span(0, 5)),
        ({"hold_min": 5, "hold_max": 0}, Span(5, 0)),
        ({"hold_max": 0}, Span(0, 0)),
        ({"hold_min": None}, None),
        ({}, None),
    ],
)
def test_reads_columns(columns, span):
    assert Span.from_columns(columns, "hold") == span


@pytest.mark.parametrize("value", ["5", 5.0, True, [5]])
def test_refuses_what_is_no_whole_number(value):
    with pytest.raises(UnreadableDose, match="hold_max"):
        Span.from_columns({"hold_min": 5, "hold_max": value}, "hold")


def test_holds_what_lies_inside():
    safe = Span(5, 10)
    inside = [Span(5, 10), Span(6, 6), Span(10, 10)]
    outside = [Span(4, 6), Span(9, 11), Span(1, 2), Span(4, 11)]
    assert [safe.holds(span) for span in inside + outside] == [True] * 3 + [False] * 4


def test_middle():
    assert Span(10, 15).middle == 12.5
