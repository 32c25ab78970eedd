import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.handout.colours import FALLBACK, contrast, make_readable

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1)],
)
def test_contrast_is_that_of_the_standard(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@given(colours)
def test_every_clinic_colour_becomes_readable_on_white(colour):
    assert contrast(make_readable(colour), "#ffffff") >= 4.5


def test_dark_enough_colour_stays_as_it_is():
    assert make_readable("#0b6e6e") == "#0b6e6e"


@pytest.mark.parametrize("broken", ["", "red", "#12", "#12345g", "url(x)", "#123456; x"])
def test_what_is_no_colour_becomes_the_usual_one(broken):
    assert make_readable(broken) == FALLBACK
