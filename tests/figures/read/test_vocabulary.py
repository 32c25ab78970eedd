"""What the editor offers is what the reader takes."""

import pytest

from plans.figures.read.vocabulary import slider_values, sliders, vocabulary
from tests.figures.read.helpers import figure_of, panel_of


def taken(text, **how):
    return figure_of(f"{text}\n", **how)


@pytest.mark.parametrize(
    ("place", "panel"),
    [
        ("joints", "{{joints: {{{}: 0}}}}"),
        ("tint", "{{tint: {{{}: working}}}}"),
        ("marks", "{{marks: [{}]}}"),
        ("directions", "{{marks: [gaze {}]}}"),
        ("contact targets", "{{contacts: [forehead on {}]}}"),
        ("contact verbs", "{{contacts: [right hand {} left knee]}}"),
        ("contact relations", "{{contacts: [right hand on floor {} left knee]}}"),
        ("limb sides", "{{contacts: [{{right hand: {{on: left knee, side: {}}}}}]}}"),
        ("effects", "{{tint: {{calf: {}}}}}"),
        ("ghost", "{{ghost: {}}}"),
        ("panel keys", None),
    ],
)
def test_the_reader_takes_what_is_offered(place, panel):
    words = vocabulary()[place]

    assert words
    for word in words:
        if panel and not word.startswith("opposite") and word != "forehead":
            taken(f"panels:\n  - {{}}\n  - {panel.format(word)}")


@pytest.mark.parametrize("start", vocabulary()["start"])
def test_every_start_pose_is_there(start):
    figure = taken("panels: [{}]", start=start)

    assert figure.base.contacts


def test_views_and_feet():
    for view in vocabulary()["camera"][:-1]:
        taken(f"panels: [{{camera: {view}}}]")
    for feet in vocabulary()["feet"]:
        taken(f"feet: {feet}\npanels: [{{}}]")


def test_no_list_has_a_word_twice():
    for place, words in vocabulary().items():
        assert len(set(words)) == len(words), place


def test_sliders_stand_where_the_pose_is():
    values = slider_values(panel_of("joints: {right knee extension: 4, neck rotation right: 30}"))

    assert values["right knee flexion"] == -4
    assert values["neck rotation left"] == -30
    assert values["left knee flexion"] == 0
    assert len(values) == len(sliders())


def test_the_first_sliders_are_the_large_joints():
    assert {slider.region for slider in sliders() if not slider.fine} == {
        "trunk",
        "head and neck",
        "right arm",
        "left arm",
        "right leg",
        "left leg",
    }
