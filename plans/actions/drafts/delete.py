"""Drafts that nobody wants: deleted by a person, or swept where "New plan" made them and nobody wrote in them."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from plans import audit, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, DownloadLink, FrozenContent, Plan, Publication, User
from plans.permissions import NotAllowed

UNTOUCHED = timedelta(days=1)
"""So long an empty draft waits for whoever was called away from it."""
AT_ONCE = 200


class DraftWasPublished(PlansError):
    """This plan was published: it stays on record. Stop it instead."""

    code = "draft_was_published"


@transaction.atomic
def delete_draft(*, plan: Plan, by: User) -> None:
    """Delete a plan that no patient was ever given, with all that was written in it.

    Raises NotAllowed, DraftWasPublished, Plan.DoesNotExist; then nothing is deleted.
    """
    stored = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, stored.patient):
        raise NotAllowed
    if stored.publications.exists():
        raise DraftWasPublished
    _delete(stored, by)


def drop_untouched_drafts() -> int:
    """Delete the empty drafts of "New plan" in which nobody changed anything for a day; return how many.

    Only what people began: a system that made a plan knows it by its id and may fill it later.
    """
    published = Publication.objects.filter(plan=OuterRef("pk"))
    empty = Plan.objects.filter(
        ~Exists(published),
        draft_number=0,
        items=None,
        reasons=None,
        therapies=None,
        leaflets=None,
        goals="",
        note="",
        created_by__system=None,
        created_at__lt=timezone.now() - UNTOUCHED,
        # What its page writes at the beginning is written at once.
        updated_at__lt=F("created_at") + timedelta(minutes=1),
    )
    found = list(empty.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_drop(pk) for pk in found)


@transaction.atomic
def _drop(pk: UUID) -> bool:
    # Read anew under the lock: somebody may have written in it, or published it, since it was found.
    rows = Plan.objects.select_for_update(of=("self",), skip_locked=True).select_related("patient__clinic")
    plan = rows.filter(pk=pk, draft_number=0, publications=None, items=None).first()
    if plan is None:
        return False
    _delete(plan, None)
    return True


def _delete(plan: Plan, by: User | None) -> None:
    # What its publish page prepared goes with it; the files are found as strays.
    FrozenContent.objects.filter(plan=plan).delete()
    DownloadLink.objects.filter(plan=plan).delete()
    audit.append(verb=AuditVerb.PLAN_DELETED, by=by, what=plan, **audit.place_of(plan.patient))
    plan.delete()
