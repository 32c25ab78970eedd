"""Plans with all that a list of them shows, in a fixed number of queries."""

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from plans.models import Plan, PlanItem, Publication
from plans.queries.pauses import OPEN_PAUSES


def with_details(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Read items with their exercises, therapies, the open pause, and id and number of the newest publication."""
    newest = Publication.objects.filter(plan=OuterRef("pk")).order_by("-number")
    items = PlanItem.objects.select_related("revision__exercise")
    return (
        plans.select_related("patient__clinic")
        .prefetch_related(Prefetch("items", queryset=items), "therapies", OPEN_PAUSES)
        .annotate(
            last_id=Subquery(newest.values("pk")[:1]), last_number=Subquery(newest.values("number")[:1])
        )
    )
