"""Whether a draft has gone on since the version that was issued."""

from plans.content import PlanContent, from_json
from plans.models import AdviceText, Plan, Publication


def draft_differs(plan: Plan, publication: Publication) -> bool:
    """Whether a person has changed the plan since this version: words, dates, exercises, doses, therapies, leaflets."""
    content = from_json(publication.content.json)
    if _of_draft(plan) != _of_issue(content) or _therapies_differ(plan, content):
        return True
    return {leaflet.code for leaflet in plan.leaflets.all()} != {one.code for one in content.leaflets}


def _of_issue(content: PlanContent) -> tuple[object, ...]:
    items = tuple(
        (item.key, item.revision_id, item.dose, item.note, item.extra_caution, item.offers_easier)
        for item in content.items
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
            item.offers_easier,
        )
        for item in plan.items.all()
    )
    return (plan.title, plan.goals, plan.note, plan.start_on, plan.review_on, plan.frequency, items)


def _therapies_differ(plan: Plan, content: PlanContent) -> bool:
    """Whether the plan has other therapies than those whose words, of any day, were printed."""
    chosen = {advice.pk for advice in plan.therapies.all()}
    said = AdviceText.objects.filter(
        advice__in=chosen, language=content.language, words__in=content.therapies
    )
    return {text.advice_id for text in said} != chosen or len(content.therapies) != len(chosen)
