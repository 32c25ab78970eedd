"""The patient's own progress: days done of days planned, pain over time, the goal, and when and where."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plans.exceptions import PlansError
from plans.handout.bidi import isolate
from plans.languages import Language
from plans.models import Intention, Outcome
from plans.models.logs import MAX_INTENTION
from plans.portal.measure_words import say_results
from plans.portal.opened import OpenedPlan
from plans.portal.pain_chart import draw_pain
from plans.portal.refusals import say_refusal
from plans.portal.responses import page
from plans.portal.short_days import in_short
from plans.queries.logs import adherence, entries_of, pain_by_day
from plans.queries.logs.plan_sizes import exercises_of_days
from plans.queries.measures.results import results_of

DAYS = 28
DAY = timedelta(days=1)


def progress_page_of(
    request: HttpRequest,
    plan: OpenedPlan,
    *,
    refused: PlansError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    row, language = plan.link.plan, plan.language
    content = isolate(plan.content, direction=language.direction)
    last = row.patient.clinic.today()
    first = last - (DAYS - 1) * DAY
    pain = pain_by_day([row], first=first, last=last)[row.pk]
    entries = entries_of(row, first=first, last=last)
    # An exercise that was done twice a day is one exercise done; a day of which none was told is not in it.
    done: dict[date, set[UUID]] = defaultdict(set)
    for day, key, outcome in entries.values_list("day", "item_key", "outcome"):
        done[day] |= set() if outcome == Outcome.SKIPPED else {key}
    most = exercises_of_days(row, first=first, last=last)
    kept = Intention.objects.filter(plan=row).first()
    measures = results_of([row], language=content.language)[row.pk]
    intention = typed or {
        "goal": kept.goal if kept else "",
        "when_and_where": kept.when_and_where if kept else "",
    }
    with translation.override(language.code):
        context = {
            "plan": content,
            "home": plan.home,
            "adherence": adherence(row, first=first, last=last),
            "weeks": DAYS // 7,
            "chart": draw_pain(
                pain, first=first, last=last, ease_off_to=content.clinic.pain_guide.ease_off_to
            ),
            "first_day": in_short(first, language),
            "days": _table(pain, {day: len(keys) for day, keys in done.items()}, most, last, language),
            "has_pain": bool(pain),
            "measures": say_results(measures, language),
            "ease_off_to": content.clinic.pain_guide.ease_off_to,
            "intention": intention,
            "max_length": MAX_INTENTION,
            "is_saved": "saved" in request.GET,
            "error": say_refusal(refused, language) if refused else "",
            "error_field": getattr(refused, "attribute", ""),
        }
    status = HTTPStatus.BAD_REQUEST if refused else HTTPStatus.OK
    return page(request, "progress.html", context, language=language, status=status)


def _table(
    pain: Mapping[date, int],
    done: Mapping[date, int],
    most: Mapping[date, int],
    last: date,
    language: Language,
) -> list[dict[str, object]]:
    days = (last - number * DAY for number in range(DAYS))
    return [
        {
            "day": in_short(day, language),
            "pain": pain.get(day),
            "done": done.get(day),
            "of": max(most.get(day, 0), done.get(day, 0)),
        }
        for day in days
        if day in pain or day in done
    ]
