"""What the engine cannot know: it says so, and never passes it off as safe."""

from collections.abc import Iterator

from plans.contraindications.days import first_day, months_after
from plans.contraindications.facts import PlanFacts
from plans.contraindications.finding import Finding, plan_finding


def check_gaps(facts: PlanFacts) -> Iterator[Finding]:
    if not facts.conditions:
        message = "No condition is recorded: the rules cannot help."
        yield plan_finding("no_condition", message, "Record the patient's conditions.")


def nothing_to_do(facts: PlanFacts) -> Iterator[Finding]:
    """Yield what keeps a plan without exercises from being published; while it is written it is no finding."""
    if not facts.items:
        yield plan_finding("plan_empty", "The plan has no exercise.", "Add at least one exercise.")


# Ours, to be confirmed by a reviewer: a plan that nobody has looked at for longer is seldom still the right one.
MONTHS_TO_REVIEW = 6


def check_review_date(facts: PlanFacts) -> Iterator[Finding]:
    if facts.review_date is None:
        message = "No review date."
        yield plan_finding(
            "review_date_missing", message, "Enter the day on which you will see the plan again."
        )
    elif facts.review_date < facts.today:
        message = f"The review date, {facts.review_date}, is past."
        yield plan_finding("review_date_past", message, "Enter a new one.", facts.review_date.isoformat())
    elif facts.review_date > months_after(first_day(facts), MONTHS_TO_REVIEW):
        message = (
            f"The review date, {facts.review_date}, is more than {MONTHS_TO_REVIEW} months after the start."
        )
        action = "See the patient earlier, if you can: until then nobody looks at this plan."
        yield plan_finding("review_date_far", message, action, facts.review_date.isoformat())
