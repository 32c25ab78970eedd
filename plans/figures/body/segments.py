"""The parts of a body that contacts and outlines know by name; each vertex belongs to one."""

SIDED = (
    "thigh", "shin", "foot", "toe1", "toe2", "toe3", "toe4", "toe5",
    "shoulder", "upperarm", "forearm", "hand", "finger1", "finger2", "finger3", "finger4", "finger5",
)  # fmt: skip
SEGMENTS = ("pelvis", "trunk", "neck", "head", *(f"{part}_{side}" for side in "lr" for part in SIDED))

# The first that a bone's name begins with. Toes and fingers are their own segments; the rest is the head.
BONES = {
    "pelvis": "pelvis",
    "root": "pelvis",
    "spine05": "pelvis",
    "spine": "trunk",
    "breast": "trunk",
    "clavicle": "trunk",
    "neck": "neck",
    "upperleg": "thigh",
    "lowerleg": "shin",
    "foot": "foot",
    "shoulder": "shoulder",
    "upperarm": "upperarm",
    "lowerarm": "forearm",
    "wrist": "hand",
    "metacarpal": "hand",
}
MIDDLE = ("pelvis", "trunk", "neck")


def segment_of(bone: str) -> int:
    name, _, side = bone.partition(".")
    part = next((part for start, part in BONES.items() if name.startswith(start)), "head")
    if name.startswith(("toe", "finger")):
        part = name.split("-")[0]
    return SEGMENTS.index(part if part in MIDDLE or not side else f"{part}_{side.lower()}")
