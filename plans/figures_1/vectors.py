"""Three-dimensional points and directions as plain tuples: x to the right, y up, z toward the viewer."""

from math import acos, cos, degrees, hypot, radians, sin

Vec = tuple[float, float, float]
ORIGIN: Vec = (0.0, 0.0, 0.0)
X: Vec = (1.0, 0.0, 0.0)
Y: Vec = (0.0, 1.0, 0.0)
Z: Vec = (0.0, 0.0, 1.0)


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scale(a: Vec, factor: float) -> Vec:
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def step(start: Vec, direction: Vec, distance: float) -> Vec:
    return add(start, scale(direction, distance))


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    return hypot(*a)


def unit(a: Vec) -> Vec:
    size = length(a)
    return scale(a, 1 / size) if size else ORIGIN


def mix(a: Vec, b: Vec, share: float) -> Vec:
    return add(scale(a, 1 - share), scale(b, share))


def rotate(v: Vec, axis: Vec, angle: float) -> Vec:
    """`v` turned by `angle` degrees about the unit vector `axis` (right-hand rule)."""
    c, s = cos(radians(angle)), sin(radians(angle))
    return add(add(scale(v, c), scale(cross(axis, v), s)), scale(axis, dot(axis, v) * (1 - c)))


def across(v: Vec, direction: Vec) -> Vec:
    """The part of `v` that stands square to the unit vector `direction`, as a unit vector."""
    return unit(sub(v, scale(direction, dot(v, direction))))


def angle_between(a: Vec, b: Vec) -> float:
    """Degrees between two directions, 0 to 180."""
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def flat(angle: float) -> Vec:
    """The direction of an angle in the side plane: 0 to the right, 90 up."""
    return (cos(radians(angle)), sin(radians(angle)), 0.0)


def leaning(direction: tuple[float, float], sign: int) -> Vec:
    """An angle in the side plane that leans out of it, to the person's right (sign 1) or left (-1)."""
    angle, out = direction
    return add(scale(flat(angle), cos(radians(out))), scale(Z, sign * sin(radians(out))))
