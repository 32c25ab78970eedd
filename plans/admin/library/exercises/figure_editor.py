"""The figure's editor: its page asks with the poses and one change, and is answered with text, picture and faults."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import drawer
from plans.admin.library.exercises.bodies import misses_of, words_of
from plans.admin.library.exercises.moving import moving_context
from plans.drawer import BUILDS, SKINS, BodyName, Figure, FigureFileError, PoseError, Slider, StartPose

_PLACE = re.compile(r"figure:(\d+): (.*)")
_DEGREES = re.compile(r"-?\d{1,4}(\.\d{1,4})?", re.ASCII)
MAX_PANELS = 4
NEW = """figure: {code}
start: {start}
alt:
  en: {alt}
panels:
  - {{}}
"""
SAY_WHAT_IS_SEEN = _lazy("Say here what the picture shows.")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line."""

    line: int
    words: str


@dataclass(frozen=True)
class Look:
    """As whom and how the preview is drawn."""

    body: str
    mirrored: bool
    grey: bool


def editor_context() -> dict[str, Any]:
    """Return what the editor's page is made of: lists, sliders by part of the body, words for completion."""
    regions = groupby(drawer.sliders(), key=lambda slider: slider.region)
    gathered: dict[str, list[Slider]] = {}
    for region, found in regions:
        gathered.setdefault(region, []).extend(found)
    return {
        "starts": [pose.value for pose in StartPose],
        "people": [(person.value, words_of(person)) for person in BodyName],
        "builds": BUILDS,
        "skins": SKINS,
        "regions": [
            (
                region,
                [_shown(one) for one in found if not one.fine],
                [_shown(one) for one in found if one.fine],
            )
            for region, found in gathered.items()
        ],
        "vocabulary": {place: list(words) for place, words in drawer.vocabulary().items()},
    }


def edited(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the context of the answer: the poses after the change that is asked for, drawn, or what is wrong."""
    text = asked.get("figure", "").replace("\r\n", "\n")
    problems: tuple[Problem, ...] = ()
    try:
        text = _changed(text, asked)
    except FigureFileError as error:
        problems = problems_of(error)
    shown = _drawn(text, look_of(asked)) if text.strip() else {}
    problems = (*problems, *shown.get("problems", ()))
    figure = shown.get("figure")
    return {
        "address": shown.get("address"),
        "problems": problems,
        "state": {
            "text": text,
            "problems": [asdict(problem) for problem in problems],
            "blank": not text.strip(),
            **(_standing(figure, asked) if figure else {}),
        },
    }


def on_person(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the figure as one person shows it, with the builds in which a contact is missed. For one of BodyName."""
    text, person = poses_of(asked.get("figure", "")), BodyName(asked["person"])
    look = look_of(asked)
    body = drawer.name_of_body(person, skin=look.body.rpartition("-")[2])
    shown = _drawn(text, Look(body, look.mirrored, look.grey))
    missed = {} if "figure" not in shown else misses_of(text, person=person)
    misses = [(build, Problem(error.line, error.words)) for build, error in missed.items()]
    problems = () if misses else shown.get("problems", ())
    return {
        "person": words_of(person),
        "address": shown.get("address"),
        "misses": misses,
        "problems": problems,
    }


def moving_as_asked(asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the figure moving, as the preview shows it."""
    text, look = poses_of(asked.get("figure", "")), look_of(asked)
    return moving_context(text, body=look.body, mirrored=look.mirrored, grey=look.grey)


def look_of(asked: Mapping[str, str]) -> Look:
    """Return the look that is asked for; what is no body is the usual one."""
    body = asked.get("body", "")
    known = {
        drawer.name_of_body(person, build=build, skin=skin)
        for person in BodyName
        for build in BUILDS
        for skin in SKINS
    }
    usual = drawer.PEOPLE[0]
    return Look(body if body in known else usual, asked.get("mirrored") == "1", asked.get("grey") == "1")


def poses_of(typed: str) -> str:
    """Return the poses as they are kept: browsers send other ends of lines than they show."""
    return typed.replace("\r\n", "\n").strip()


def problems_of(error: FigureFileError | PoseError) -> tuple[Problem, ...]:
    if isinstance(error, PoseError):
        return (Problem(error.line, error.words),)
    found = (_PLACE.fullmatch(problem) for problem in error.problems)
    return tuple(Problem(int(one[1]), one[2]) for one in found if one)


def _changed(text: str, asked: Mapping[str, str]) -> str:
    """Return the text with the one change that a slider or the list asks for. Raises FigureFileError."""
    start = asked.get("start", "")
    if start in set(StartPose):
        if not text.strip():
            return _new_figure(StartPose(start), asked)
        return drawer.set_start(text, StartPose(start))
    if asked.get("add"):
        return drawer.add_panel(text)
    if not asked.get("joint"):
        return text
    degrees = asked.get("degrees", "")
    if not _DEGREES.fullmatch(degrees):
        raise FigureFileError.of(
            [_("figure:1: %(value)s has no number of degrees") % {"value": asked["joint"]}]
        )
    panel = _panel(asked.get("panel", ""))
    return drawer.set_joint(text, panel=panel, name=asked["joint"], degrees=float(degrees))


def _new_figure(start: StartPose, asked: Mapping[str, str]) -> str:
    code = asked.get("code", "")
    alt = asked.get("en-alt", "").strip() or SAY_WHAT_IS_SEEN
    known = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    # JSON's strings are YAML's: quotes and colons in what was typed stay words.
    said = json.dumps(" ".join(alt.split())[:400], ensure_ascii=False)
    return NEW.format(code=code if known else "new-figure", start=start, alt=said)


def _panel(number: str) -> int | None:
    return int(number) if number in {str(panel) for panel in range(MAX_PANELS)} else None


def _drawn(text: str, look: Look) -> dict[str, Any]:
    """Return the figure where it can be read, and its picture or what is wrong."""
    try:
        drawer.check_figure(text)
    except FigureFileError as error:
        return {"problems": problems_of(error)}
    figure = drawer.parse_figure(text)
    try:
        data, kind = drawer.preview(text, body=look.body, mirrored=look.mirrored, grey=look.grey)
    except PoseError as error:
        return {"figure": figure, "problems": problems_of(error)}
    return {"figure": figure, "address": f"data:{kind};base64,{base64.b64encode(data).decode()}"}


def _standing(figure: Figure, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return where the list of start poses and the sliders stand; a panel that is no more is all of them."""
    number = len(figure.panels) - 1 if asked.get("add") else _panel(asked.get("panel", ""))
    known = number is not None and number < len(figure.panels)
    shown = figure.panels[number or 0] if known else figure.base
    return {
        "start": figure.start.value,
        "panels": len(figure.panels),
        "panel": str(number) if known else "",
        "values": drawer.slider_values(shown),
    }


def _shown(slider: Slider) -> dict[str, Any]:
    positive, negative = slider.name.split(), slider.opposite.split()
    same = 0
    while same < min(len(positive), len(negative)) - 1 and positive[same] == negative[same]:
        same += 1
    return {
        **slider._asdict(),
        "label": " ".join(positive[:same]) or slider.name,
        "up": " ".join(positive[same:]),
        "down": " ".join(negative[same:]),
    }
