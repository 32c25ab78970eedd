"""Where clothes and hair end, as fields over the base mesh: above 0 is inside. Decimetres, y from -8.2 to 8.5."""

from collections.abc import Callable

import numpy as np

from scripts.bodies.cutting import Table
from scripts.bodies.rig import Rig
from scripts.bodies.source import Points, Triangles

Field = Callable[[Table], Points]
ARM = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
ON_ARM = 0.3  # from this share of arm bones on a vertex counts as arm
SLEEVE = 0.66  # of the upper arm
HEM = 1.15
OVERLAP = 0.9  # the shirt hangs over the trousers
CHEST_SPANNED = 0.7
LEGS = {"long": -6.75, "short": -3.35}
PALATE = np.array([0.0, 6.93, 0.85])
COLLAR = -7.28  # of the shoe


class Lines:
    """Needs the rig to know what is arm, and the base mesh's own joints to measure along it."""

    def __init__(self, rig: Rig, heads: Points) -> None:
        self.arm_bones = np.array([bone.startswith(ARM) for bone in rig.bones])
        self.bones = rig.bones
        self.ball = heads[rig.bones.index("toe2-1.L")][2]
        self.head_bone = rig.bones.index("head")
        self.shoulder = heads[rig.bones.index("upperarm01.L")]
        self.upper_arm = heads[rig.bones.index("lowerarm01.L")] - self.shoulder

    def arm(self, table: Table) -> Points:
        return table.weights[:, self.arm_bones].sum(axis=1)

    def along_arm(self, table: Table) -> Points:
        """0 at the shoulder, 1 at the elbow; below 0 for all that is no arm."""
        place = table.canonical.copy()
        place[:, 0] = np.abs(place[:, 0])
        along = (place - self.shoulder) @ self.upper_arm / (self.upper_arm @ self.upper_arm)
        return np.where(self.arm(table) > ON_ARM, along, -0.2)

    def as_one_toe(self, weights: Points) -> Points:
        """In a shoe all toes bend as one, as the sole does."""
        result = weights.copy()
        for side in ("L", "R"):
            toes = [bone.startswith("toe") and bone.endswith(side) for bone in self.bones]
            together = weights[:, toes].sum(axis=1)
            result[:, toes] = 0
            result[:, self.bones.index(f"toe2-1.{side}")] = together
        return result

    def sole_weights(self, canonical: Points, side: int) -> Points:
        weights = np.zeros((len(canonical), len(self.bones)))
        name = "L" if side > 0 else "R"
        toes = np.clip((canonical[:, 2] - self.ball) / 0.5 + 0.5, 0, 1)
        weights[:, self.bones.index(f"toe2-1.{name}")] = toes
        weights[:, self.bones.index(f"foot.{name}")] = 1 - toes
        return weights

    def sleeve(self, table: Table) -> Points:
        return SLEEVE - self.along_arm(table)

    def below_neck(self, table: Table) -> Points:
        x, y, z = np.abs(table.canonical[:, 0]), table.canonical[:, 1], table.canonical[:, 2]
        return 5.66 - 0.40 * (z - 0.1) - y + 0.3 * x

    def above_hem(self, table: Table) -> Points:
        return np.where(self.arm(table) > ON_ARM, 1.0, table.canonical[:, 1] - HEM)

    def below_waist(self, table: Table) -> Points:
        return np.where(self.arm(table) > ON_ARM, -1.0, HEM + OVERLAP - table.canonical[:, 1])

    def above_leg(self, length: str) -> Field:
        return lambda table: table.canonical[:, 1] - LEGS[length]

    def below_collar(self, table: Table) -> Points:
        return COLLAR - table.canonical[:, 1] - 0.25 * (table.canonical[:, 2] - 0.1)


def between_the_legs(canonical: Points) -> Points:
    """(n,): 1 where trousers span the middle, before and behind."""
    x, y, z = np.abs(canonical[:, 0]), canonical[:, 1], canonical[:, 2]
    wide = np.where(z > 0, 0.95, 0.6)
    top = np.where(z > 0, 0.7, 1.6)
    high = np.clip((top - y) / 0.4, 0, 1) * np.clip((y + 1.4) / 0.4, 0, 1)
    return high * np.clip((wide - x) / 0.4, 0, 1)


def over_the_chest(canonical: Points) -> Points:
    """(n,): up to 1 where a shirt hides the form of the breast's tip."""
    x, y, z = np.abs(canonical[:, 0]), canonical[:, 1], canonical[:, 2]
    high = np.clip((5.2 - y) / 0.6, 0, 1) * np.clip((y - 3.0) / 0.6, 0, 1)
    return CHEST_SPANNED * high * np.clip((1.9 - x) / 0.4, 0, 1) * np.clip((z - 0.3) / 0.4, 0, 1)


def hidden_skin(lines: Lines, table: Table, trousers: str, feet: str) -> np.ndarray:
    """Which vertices lie so far beneath clothes that they are left out."""
    y, arm, along = table.canonical[:, 1], lines.arm(table), lines.along_arm(table)
    body = (arm < ON_ARM) & (y > HEM - 0.3) & (lines.below_neck(table) > 0.12)
    legs = (arm < ON_ARM) & (y < HEM + 0.3) & (y > LEGS[trousers] + 0.2)
    hidden = body | legs | ((arm >= ON_ARM) & (along < SLEEVE - 0.1))
    return hidden | (lines.below_collar(table) > 0.08) if feet == "shoes" else hidden


def inside_mouth(canonical: Points, triangles: Triangles) -> np.ndarray:
    """The bag behind the lips, seen when the jaw opens: all triangles reached from the palate without crossing them."""
    behind_lips = canonical[:, 2] < 1.4 - 0.9 * canonical[:, 0] ** 2
    inner = triangles[behind_lips[triangles].all(axis=1)]
    used = np.unique(triangles)
    reached = np.zeros(len(canonical), bool)
    reached[used[np.argmin(((canonical[used] - PALATE) ** 2).sum(axis=1))]] = True
    for _ in range(len(inner)):
        touched = inner[reached[inner].any(axis=1)]
        if reached[touched].all():
            break
        reached[touched] = True
    return reached[triangles].all(axis=1) & behind_lips[triangles].all(axis=1)


# From the forehead to the nape: z forward, y up.
HAIRLINES = {
    "bun": ((1.6, 8.3), (1.2, 8.02), (1.0, 7.86), (0.82, 7.68), (0.68, 7.3), (0.2, 6.85), (-0.9, 6.5)),
    "short": (
        (1.6, 7.99), (1.25, 7.94), (1.02, 7.84), (0.93, 7.55), (0.82, 7.3), (0.74, 6.95), (0.66, 6.9),
        (0.2, 6.75), (-0.9, 6.42),
    ),
    "cropped": (
        (1.6, 8.06), (1.25, 8.02), (1.02, 7.9), (0.94, 7.6), (0.84, 7.3), (0.76, 7.0), (0.68, 6.97),
        (0.2, 6.8), (-0.9, 6.5),
    ),
    "rim": ((0.72, 7.5), (0.64, 7.0), (0.2, 6.8), (-0.9, 6.45)),
}  # fmt: skip
# Centimetres at the sides, and more on top.
THICKNESS = {"bun": (0.8, 0.4), "short": (0.8, 1.5), "cropped": (0.5, 0.3), "rim": (0.7, 0.0)}
PARTED = {"bun": 0.0, "short": 0.16, "cropped": 0.0, "rim": 0.0}  # higher on the left by this share


def thickness(style: str, canonical: Points) -> Points:
    sides, top = THICKNESS[style]
    return sides + top * np.clip((canonical[:, 1] - 7.6) / 0.7, 0, 1)


def hair(style: str) -> Field:
    line = np.array(HAIRLINES[style])

    def inside(table: Table) -> Points:
        x, y, z = np.abs(table.canonical[:, 0]), table.canonical[:, 1], table.canonical[:, 2]
        parted = PARTED[style] * table.canonical[:, 0] * np.clip((z - 0.8) / 0.3, 0, 1)
        above = y - np.interp(z, line[::-1, 0], line[::-1, 1]) - parted
        ear = ((y - 7.08) / 0.34) ** 2 + ((z - 0.4) / 0.24) ** 2 - 1  # stays free
        above = np.where(x > 0.68, np.minimum(above, ear * 0.4), above)
        if style == "rim":
            above = np.minimum(above, 7.62 - y - 0.25 * z)
        return np.clip(above, -0.5, 0.5)

    return inside
