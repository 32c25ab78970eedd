"""Measures that patients and staff tell of."""

from plans.actions import measures
from plans.actions.measures import Answer
from plans.models import LogSource, Measure, Occasion


def measure(code="pain"):
    return Measure.objects.get(code=code, clinic=None)


def tell(plan, code="pain", *values, words=None, occasion=Occasion.START, by=None, day=None, **fields):
    """Tell on the page, or keyed in `by` somebody: one number, or those of the activities in their places."""
    row = measure(code)
    if code != "function":
        answers = [Answer(value=values[0] if values else None)]
    else:
        said = words or [None] * len(values)
        answers = [
            Answer(place=place, value=value, words=word)
            for place, (value, word) in enumerate(zip(values, said, strict=True), start=1)
        ]
    return measures.tell_measure(
        plan=plan,
        measure=row,
        occasion=occasion,
        day=day or plan.patient.clinic.today(),
        answers=answers,
        source=fields.pop("source", LogSource.PAPER if by else LogSource.PAGE),
        by=by,
        **fields,
    )


WORDS = ["Climb the stairs", "Put on my socks", "Sleep all night"]
