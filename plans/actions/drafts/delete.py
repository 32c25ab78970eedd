"""Drafts that nobody wants: deleted by a person, or swept where "New plan" made them and nobody wrote in them."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from plans import audit, permissions
from plans.actions.drafts.titles import title_for
from plans.actions.plan_defaults import begin_with_defaults
from plans.exceptions import PlansError
from plans.models import AuditVerb, DownloadLink, FrozenContent, Plan, Publication, User
from plans.models.base import FREQUENCY_COLUMNS
from plans.permissions import NotAllowed

UNTOUCHED = timedelta(days=1)
"""So long an empty draft waits for whoever was called away from it."""
AT_ONCE = 200
DATES = ("start_on", "review_on")


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
    found = list(_empty().values_list("pk", flat=True)[:AT_ONCE])
    return sum(_drop(pk) for pk in found)


def _empty() -> QuerySet[Plan]:
    published = Publication.objects.filter(plan=OuterRef("pk"))
    return Plan.objects.filter(
        ~Exists(published),
        draft_number=0,
        items=None,
        reasons=None,
        therapies=None,
        leaflets=None,
        goals="",
        note="",
        follows="",
        copied_from=None,
        created_by__system=None,
        created_at__lt=timezone.now() - UNTOUCHED,
        # What its page writes at the beginning is written at once.
        updated_at__lt=F("created_at") + timedelta(minutes=1),
    )


@transaction.atomic
def _drop(pk: UUID) -> bool:
    if Plan.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first() is None:
        return False
    # Asked again under the lock: somebody may have written in it, or published it, since it was found.
    plan = _empty().filter(pk=pk).select_related("patient__clinic").first()
    if plan is None or not _is_as_begun(plan):
        return False
    _delete(plan, None)
    return True


def _is_as_begun(plan: Plan) -> bool:
    """Whether it says what "New plan" wrote: a form that was saved whole counts no changes, and may hold typed words.

    Where the clinic's defaults were changed meanwhile it stays, as nobody can tell.
    """
    begun = begin_with_defaults(Plan(patient=plan.patient, title=title_for(plan.patient)))
    later = begun.start_on - plan.patient.clinic.day_of(plan.created_at) if begun.start_on else timedelta()
    return all(
        getattr(plan, name) + later == getattr(begun, name)
        if name in DATES and getattr(plan, name)
        else getattr(plan, name) == getattr(begun, name)
        for name in ("title", *DATES, *FREQUENCY_COLUMNS)
    )


def _delete(plan: Plan, by: User | None) -> None:
    # What its publish page prepared goes with it; the files are found as strays.
    FrozenContent.objects.filter(plan=plan).delete()
    DownloadLink.objects.filter(plan=plan).delete()
    audit.append(verb=AuditVerb.PLAN_DELETED, by=by, what=plan, **audit.place_of(plan.patient))
    plan.delete()
