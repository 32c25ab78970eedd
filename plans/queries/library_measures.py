"""Measures as a clinic asks for them: of each language the newest text that its reviewer approved."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from plans.models import Approval, Clinic, MeasureText
from plans.queries.approvals import standing
from plans.queries.rules import shared_or_of


def measure_texts_in_force(
    clinic: Clinic, *, of: Collection[UUID] | None = None, language: str = ""
) -> Mapping[tuple[UUID, str], MeasureText]:
    """Return the approved texts by measure and language, in the measures' order, of those in use or `of` these.

    When an approval was withdrawn, no older text comes back. One query.
    """
    which = Q(measure__retired_on=None) if of is None else Q(measure__in=of)
    ever = Approval.objects.filter(clinic=clinic, measure=OuterRef("pk"))
    texts = MeasureText.objects.filter(which, Exists(ever), shared_or_of(clinic, "measure__"))
    if language:
        texts = texts.filter(language=language)
    rows: QuerySet[Any] = texts.annotate(approved=Exists(standing(clinic).filter(measure=OuterRef("pk"))))
    judged: dict[tuple[UUID, str], Any] = {}
    for row in rows.select_related("measure").order_by("measure__order", "measure__code", "-number"):
        judged.setdefault((row.measure_id, row.language), row)
    return {key: row for key, row in judged.items() if row.approved}
