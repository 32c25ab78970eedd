"""Days and sides in typed lines."""

from datetime import date

import pytest

from plans.diagnoses.when import read_line

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("line", "words", "days"),
    [
        ("sciatica, onset 3 weeks ago", "sciatica", {"onset": date(2026, 11, 8)}),
        ("sciatica since yesterday", "sciatica", {"onset": date(2026, 11, 28)}),
        ("sciatica for six weeks", "sciatica", {"when": date(2026, 10, 18)}),
        ("hip replacement surgery 6 weeks ago", "hip replacement", {"surgery": date(2026, 10, 18)}),
        ("ACL 6 weeks post-op", "ACL", {"surgery": date(2026, 10, 18)}),
        ("ACL 2 months after surgery", "ACL", {"surgery": date(2026, 9, 29)}),
        ("pregnancy, due in 10 weeks", "pregnancy", {"due": date(2027, 2, 7)}),
        ("meniscus op 2026-10-01", "meniscus op", {"when": date(2026, 10, 1)}),
        ("M54.16 1.10.2026", "M54.16", {"when": date(2026, 10, 1)}),
        ("sciatica 8 Nov 2026", "sciatica", {"when": date(2026, 11, 8)}),
        ("ciática desde hace 3 semanas", "ciática", {"onset": date(2026, 11, 8)}),
        ("ciática, inicio hace dos meses", "ciática", {"onset": date(2026, 9, 29)}),
        ("disc L4-L5", "disc L4-L5", {}),
        ("fall 31.2.2026", "fall 31.2.2026", {}),
        ("999 years ago", "", {"when": date(1027, 11, 29)}),
    ],
)
def test_days(line, words, days):
    read = read_line(line, today=TODAY)
    assert read.words == words
    assert {
        name: getattr(read, name) for name in ("onset", "surgery", "due", "when") if getattr(read, name)
    } == days


@pytest.mark.parametrize(
    ("line", "words", "side"),
    [
        ("knee osteoarthritis left", "knee osteoarthritis", "left"),
        ("right knee osteoarthritis", "knee osteoarthritis", "right"),
        ("knee osteoarthritis (both sides)", "knee osteoarthritis", "both"),
        ("rodilla derecha", "rodilla", "right"),
        ("bright light", "bright light", ""),
    ],
)
def test_sides(line, words, side):
    read = read_line(line, today=TODAY)
    assert (read.words, read.side) == (words, side)


def test_the_last_day_of_a_month_stays_in_its_month():
    assert read_line("1 month ago", today=date(2026, 3, 31)).when == date(2026, 2, 28)


def test_a_pasted_letter_is_read_as_far_as_a_line_goes():
    assert len(read_line("x" * 10_000, today=TODAY).words) == 300
