from datetime import date, timedelta

import pytest

from plans.contraindications import check_birth, check_fact

TODAY = date(2026, 6, 1)
BIRTH = date(1960, 5, 17)


def ahead(days):
    return TODAY + timedelta(days=days)


def codes(problems):
    return [(problem.field, problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("birth", "found"),
    [
        (date(1, 1, 1), "too_early"),
        (date(1700, 1, 1), "too_early"),
        (date(1899, 12, 31), "too_early"),
        (date(1900, 1, 1), None),
        (TODAY, None),
        (ahead(1), "in_future"),
        (date(2099, 1, 1), "in_future"),
        (None, None),
    ],
)
def test_a_birth_is_from_1900_to_today(birth, found):
    assert codes(check_birth(birth, today=TODAY)) == ([("birth_date", found)] if found else [])


@pytest.mark.parametrize(
    ("field", "most"),
    [("onset", 0), ("noted_on", 0), ("surgery_on", 180), ("due_on", 300)],
)
def test_each_day_lies_between_birth_and_what_can_be_known_ahead(field, most):
    late = "too_far_ahead" if most else "in_future"
    for day, found in [(BIRTH, []), (ahead(most), []), (ahead(most + 1), [(field, late)])]:
        assert codes(check_fact({field: day}, birth=BIRTH, today=TODAY)) == found
    before = BIRTH - timedelta(days=1)
    assert codes(check_fact({field: before}, birth=BIRTH, today=TODAY)) == [(field, "before_birth")]


def cleared(**fields):
    return {"cleared_on": TODAY, "cleared_by": "Dr A", "cleared_how": "seen", **fields}


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (cleared(), []),
        (cleared(noted_on=TODAY), []),
        (cleared(noted_on=TODAY, cleared_on=ahead(-1)), [("cleared_on", "clearance_too_old")]),
        (cleared(onset=TODAY, cleared_on=ahead(-1)), [("cleared_on", "clearance_too_old")]),
        (cleared(recorded_on=TODAY, cleared_on=ahead(-730)), []),
        (cleared(recorded_on=TODAY, cleared_on=ahead(-731)), [("cleared_on", "clearance_too_old")]),
        (cleared(recorded_on=TODAY, cleared_on=ahead(-731), onset=ahead(-800)), []),
        (cleared(surgery_on=ahead(30)), [("cleared_on", "clearance_too_old")]),
        (cleared(cleared_on=ahead(1)), [("cleared_on", "in_future")]),
        (cleared(cleared_on=date(1959, 1, 1)), [("cleared_on", "before_birth")]),
        (cleared(cleared_by="-"), [("cleared_by", "clearance_incomplete")]),
        (cleared(cleared_how=" . "), [("cleared_how", "clearance_incomplete")]),
        (cleared(cleared_by="王芳", cleared_how="核磁共振"), []),
        (
            {"cleared_by": "Dr A"},
            [("cleared_on", "clearance_incomplete"), ("cleared_how", "clearance_incomplete")],
        ),
        ({"cleared_on": None, "cleared_by": "", "cleared_how": ""}, []),
    ],
)
def test_a_clearance_is_whole_named_and_not_older_than_what_it_clears(fact, found):
    assert codes(check_fact(fact, birth=BIRTH, today=TODAY)) == found


def test_a_clearance_whose_day_cannot_be_is_told_once():
    fact = {"onset": date(1990, 1, 1), "cleared_by": "Dr A", "cleared_how": "letter"}
    before_birth = {**fact, "cleared_on": date(1950, 1, 1)}
    too_old = {**fact, "cleared_on": date(1980, 1, 1)}

    assert codes(check_fact(before_birth, birth=BIRTH, today=TODAY)) == [("cleared_on", "before_birth")]
    assert codes(check_fact(too_old, birth=BIRTH, today=TODAY)) == [("cleared_on", "clearance_too_old")]
