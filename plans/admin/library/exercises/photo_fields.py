"""The fields of an exercise's photograph: what is cut out of it, and that it may be printed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.photo_rights import PhotoRights
from plans.admin.base.uploads import PictureForm, PictureInput
from plans.admin.library.pictures import PictureShown, photo_shown
from plans.models import ExerciseRevision, Picture, PictureBody, RevisionPicture
from plans.pictures import RATIOS, Crop

CROP = ("left", "top", "width", "height")
RIGHTS = ("photo_consent_by", "photo_consent_on", "photo_licence")
NEEDED = _lazy("A photograph needs this.")
NOT_YET = _lazy("This day is still to come.")


def _share(side: Any) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "min": 0, "max": 100, "autocomplete": "off"})
    return forms.FloatField(label=f"{side}, %", required=False, min_value=0, max_value=100, widget=widget)


class PhotoFields(PictureForm):
    """A photograph that takes the figure's place."""

    base: ExerciseRevision | None
    new_photo = forms.FileField(
        label=_lazy("Photograph, takes the figure's place"),
        required=False,
        help_text=_lazy(
            "JPEG up to 50 megapixels, PNG or WebP up to 16; HEIC where the service can read it. "
            "At least 400 x 300 dots."
        ),
        widget=PictureInput,
    )
    crop_left = _share(_lazy("Left"))
    crop_top = _share(_lazy("Top"))
    crop_width = _share(_lazy("Width"))
    crop_height = _share(_lazy("Height"))
    drop_photo = forms.BooleanField(label=_lazy("Take the photograph away"), required=False)
    photo_consent_by = forms.CharField(
        label=_lazy("Who agreed to be shown"),
        required=False,
        max_length=80,
        help_text=_lazy("As on the signed form. Never a patient of yours who did not sign one."),
    )
    photo_consent_on = forms.DateField(
        label=_lazy("Agreed on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    photo_licence = forms.CharField(
        label=_lazy("Licence"),
        required=False,
        max_length=160,
        help_text=_lazy(
            'Whose picture it is and how it may be used: "own photograph", "CC BY 4.0, Kim Example".'
        ),
    )
    picture_field = "new_photo"

    @classmethod
    def crop_of(cls, sent: Mapping[str, str]) -> Crop | None:
        return Crop.read([sent.get(f"crop_{side}", "") for side in CROP])

    @property
    def crop_fields(self) -> list[forms.BoundField]:
        return [self[f"crop_{side}"] for side in CROP]

    @property
    def rights_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in RIGHTS]

    @property
    def ratios(self) -> tuple[tuple[int, int], ...]:
        return RATIOS

    def kept_rights(self) -> PhotoRights | None:
        return PhotoRights.of(self._kept_row())

    def fill_rights(self) -> None:
        rights = self.kept_rights()
        if rights is not None:
            self.initial.update(
                photo_consent_by=rights.consent_by,
                photo_consent_on=rights.consent_on,
                photo_licence=rights.licence,
            )

    def check_rights(self) -> None:
        """An uploaded photograph needs all of them; one of which nothing was recorded may stay so, but not by half."""
        said = {name: self.cleaned_data.get(name) for name in RIGHTS}
        kept = self.kept_photo() is not None
        is_new = self.picture is not None
        if is_new or (kept and (any(said.values()) or self.kept_rights())):
            for name, value in said.items():
                if not value and name not in self.errors:
                    self.add_error(name, NEEDED)
        day = said["photo_consent_on"]
        if day and day > timezone.localdate():
            self.add_error("photo_consent_on", NOT_YET)

    def rights(self) -> PhotoRights | None:
        by, on, licence = (self.cleaned_data[name] for name in RIGHTS)
        return PhotoRights(consent_by=by, consent_on=on, licence=licence) if by and on and licence else None

    def kept_photo(self) -> Picture | None:
        row = None if getattr(self, "cleaned_data", {}).get("drop_photo") else self._kept_row()
        return row.picture if row else None

    def photo_shown(self) -> PictureShown | None:
        photo = self.kept_photo()
        return photo_shown(photo) if photo else None

    def _kept_row(self) -> RevisionPicture | None:
        if self.base is None:
            return None
        rows: Any = self.base.pictures.filter(body=PictureBody.PHOTO).select_related("picture")
        row: RevisionPicture | None = rows.first()
        return row
