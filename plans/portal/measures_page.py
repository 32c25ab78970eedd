"""The page that asks for the measures: at the start of a plan, and when its review is due."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from plans.exceptions import PlansError
from plans.handout.bidi import isolate
from plans.handout.phrases import write_date
from plans.libraryfiles import MeasureKind
from plans.models import Occasion
from plans.models.measures import MAX_ACTIVITY
from plans.portal.labels import dial
from plans.portal.measure_forms import show_forms
from plans.portal.opened import OpenedPlan
from plans.portal.refusals import say_refusal
from plans.portal.responses import page
from plans.portal.told import is_over
from plans.queries.logs import has_told
from plans.queries.measures.asking import Asked


def measures_page_of(
    request: HttpRequest,
    plan: OpenedPlan,
    asked: Sequence[Asked],
    *,
    refused: PlansError | None = None,
    typed: QueryDict | None = None,
) -> HttpResponse:
    language = plan.language
    content = isolate(plan.content, direction=language.direction)
    today = plan.link.plan.patient.clinic.today()
    next_on = content.review_date if content.review_date and content.review_date > today else None
    with translation.override(language.code):
        context = {
            "plan": content,
            "home": plan.home,
            "forms": show_forms(asked, typed),
            "is_review": any(one.occasion is Occasion.REVIEW for one in asked),
            "is_told": all(one.is_told for one in asked),
            "is_first": bool(asked)
            and not any(one.is_told for one in asked)
            and not has_told(plan.link.plan),
            "next_on": write_date(next_on, language) if next_on else "",
            "alarm": asks_for_help(plan, asked),
            "ease_off_to": content.clinic.pain_guide.ease_off_to,
            "max_words": MAX_ACTIVITY,
            "clinic_number": dial(content.clinic.phone),
            "emergency_number": dial(content.clinic.emergency_number),
            "is_saved": "saved" in request.GET,
            "error": say_refusal(refused, language) if refused else "",
            "error_field": getattr(refused, "attribute", ""),
        }
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    return page(request, "measures.html", context, language=language, status=status)


def asks_for_help(plan: OpenedPlan, asked: Sequence[Asked]) -> bool:
    """Whether pain over the clinic's value was told."""
    pains = [value for one in asked if one.text.kind == MeasureKind.PAIN for value in one.values.values()]
    return is_over(plan.content, *pains)
