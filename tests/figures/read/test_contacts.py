"""Contact phrases, and the same with options."""

import pytest

from plans.figures.spec import ContactKind, Move, Part, Way
from plans.figures.words import Direction, LimbSide, PartName, Side, Surface
from tests.figures.read.helpers import panel_of, panel_problems


def own(contacts, *, start="standing"):
    return [c for c in panel_of(f"contacts: [{contacts}]", start=start).contacts if c.line == 6]


@pytest.mark.parametrize(
    ("phrase", "contacts"),
    [
        ("left palm on floor", ["left palm on floor"]),
        ("heels on seat edge", ["right heel on seat edge", "left heel on seat edge"]),
        ("both heels on step", ["right heel on step", "left heel on step"]),
        ("back on wall", ["back against wall"]),
        ("back against wall", ["back against wall"]),
        ("both hands hold left shin", ["right hand holds left shin", "left hand holds left shin"]),
        ("hands hold shins", ["right hand holds right shin", "left hand holds left shin"]),
        ("right hand holds top of chair back", ["right hand holds top of chair back"]),
        ("left ankle on right thigh", ["left ankle on right thigh"]),
        ("hands on opposite shoulders", ["right hand on left shoulder", "left hand on right shoulder"]),
        ("chest on thighs", ["chest on right thigh", "chest on left thigh"]),
        ("knees together", ["right knee touches left knee"]),
        ("right fingertips touch left big toe", ["right fingertips touches left big toe"]),
        ("right palm against forehead", ["right palm touches forehead"]),
        ("toes touch floor", ["right toes on floor", "left toes on floor"]),
    ],
)
def test_phrases(phrase, contacts):
    assert [str(contact) for contact in own(phrase)] == contacts


@pytest.mark.parametrize(
    ("phrase", "part", "moves"),
    [
        ("palms on floor below shoulders", PartName.SHOULDER, ()),
        ("palms on wall level with shoulders", PartName.SHOULDER, ()),
        ("palms on wall above shoulders", PartName.SHOULDER, (Move(Direction.UP, 8),)),
        ("palms on floor beside hips", PartName.HIP, (Move(Direction.OUT, 8),)),
        ("palms on floor in front of knees", PartName.KNEE, (Move(Direction.FORWARD, 8),)),
        ("palms on floor behind both hips", PartName.HIP, (Move(Direction.BACK, 8),)),
        ("{palms: {on: floor, beside: hips, out: 12}}", PartName.HIP, (Move(Direction.OUT, 12),)),
        ("{palms: {on: floor, below: hips, forward: 4.5, in: 2}}", PartName.HIP,
         (Move(Direction.FORWARD, 4.5), Move(Direction.IN, 2))),
    ],
)  # fmt: skip
def test_places_on_a_surface_are_counted_from_a_part_of_the_same_side(phrase, part, moves):
    right, left = own(phrase)

    assert [contact.at.part for contact in (right, left)] == [Part(part, Side.RIGHT), Part(part, Side.LEFT)]
    assert right.at.moves == moves


def test_options_say_where_on_a_limb_and_how_it_is_turned():
    (contact,) = own(
        "{right palm: {on: left thigh, along: 80, side: front, up: 2, pointing: along left thigh, elbow: up and out}}"
    )

    assert contact.kind is ContactKind.REST
    assert contact.target == Part(PartName.THIGH, Side.LEFT)
    assert contact.at.part == contact.target
    assert (contact.at.along, contact.at.side) == (80, LimbSide.FRONT)
    assert contact.at.moves == (Move(Direction.UP, 2),)
    assert contact.pointing == Way(along=contact.target)
    assert contact.bend == Way((Direction.UP, Direction.OUT))


def test_a_plain_contact_leaves_the_place_to_the_joints():
    (contact,) = own("right palm on floor")

    assert (contact.at, contact.pointing, contact.bend) == (None, None, None)
    assert contact.target is Surface.FLOOR


@pytest.mark.parametrize(
    ("contact", "problem"),
    [
        ("right palm", "a contact is a part, then on, against, touches or holds"),
        ("right plam on floor", "right plam is not known here; did you mean right palm?"),
        ("right palm on flor", "flor is not known here; did you mean floor?"),
        ("right palm on floor besides hip", "floor besides hip is not known here"),
        ("right knee holds left shin", "right knee cannot hold: hands do"),
        ("right hand holds wall", "wall cannot be held; can be: armrest"),
        (
            "back against floor",
            "against is for what is upright (chair back, door frame, wall); on is for floor",
        ),
        ("right palm on right palm", "right palm cannot touch itself"),
        ("belly on opposite thighs", "belly has no opposite side"),
        ("head on floor below shoulders", "shoulders: right or left is needed here"),
        ("right palm on left thigh below left hip", "below is for places on a surface"),
        ("{right palm: {on: floor, up: 3}}", "a distance on floor is counted from a part"),
        ("{right palm: {on: floor, hold: left shin}}", "a contact has one of on, against, touch, hold"),
        ("{right palm: {on: floor, off: 3}}", "off is not known here"),
        ("{right palm: {on: floor, below: right hip, elbow: sideways}}", "sideways is no direction"),
        ("{right palm: {on: left shin, pointing: up and up and up and up}}", "is no direction"),
        ("{right palm: floor}", "names with values are expected here"),
        ("{}", "one part of the body is expected here"),
        ("[a]", "a word is expected here"),
        ("3", "3: a word is expected here"),
    ],
)
def test_wrong_contacts(contact, problem):
    found = panel_problems(f"contacts: [{contact}]")

    assert found[0].startswith("6: ")
    assert problem in found[0]
