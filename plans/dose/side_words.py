"""Which side works, in words: the side of the body, or a leg or an arm where one of them does the work."""

from gettext import NullTranslations

from plans.dose.value import Limb, Side


def on_side(amount: str, side: Side | None, limb: Limb | None, words: NullTranslations) -> str:
    if side is None:
        return amount
    text = words.gettext("%(amount)s, %(side)s")
    return text % {"amount": amount, "side": name_side(side, limb, words)}


def name_side(side: Side, limb: Limb | None, words: NullTranslations) -> str:
    match side, limb:
        case Side.EACH, Limb.LEG:
            return words.pgettext("dose", "each leg")
        case Side.EACH, Limb.ARM:
            return words.pgettext("dose", "each arm")
        case Side.EACH, _:
            return words.pgettext("dose", "each side")
        case Side.LEFT, Limb.LEG:
            return words.pgettext("dose", "left leg only")
        case Side.LEFT, Limb.ARM:
            return words.pgettext("dose", "left arm only")
        case Side.LEFT, _:
            return words.pgettext("dose", "left side only")
        case Side.RIGHT, Limb.LEG:
            return words.pgettext("dose", "right leg only")
        case Side.RIGHT, Limb.ARM:
            return words.pgettext("dose", "right arm only")
        case _:
            return words.pgettext("dose", "right side only")


def once_on_each_side(limb: Limb | None, words: NullTranslations) -> str:
    match limb:
        case Limb.LEG:
            return words.pgettext("dose", "once with each leg")
        case Limb.ARM:
            return words.pgettext("dose", "once with each arm")
        case _:
            return words.pgettext("dose", "once to each side")


def say_sides(side: Side, words: NullTranslations, *, limb: Limb | None = None) -> str:
    """Tell as a sentence what a side asks for: steps are written for one side and leave it to the dose."""
    match side, limb:
        case Side.EACH, Limb.LEG:
            return words.pgettext("dose", "When one leg is done, change legs.")
        case Side.EACH, Limb.ARM:
            return words.pgettext("dose", "When one arm is done, change arms.")
        case Side.EACH, _:
            return words.pgettext("dose", "When one side is done, change sides.")
        case Side.LEFT, Limb.LEG:
            return words.pgettext("dose", "Do this with the left leg only.")
        case Side.LEFT, Limb.ARM:
            return words.pgettext("dose", "Do this with the left arm only.")
        case Side.LEFT, _:
            return words.pgettext("dose", "Do this on the left side only.")
        case Side.RIGHT, Limb.LEG:
            return words.pgettext("dose", "Do this with the right leg only.")
        case Side.RIGHT, Limb.ARM:
            return words.pgettext("dose", "Do this with the right arm only.")
        case _:
            return words.pgettext("dose", "Do this on the right side only.")
