"""Measures: what is asked at the start of a plan and at its review, and which change of it counts."""

import re
from decimal import Decimal
from typing import Final

import yaml

from plans.libraryfiles.fields import Fields
from plans.libraryfiles.measure_data import DifferenceData, MeasureData, MeasureText
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.values import choice, choices, flag, languages, number, scalar
from plans.libraryfiles.vocabulary import MAX_DIFFERENCES, Better, DifferenceKind, MeasureKind, Region

POINTS: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
HIGHEST: Final = 100


def read_measure(fields: Fields) -> MeasureData:
    cited = read_citation(fields)
    lowest, highest = number(fields, "lowest"), number(fields, "highest")
    if lowest is None or highest is None or not 0 <= lowest < highest <= HIGHEST:
        fields.problem("highest", f"{fields.what} needs a lowest and a highest from 0 to {HIGHEST}")
        lowest, highest = 0, HIGHEST
    kind = choice(fields, "kind", MeasureKind)
    if kind is MeasureKind.PAIN and (lowest, highest) != (0, 10):
        fields.problem("kind", f"{fields.what} is of pain, which is told from 0 to 10")
    return MeasureData(
        code=fields.code(),
        place=fields.place,
        kind=kind,
        lowest=lowest,
        highest=highest,
        better=choice(fields, "better", Better),
        differences=tuple(
            _difference(node, fields, kind=kind, most=highest - lowest)
            for node in fields.items("differences", most=MAX_DIFFERENCES)
        ),
        source=cited.words,
        sources=cited.codes,
        texts={code: _text(node, code, fields) for code, node in languages(fields, "texts")},
    )


def _difference(node: yaml.Node, measure: Fields, *, kind: MeasureKind, most: int) -> DifferenceData:
    fields = Fields(node, reading=measure.reading, what=f"a difference of {measure.what}")
    source = fields.code("source")
    if source and source not in fields.reading.cites:
        fields.problem("source", f"{fields.what} names the unknown source {source}")
    difference = DifferenceData(
        source=source,
        kind=choice(fields, "kind", DifferenceKind),
        points=_points(fields, most=most),
        people=fields.text("people", limit="people"),
        regions=choices(fields, "regions", Region),
        of_one=flag(fields, "of_one"),
    )
    if difference.of_one and kind is not MeasureKind.OWN_ACTIVITIES:
        fields.problem("of_one", f"{fields.what} is of one activity, and {measure.what} asks for none")
    fields.end()
    return difference


def _points(fields: Fields, *, most: int) -> Decimal:
    node = fields.get("points", required=True)
    typed = "" if node is None else scalar(node)
    points = Decimal(typed) if POINTS.fullmatch(typed) else Decimal(0)
    if node is not None and not 0 < points <= most:
        fields.problem(node, f"points of {fields.what} must be a number above 0, at most {most}, such as 1.5")
    return points


def _text(node: yaml.Node, language: str, measure: Fields) -> MeasureText:
    fields = Fields(node, reading=measure.reading, what=f"{language} of {measure.what}")
    text = MeasureText(
        name=fields.text("name", limit="name"),
        question=fields.text("question", limit="question"),
        help=fields.text("help", limit="question", required=False),
        lowest=fields.text("lowest", limit="end"),
        highest=fields.text("highest", limit="end"),
    )
    fields.end()
    return text
