"""Check the plans that patients follow again, at once, when a clinic takes back what they rest on."""

from uuid import UUID

from django.db import transaction

from plans.actions.reviewing import review_or_tell
from plans.enqueue import enqueue_recheck
from plans.models import Clinic, Exercise
from plans.queries.active_plans import active_publications, holding
from plans.queries.library_snapshot import LibrarySnapshot

AT_ONCE = 50
"""Plans that one task checks before it lets others have the worker."""


def recheck(*, clinic: Clinic, exercise: Exercise | None, after: UUID | None = None) -> int:
    """Check the clinic's next few active publications, all of them or those that hold an exercise; return how many.

    In the order of their ids, those behind `after`; the next ones come by a message. One that is lost costs a night:
    the nightly review looks at all plans.
    """
    rows = (
        holding(exercise.revisions.all(), clinic=clinic) if exercise else active_publications(clinic=clinic)
    )
    if after:
        rows = rows.filter(pk__gt=after)
    publications = list(rows.order_by("pk")[:AT_ONCE])
    if len(publications) == AT_ONCE:
        # Before the work: a plan that breaks the task off must not keep the others from their turn.
        enqueue_recheck(clinic, exercise, after=publications[-1].pk)
    library = LibrarySnapshot()
    for publication in publications:
        with transaction.atomic():
            review_or_tell(publication=publication, library=library)
    return len(publications)
