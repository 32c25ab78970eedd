"""The strip of a moving figure, of a plan that this browser has opened."""

from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plans.portal.motion import find_motion
from plans.portal.opened import opened_plan
from plans.portal.responses import guard, see_link
from plans.rendering import moving, storage

log = structlog.get_logger(__name__)


@require_safe
def moving_figure(request: HttpRequest, token: str, name: UUID) -> HttpResponse:
    """Answer with the strip. It is `no-store` like the pages, as it tells which exercises somebody does."""
    plan = opened_plan(request, token)
    picture = find_motion(plan.content, name) if plan else None
    if picture is None:
        return see_link(token)
    try:
        data = storage.read(picture.file.name or "")
    except FileNotFoundError:
        moving.draw_again(name)
        return see_link(token)
    except storage.StorageFailed as error:
        log.warning("motion_not_shown", code=error.code)
        return see_link(token)
    answer = HttpResponse(data, content_type=picture.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return guard(answer)
