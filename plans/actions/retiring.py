"""Entries of the shared library that a newer one has withdrawn: they stay, with the day."""

from django.utils import timezone

from plans import audit
from plans.models import AuditVerb
from plans.models.library import Retirable


def retire_entry(entry: Retirable, *, verb: AuditVerb) -> None:
    entry.retired_on = timezone.localdate()
    entry.save(update_fields=["retired_on"])
    audit.append(verb=verb, by=None, what=entry, clinic=None)
