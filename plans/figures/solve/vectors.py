"""Points and turns as tuples of Python floats: the same bits on every machine, and quicker than small arrays."""

import math
from typing import Final

Vec = tuple[float, float, float]
Mat = tuple[Vec, Vec, Vec]
"""A turn as its three columns: where x, y and z go."""

ORIGIN: Final[Vec] = (0.0, 0.0, 0.0)
X: Final[Vec] = (1.0, 0.0, 0.0)
Y: Final[Vec] = (0.0, 1.0, 0.0)
Z: Final[Vec] = (0.0, 0.0, 1.0)
DOWN: Final[Vec] = (0.0, -1.0, 0.0)
IDENTITY: Final[Mat] = (X, Y, Z)


def add(a: Vec, b: Vec) -> Vec:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def sub(a: Vec, b: Vec) -> Vec:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def scale(a: Vec, k: float) -> Vec:
    return a[0] * k, a[1] * k, a[2] * k


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def length(a: Vec) -> float:
    return math.sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    size = length(a)
    return scale(a, 1 / size) if size > 1e-12 else ORIGIN


def mix(a: Vec, b: Vec, share: float) -> Vec:
    return add(a, scale(sub(b, a), share))


def turn(m: Mat, v: Vec) -> Vec:
    x, y, z = m
    return (
        x[0] * v[0] + y[0] * v[1] + z[0] * v[2],
        x[1] * v[0] + y[1] * v[1] + z[1] * v[2],
        x[2] * v[0] + y[2] * v[1] + z[2] * v[2],
    )


def turn_back(m: Mat, v: Vec) -> Vec:
    return dot(m[0], v), dot(m[1], v), dot(m[2], v)


def after(m: Mat, n: Mat) -> Mat:
    """Return the turn that does `n` first, then `m`."""
    return turn(m, n[0]), turn(m, n[1]), turn(m, n[2])


def inverse(m: Mat) -> Mat:
    x, y, z = m
    return (x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2])


def about(axis: Vec, degrees: float) -> Mat:
    angle = math.radians(degrees)
    c, s = math.cos(angle), math.sin(angle)
    a = unit(axis)
    columns = [add(add(scale(e, c), scale(cross(a, e), s)), scale(a, dot(a, e) * (1 - c))) for e in IDENTITY]
    return columns[0], columns[1], columns[2]


def onto(a: Vec, b: Vec) -> Mat:
    """Return the shortest turn from direction `a` to direction `b`."""
    axis = cross(unit(a), unit(b))
    size = length(axis)
    if size < 1e-9 and dot(a, b) > 0:
        return IDENTITY
    return about(axis if size > 1e-9 else X, math.degrees(math.atan2(size, dot(unit(a), unit(b)))))


def frame(down: Vec, forward: Vec) -> Mat:
    """Return the turn that takes -y to `down` and z as near as possible to `forward`."""
    y = scale(unit(down), -1)
    z = unit(sub(forward, scale(y, dot(forward, y))))
    return cross(y, z), y, z


def twist(m: Mat) -> float:
    """Return the degrees that a turn of a limb (along -y) adds about the limb itself."""
    still = after(inverse(onto(DOWN, scale(m[1], -1))), m)
    return math.degrees(math.atan2(still[2][0], still[2][2]))


def with_part_of_twist(m: Mat, share: float) -> Mat:
    return after(onto(DOWN, scale(m[1], -1)), about(Y, share * twist(m)))


def rotation_vector(m: Mat) -> tuple[Vec, float]:
    """Return axis and degrees of a turn."""
    axis = (m[1][2] - m[2][1], m[2][0] - m[0][2], m[0][1] - m[1][0])
    trace = m[0][0] + m[1][1] + m[2][2]
    return axis, math.degrees(math.atan2(length(axis), trace - 1))


def part_way(first: Mat | None, last: Mat | None, share: float) -> Mat:
    """Return the turn at a share of the way from one turn to another; None is no turn."""
    a, b = first or IDENTITY, last or IDENTITY
    axis, degrees = rotation_vector(after(inverse(a), b))
    return after(a, about(axis, degrees * share)) if degrees > 1e-9 else a
