"""The dose as a value: it checks itself, says itself in words and counts its minutes."""

from plans.dose.brief import brief
from plans.dose.limits import LIMITS, MAX_LOAD_LENGTH, DoseProblem
from plans.dose.phrases import Phrase, phrases, plain_labels
from plans.dose.side_words import say_sides
from plans.dose.span import Span, Unreadable, why_unreadable
from plans.dose.value import SPAN_FIELDS, Dose, Frequency, Limb, Side

__all__ = [
    "LIMITS",
    "MAX_LOAD_LENGTH",
    "SPAN_FIELDS",
    "Dose",
    "DoseProblem",
    "Frequency",
    "Limb",
    "Phrase",
    "Side",
    "Span",
    "Unreadable",
    "brief",
    "phrases",
    "plain_labels",
    "say_sides",
    "why_unreadable",
]
