"""How to get down to the floor and up again: once for a plan with an exercise that is done there."""

from dataclasses import dataclass

from django.utils.translation import gettext

from plans.content import PlanContent

ON_THE_FLOOR = frozenset(("supine", "side_lying", "prone", "hands_and_knees", "kneeling"))
MAX_NAMED = 6
"""Exercises that are named by their numbers; of more it is said that there are some."""


@dataclass(frozen=True, kw_only=True)
class FloorAdvice:
    """Which exercises are meant, what to do instead of the floor, and the ways down and up."""

    where: str
    bed: str
    down_label: str
    down: str
    up_label: str
    up: str


def say_floor(content: PlanContent) -> FloorAdvice | None:
    """Return it in the active language; None for a plan that needs no floor."""
    numbers = [item.number for item in content.items if item.position in ON_THE_FLOOR]
    if not numbers:
        return None
    return FloorAdvice(
        where=_say_where(numbers, of=len(content.items)),
        bed=gettext("You can use a firm bed instead."),
        down_label=gettext("Getting down:"),
        down=gettext(
            "Hold on to a steady chair. Kneel on one knee, then on both. Put your hands on the floor. "
            "Sit down to one side, then lie down."
        ),
        up_label=gettext("Getting up:"),
        up=gettext(
            "Roll onto your side. Push up with your hands until you kneel. Hold on to the chair. "
            "Put one foot flat on the floor and stand up."
        ),
    )


def _say_where(numbers: list[int], *, of: int) -> str:
    if len(numbers) == of > 1:
        return gettext("These exercises are done on the floor.")
    if len(numbers) > MAX_NAMED:
        return gettext("Some of these exercises are done on the floor.")
    named = {"numbers": ", ".join(map(str, numbers))}
    if len(numbers) == 1:
        return gettext("Exercise %(numbers)s is done on the floor.") % named
    return gettext("Exercises %(numbers)s are done on the floor.") % named
