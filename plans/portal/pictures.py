"""The pictures that a plan's pages show: those that its newest version names, and no other."""

import structlog
from django.db.models import Q, QuerySet

from plans.content import PictureContent, PlanContent
from plans.exceptions import PlansError
from plans.languages import get_language
from plans.models import Clinic, Drawing, Picture
from plans.rendering import drawings
from plans.rendering.phone_pictures import PhonePicture, phone_picture

log = structlog.get_logger(__name__)


def find_picture(
    content: PlanContent, name: str, *, clinic: Clinic, in_list: bool = False
) -> PhonePicture | None:
    """Return the picture of this name; None for one that the content does not name, or that is not to be had now."""
    named = {item.picture.name: item.picture for item in content.items if item.picture}
    if name not in named:
        return None
    wanted = named[name]
    # What was kept before drawings had a name of their own has the direction of its plan.
    is_rtl = wanted.drawing.right_to_left if wanted.drawing else get_language(content.language).is_rtl
    try:
        kept = _kept(wanted, clinic)
        return phone_picture(kept, in_list=in_list, right_to_left=is_rtl) if kept else None
    except FileNotFoundError:
        if wanted.drawing:
            drawings.draw_again(wanted.drawing, grey=False)
    except PlansError as error:
        log.warning("picture_not_shown", code=error.code)
    return None


def size_of(picture: PictureContent | None, *, clinic: Clinic) -> tuple[int, int] | None:
    """Return width and height, so that a page keeps room for a picture that comes later; None while it has none."""
    if picture is None:
        return None
    if picture.drawing:
        drawn = Drawing.objects.filter(pk=picture.drawing.id_in(grey=False), picture__isnull=False)
        return drawn.values_list("picture__width", "picture__height").first()
    return _own(picture, clinic).values_list("width", "height").first()


def _kept(picture: PictureContent, clinic: Clinic) -> Picture | None:
    if picture.drawing:
        # The PDF drew it before anybody could come here; where not, it is drawn now.
        return drawings.drawn([picture.drawing], grey=False)[picture.drawing]
    return _own(picture, clinic).first()


def _own(picture: PictureContent, clinic: Clinic) -> QuerySet[Picture]:
    own = Picture.objects.filter(Q(clinic=None) | Q(clinic=clinic), sha256=picture.sha256)
    return own.order_by("clinic")
