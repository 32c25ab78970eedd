"""What may be told of a measure, and when. What is refused is named by its field, never repeated."""

from datetime import date, timedelta

from plans.exceptions import PlansError
from plans.models import LogSource, Measure, MeasureText, Occasion, Plan, Publication
from plans.queries.measures.asking import CORRECTED_FOR, open_occasion

BEFORE_ISSUE = timedelta(days=31)
"""A start is often measured at a visit before the plan is published."""


class MeasureRefused(PlansError):
    """{field}: this cannot be kept."""

    code = "measure_refused"

    def __init__(self, *, field: str, attribute: str, **details: object) -> None:
        super().__init__(field=field, attribute=attribute, **details)
        self.attribute = attribute


class ScoreOutOfRange(MeasureRefused):
    """{field}: write a whole number from {lowest} to {highest}."""

    code = "measure_score_out_of_range"


class ActivityMissing(MeasureRefused):
    """{field}: write the activity beside its number."""

    code = "measure_activity_missing"


class AnswerMisplaced(MeasureRefused):
    """{field}: this measure does not ask for it."""

    code = "measure_answer_misplaced"


class MeasureDayOutOfRange(MeasureRefused):
    """{field}: choose a day from {earliest} to {latest}."""

    code = "measure_day_out_of_range"


class MeasureWithdrawn(PlansError):
    """The library has withdrawn this measure."""

    code = "measure_withdrawn"


class MeasurePlanNotIssued(PlansError):
    """The plan has no version yet: publish it first."""

    code = "measure_plan_not_issued"


class MeasureClosed(PlansError):
    """This is not asked now. Older answers are put right by the clinic."""

    code = "measure_closed"


def check_value(value: object, text: MeasureText, *, field: str, attribute: str) -> int:
    # bool is an int in Python, and true is no number of a scale.
    if isinstance(value, bool) or not isinstance(value, int) or not text.lowest <= value <= text.highest:
        raise ScoreOutOfRange(field=field, attribute=attribute, lowest=text.lowest, highest=text.highest)
    return value


def check_day(
    plan: Plan,
    publication: Publication,
    measure: Measure,
    occasion: Occasion,
    day: date,
    *,
    source: LogSource,
) -> None:
    """Raise a refusal for a day that this cannot be told of.

    On the page it is today, or a telling of today or yesterday that is corrected. Staff write any day since shortly
    before the first version.
    """
    today = plan.patient.clinic.today()
    if source is LogSource.PAGE:
        if occasion is not open_occasion(plan, publication, measure, today=today):
            raise MeasureClosed
        earliest = today - CORRECTED_FOR
    else:
        issued = plan.publications.order_by("number").values_list("issued_on", flat=True)[0]
        earliest = min(issued, today) - BEFORE_ISSUE
    latest = min(today, plan.stopped_on) if plan.stopped_on else today
    if not earliest <= day <= latest:
        raise MeasureDayOutOfRange(field="Day", attribute="day", earliest=earliest, latest=latest)
