"""Pages with a picture to upload: read before anything is written, refused at its field."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.http import HttpRequest
from unfold.widgets import UnfoldAdminFileFieldWidget

from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import DeskForm
from plans.admin.base.requests import state_of
from plans.admin.base.throttle import too_many_pictures
from plans.pictures import (
    Bounds,
    ConvertedPicture,
    Crop,
    PictureReaderBusy,
    PictureRefused,
    convert_picture,
)


class PictureInput(UnfoldAdminFileFieldWidget):  # type: ignore[misc]  # the theme has no types
    """The theme's field for a file, which its script expects: with any other, choosing one is an error there."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"})


class PictureForm(DeskForm):
    """A form with a picture to upload, which the page has read already."""

    picture_field: ClassVar[str]
    picture: ClassVar[ConvertedPicture | PictureRefused | None] = None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if isinstance(self.picture, PictureRefused):
            self.add_error(self.picture_field, str(self.picture))
        return cleaned

    @classmethod
    def crop_of(cls, sent: Mapping[str, str]) -> Crop | None:
        """Return what is cut out of the picture, as a form with such fields says. Raises a PictureRefused."""
        return None

    def uploaded(self) -> ConvertedPicture | None:
        return self.picture if isinstance(self.picture, ConvertedPicture) else None


class PictureUploadAdmin(DeskAdmin):
    """A page whose form is a PictureForm."""

    picture_bounds: ClassVar[Bounds]

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        state_of(request).picture = self._read_picture(request)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.picture = state_of(request).picture
        return form

    def _read_picture(self, request: HttpRequest) -> ConvertedPicture | PictureRefused | None:
        form = cast(type[PictureForm], self.form)
        field = form.picture_field
        if field not in request.FILES:
            return None
        if too_many_pictures(request):
            return PictureReaderBusy()
        try:
            crop = form.crop_of(cast(Any, request.POST))
            return convert_picture(cast(Any, request.FILES[field]), bounds=self.picture_bounds, crop=crop)
        except PictureRefused as refused:
            return refused
