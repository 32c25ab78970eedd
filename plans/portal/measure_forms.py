"""The form of the measures that are asked now: its names, what was told, and what somebody typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from plans.actions.measures import Answer, Telling
from plans.actions.measures.activities import PLACES
from plans.libraryfiles import MeasureKind
from plans.models import MeasureText, Occasion
from plans.portal.measure_words import say_ends
from plans.queries.measures.asking import Asked

MAX_DIGITS = 3


@dataclass(frozen=True, kw_only=True)
class Row:
    """One scale of the form, with the words of the activity that it is of; `words_name` is blank where they stay."""

    place: int
    name: str
    words_name: str = ""
    words: str = ""
    value: int | None = None

    @property
    def words_attribute(self) -> str:
        """How a refusal names the words."""
        return f"activity_{self.place}"


@dataclass(frozen=True, kw_only=True)
class MeasureForm:
    """One measure of the form."""

    text: MeasureText
    rows: Sequence[Row]

    @property
    def numbers(self) -> range:
        return range(self.text.lowest, self.text.highest + 1)

    @property
    def ends(self) -> str:
        return say_ends(self.text)

    @property
    def is_of_pain(self) -> bool:
        return self.text.kind == MeasureKind.PAIN

    @property
    def asks_for_activities(self) -> bool:
        return self.text.kind == MeasureKind.OWN_ACTIVITIES


def show_forms(asked: Iterable[Asked], typed: QueryDict | None) -> list[MeasureForm]:
    return [MeasureForm(text=one.text, rows=_rows(one, number, typed)) for number, one in enumerate(asked)]


def read_tellings(asked: Iterable[Asked], typed: QueryDict) -> list[Telling]:
    return [
        Telling(
            text=one.text,
            occasion=one.occasion,
            day=one.day,
            answers=[_answer(row, typed) for row in _rows(one, number, None)],
        )
        for number, one in enumerate(asked)
    ]


def _answer(row: Row, typed: QueryDict) -> Answer:
    number = _number(typed.get(row.name, ""))
    words = typed.get(row.words_name) if row.words_name else None
    return Answer(place=row.place, value=number, words=words)


def _number(typed: str) -> int | str | None:
    """Return the number; what is none stays as it is, to be refused by its name."""
    if not typed.strip():
        return None
    plain = typed.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= MAX_DIGITS else typed


def _rows(asked: Asked, number: int, typed: QueryDict | None) -> list[Row]:
    prefix = f"m{number}"
    if asked.text.kind != MeasureKind.OWN_ACTIVITIES:
        return [_row(0, prefix, "", "", asked.values, typed)]
    own = {row.place: row.words for row in asked.activities}
    if asked.occasion is Occasion.REVIEW:
        return [
            _row(place, f"{prefix}_{place}", "", words, asked.values, typed) for place, words in own.items()
        ]
    return [
        _row(place, f"{prefix}_{place}", f"{prefix}_words_{place}", own.get(place, ""), asked.values, typed)
        for place in PLACES
    ]


def _row(
    place: int, name: str, words_name: str, words: str, told: Mapping[int, int], typed: QueryDict | None
) -> Row:
    value: int | str | None = told.get(place)
    if typed is not None:
        value = _number(typed.get(name, ""))
        words = typed.get(words_name, words) if words_name else words
    return Row(
        place=place,
        name=name,
        words_name=words_name,
        words=words,
        value=value if isinstance(value, int) else None,
    )
