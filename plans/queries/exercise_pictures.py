"""Which picture of an exercise a patient gets: a kept one, or how its figure is drawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from plans.content import DrawingContent
from plans.drawer import DRAWER_VERSION, PEOPLE
from plans.exceptions import PlansError
from plans.models import Drawing, ExerciseRevision, Picture, PictureBody, RevisionPicture, Sex
from plans.queries.bodies import Seen, body_of

KEPT_BODY_OF: dict[Sex, PictureBody] = {
    Sex.FEMALE: PictureBody.SLENDER,
    Sex.MALE: PictureBody.STURDY,
    Sex.OTHER: PictureBody.SLENDER,
    Sex.UNKNOWN: PictureBody.SLENDER,
}

"""What the first drawer drew: the body that looked most like the patient."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """For whom a picture is: what chooses the body, the side at work, and the order of the panels."""

    seen: Seen = field(default_factory=Seen)
    left: bool = False
    right_to_left: bool = False


class PictureNotDrawn(PlansError):
    """{exercise} has no picture of the {body} figure. Write the exercise again, so that it is drawn."""

    code = "picture_not_drawn"


def picture_for(
    revision: ExerciseRevision,
    kept: Iterable[RevisionPicture],
    *,
    viewer: Viewer,
    exercise: str,
    drawer: str = "",
) -> Picture | DrawingContent | None:
    """Return the photograph if there is one, else the figure as the viewer gets it; None without any picture.

    `drawer` is the version that was approved; without one it is that in use.

    Raises PictureNotDrawn rather than show another figure of those that were kept.
    """
    if revision.kept_figure_id:
        return drawing_for(revision.kept_figure_id, viewer=viewer, drawer=drawer)
    rows = {(row.body, row.mirrored): row.picture for row in kept}
    if not rows:
        return None
    if photograph := rows.get((PictureBody.PHOTO, False)):
        return photograph
    body = KEPT_BODY_OF[viewer.seen.sex]
    try:
        return rows[body, viewer.right_to_left]
    except KeyError:
        raise PictureNotDrawn(exercise=exercise, body=body) from None


def drawing_for(figure: str, *, viewer: Viewer, drawer: str = "") -> DrawingContent:
    return DrawingContent(
        figure=figure,
        body=body_of(viewer.seen),
        mirrored=viewer.left,
        right_to_left=viewer.right_to_left,
        drawer=drawer or DRAWER_VERSION,
    )


def as_kept(wanted: Collection[DrawingContent]) -> Mapping[DrawingContent, DrawingContent]:
    """Return what there is of each drawing of a former drawer, which can draw no more.

    That is the drawing itself if it was kept; else the same figure, for the same side, as another body; else, as nobody
    ever saw what was approved, the figure of the drawer in use. One query, or none.
    """
    former = [one for one in wanted if one.drawer != DRAWER_VERSION]
    kept = _kept_of(former) if former else ()
    return {one: _nearest(one, kept) if one.drawer != DRAWER_VERSION else one for one in wanted}


def _kept_of(former: Collection[DrawingContent]) -> tuple[DrawingContent, ...]:
    rows = Drawing.objects.filter(
        figure__in={one.figure for one in former},
        drawer__in={one.drawer for one in former},
        grey=False,
        picture__isnull=False,
    )
    names = ("figure_id", "body", "mirrored", "right_to_left", "drawer")
    return tuple(
        DrawingContent(
            figure=figure, body=body, mirrored=mirrored, right_to_left=right_to_left, drawer=drawer
        )
        for figure, body, mirrored, right_to_left, drawer in rows.order_by("body").values_list(*names)
    )


def _nearest(wanted: DrawingContent, kept: Iterable[DrawingContent]) -> DrawingContent:
    same = [one for one in kept if replace(one, body=wanted.body) == wanted]
    if not same:
        return replace(wanted, drawer=DRAWER_VERSION)
    person = wanted.body.partition("-")[0]
    return min(same, key=lambda one: (one.body != wanted.body, not one.body.startswith(person)))


def example_of(
    revision: ExerciseRevision, kept: Iterable[RevisionPicture], *, drawer: str = ""
) -> Picture | DrawingContent | None:
    """Return the picture that stands for the exercise where no patient is meant."""
    if revision.kept_figure_id:
        return drawing_for(revision.kept_figure_id, viewer=Viewer(), drawer=drawer)
    return next((row.picture for row in kept), None)


def drawings_offered(figure: str) -> list[DrawingContent]:
    """Return a figure as each body, for either side at work: what a program may show of an exercise."""
    return [
        replace(drawing_for(figure, viewer=Viewer()), body=body, mirrored=mirrored)
        for body in PEOPLE
        for mirrored in (False, True)
    ]
