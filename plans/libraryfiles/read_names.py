"""The entries that others name: movements, conditions, symptoms; and advice, which names whom it is for."""

from typing import Final

import yaml

from plans.libraryfiles.audience import Audience
from plans.libraryfiles.data import AdviceData, ConditionData, MovementData, SymptomData, WithdrawnData
from plans.libraryfiles.errors import Place
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.icd10 import code_problem
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.values import choice, choices, flag, maybe, scalar, translations
from plans.libraryfiles.vocabulary import (
    MAX_CODES,
    MAX_NAMES,
    AdviceKind,
    Anchor,
    RedFlag,
    Region,
    WithdrawnKind,
)

EVERYBODY: Final = "all"


def read_movement(fields: Fields) -> MovementData:
    cited = read_citation(fields, required=False)
    return MovementData(
        code=fields.code(),
        place=fields.place,
        name=fields.text("name", limit="name"),
        meaning=fields.text("meaning", limit="meaning"),
        also=fields.texts("also", limit="also", most=MAX_NAMES),
        implies=fields.codes("implies", most=MAX_NAMES),
        sided=flag(fields, "sided"),
        source=cited.words,
        sources=cited.codes,
    )


def read_condition(fields: Fields) -> ConditionData:
    """A condition; each of its ICD-10-CM codes must exist and be a leaf, the kind that is recorded."""
    cited = read_citation(fields, required=False)
    return ConditionData(
        code=fields.code(),
        place=fields.place,
        name=fields.text("name", limit="name"),
        also=fields.texts("also", limit="also", most=MAX_NAMES),
        name_places=_name_places(fields),
        icd10=_icd10(fields),
        parent=fields.code("parent", required=False) or None,
        dates=choices(fields, "dates", Anchor),
        treat_cause_first=flag(fields, "treat_cause_first"),
        sided=flag(fields, "sided"),
        ask_which=flag(fields, "ask_which"),
        region=maybe(fields, "region", Region),
        source=cited.words,
        sources=cited.codes,
    )


def _name_places(fields: Fields) -> tuple[Place, ...]:
    nodes = (fields.get("name"), *fields.items("also", most=MAX_NAMES))
    return tuple(fields.reading.place(node) if node else fields.place for node in nodes)


def _icd10(fields: Fields) -> tuple[str, ...]:
    codes = fields.texts("icd10", limit="code", most=MAX_CODES)
    for node, code in zip(fields.items("icd10", most=MAX_CODES), codes, strict=True):
        if problem := code_problem(code):
            fields.problem(node, f"icd10 of {fields.what}: {problem}")
    return codes


def read_symptom(fields: Fields) -> SymptomData:
    """A symptom; a red flag must have its sentence for the patient's copy, and may say whom that is for."""
    red_flag = maybe(fields, "red_flag", RedFlag)
    cited = read_citation(fields)
    return SymptomData(
        code=fields.code(),
        place=fields.place,
        name=fields.text("name", limit="name"),
        red_flag=red_flag,
        region=maybe(fields, "region", Region),
        audience=_sign_audience(fields, red_flag),
        needs_answer=flag(fields, "needs_answer"),
        source=cited.words,
        sources=cited.codes,
        sentences=translations(fields, "sentences", limit="sentence", required=red_flag is not None),
    )


def read_withdrawn(fields: Fields) -> WithdrawnData:
    return WithdrawnData(
        code=fields.code(),
        place=fields.place,
        kind=choice(fields, "kind", WithdrawnKind),
        reason=fields.text("reason", limit="rationale"),
    )


def read_advice(fields: Fields) -> AdviceData:
    kind = choice(fields, "kind", AdviceKind)
    cited = read_citation(fields)
    return AdviceData(
        code=fields.code(),
        place=fields.place,
        kind=kind,
        audience=_audience(fields, kind),
        source=cited.words,
        sources=cited.codes,
        texts=translations(fields, "texts", limit="advice"),
    )


def _sign_audience(fields: Fields, red_flag: RedFlag | None) -> Audience | None:
    node = fields.get("for", required=False)
    if node is None:
        return None
    if red_flag is None:
        fields.problem("for", f"{fields.what} is no red flag: nothing is printed of it, so it has no for")
    return _named_audience(fields, node)


def _audience(fields: Fields, kind: AdviceKind) -> Audience:
    """`for: all`, or a mapping of conditions, symptoms and regions that names at least one."""
    node = fields.get("for", required=kind is AdviceKind.GENERAL)
    if node is None:
        return Audience()
    if kind is not AdviceKind.GENERAL:
        fields.problem("for", f"{fields.what} is a therapy: a plan notes it, so it has no for")
    return _named_audience(fields, node)


def _named_audience(fields: Fields, node: yaml.Node) -> Audience:
    if scalar(node) == EVERYBODY:
        return Audience(everybody=True)
    named = Fields(node, reading=fields.reading, what=f"for of {fields.what}")
    audience = Audience(
        conditions=named.codes("conditions", most=MAX_NAMES),
        symptoms=named.codes("symptoms", most=MAX_NAMES),
        regions=choices(named, "regions", Region),
    )
    named.end()
    if audience == Audience():
        fields.problem("for", f"for of {fields.what} names nobody: all, or conditions, symptoms or regions")
    return audience
