"""A thing to draw: triangles of one colour."""

from dataclasses import dataclass

import numpy as np

from plans.figures.draw.arrays import Ids, Points, Triangles


@dataclass(frozen=True)
class Mesh:
    """Corners go round a triangle against the clock as seen from outside."""

    vertices: Points  # centimetres in the world
    triangles: Triangles
    colour: str
    faces: Ids  # of each triangle; a line is drawn between two faces
    flat: bool = True  # lit face by face; False: round
    water: bool = False  # what stands in it is seen through it
    thin: bool = False  # drawn with the thin pen, else its lines would fill it


def joined(meshes: list[Mesh]) -> Mesh:
    """Several of one colour as one thing; lines stay where faces of different number meet."""
    first = meshes[0]
    offsets = np.cumsum([0] + [len(mesh.vertices) for mesh in meshes[:-1]])
    faces, next_face = [], 0
    for mesh in meshes:
        faces.append(mesh.faces.astype(np.int64) + next_face)
        next_face += int(mesh.faces.max()) + 1
    return Mesh(
        np.concatenate([mesh.vertices for mesh in meshes]),
        np.concatenate(
            [mesh.triangles + int(offset) for mesh, offset in zip(meshes, offsets, strict=True)]
        ).astype(np.int32),
        first.colour,
        np.concatenate(faces).astype(np.uint8),
        first.flat,
        first.water,
        first.thin,
    )
