"""Exercises: facts, default dose within its safe range, texts per language."""

from typing import Final

import yaml

from plans.contraindications import Disagreement, MovementSide, OneSided, Said
from plans.dose import SPAN_FIELDS, Dose, Limb, Span
from plans.libraryfiles.data import ExerciseData, ExerciseText, Help
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.read_dose import columns_of, read_dose
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.values import choice, choices, flag, languages, maybe, number, section, span
from plans.libraryfiles.vocabulary import (
    EXERCISE_LEVELS,
    MAX_CAUTIONS,
    MAX_NAMES,
    MAX_STEPS,
    Equipment,
    Kind,
    Position,
    Region,
    Target,
)

MAX_POSITIONS: Final = 4


def read_exercise(fields: Fields) -> ExerciseData:
    """An exercise; one without movements or without a caution is a problem, never silence."""
    dose = read_dose(fields)
    one_sided = _one_sided(fields, dose)
    cited = read_citation(fields)
    return ExerciseData(
        code=fields.code(),
        place=fields.place,
        kind=choice(fields, "kind", Kind),
        position=choice(fields, "position", Position),
        targets=choices(fields, "targets", Target, required=True),
        movements=fields.codes("movements", most=MAX_NAMES, required=True),
        equipment=choices(fields, "equipment", Equipment),
        one_sided=one_sided,
        limb=_limb(fields, dose, one_sided=one_sided),
        movement_sides=_movement_sides(fields, one_sided=one_sided),
        dose=dose,
        safe=_safe(fields, dose),
        safe_source=fields.text("safe_source", limit="source"),
        source=cited.words,
        sources=cited.codes,
        source_note=fields.text("source_note", limit="note", required=False),
        disagreement=_disagreement(fields),
        alternative_to=fields.code("alternative_to", required=False) or None,
        region=maybe(fields, "region", Region),
        level=_level(fields),
        helps=_helps(fields),
        easier=fields.code("easier", required=False) or None,
        harder=fields.code("harder", required=False) or None,
        figure=fields.code("figure", required=False),
        texts={code: _text(fields, code, node) for code, node in languages(fields, "texts")},
    )


def _level(fields: Fields) -> int | None:
    level = number(fields, "level")
    if level is not None and level not in EXERCISE_LEVELS:
        fields.problem("level", f"level of {fields.what} is {level}, must be 1, 2 or 3")
        return None
    return level


def _helps(fields: Fields) -> tuple[Help, ...]:
    """Which conditions it helps, each with who says so, none twice."""
    found: dict[str, Help] = {}
    for node in fields.items("helps", most=MAX_NAMES):
        below = Fields(node, reading=fields.reading, what=f"helps of {fields.what}")
        one = Help(condition=below.code("condition"), source=below.text("source", limit="source"))
        below.end()
        if found.setdefault(one.condition, one) is not one:
            fields.problem(node, f"helps of {fields.what} names {one.condition} twice")
    return tuple(found.values())


def _one_sided(fields: Fields, dose: Dose) -> bool:
    one_sided = flag(fields, "one_sided")
    if one_sided and dose.side is None:
        fields.problem("one_sided", f"{fields.what} works one side, so its dose needs a side")
    if dose.side is not None and not one_sided:
        fields.problem("dose", f"the dose of {fields.what} has a side, but one_sided is not true")
    return one_sided


def _limb(fields: Fields, dose: Dose, *, one_sided: bool) -> Limb | None:
    limb = maybe(fields, "limb", Limb)
    if limb and not one_sided and dose.side is None:
        fields.problem(
            "limb", f"{fields.what} names the limb that works on a side, but one_sided is not true"
        )
        return None
    return limb


def _movement_sides(fields: Fields, *, one_sided: bool) -> dict[str, MovementSide]:
    """Which of its movements are asked of the side that works, and which of the other one."""
    below = section(fields, "movement_sides", what=f"movement_sides of {fields.what}")
    if below is None:
        return {}
    told = below.keys()
    if told and not one_sided:
        fields.problem("movement_sides", f"{fields.what} tells sides of movements, but one_sided is not true")
    named = fields.codes("movements", most=MAX_NAMES)
    for code in told:
        if code not in named:
            below.problem(code, f"{below.what} names {code}, which is none of its movements")
    return {code: choice(below, code, MovementSide) for code in told}


def _safe(fields: Fields, dose: Dose) -> dict[str, Span]:
    below = section(fields, "safe", what=f"safe range of {fields.what}", required=True)
    if below is None:
        return {}
    found = {field: span(below, field) for field in SPAN_FIELDS}
    below.end()
    for field, given in dose.spans().items():
        safe = found[field]
        if given and not safe:
            below.problem(below.node, f"{below.what} says nothing of {field}, which the dose has")
        elif given and safe and not safe.holds(given):
            below.problem(field, f"{field} of {fields.what}: {given} is outside the safe range {safe}")
        for problem in Dose.from_dict(columns_of({field: safe})).problems():
            below.problem(field, problem.message)
    return {field: safe for field, safe in found.items() if safe}


def _disagreement(fields: Fields) -> Disagreement | None:
    """What each source says, as a mapping of source to words, and what would justify going on."""
    below = section(fields, "disagreement", what=f"disagreement of {fields.what}")
    if below is None:
        return None
    sides = tuple(_side(below, node) for node in below.items("positions", most=MAX_POSITIONS, required=True))
    go_on_when = below.text("go_on_when", limit="note")
    both_allow = flag(below, "both_allow")
    if len(sides) == 1:
        below.problem("positions", f"{below.what} needs at least two positions")
    below.end()
    try:
        return Disagreement(sides=sides, go_on_when=go_on_when, both_allow=both_allow)
    except OneSided:
        return None  # What it lacks was told at its line, so these files are refused.


def _side(fields: Fields, node: yaml.Node) -> Said:
    below = Fields(node, reading=fields.reading, what=f"position in {fields.what}")
    side = Said(source=below.text("source", limit="source"), words=below.text("says", limit="note"))
    below.end()
    return side


def _text(fields: Fields, language: str, node: yaml.Node) -> ExerciseText:
    below = Fields(node, reading=fields.reading, what=f"{language} text of {fields.what}")
    text = ExerciseText(
        name=below.text("name", limit="name"),
        purpose=below.text("purpose", limit="purpose"),
        start=below.text("start", limit="start"),
        steps=below.texts("steps", limit="step", most=MAX_STEPS, required=True),
        cautions=below.texts("cautions", limit="caution", most=MAX_CAUTIONS, required=True),
        breathing=below.text("breathing", limit="breathing", required=False),
        alt=below.text("alt", limit="alt"),
        also=below.texts("also", limit="also", most=MAX_NAMES),
        note=below.text("note", limit="note", required=False),
    )
    below.end()
    return text
