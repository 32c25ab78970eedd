"""One exercise on a screen."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from plans.handout import phrases
from plans.portal.dose_numbers import dose_numbers
from plans.portal.opened import opened_plan
from plans.portal.responses import page, see_link
from plans.portal.told import say_tell_today


@require_safe
def exercise_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    plan = opened_plan(request, token)
    numbers = [item.number for item in plan.content.items] if plan else []
    if plan is None or number not in numbers:
        return see_link(token)
    place = numbers.index(number)
    item = plan.content.items[place]
    with translation.override(plan.language.code):
        context = {
            "plan": plan.content,
            "home": plan.home,
            "item": item,
            "count": len(numbers),
            "dose": phrases.say_dose(item, plan.language),
            "dose_numbers": dose_numbers(item),
            "back": f"{plan.home}exercise/{numbers[place - 1]}/" if place else "",
            "next": f"{plan.home}exercise/{numbers[place + 1]}/" if place + 1 < len(numbers) else "",
        } | say_tell_today(plan, item)
    return page(request, "exercise.html", context, language=plan.language)
