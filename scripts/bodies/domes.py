"""Hair that hangs: a dome around the head, closed inside, down to a line that opens for the face."""

from dataclasses import dataclass

import numpy as np

from scripts.bodies.source import Points, Triangles

COLUMNS, ROWS = 64, 20
CENTRE_Y, CENTRE_Z = 7.5, 0.5  # of the head, on the base mesh
PARTED = 0.1  # higher in front on the left
LOCKS = 8  # around the head
LEVELS = np.linspace(np.pi / 2, 0, 30)  # from straight up to level


@dataclass(frozen=True)
class Dome:
    """Degrees around the head, 0 in front, with the height of the lower edge there; decimetres of the base mesh."""

    edge: tuple[tuple[float, float], ...]
    thick: float  # centimetres
    crown: float  # centimetres more on top
    curl: float  # centimetres that the tips turn in
    locks: float = 0  # centimetres that locks stand out


DOMES = {
    "bob": Dome(
        ((0, 7.98), (26, 7.97), (42, 7.9), (54, 7.55), (66, 6.75), (80, 6.55), (130, 6.5), (180, 6.45)),
        1.3,
        0.5,
        1.0,
    ),
    "waves": Dome(
        ((0, 8.0), (24, 7.95), (38, 7.86), (52, 7.45), (62, 6.98), (80, 6.86), (110, 6.8), (180, 6.6)),
        1.3,
        0.9,
        1.2,
        1.5,
    ),
}


def dome(style: Dome, canonical: Points, shape: Points, unit: float) -> Points:
    """`shape` are the head's vertices, `unit` its lengths in a decimetre. Return (COLUMNS * ROWS + 1, 3)."""
    height, forward = (np.polyfit(canonical[:, axis], shape[:, axis], 1) for axis in (1, 2))
    centre = np.array([0.0, np.polyval(height, CENTRE_Y), np.polyval(forward, CENTRE_Z)])
    around = np.linspace(0, 2 * np.pi, COLUMNS, endpoint=False)
    turned = np.degrees(np.minimum(around, 2 * np.pi - around))
    uneven = 0.06 * style.locks * np.sin(around * LOCKS + 1)
    parted = uneven + PARTED * np.sin(around) * np.clip((60 - turned) / 30, 0, 1)
    edge = np.polyval(height, np.interp(turned, *np.array(style.edge).T) + parted) - centre[1]
    radii = evened(np.array([[reach(shape - centre, angle, level) for level in LEVELS] for angle in around]))
    push = style.thick * unit / 10 + style.crown * unit / 10 * np.sin(LEVELS) ** 2
    columns = [hanging(radius + push, low, style, unit) for radius, low in zip(radii, edge, strict=True)]
    across = np.array(columns)  # (columns, rows, [outward, up])
    x, z = (across[:, :, 0] * way(around)[:, None] for way in (np.sin, np.cos))
    places = np.stack([x, across[:, :, 1], z], axis=2).reshape(-1, 3)
    crown = np.array([[0.0, across[:, 0, 1].mean() + 0.02 * unit, 0.0]])
    return np.concatenate([places, crown]) + centre


def locks(around: Points) -> Points:
    """Return (columns, levels): round waves, each row of them beside the gaps of the row above."""
    level = 4 * LEVELS[None, :] / np.pi * 2
    waves = np.sin(around[:, None] * LOCKS + np.pi * np.floor(level)) * np.sin(np.pi * (level % 1))
    return np.abs(waves) * np.clip((np.pi / 2 - LEVELS) / 0.4, 0, 1)


def reach(head: Points, angle: float, level: float) -> float:
    """Return how far the head goes in this direction: around it, and up from level, in radians."""
    way = np.array([np.cos(level) * np.sin(angle), np.sin(level), np.cos(level) * np.cos(angle)])
    distance = np.sqrt((head * head).sum(axis=1))
    along = head @ way
    near = along > distance * np.cos(np.radians(12))
    return float(distance[near].max())


def evened(radii: Points) -> Points:
    """The ears and the nose leave no bump in the hair."""
    for _ in range(3):
        radii = 0.5 * radii + 0.25 * (np.roll(radii, 1, axis=0) + np.roll(radii, -1, axis=0))
    return radii


def hanging(radius: Points, edge: float, style: Dome, unit: float) -> Points:
    """One column from the crown to its edge, straight down below the temples, and back inside. (ROWS, 2)."""
    line = np.stack([radius * np.cos(LEVELS), radius * np.sin(LEVELS)], axis=1)
    down = np.arange(line[-1, 1] - 0.05 * unit, -1.3 * unit, -0.05 * unit)
    line = np.concatenate([line, np.stack([np.full(len(down), line[:, 0].max()), down], axis=1)])
    keep = line[:, 1] > edge
    line = np.concatenate([line[keep], [[np.interp(-edge, -line[:, 1], line[:, 0]), edge]]])
    low = np.clip((0.3 * unit - (line[:, 1] - edge)) / (0.3 * unit), 0, 1)
    line[:, 0] -= (style.curl if edge < 0 else 0.75 * style.thick) * unit / 10 * low * low
    steps = np.concatenate([[0.0], np.cumsum(np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1)))])
    at = np.linspace(0.04, 1, ROWS - 2) * steps[-1]
    outside = np.stack([np.interp(at, steps, line[:, axis]) for axis in (0, 1)], axis=1)
    inside = outside[-1] + unit * np.array([[-0.1, 0.02], [-0.16, 0.3]])
    return np.concatenate([outside, inside])


def dome_triangles() -> Triangles:
    """The outside looks outward; the last vertex is the crown."""
    triangles = []
    for column in range(COLUMNS):
        here, beside = column * ROWS, (column + 1) % COLUMNS * ROWS
        triangles.append([COLUMNS * ROWS, here, beside])
        for row in range(ROWS - 1):
            a, b, c, d = here + row, here + row + 1, beside + row + 1, beside + row
            triangles += [[a, b, c], [a, c, d]]
    return np.array(triangles)
