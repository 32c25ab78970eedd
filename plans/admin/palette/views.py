"""The palette's answer. What is searched for may be a patient's name: it comes in the body, never in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plans.admin.base.throttle import refuse_too_many
from plans.admin.palette.finding import find_anything

MAX_TYPED = 100


@never_cache
@require_POST
def palette(request: HttpRequest) -> HttpResponse:
    if too_many := refuse_too_many(request):
        return too_many
    # No database compares a null character.
    words = request.POST.get("words", "")[:MAX_TYPED].replace("\x00", "")
    context = {"groups": find_anything(request, words), "words": words}
    return render(request, "desk/palette/results.html", context)
