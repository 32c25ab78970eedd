"""Whether each dose can be followed as written, and is inside what its exercise allows."""

from collections.abc import Iterator

from plans.contraindications.facts import ItemFacts, PlanFacts
from plans.contraindications.finding import Finding, item_finding
from plans.dose import LIMITS, Dose


def check_doses(facts: PlanFacts) -> Iterator[Finding]:
    for item in facts.items:
        dose = item.dose.with_frequency(facts.frequency)
        name = (item.key, item.revision_id)
        for problem in dose.problems():
            yield item_finding("dose_impossible", name, problem.message, "Correct the dose.", problem.field)
        yield from _check_amount(dose, name)
        yield from _check_side(dose, name, one_sided=item.one_sided)
        yield from _check_frequency(dose, name)
        yield from _check_range(dose, item)
        if dose.until and dose.until < facts.today:
            message = f"The exercise ends on {dose.until}, which is past."
            yield item_finding("dose_until_past", name, message, "Correct the date.", dose.until.isoformat())


def _check_amount(dose: Dose, name: tuple[str, str]) -> Iterator[Finding]:
    if not dose.repetitions and not dose.duration_seconds:
        message = "Neither repetitions nor time."
        yield item_finding("dose_amount_missing", name, message, "Say how many times, or how long.")
    if dose.sets and dose.sets.high > 1 and dose.rest_seconds is None:
        message = "Several sets without a rest between them."
        yield item_finding("dose_rest_missing", name, message, "Say how long to rest.")


def _check_side(dose: Dose, name: tuple[str, str], *, one_sided: bool) -> Iterator[Finding]:
    if one_sided and dose.side is None:
        message = "This exercise works one side, and the dose does not say which."
        yield item_finding("dose_side_missing", name, message, "Choose each side, left or right.")
    if dose.side and not one_sided:
        message = "The dose names a side, but this exercise works both at once."
        yield item_finding("dose_side_unexpected", name, message, "Leave the side blank.")


def _check_frequency(dose: Dose, name: tuple[str, str]) -> Iterator[Finding]:
    if not dose.times_per_day and not dose.days_per_week:
        message = "Nothing says how often."
        action = "Give times a day and days a week, here or as the plan's default."
        yield item_finding("dose_frequency_missing", name, message, action)
    elif not dose.times_per_day or not dose.days_per_week:
        missing = "days a week" if dose.times_per_day else "times a day"
        message = f"How often is half said: {missing} missing."
        yield item_finding("dose_frequency_partial", name, message, f"Add {missing}.", missing)


def _check_range(dose: Dose, item: ItemFacts) -> Iterator[Finding]:
    """Ask a reason for a dose outside the safe range, and again when either of the two changes."""
    for field, span in dose.spans().items():
        safe = item.safe.get(field)
        if span and safe and not safe.holds(span):
            limit = LIMITS[field]
            message = f"{limit.name}: {span}{limit.unit} is outside {safe}, which this exercise allows."
            action = "Change the dose, or record why this one is right for this patient."
            identity = (field, str(span), str(safe))
            name = (item.key, item.revision_id)
            yield item_finding("dose_outside_safe_range", name, message, action, *identity)
