"""A system's own ids for our rows, so that it finds them again."""

from django.db import models, transaction

from plans.actions.texts import clean_text
from plans.exceptions import PlansError
from plans.models import ClinicSystem, ExternalId


class ExternalIdTaken(PlansError):
    """Your external_id {value} names another {kind} already."""

    code = "external_id_taken"


@transaction.atomic
def set_external_id(*, system: ClinicSystem, what: models.Model, value: str) -> None:
    """Let `value` name this row for this system; a blank value forgets it. Raises ExternalIdTaken."""
    kind = kind_of(what)
    value = clean_text(value, field="External id", attribute="external_id", printed=False)
    own = ExternalId.objects.filter(system=system, object_type=kind, object_id=what.pk)
    if not value:
        own.delete()
        return
    named = ExternalId.objects.filter(system=system, object_type=kind, value=value).first()
    if named is not None and named.object_id != what.pk:
        raise ExternalIdTaken(value=value, kind=kind)
    if named is None:
        own.delete()
        ExternalId.objects.create(system=system, object_type=kind, object_id=what.pk, value=value)


def kind_of(what: models.Model | type[models.Model]) -> str:
    return what._meta.model_name or ""
