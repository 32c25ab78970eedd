"""A protocol's exercises as its page shows them: names, doses in words, and what a plan would not get."""

from dataclasses import dataclass
from gettext import NullTranslations

from plans.admin.programmes.therapies import therapy_choices
from plans.dose import Dose, phrases
from plans.models import Protocol, ProtocolItem
from plans.queries.protocols import LeftOutWhy, names_of, taken_today

PLAIN = NullTranslations()
LABELLED = frozenset(["Side", "Hold", "Rest between sets", "Use"])
"""What needs its label on a line; the other amounts say what they are."""

WHY = {
    LeftOutWhy.RETIRED: "retired: plans do not get it",
    LeftOutWhy.NOT_APPROVED: "not approved: plans do not get it",
}


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """One exercise: its name, its dose in words, and why a plan does not get it, if so."""

    item: ProtocolItem
    name: str
    dose: str
    warning: str


def shown_items(protocol: Protocol) -> list[ShownItem]:
    """Give the exercises in their order."""
    taken = taken_today(protocol, held=())
    names = names_of({one.item.exercise_id for one in taken}, clinics=[protocol.clinic_id])
    return [
        ShownItem(
            item=one.item,
            name=names.get(one.item.exercise_id, one.item.exercise.code),
            dose=say(one.item.dose),
            warning=WHY[one.why_not] if one.why_not else "",
        )
        for one in taken
    ]


def say(dose: Dose) -> str:
    """Say a dose on one line, in English as the desk is."""
    said = phrases(dose, words=PLAIN)
    return ", ".join(f"{one.label.lower()} {one.text}" if one.label in LABELLED else one.text for one in said)


def therapies_of(protocol: Protocol) -> list[str]:
    """Give the words of the therapies that the protocol notes."""
    held = {str(pk) for pk in protocol.therapies.values_list("pk", flat=True)}
    return [words for key, words in therapy_choices(protocol.clinic, "en") if key in held] if held else []
