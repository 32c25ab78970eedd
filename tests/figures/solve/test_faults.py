"""What a body cannot do is told with line and words, and nothing is drawn half."""

from dataclasses import replace

import pytest

from plans.figures.body.body import BodyName
from plans.figures.body.load import load_body
from plans.figures.errors import PoseError
from plans.figures.joints import Joint
from plans.figures.read.figure import parse_figure
from plans.figures.solve.faults import refuse_faults
from plans.figures.solve.posed import Posed, solve_panel
from plans.figures.spec import JointAngle
from plans.figures.words import Side

HEAD = "figure: x\nalt: {en: A person in a pose that cannot be.}\n"


def refused(text: str) -> PoseError:
    figure = parse_figure(HEAD + text)
    with pytest.raises(PoseError) as caught:
        solve_panel(figure, figure.panels[0], load_body(BodyName.WOMAN_30))
    return caught.value


def test_a_hand_that_cannot_reach() -> None:
    straight = "{right hip flexion: 0, right knee flexion: 0}"
    error = refused(
        f"start: supine\npanels:\n  - joints: {straight}\n    contacts: [right hand holds right ankle]\n"
    )
    assert error.line == 6
    assert error.words.startswith("right hand holds right ankle: misses by ")
    assert "out of reach" in error.words


def test_two_contacts_that_fight_name_each_other() -> None:
    error = refused("start: supine\npanels:\n  - contacts: [right palm on floor, right elbow on left knee]\n")
    assert error.line == 5
    assert "it fights with right" in error.words


def lifted_leg() -> Posed:
    figure = parse_figure(
        f"{HEAD}start: supine\npanels:\n  - free: [right leg]\n    joints: {{right hip flexion: 40}}\n"
    )
    return solve_panel(figure, figure.panels[0], load_body(BodyName.WOMAN_30))


def test_an_angle_that_contacts_undo() -> None:
    posed = lifted_leg()
    other = JointAngle(Joint.HIP, Side.RIGHT, "flexion", 90, line=9)
    task = replace(posed.task, panel=replace(posed.task.panel, joints=(other,)))
    with pytest.raises(PoseError) as caught:
        refuse_faults(task, posed.solved)
    assert caught.value.line == 9
    assert caught.value.words.startswith("hip flexion right: 90 degrees are said, the contacts leave 40")


def test_a_contact_of_the_start_pose_that_would_slide() -> None:
    posed = lifted_leg()
    (contact, stays), *others = posed.solved.anchors
    x, y, z = stays.place
    moved = replace(stays, place=(x + 20, y, z))
    solved = replace(posed.solved, anchors=((contact, moved), *others))
    with pytest.raises(PoseError) as caught:
        refuse_faults(posed.task, solved)
    assert f"{contact}: slides by 20 cm" in caught.value.words


def test_a_thing_that_stands_in_the_body() -> None:
    error = refused("start: standing\nprops: [{table: {where: forward, distance: 0}}]\npanels: [{}]\n")
    assert error.line == 4
    assert error.words.startswith("the table stands ")
    assert "in the body" in error.words
