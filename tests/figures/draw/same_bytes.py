"""Prints the digests of two figures, or (`library`) of every fourth of the library's, of each with EVERY_BODY=1.

Run as a program of its own, as another processor would be.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from numpy._core._multiarray_umath import __cpu_features__

import plans
from plans.figures import BODIES, draw_figure, load_body, parse_figure, read_figure

TEXT = """
figure: reach
start: hands and knees
alt: {en: A figure., es: Una figura.}
props: [mat]
panels:
  - {}
  - free: [right leg, left arm]
    joints: {right hip extension: 10, right knee flexion: 6, left shoulder flexion: 150}
    tint: {right glute: working}
    marks: [gaze down]
    arrows: [{around: left forearm, way: up}]
"""
CLOSE = """
figure: neck
start: sitting
alt: {en: A figure., es: Una figura.}
camera: {close-up: neck, from: [40, 16], width: 40}
panels: [{}]
"""


FOLDER = Path(plans.__file__).parent / "library" / "figures"
BUILDS = ("slender", "heavy", "average")
STEP = 1 if os.environ.get("EVERY_BODY") else 4


def two() -> Iterator[bytes]:
    for text, how in ((TEXT, {}), (CLOSE, {"grey": True, "mirrored": True})):
        yield draw_figure(parse_figure(text), body=load_body("man50"), **how)


def library() -> Iterator[bytes]:
    """Each figure as another body."""
    for index, path in enumerate(sorted(FOLDER.glob("*.yaml"))[::STEP]):
        figure, build = read_figure(path), BUILDS[index % len(BUILDS)]
        body = load_body(BODIES[index % len(BODIES)], feet=figure.feet, build=build)
        yield draw_figure(figure, body=body, mirrored=index % 2 == 0)


def main() -> None:
    print("wide registers", __cpu_features__["X86_V3"])
    for data in library() if "library" in sys.argv else two():
        print(hashlib.sha256(data).hexdigest(), len(data))


if __name__ == "__main__":
    sys.exit(main())
