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
        ("left and right knee replacement", "and knee replacement", "both"),
        ("rodilla izquierda y derecha", "rodilla y", "both"),
        ("hip replacement (left), left since 2019", "hip replacement, since 2019", "left"),
    ],
)
def test_sides(line, words, side):
    read = read_line(line, today=TODAY)
    assert (read.words, read.side) == (words, side)


@pytest.mark.parametrize(
    ("line", "day", "unsure"),
    [
        ("hip replacement 2015-03-01, again 3 weeks ago", date(2026, 11, 8), True),
        ("prótesis de cadera hace 3 semanas, 1.3.2015", date(2026, 11, 8), True),
        ("hip replacement 3 weeks ago, review in 6 weeks", date(2026, 11, 8), True),
        ("hip replacement 2026-11-08, 3 weeks ago", date(2026, 11, 8), False),
    ],
)
def test_of_several_days_the_latest_that_has_come_and_the_line_is_unsure(line, day, unsure):
    read = read_line(line, today=TODAY)
    assert (read.when, read.unsure) == (day, unsure)


def test_days_of_two_things_are_no_contradiction():
    read = read_line("sciatica onset 2026-01-01, surgery 3 weeks ago", today=TODAY)
    assert (read.onset, read.surgery, read.unsure) == (date(2026, 1, 1), date(2026, 11, 8), False)


def test_of_two_due_days_the_later_counts():
    read = read_line("pregnancy, due 2026-11-01, due 2026-12-15", today=TODAY)
    assert (read.due, read.unsure) == (date(2026, 12, 15), True)


def test_a_comma_stays_where_a_side_is_cut_out():
    assert read_line("right hip replacement, left knee", today=TODAY).words == "hip replacement, knee"


def test_the_last_day_of_a_month_stays_in_its_month():
    assert read_line("1 month ago", today=date(2026, 3, 31)).when == date(2026, 2, 28)


def test_a_pasted_letter_is_read_as_far_as_a_line_goes():
    assert len(read_line("x" * 10_000, today=TODAY).words) == 300
