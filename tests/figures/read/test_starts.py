"""The start poses."""

import pytest

from plans.figures.read.starts import start_of, starts
from plans.figures.words import StartPose


def test_every_start_pose_is_written_or_mirrored():
    assert set(starts()) == set(StartPose)


@pytest.mark.parametrize("name", StartPose)
def test_every_start_pose_is_in_contact_and_knows_who_asked_for_it(name):
    start = start_of(name, line=7)

    assert start.contacts
    assert {value.line for value in (*start.joints, *start.contacts, *start.props)} == {7}


def test_the_left_one_is_the_right_one_mirrored():
    right, left = (start_of(StartPose(f"{side} side lying"), line=1) for side in ("right", "left"))

    def told(start):
        angles = [f"{angle.side} {angle.joint} {angle.movement} {angle.degrees}" for angle in start.joints]
        return sorted([*angles, *map(str, start.contacts)])

    def swapped(words):
        return words.replace("right", "?").replace("left", "right").replace("?", "left")

    assert sorted(map(swapped, told(right))) == told(left)
    assert told(right) != told(left)
