from gettext import NullTranslations

import pytest

from plans.dose import Span
from plans.dose.amounts import say_time

WORDS = NullTranslations()


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (1, 1, "1 second"),
        (30, 60, "30 to 60 seconds"),
        (60, 60, "1 minute"),
        (60, 90, "60 to 90 seconds"),
        (60, 119, "60 to 119 seconds"),
        (60, 120, "1 to 2 minutes"),
        (90, 90, "90 seconds"),
        (90, 120, "90 seconds to 2 minutes"),
        (90, 3600, "90 seconds to 60 minutes"),
        (119, 119, "119 seconds"),
        (120, 120, "2 minutes"),
        (121, 121, "2 minutes and 1 second"),
        (150, 600, "2 minutes and 30 seconds to 10 minutes"),
        (20, 1200, "20 seconds to 20 minutes"),
        (0, 60, "0 to 60 seconds"),
        (0, 120, "0 seconds to 2 minutes"),
    ],
)
def test_a_time_is_in_minutes_where_it_is_minutes(low, high, said):
    assert say_time(Span(low, high), WORDS) == said


def test_no_time_says_nothing():
    assert say_time(None, WORDS) == ""
