"""Figures whose pictures a person has approved. After a change that is meant, look at what
`python -m tests.figures.draw.approved.cases` writes beside this file, and commit it."""

from pathlib import Path
from typing import NamedTuple

from plans.figures import draw_figure, load_body, parse_figure

FOLDER = Path(__file__).parent
HEAD = "figure: {name}\nalt: {{en: A figure., es: Una figura.}}\n"


class Case(NamedTuple):
    body: str
    text: str
    how: dict = {}


LYING = """
start: hook lying
props: [mat]
panels:
  - marks: [breathe in]
  - joints: {pelvis posterior tilt: 10}
    ghost: start
    tint: {abdomen: working}
    marks: [breathe out, pelvic floor lift]
"""
KNEELING = """
start: hands and knees
panels:
  - {}
  - free: [right leg]
    joints: {right hip extension: 8, right knee flexion: 10}
    arrows: [{from: {at: right ankle, down: 14}, way: up, length: 9}]
    tint: {right glute: working, right hamstrings: stretched}
    marks: [gaze down]
"""
SITTING = """
start: sitting
feet: shoes
panels:
  - {}
  - free: [right leg]
    joints: {right knee flexion: 10}
    arrows: [{from: {at: right ankle, down: 12}, way: up, length: 9, kind: two-way}]
"""
CLOSE = """
start: sitting
camera: {close-up: neck, from: [40, 14], width: 36}
panels:
  - {}
  - joints: {neck rotation right: 50}
    arrows: [{around: head, way: right}]
"""
CASES = {
    "lying": Case("woman50", LYING),
    "kneeling-dark-grey": Case("man30", KNEELING, {"grey": True}),
    "kneeling-dark": Case("man30", KNEELING),
    "sitting-mirrored": Case("man75", SITTING, {"mirrored": True, "right_to_left": True}),
    "close": Case("woman30", CLOSE),
    "pregnant-standing": Case("pregnant30", "start: standing\ncamera: three-quarter\npanels: [{}]\n"),
}


def picture_of(name: str) -> bytes:
    case = CASES[name]
    figure = parse_figure(HEAD.format(name=name) + case.text.lstrip())
    return draw_figure(figure, body=load_body(case.body, feet=figure.feet), width_px=502, **case.how)


def main() -> None:
    for name in CASES:
        (FOLDER / f"{name}.png").write_bytes(picture_of(name))


if __name__ == "__main__":
    main()
