"""A figure that moves, made when somebody asks to see it; who wants less motion sees it still."""

import base64
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from plans import drawer
from plans.drawer import PoseError
from plans.models import ExerciseRevision
from plans.queries.exercise_pictures import Viewer, drawing_for

STANDS_STILL = _lazy("It has a single panel: nothing moves from a start to an end.")


def moving_context(text: str, *, body: str, mirrored: bool = False, grey: bool = False) -> dict[str, Any]:
    """Return the picture that moves with the one that stands still, or why there is none."""
    if not drawer.moves(text):
        return {"trouble": STANDS_STILL}
    try:
        still, kind = drawer.preview(text, body=body, mirrored=mirrored, grey=grey)
        data = drawer.moving(text, body=body, mirrored=mirrored, grey=grey)
    except PoseError as error:
        return {"trouble": str(error)}
    return {"still": _address(still, kind), "moving": _address(data, drawer.MOVING_TYPE)}


def moves(revision: ExerciseRevision | None) -> bool:
    return bool(revision and revision.kept_figure_id and drawer.moves(revision.figure))


def moving_of(revision: ExerciseRevision) -> dict[str, Any]:
    """Return the same of a revision that `moves`, as whom its page shows it."""
    shown = drawing_for(str(revision.kept_figure_id), viewer=Viewer())
    return moving_context(revision.figure, body=shown.body, mirrored=shown.mirrored)


def _address(data: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
