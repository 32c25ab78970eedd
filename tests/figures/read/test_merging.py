"""What a panel gives up, replaces and keeps of the pose that it builds on."""

import pytest

from plans.figures.read.merging import on_pillows
from plans.figures.spec import Attach, Contact, ContactKind, Part, Prop
from plans.figures.words import PartName, PropKind, Side, Surface
from tests.figures.read.helpers import panel_of, panel_problems


def contacts(panel, *, start="supine", shared=""):
    return [str(contact) for contact in panel_of(panel, start=start, shared=shared).contacts]


@pytest.mark.parametrize(
    ("freed", "left"),
    [
        ("right leg", ["left knee on floor", "left top of foot on floor"]),
        ("legs", []),
        ("knees", ["right top of foot on floor", "left top of foot on floor"]),
        ("feet", ["right knee on floor", "left knee on floor"]),
    ],
)
def test_a_limb_is_let_go_with_all_its_parts(freed, left):
    assert contacts(f"free: [{freed}]", start="kneeling") == left


def test_what_touches_a_limb_is_let_go_with_it():
    shared = "contacts: [knees together]"
    assert "right knee touches left knee" in contacts("{}", shared=shared)
    assert "right knee touches left knee" not in contacts("free: [left knee]", shared=shared)


def test_a_new_contact_takes_the_place_of_the_old_one_of_the_same_end():
    assert contacts("contacts: [balls of feet on floor]", start="standing") == [
        "right ball of foot on floor",
        "left ball of foot on floor",
    ]
    assert contacts("contacts: [right heel on step, right toes on floor]", start="standing") == [
        "left foot on floor",
        "right heel on step",
        "right toes on floor",
    ]


def test_nothing_is_let_go_that_is_not_held():
    assert panel_problems("free: [right palm]") == [
        "6: right palm has no contact to give up; in contact are: right foot, left foot"
    ]


def test_a_pillow_carries_what_lies_on_it():
    knee, other = Part(PartName.KNEE, Side.RIGHT), Part(PartName.KNEE, Side.LEFT)
    pillow = Prop(PropKind.PILLOW, Attach.UNDER, (knee,))
    on_floor = [Contact(ContactKind.REST, part, Surface.FLOOR) for part in (knee, other)]

    assert [c.target for c in on_pillows(on_floor, [pillow])] == [Surface.PILLOW, Surface.FLOOR]
