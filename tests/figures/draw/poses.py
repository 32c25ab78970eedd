"""A body that stands as it was built, and places on it that are simple to say: what tests of the drawer pose."""

from dataclasses import dataclass, field

import numpy as np

from plans.figures.body.load import load_body
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.scene import Pen, draw_panel

FRONT, SIDE, BACK = Camera(0, 0), Camera(90, 0), Camera(180, 0)  # a body at rest looks toward +z
WAYS = {"up": (0, 1, 0), "down": (0, -1, 0), "ahead": (0, 0, 1), "left": (1, 0, 0), "right": (-1, 0, 0)}


@dataclass
class StandIn:
    name: str = "woman30"
    props: tuple = ()
    places: dict = field(default_factory=dict)

    @property
    def body(self):
        return load_body(self.name)

    @property
    def vertices(self):
        return self.body.vertices

    def place(self, place):
        return np.array(self.places[str(place.part)], float)

    def direction(self, way, part=None, start=None):
        if way.along is not None:
            return np.array((0.0, -1.0, 0.0))
        return np.array(WAYS[way.directions[0].value], float)


def seen(
    camera,
    *,
    name="woman30",
    things=(),
    tints=(),
    scale=4.0,
    window=None,
    near=False,
    fills=None,
    mirrored=False,
    **how,
):
    """The numbers that a panel is drawn in."""
    body = load_body(name)
    if window is None:
        view = camera.view(body.vertices)
        low, high = view.min(axis=0) - 4, view.max(axis=0) + 4
        window = Window(low[0], low[1], high[0], high[1])
    return draw_panel(
        body,
        body.vertices,
        things,
        camera,
        window,
        Pen(scale, 5.66, near, mirrored),
        fills or {},
        tints,
        **how,
    )
