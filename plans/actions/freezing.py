"""Store what a plan says, under the name that is its hash: for a draft that is looked at, and for what is issued."""

from django.utils import timezone

from plans.content import PlanContent, content_hash, to_json
from plans.content.records import SCHEMA
from plans.models import FrozenContent, Plan


def freeze(plan: Plan, *contents: PlanContent, draft: bool) -> list[FrozenContent]:
    """Store the contents; one that was frozen before stays, as its name is its hash.

    Without findings a record is its content: then both are one row.
    """
    names = [content_hash(content) for content in contents]
    rows = {
        name: FrozenContent(
            sha256=name,
            clinic=plan.patient.clinic,
            plan=plan,
            json=to_json(content),
            schema=SCHEMA,
            seen_as_draft_at=timezone.now() if draft else None,
        )
        for name, content in zip(names, contents, strict=True)
    }
    # Writes to a row that is there too, and so holds it until the commit: the clearing of old drafts, which
    # might have chosen it just now, passes over it.
    FrozenContent.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["seen_as_draft_at"],
    )
    return [rows[name] for name in names]
