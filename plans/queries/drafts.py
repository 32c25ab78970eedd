"""Whether a draft has gone on since the version that was issued."""

from plans.content import PlanContent, from_json
from plans.models import Plan, Publication


def draft_differs(plan: Plan, publication: Publication) -> bool:
    """Whether a person has changed the plan since this version: words, dates, exercises or doses."""
    return _of_draft(plan) != _of_issue(from_json(publication.content.json))


def _of_issue(content: PlanContent) -> tuple[object, ...]:
    items = tuple(
        (item.key, item.revision_id, item.dose, item.note, item.extra_caution) for item in content.items
    )
    head = (content.title, content.goals, content.note, content.start_date, content.review_date)
    return (*head, content.frequency, items)


def _of_draft(plan: Plan) -> tuple[object, ...]:
    items = tuple(
        (
            str(item.pk),
            str(item.revision_id),
            item.dose.with_frequency(plan.frequency),
            item.note,
            item.extra_caution,
        )
        for item in plan.items.all()
    )
    return (plan.title, plan.goals, plan.note, plan.start_on, plan.review_on, plan.frequency, items)
