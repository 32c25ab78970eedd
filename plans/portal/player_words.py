"""What the player of an exercise counts, one set and side after the other, and all the words that it says."""

from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from plans.content import ItemContent, PlanContent
from plans.dose import Dose, Limb, Side, Span
from plans.dose.value import SECONDS_PER_WAY
from plans.handout.phrases import say_amount, shorten
from plans.languages import Language

ONCE = Span(1, 1)
READY_SECONDS = 5
"""To get from the phone into the position."""


def player(item: ItemContent, content: PlanContent, language: Language) -> dict[str, object]:
    """Return what a script needs to lead through an exercise. The language is the active translation's.

    `mark` tells versions of plans apart in what the browser keeps, and says nothing about them.
    """
    dose = item.dose
    steps = list(_steps(item))
    return {
        "mark": crc32(content.publication_id.encode()),
        "number": item.number,
        "steps": steps,
        "task": _say_task(item, language),
        "timer": _timer(dose),
        "rest": dose.rest_seconds.high if dose.rest_seconds else 0,
        "words": {
            **_words(),
            **_button_words(dose, several=len(steps) > 1),
            "hold": _hold_words(dose),
            "rest_time": _say_rest(item, language),
        },
    }


def _steps(item: ItemContent) -> Iterator[dict[str, object]]:
    """Yield what is done in one go: a set, on one side. As many sets as the dose allows; `extra` are those beyond."""
    sets = item.dose.sets or ONCE
    sides = _sides(item)
    rests = bool(item.dose.rest_seconds and item.dose.rest_seconds.high)
    for number in range(1, sets.high + 1):
        for side in sides:
            yield {
                "title": _say_step(number, sets, _name_side(side, item.limb) if side else ""),
                "extra": number > sets.low,
                "rest": rests and side is sides[-1] and number < sets.high,
            }


def _sides(item: ItemContent) -> tuple[Side | None, ...]:
    """Return the sides in the order of doing: the one in the picture first. A drawing shows the right one."""
    drawing = item.picture.drawing if item.picture else None
    if item.dose.side is not Side.EACH:
        return (item.dose.side,)
    return (Side.LEFT, Side.RIGHT) if drawing and drawing.mirrored else (Side.RIGHT, Side.LEFT)


def _timer(dose: Dose) -> dict[str, int] | None:
    """Return what is timed in a step: one time, or as many holds as the dose allows with the way between them.

    A hold that is a range counts its lower end: whoever wants more may do more, and nobody is told to.
    """
    if time := dose.duration_seconds:
        return {"ready": READY_SECONDS, "least": time.low, "seconds": time.high}
    if not dose.hold_seconds:
        return None
    ways = (way.low if way else SECONDS_PER_WAY for way in (dose.out_seconds, dose.back_seconds))
    return {
        "ready": READY_SECONDS,
        "holds": (dose.repetitions or ONCE).high,
        "hold": dose.hold_seconds.low,
        "way": sum(ways),
    }


def _say_task(item: ItemContent, language: Language) -> list[str]:
    """Return what is done in each step, without what its title says and what comes after it."""
    dose = replace(item.dose, sets=None, rest_seconds=None, side=None, until=None)
    said = shorten(say_amount(replace(item, dose=dose), language), language)
    return [f"{phrase.label}: {phrase.text}" if phrase.label else phrase.text for phrase in said]


def _say_rest(item: ItemContent, language: Language) -> str:
    dose = Dose(rest_seconds=item.dose.rest_seconds)
    return "".join(
        f"{phrase.label}: {phrase.text}" for phrase in say_amount(replace(item, dose=dose), language)
    )


def _say_step(number: int, sets: Span, side: str) -> str:
    if sets.high == 1:
        return capfirst(side) or gettext("Do this now")
    numbers = {"n": number, "of": sets.low, "side": side}
    if number > sets.low:
        said = (
            gettext("Set %(n)s, %(side)s, if it feels good")
            if side
            else gettext("Set %(n)s, if it feels good")
        )
    else:
        said = gettext("Set %(n)s of %(of)s, %(side)s") if side else gettext("Set %(n)s of %(of)s")
    return said % numbers


def _name_side(side: Side, limb: str) -> str:
    match side, limb:
        case Side.LEFT, Limb.LEG:
            return pgettext("now", "left leg")
        case Side.LEFT, Limb.ARM:
            return pgettext("now", "left arm")
        case Side.LEFT, _:
            return pgettext("now", "left side")
        case _, Limb.LEG:
            return pgettext("now", "right leg")
        case _, Limb.ARM:
            return pgettext("now", "right arm")
        case _:
            return pgettext("now", "right side")


def _words() -> dict[str, str]:
    return {
        "start": gettext("Start the timer"),
        "again": gettext("Start the timer again"),
        "pause": gettext("Pause"),
        "go_on": pgettext("timer", "Go on"),
        "ready": gettext("Get ready"),
        "way": gettext("Slowly back, then once more"),
        "run": pgettext("timer", "Go"),
        "paused": gettext("Paused"),
        "least": gettext("You may stop now. Go on if it feels good."),
        "few_left": gettext("10 seconds left"),
        "up": gettext("Time is up."),
        "rest": pgettext("timer", "Rest"),
        "then": gettext("Then: %(step)s"),
        "over": gettext("The rest is over. Go on when you are ready."),
        "skip_rest": gettext("Skip the rest"),
        "enough": gettext("That is enough"),
        "through": gettext("That was all of this exercise"),
        "told_all": gettext("We wrote it down: done."),
        "told_part": gettext("We wrote it down: a part."),
        "untold": gettext("It is not written down yet. Tap “I did it” below when you are online."),
    }


def _hold_words(dose: Dose) -> str:
    if (dose.repetitions or ONCE).high > 1:
        return gettext("Hold: %(n)s of %(of)s")
    return pgettext("dose", "Hold")


def _button_words(dose: Dose, *, several: bool) -> dict[str, str]:
    if (dose.sets or ONCE).high > 1:
        return {"done": gettext("Done with this set"), "skip": gettext("Skip this set")}
    if several:
        return {"done": gettext("Done with this side"), "skip": gettext("Skip this side")}
    return {"done": pgettext("exercise", "Done")}
