"""What the values of a figure say of themselves."""

import pytest

from plans.figures.joints import Joint
from plans.figures.spec import Contact, ContactKind, JointAngle, Part
from plans.figures.words import PartName, Side, Surface


@pytest.mark.parametrize(("movement", "signed"), [("flexion", 20), ("extension", -20)])
def test_an_angle_knows_its_axis_and_its_sign(movement, signed):
    angle = JointAngle(Joint.HIP, Side.RIGHT, movement, 20)

    assert (angle.axis.name, angle.signed) == ("flexion", signed)


@pytest.mark.parametrize(
    ("kind", "target", "words"),
    [
        (ContactKind.REST, Surface.FLOOR, "right palm on floor"),
        (ContactKind.AGAINST, Surface.WALL, "right palm against wall"),
        (ContactKind.TOUCH, Part(PartName.CHIN), "right palm touches chin"),
        (ContactKind.HOLD, Part(PartName.SHIN, Side.LEFT), "right palm holds left shin"),
    ],
)
def test_a_contact_says_itself_in_words(kind, target, words):
    assert str(Contact(kind, Part(PartName.PALM, Side.RIGHT), target)) == words
