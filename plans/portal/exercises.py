"""Exercises as the pages show them, in the words of the handout. The language is the active translation's."""

from dataclasses import dataclass, replace

from plans.content import ItemContent, PlanContent
from plans.dose import Dose, Phrase, Side
from plans.handout import phrases
from plans.handout.floor import ON_THE_FLOOR
from plans.languages import Language


@dataclass(frozen=True, kw_only=True)
class ShownExercise:
    """An exercise with its dose in words and the addresses around it; the rest is read from the content.

    `in_line` is the dose as the list has it: how often is left out where the list says it for all. `brief` is what is
    done in one go; the whole dose stands beside the steps.
    """

    content: ItemContent
    address: str
    picture: str
    in_line: str
    brief: str
    dose: tuple[Phrase, ...]
    sides: str
    later_sentences: tuple[str, ...]
    easier_dose: str
    easier_address: str

    @property
    def is_one_side(self) -> bool:
        """Whether only one side works: then that stands above the steps."""
        return self.content.dose.side in (Side.LEFT, Side.RIGHT)

    @property
    def is_on_the_floor(self) -> bool:
        return self.content.position in ON_THE_FLOOR


def show_exercises(content: PlanContent, language: Language, *, home: str) -> list[ShownExercise]:
    common = phrases.common_rhythm(content)
    return [_show(item, language, home=home, common=common) for item in content.items]


def _show(
    item: ItemContent, language: Language, *, home: str, common: phrases.Rhythm | None
) -> ShownExercise:
    is_said_above = phrases.rhythm_of(item.dose) == common
    dose = phrases.say_dose(item, language)
    in_line = phrases.say_amount(item, language) if is_said_above else dose
    easier = item.easier
    return ShownExercise(
        content=item,
        address=exercise_address(home, item.number),
        picture=f"{home}picture/{item.picture.name}" if item.picture else "",
        in_line=phrases.say_in_line(in_line, language),
        brief=_say_brief(item, language) or phrases.say_in_line(in_line, language),
        dose=dose,
        sides=phrases.say_sides(item, language),
        later_sentences=phrases.say_later(item.later_sentences, language),
        easier_dose=phrases.say_easier(easier, language) if easier else "",
        easier_address=exercise_address(home, easier.number) if easier and easier.number else "",
    )


def _say_brief(item: ItemContent, language: Language) -> str:
    dose = item.dose
    short = Dose(
        sets=dose.sets,
        repetitions=dose.repetitions,
        duration_seconds=dose.duration_seconds,
        hold_seconds=dose.hold_seconds,
        side=dose.side,
    )
    return phrases.say_in_line(phrases.say_amount(replace(item, dose=short), language), language)


def exercise_address(home: str, number: int) -> str:
    return f"{home}exercise/{number}/"
