"""The days in which a rule or a protocol holds, counted from a date of its condition."""

from plans.contraindications import window_problem
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.values import maybe, number
from plans.libraryfiles.vocabulary import Anchor


def read_window(fields: Fields) -> tuple[Anchor | None, int | None, int | None]:
    anchor = maybe(fields, "anchor", Anchor)
    from_day, to_day = number(fields, "from_day"), number(fields, "to_day")
    if anchor is None and (from_day is not None or to_day is not None):
        fields.problem("from_day", f"{fields.what} counts days but names no anchor to count from")
    if anchor is not None and from_day is None:
        fields.problem("anchor", f"{fields.what} has an anchor but no from_day")
    if from_day is not None and to_day is not None and from_day >= to_day:
        fields.problem("to_day", f"the window of {fields.what} ends ({to_day}) before it begins ({from_day})")
    elif problem := window_problem(anchor, from_day, to_day):
        fields.problem("to_day", f"{fields.what}: {problem}")
    return anchor, from_day, to_day
