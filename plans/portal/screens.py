"""The screens behind the plan's page: one exercise, and the warning boxes."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plans.handout.bidi import isolate
from plans.portal.dose_numbers import dose_numbers
from plans.portal.exercises import exercise_address, show_exercises
from plans.portal.kept import is_for_keeping
from plans.portal.motion import motion_of
from plans.portal.opened import OpenedPlan
from plans.portal.pictures import size_of
from plans.portal.plan_words import say_pages
from plans.portal.player_words import player
from plans.portal.responses import page
from plans.portal.told import say_tell_today


def exercise_screen(request: HttpRequest, plan: OpenedPlan, *, place: int) -> HttpResponse:
    """Show the exercise at this place of the plan's list, from 0."""
    content, language = isolate(plan.content, direction=plan.language.direction), plan.language
    with translation.override(language.code):
        items = show_exercises(content, language, home=plan.home)
        context = say_pages(content, language, home=plan.home) | {
            "item": items[place],
            "place": place + 1,
            "count": len(items),
            "size": size_of(items[place].content.picture, clinic=plan.link.plan.patient.clinic),
            "motion": motion_of(plan.content.items[place], home=plan.home),
            "dose_numbers": dose_numbers(items[place].content),
            **say_tell_today(plan, content.items[place], for_keeping=is_for_keeping(request)),
            "player": player(items[place].content, content, language),
            "back": items[place - 1] if place else None,
            "next": items[place + 1] if place + 1 < len(items) else None,
            "kept": is_for_keeping(request),
        }
    return page(request, "exercise.html", context, language=language)


def warnings_screen(request: HttpRequest, plan: OpenedPlan) -> HttpResponse:
    """Show the warning boxes; `from` in the address is the number of the exercise to go back to."""
    content, language = isolate(plan.content, direction=plan.language.direction), plan.language
    came_from = request.GET.get("from", "")
    numbers = {str(item.number): item.number for item in content.items}
    with translation.override(language.code):
        context = say_pages(content, language, home=plan.home) | {
            "back": exercise_address(plan.home, numbers[came_from]) if came_from in numbers else "",
            "kept": is_for_keeping(request),
        }
    return page(request, "warnings.html", context, language=language)


def late_screen(request: HttpRequest, plan: OpenedPlan) -> HttpResponse:
    """Show what a phone shows of a kept plan after days without a word from here: whom to call, and when."""
    return _kept_screen(request, plan, "kept_late.html")


def away_screen(request: HttpRequest, plan: OpenedPlan) -> HttpResponse:
    """Show what stands in place of a page that is not kept."""
    return _kept_screen(request, plan, "kept_away.html")


def _kept_screen(request: HttpRequest, plan: OpenedPlan, template: str) -> HttpResponse:
    content, language = isolate(plan.content, direction=plan.language.direction), plan.language
    with translation.override(language.code):
        context = say_pages(content, language, home=plan.home) | {"kept": True}
    return page(request, template, context, language=language)
