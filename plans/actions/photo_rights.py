"""Who agreed to be shown in a photograph, when, and under which licence it is printed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from plans.actions.texts import clean_text
from plans.exceptions import PlansError
from plans.models import PictureRights, RevisionPicture


class PhotoWithoutConsent(PlansError):
    """A photograph needs who agreed to be shown in it, the day of that, and its licence."""

    code = "photo_without_consent"


@dataclass(frozen=True, kw_only=True)
class PhotoRights:
    """What is recorded of a photograph."""

    consent_by: str
    consent_on: date
    licence: str

    @classmethod
    def of(cls, row: RevisionPicture | None) -> Self | None:
        """Return what was recorded of a kept photograph; of those of release 0.2.0 nothing was."""
        if row is None or row.rights != PictureRights.RECORDED or row.consent_on is None:
            return None
        return cls(consent_by=row.consent_by, consent_on=row.consent_on, licence=row.licence)

    @property
    def marks(self) -> tuple[str, ...]:
        """What of it makes another revision of an exercise."""
        return (self.consent_by, self.consent_on.isoformat(), self.licence)


def clean_rights(rights: PhotoRights) -> PhotoRights:
    """Return the rights with their texts in the one form of texts. Raises a TextRefused that names the field."""
    by = clean_text(rights.consent_by, field="Who agreed", attribute="consent_by", printed=False)
    licence = clean_text(rights.licence, field="Licence", attribute="licence", printed=False)
    return replace(rights, consent_by=by, licence=licence)


def columns_of(rights: PhotoRights | None) -> dict[str, Any]:
    if rights is None:
        return {"rights": PictureRights.NOT_RECORDED}
    if not (rights.consent_by.strip() and rights.licence.strip()):
        raise PhotoWithoutConsent
    return {
        "rights": PictureRights.RECORDED,
        "consent_by": rights.consent_by,
        "consent_on": rights.consent_on,
        "licence": rights.licence,
    }
