from plans.figures.joints import Joint
from plans.figures.solve.digits import RELAXED, digit_turns
from plans.figures.solve.vectors import turn
from plans.figures.words import Side

HANDS = dict.fromkeys(Side, RELAXED)
FORWARD = (0.0, 0.0, 1.0)


def jaw(**degrees):
    extra = {(Joint.JAW, None, way.replace("_", " ")): value for way, value in degrees.items()}
    return digit_turns(extra, HANDS).get("jaw")


def test_a_jaw_of_which_nothing_is_said_stays_closed():
    assert jaw() is None


def test_it_opens_downward_and_shifts_to_its_own_left():
    assert turn(jaw(opening=20), FORWARD)[1] < -0.3
    assert turn(jaw(shift_left=8), FORWARD)[0] > 0.1
