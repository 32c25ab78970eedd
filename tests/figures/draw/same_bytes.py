"""Prints the digests of two figures: run as a program of its own, as another processor would be."""

import hashlib
import sys

from numpy._core._multiarray_umath import __cpu_features__

from plans.figures import draw_figure, load_body, parse_figure

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


def main() -> None:
    print("wide registers", __cpu_features__["X86_V3"])
    for text, how in ((TEXT, {}), (CLOSE, {"grey": True, "mirrored": True})):
        data = draw_figure(parse_figure(text), body=load_body("man50"), **how)
        print(hashlib.sha256(data).hexdigest(), len(data))


if __name__ == "__main__":
    sys.exit(main())
