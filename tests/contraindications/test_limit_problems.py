from datetime import date
from decimal import Decimal

import pytest

from plans.contraindications import check_limit

TODAY = date(2026, 3, 2)
SAID = {
    "words": "Bend your knee",
    "said_by": "Dr Ana Lee",
    "said_on": date(2026, 3, 1),
    "until": TODAY,
    "at_most": Decimal("90"),
    "unit": "degrees",
}


def problems(is_new=True, **changed):
    found = check_limit({**SAID, **changed}, today=TODAY, is_new=is_new)
    return [(problem.field, problem.code) for problem in found]


def test_what_can_be_has_no_problem():
    assert not problems()
    assert not problems(at_most=None, unit="")
    assert not problems(until=None)
    assert not problems(at_most=Decimal("180"))
    assert not problems(at_most=Decimal("500"), unit="kilograms")


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"words": " - "}, ("words", "no_words")),
        ({"said_by": "."}, ("said_by", "no_name")),
        ({"said_on": None}, ("said_on", "no_day")),
        ({"until": date(2026, 2, 28)}, ("until", "ends_before_it_began")),
        ({"until": date(2026, 3, 1)}, ("until", "over_already")),
        ({"unit": ""}, ("unit", "unit_missing")),
        ({"at_most": None}, ("at_most", "amount_missing")),
        ({"at_most": Decimal(0)}, ("at_most", "amount_not_positive")),
        ({"at_most": Decimal("180.1")}, ("at_most", "amount_too_large")),
        ({"at_most": Decimal("500.1"), "unit": "kilograms"}, ("at_most", "amount_too_large")),
    ],
)
def test_what_cannot_be_is_told_at_its_field(changed, problem):
    assert problems(**changed) == [problem]


def test_one_that_is_on_record_may_be_over():
    assert not problems(is_new=False, until=date(2026, 3, 1))
