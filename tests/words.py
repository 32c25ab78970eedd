"""Movements, conditions and symptoms as library files say them, and a file that says something weaker."""

from plans.actions import load_library
from plans.libraryfiles import Anchor, ConditionData, Library, MovementData, RedFlag, SymptomData
from tests import factories


def movement(code, *implies):
    return MovementData(
        code=code, place=factories.PLACE, name=code, meaning="", also=(), implies=implies, source="ours"
    )


def condition(code, parent=None, *, first=False, **said):
    return ConditionData(
        code=code,
        place=factories.PLACE,
        name=code,
        also=(),
        name_places=(factories.PLACE,),
        icd10=(),
        parent=parent,
        dates=(Anchor.ONSET,),
        treat_cause_first=first,
        source="ours",
        **said,
    )


def symptom(code, red_flag=None):
    return SymptomData(
        code=code, place=factories.PLACE, name=code, red_flag=red_flag, source="ours", sentences={}
    )


def load(*, movements=(), conditions=(), symptoms=()):
    """Load them as a file is loaded; how many changed."""
    library = Library(movements=movements, conditions=conditions, symptoms=symptoms)
    return load_library.load_library(library=library, figures={}).changed_words


def make_words(*, weaker=False):
    """A movement, a condition and a symptom, all with the code `changed`."""
    return load(
        movements=(movement("wide"), movement("changed", *([] if weaker else ["wide"]))),
        conditions=(condition("wide"), condition("changed", None if weaker else "wide", first=not weaker)),
        symptoms=(symptom("changed", None if weaker else RedFlag.EMERGENCY),),
    )
