"""The parts of a body that contacts, arrows and close-ups can name."""

from typing import Final

SIDED: Final[frozenset[str]] = frozenset({
    "palm", "hand", "back of hand", "fingers", "thumb", "fist", "wrist", "forearm", "elbow", "upper arm", "shoulder",
    "sole", "heel", "ball of foot", "foot", "top of foot", "toes", "ankle", "outer ankle", "inner ankle", "shin",
    "calf", "knee", "inner knee", "thigh", "back of thigh", "hip", "buttock", "side", "ear", "temple",
})  # fmt: skip
"""Each has a left and a right."""

MIDDLE: Final[frozenset[str]] = frozenset({
    "head", "back of head", "forehead", "face", "chin", "neck", "chest", "belly", "upper back", "low back", "back",
    "pelvis", "buttocks", "trunk",
})  # fmt: skip
"""The body has one of each; "buttocks" and "back" mean the whole of it."""

PARTS: Final[frozenset[str]] = SIDED | MIDDLE

PLURALS: Final[dict[str, str]] = {
    "palms": "palm", "hands": "hand", "backs of hands": "back of hand", "fists": "fist", "thumbs": "thumb",
    "wrists": "wrist", "forearms": "forearm", "elbows": "elbow", "upper arms": "upper arm", "shoulders": "shoulder",
    "soles": "sole", "heels": "heel", "balls of feet": "ball of foot", "feet": "foot", "tops of feet": "top of foot",
    "ankles": "ankle", "shins": "shin", "calves": "calf", "knees": "knee", "thighs": "thigh",
    "backs of thighs": "back of thigh", "hips": "hip", "ears": "ear",
}  # fmt: skip
