"""Makes plans/figures/data/bodies.npz from the wheel: needed only to change the bodies (`make bodies`)."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.layout import STEPS, encoded
from plans.figures.body.people import BUILDS, HAIRDOS, PEOPLE
from scripts.bodies.cutting import Table
from scripts.bodies.dress import Tailor
from scripts.bodies.lines import Lines
from scripts.bodies.pack import packed_body, packed_part, packed_rig, whole
from scripts.bodies.people import SHAPES, of_build
from scripts.bodies.rig import read_rig
from scripts.bodies.shapes import heads, rest_body
from scripts.bodies.source import Source
from scripts.bodies.wheel import open_wheel
from scripts.bodies.write import write_npz

TARGET = Path(__file__).resolve().parents[2] / "plans" / "figures" / "data" / "bodies.npz"
ALL = [(name, build) for name in PEOPLE for build in BUILDS]


def main(target: Path = TARGET) -> None:
    with open_wheel() as wheel:
        write_npz(target, bodies(Source(wheel)))
    print(f"{target}: {target.stat().st_size:,} bytes")


def bodies(source: Source) -> dict[str, NDArray]:
    rig = read_rig(source)
    shapes = np.stack([rest_body(source, of_build(SHAPES[name], build)) for name, build in ALL])
    table = Table(source.vertices, rig.weights, shapes)
    joints = [heads(source, rig.bones, shape) for shape in shapes]
    lines = Lines(rig, heads(source, rig.bones, source.vertices))
    parts = {part.name: part for part in Tailor(source, table, lines).parts(HAIRDOS)}
    arrays = packed_rig(rig)
    for part in parts.values():
        arrays |= packed_part(part)
    for number, (name, build) in enumerate(ALL):
        arrays[f"{name}.{build}"] = encoded(packed_body(parts, number, PEOPLE[name]))
        arrays[f"{name}.{build}.heads"] = whole(joints[number], STEPS)
    return arrays


if __name__ == "__main__":
    main()
