"""What the schema takes the reader takes, and the other way round."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

import plans
from plans.figures.errors import FigureFileError
from plans.figures.read.figure import parse_figure
from plans.figures.schema.build import FILE, written
from tests.figures.read.helpers import HEAD
from tests.figures.schema.plain import plain_values

FIGURES = sorted((Path(plans.__file__).parent / "library" / "figures").glob("*.yaml"))
PANEL = HEAD.format(start="supine").replace("{", "{{").replace("}", "}}") + "panels:\n  - {{}}\n  - {{{}}}\n"

RIGHT = [
    "",
    "free: [all]",
    "free: [both heels, head], joints: {hip flexion: 0, right hip flexion: 140, fingers flexion: 12.5}",
    "contacts: [heels on floor, both hands hold left shin, hands on opposite shoulders, chest on thighs]",
    "contacts: [knees together, back against wall, palms on wall above shoulders, right hand holds armrest]",
    "contacts: [right fingertips touch left toes, palms touch floor in front of feet, right palm against forehead]",
    "contacts: [{right palm: {on: floor, beside: right hip, out: 12, pointing: up and out, elbow: toward head}}]",
    "contacts: [{hands: {hold: left shin, along: 30, side: front}}, {left heel: {touch: right knee}}]",
    "contacts: [{fists: {hold: table edge, below: shoulders}}, {back: {against: wall}}]",
    "props: [mat, chair, pillow under head, towel around right foot from both hands, band in hands, pool]",
    "props: [{chair: {where: left, armrests: true, height: 24}}, {wall: {}}, {pillow: {under: head, height: 4}}]",
    "props: [ball between knees, weight in right hand, {band: {from: right hand, anchor: forward}}, stick in hands]",
    "props: [{towel: {around: right foot, from: hands}}, {ball: {behind: back, height: 30}}, weight around ankles]",
    "camera: above",
    "camera: [-180, 90]",
    "camera: {close-up: right wrist, from: [40, 16], width: 24, up: 3}",
    "camera: {close-up: {at: neck, along: 20}, from: front}",
    "arrows: [right ankle, {follow: left wrist, up: 3, length: 9, kind: two-way}, {around: right thigh, way: out}]",
    "arrows: [{from: head, to: {at: chest, ahead: 9}, bend: 3}, {from: head, way: up and back, length: 8}]",
    "arrows: [{press: right palm, way: toward left palm, along: 40}]",
    "tint: {left glute: working, abdomen: stretched, calf: working}",
    "marks: [breathe in, gaze left, gaze toward right thumb, eyes closed, pelvic floor lift]",
    "ghost: before",
    "props: [cone, {cone: {where: back, distance: 40}}, tape, {wall: {width: 44}}, {step: {steps: 4, rail: left}}]",
    "contacts: [right hand holds rail]",
    "joints: {right arch lift: 20, arch drop: 10}",
    "arrows: [{walk: [right foot, {at: pelvis, forward: 40}, left foot]}]",
    "marks: [{write: ABC, at: {at: right big toe, forward: 8}, size: 9}, {write: a, at: head}]",
    "inset: {close-up: pelvis, from: back, width: 34, up: 2}",
    "inset: {close-up: {at: neck, along: 20}, arrows: [{from: head, way: up}]}",
]
WRONG = [
    "pose: {}",
    "free: right leg",
    "free: [right legs]",
    "free: [{}]",
    "joints: [hip flexion]",
    "joints: {hip flexion: 141}",
    "joints: {hip flexion: -1}",
    "joints: {hip flexion: '12'}",
    "joints: {hip flexion: none}",
    "joints: {hip flexon: 12}",
    "joints: {hip: 12}",
    "joints: {jaw closing: 0}",
    "joints: {left neck flexion: 5}",
    "contacts: [right palm]",
    "contacts: [right palm on]",
    "contacts: [right palm on flor]",
    "contacts: [right palm  on floor]",
    "contacts: [right palm on floor by right hip]",
    "contacts: [right knee holds left shin]",
    "contacts: [right hand holds wall]",
    "contacts: [back against floor]",
    "contacts: [head together]",
    "contacts: [right palm on left thigh below left hip]",
    "contacts: [{right palm: {}}]",
    "contacts: [{right palm: {on: floor, hold: left shin}}]",
    "contacts: [{right palm: {on: floor, out: 3}}]",
    "contacts: [{right palm: {on: floor, below: right hip, beside: right hip}}]",
    "contacts: [{right palm: {on: floor, below: right hip, out: -3}}]",
    "contacts: [{right palm: {on: left thigh, below: right hip}}]",
    "contacts: [{right palm: {on: left thigh, along: 101}}]",
    "contacts: [{right palm: {on: left thigh, pointing: sideways}}]",
    "contacts: [{right palm: {on: floor}, left palm: {on: floor}}]",
    "contacts: [{right knee: {hold: left shin}}]",
    "contacts: [{}]",
    "props: [carpet]",
    "props: [pillow]",
    "props: [towel from hands]",
    "props: [weight in right foot]",
    "props: [ball between right knee]",
    "props: [pillow under head from hands]",
    "props: [towel around right foot from knees]",
    "props: [{chair: {colour: red}}]",
    "props: [{chair: {where: up}}]",
    "props: [{chair: {armrests: 1}}]",
    "props: [{pillow: {height: 4}}]",
    "props: [{pillow: {under: head, behind: back}}]",
    "props: [{ball: {under: pelvis, height: 200}}]",
    "props: [{mat: {where: left}}]",
    "camera: below",
    "camera: [10]",
    "camera: [10, 100]",
    "camera: {from: side}",
    "camera: {close-up: wrists}",
    "camera: {close-up: right wrist, width: 200}",
    "camera: {close-up: {at: neck}, up: 3}",
    "arrows: [ankles]",
    "arrows: [{from: head}]",
    "arrows: [{from: head, to: chest, way: up}]",
    "arrows: [{from: head, to: chest, length: 4}]",
    "arrows: [{from: head, way: toward chest}]",
    "arrows: [{from: head, to: chest, kind: held}]",
    "arrows: [{follow: right ankle, way: up}]",
    "arrows: [{around: right thigh}]",
    "arrows: [{press: right palm, way: hard}]",
    "arrows: [{at: head}]",
    "arrows: [{walk: [right foot]}]",
    "arrows: [{walk: [right foot, {forward: 3}]}]",
    "arrows: [{walk: [right foot, left foot], bend: 3}]",
    "marks: [{write: ABCD, at: head}]",
    "marks: [{write: A}]",
    "marks: [write]",
    "inset: back",
    "inset: {from: back}",
    "inset: {close-up: pelvis, tint: {calf: working}}",
    "props: [{step: {steps: 7}}]",
    "props: [{step: {rail: forward}}]",
    "props: [{cone: {height: 4}}]",
    "arrows: [head, head, head, head, head, head, head, head, head]",
    "tint: {left abdomen: working}",
    "tint: {glutes: working}",
    "tint: {glute: tired}",
    "marks: [smile]",
    "marks: [gaze]",
    "marks: breathe in",
    "ghost: 1",
    "ghost: after",
]
WHOLE = [
    "figure: X\nstart: supine\nalt: {en: A}\npanels: [{}]\n",
    "figure: 12\nstart: supine\nalt: {en: A}\npanels: [{}]\n",
    "figure: x\nstart: lying\nalt: {en: A}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {en: ' '}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {en: 12}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {xx: A}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: A\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {en: " + "A" * 401 + "}\npanels: [{}]\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: []\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: {}\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: [~]\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: [{}, {}, {}, {}, {}]\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: [{}]\nview: side\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: [{}]\nfeet: socks\n",
    "figure: x\nstart: supine\nalt: {en: A}\npanels: [{}]\nkeep_sides: yes\n",
    "figure: x\nstart: supine\nalt: {en: A}\n",
    "[]\n",
]


@cache
def validator():
    schema = json.loads(FILE.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def schema_takes(text):
    return validator().is_valid(plain_values(text))


def reader_takes(text):
    try:
        parse_figure(text)
    except FigureFileError:
        return False
    return True


def test_the_schema_is_in_step_with_the_reader():
    assert FILE.read_text("utf-8") == written(), "run python -m plans.figures.schema.build"


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_both_take_the_figures_of_the_library(path):
    text = path.read_text("utf-8")
    assert (reader_takes(text), schema_takes(text)) == (True, True)


@pytest.mark.parametrize("panel", RIGHT)
def test_both_take(panel):
    text = PANEL.format(panel)
    assert (reader_takes(text), schema_takes(text)) == (True, True)


@pytest.mark.parametrize("text", [*(PANEL.format(panel) for panel in WRONG), *WHOLE])
def test_both_refuse(text):
    assert (reader_takes(text), schema_takes(text)) == (False, False)
