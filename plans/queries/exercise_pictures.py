"""Which of an exercise's pictures a patient gets."""

from collections.abc import Iterable

from plans.exceptions import PlansError
from plans.figures_1 import BodyName
from plans.models import Picture, PictureBody, RevisionPicture, Sex

BODY_OF: dict[Sex, BodyName] = {
    Sex.FEMALE: BodyName.SLENDER,
    Sex.MALE: BodyName.STURDY,
    Sex.OTHER: BodyName.SLENDER,
    Sex.UNKNOWN: BodyName.SLENDER,
}
"""The figure that looks most like the patient; always the same one for a patient, so that a new version of a plan
does not change its pictures."""


class PictureNotDrawn(PlansError):
    """{exercise} has no picture of the {body} figure. Write the exercise again, so that it is drawn."""

    code = "picture_not_drawn"


def picture_for(
    pictures: Iterable[RevisionPicture], *, sex: Sex, mirrored: bool, exercise: str
) -> Picture | None:
    """Return the photograph if there is one, else the figure of the patient's body and reading direction.

    None for an exercise without any picture. Raises PictureNotDrawn rather than show another figure.
    """
    drawn = {(row.body, row.mirrored): row.picture for row in pictures}
    if not drawn:
        return None
    if photograph := drawn.get((PictureBody.PHOTO, False)):
        return photograph
    body = BODY_OF[sex]
    try:
        return drawn[body, mirrored]
    except KeyError:
        raise PictureNotDrawn(exercise=exercise, body=body) from None
