"""Keep what a patient exercises for, and when and where, in their own words."""

from django.db import transaction

from plans import permissions
from plans.actions.logs.checks import clean_words
from plans.models import Intention, Plan, User
from plans.models.logs import MAX_INTENTION
from plans.permissions import NotAllowed


@transaction.atomic
def set_intention(*, plan: Plan, goal: str, when_and_where: str, by: User | None) -> Intention:
    """Raises NotAllowed, TextTooLong; then nothing is written."""
    if by is not None and not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    given = {
        "goal": clean_words(goal, most=MAX_INTENTION, field="Your goal", attribute="goal"),
        "when_and_where": clean_words(
            when_and_where, most=MAX_INTENTION, field="When and where", attribute="when_and_where"
        ),
    }
    return Intention.objects.update_or_create(plan=plan, defaults=given)[0]
