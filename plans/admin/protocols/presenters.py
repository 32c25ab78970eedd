"""A protocol's exercises as its page shows them: names, doses in words, and what a plan would not get."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.programmes.therapies import therapy_choices
from plans.admin.words.doses import DESK_WORDS
from plans.dose import Dose, phrases
from plans.libraryfiles.vocabulary import Anchor
from plans.models import Protocol, ProtocolItem
from plans.queries.protocols import LeftOutWhy, names_of, taken_today

LABELLED = ("Side", "Hold", "Rest", "How fast", "Use")
"""What needs its label on a line; the other amounts say what they are."""

WHY = {
    LeftOutWhy.RETIRED: _lazy("retired: plans do not get it"),
    LeftOutWhy.NOT_APPROVED: _lazy("not approved: plans do not get it"),
}


@dataclass(frozen=True, kw_only=True)
class ProtocolLine:
    """One exercise: its name, its dose in words, and why a plan does not get it, if so."""

    item: ProtocolItem
    name: str
    dose: str
    warning: str


def protocol_lines(protocol: Protocol) -> list[ProtocolLine]:
    taken = taken_today(list(protocol.items.select_related("exercise")), clinic=protocol.clinic, held=())
    names = names_of({row.item.exercise_id for row in taken}, clinics=[protocol.clinic_id])
    return [
        ProtocolLine(
            item=row.item,
            name=names.get(row.item.exercise_id, row.item.exercise.code),
            dose=dose_in_words(row.item.dose),
            warning=str(WHY[row.why_not]) if row.why_not else "",
        )
        for row in taken
    ]


def dose_in_words(dose: Dose) -> str:
    labelled = {DESK_WORDS.pgettext("dose", label) for label in LABELLED}
    said = phrases(dose, words=DESK_WORDS)
    return ", ".join(
        f"{phrase.label.lower()} {phrase.text}" if phrase.label in labelled else phrase.text
        for phrase in said
    )


def therapies_of(protocol: Protocol) -> list[str]:
    held = list(protocol.therapies.values_list("pk", flat=True))
    choices = therapy_choices(protocol.clinic, "en", held=held) if held else []
    named = {str(pk) for pk in held}
    return [words for key, words in choices if key in named]


def window_words(protocol: Protocol) -> str:
    if not protocol.window_anchor:
        return ""
    until = "" if protocol.window_to_day is None else f" to {protocol.window_to_day - 1}"
    return _("from day %(window_from_day)s%(until)s since the %(words)s") % {
        "window_from_day": protocol.window_from_day,
        "until": until,
        "words": Anchor(protocol.window_anchor).words,
    }
