"""The colours of a body: skin and hair of three kinds, clothes of each person, and greys of their own for print."""

from collections.abc import Mapping
from types import MappingProxyType

from plans.figures.body.body import BodyName, Material, Skin

SKIN: dict[Skin, str] = {"light": "#f1cdb2", "medium": "#c98f68", "dark": "#8d5b3e"}

# Skin, shirt and trousers, far enough apart to be told apart in any pair.
GREYS: dict[Skin, tuple[str, str, str]] = {
    "light": ("#f8f8f8", "#d0d0d0", "#989898"),
    "medium": ("#e0e0e0", "#b8b8b8", "#888888"),
    "dark": ("#b8b8b8", "#f0f0f0", "#848484"),
}

# Hair of people of about 30, about 50, over 70.
HAIR: dict[Skin, tuple[str, str, str]] = {
    "light": ("#7a5233", "#8a6748", "#c9c7c3"),
    "medium": ("#3a2a22", "#4a3b33", "#b4b1ad"),
    "dark": ("#26201d", "#38322f", "#a5a29f"),
}
GREY_HAIR = ("#5c5c5c", "#6e6e6e")
GREY_WHITE_HAIR: dict[Skin, str] = {"light": "#b4b4b4", "medium": "#a0a0a0", "dark": "#d8d8d8"}

# Shirt and trousers. The shirt is the lighter one; trousers are bluish, which nobody takes for skin of any colour.
CLOTHES = {
    BodyName.WOMAN_30: ("#7fb2c4", "#46618f"),
    BodyName.MAN_30: ("#e3c46b", "#4a72a8"),
    BodyName.WOMAN_50: ("#d9a58f", "#4d6a86"),
    BodyName.MAN_50: ("#8fae86", "#56657d"),
    BodyName.WOMAN_75: ("#b88aa6", "#5b6678"),
    BodyName.MAN_75: ("#a9bdd6", "#5f6b7a"),
    BodyName.PREGNANT_30: ("#e0a9a0", "#5a5f8a"),
}
SHOE, SOLE, EYE, MOUTH = "#f4f4f2", "#c9c7c0", "#ffffff", "#8c3f3a"


def colours(name: BodyName, age: int, skin: Skin) -> Mapping[Material, str]:
    shirt, trousers = CLOTHES[name]
    hair = HAIR[skin][decade(age)]
    return palette(SKIN[skin], shirt, trousers, hair)


def greys(age: int, skin: Skin) -> Mapping[Material, str]:
    hair = (*GREY_HAIR, GREY_WHITE_HAIR[skin])[decade(age)]
    return palette(*GREYS[skin], hair)


def palette(skin: str, shirt: str, trousers: str, hair: str) -> Mapping[Material, str]:
    kinds = (Material.SKIN, Material.SHIRT, Material.TROUSERS, Material.HAIR)
    worn = dict(zip(kinds, (skin, shirt, trousers, hair), strict=True))
    same = {Material.SHOE: SHOE, Material.SOLE: SOLE, Material.EYE: EYE, Material.MOUTH: MOUTH}
    return MappingProxyType(worn | same)


def decade(age: int) -> int:
    return 0 if age < 40 else 1 if age < 65 else 2
