from gettext import NullTranslations

import pytest

from plans.dose import Dose, Limb, Side, Span, phrases, say_sides
from plans.dose.amounts import say_times

WORDS = NullTranslations()


@pytest.mark.parametrize(
    ("side", "repetitions", "limb", "text"),
    [
        (Side.EACH, 1, None, "once to each side"),
        (Side.EACH, 1, Limb.LEG, "once with each leg"),
        (Side.EACH, 1, Limb.ARM, "once with each arm"),
        (Side.EACH, 10, Limb.LEG, "10 times, each leg"),
        (Side.EACH, 10, Limb.ARM, "10 times, each arm"),
        (Side.LEFT, 1, Limb.LEG, "once, left leg only"),
        (Side.LEFT, 10, Limb.ARM, "10 times, left arm only"),
        (Side.RIGHT, 10, Limb.LEG, "10 times, right leg only"),
        (Side.RIGHT, 10, Limb.ARM, "10 times, right arm only"),
    ],
)
def test_the_limb_that_works_is_named(side, repetitions, limb, text):
    assert say_times(Span(repetitions, repetitions), side, limb, WORDS) == text


def test_the_limb_stands_with_a_hold_and_where_nothing_is_counted():
    hold, alone = Dose(hold_seconds=Span(30, 30), side=Side.EACH), Dose(side=Side.RIGHT)
    assert list(phrases(hold, words=WORDS, limb=Limb.LEG)) == [("Hold", "30 seconds, each leg")]
    assert list(phrases(alone, words=WORDS, limb=Limb.ARM)) == [("Side", "right arm only")]


@pytest.mark.parametrize(
    ("side", "limb", "words"),
    [
        (Side.EACH, None, "When one side is done, change sides."),
        (Side.EACH, Limb.LEG, "When one leg is done, change legs."),
        (Side.EACH, Limb.ARM, "When one arm is done, change arms."),
        (Side.LEFT, None, "Do this on the left side only."),
        (Side.LEFT, Limb.LEG, "Do this with the left leg only."),
        (Side.LEFT, Limb.ARM, "Do this with the left arm only."),
        (Side.RIGHT, None, "Do this on the right side only."),
        (Side.RIGHT, Limb.LEG, "Do this with the right leg only."),
        (Side.RIGHT, Limb.ARM, "Do this with the right arm only."),
    ],
)
def test_the_side_as_a_sentence(side, limb, words):
    assert say_sides(side, WORDS, limb=limb) == words
