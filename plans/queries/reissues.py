"""How far a re-issue is, how fast it goes, and when it will be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from plans.models import (
    Plan,
    Publication,
    Reissue,
    ReissuedPlan,
    ReissueState,
    Rendering,
    RenderingState,
)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Plans by state, files by state, plans a second with their files, and the time that is left."""

    total: int
    waiting: int
    issued: int
    unchanged: int
    refused: int
    files_ready: int
    files_waiting: int
    files_failed: int
    share: float
    a_second: float
    left: timedelta | None

    @property
    def done(self) -> int:
        return self.total - self.waiting

    @property
    def percent(self) -> int:
        return int(100 * self.share)

    @property
    def a_minute(self) -> int:
        return round(60 * self.a_second)

    @property
    def finished(self) -> bool:
        return not self.waiting and not self.files_waiting

    @property
    def left_in_words(self) -> str:
        """The time that is left, in its largest unit: `40 seconds`, `12 minutes`, `3 hours`, `2 days`."""
        seconds = self.left.total_seconds() if self.left else 0
        for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
            if seconds >= 2 * length:
                return f"{round(seconds / length)} {unit}"
        return f"{round(seconds)} seconds"


def progress_of(reissue: Reissue) -> Progress:
    """Count rows; two queries whatever the number of plans."""
    plans, plans_last = _counted(reissue.plans.all(), ended="finished_at")
    issued = reissue.plans.filter(state=ReissueState.ISSUED).values("publication")
    # A patient's files belong to the content, a clinician's to the record.
    of_issued = Q(content__publication__in=issued) | Q(content__publication_record__in=issued)
    files, files_last = _counted(Rendering.objects.filter(of_issued), ended="finished_at")
    total, waiting = sum(plans.values()), plans.get(ReissueState.WAITING, 0)
    ready, failed = files.get(RenderingState.READY, 0), files.get(RenderingState.FAILED, 0)
    done = total - waiting
    # What still waits will ask for as many files as what is done did.
    steps = total + sum(files.values()) * (total / done if done else 1)
    share = (done + ready + failed) / steps if steps else 1.0
    ends = [moment for moment in (plans_last, files_last) if moment]
    seconds = (max(ends) - reissue.created_at).total_seconds() if ends else 0.0
    return Progress(
        total=total,
        waiting=waiting,
        issued=plans.get(ReissueState.ISSUED, 0),
        unchanged=plans.get(ReissueState.UNCHANGED, 0),
        refused=plans.get(ReissueState.REFUSED, 0),
        files_ready=ready,
        files_waiting=sum(files.values()) - ready - failed,
        files_failed=failed,
        share=share,
        a_second=share * total / seconds if seconds > 0 else 0.0,
        left=timedelta(seconds=round(seconds * (1 - share) / share)) if 0 < share < 1 else None,
    )


def left_to_a_person(plans: QuerySet[Plan]) -> QuerySet[ReissuedPlan]:
    """Those of these plans that a re-issue could not issue and nobody has issued since, the newest first."""
    issued = Publication.objects.filter(plan=OuterRef("plan"), published_at__gt=OuterRef("finished_at"))
    rows = ReissuedPlan.objects.filter(~Exists(issued), state=ReissueState.REFUSED, plan__in=plans)
    return rows.select_related("plan__patient", "reissue").order_by("-finished_at")


def _counted(rows: QuerySet[Any], *, ended: str) -> tuple[dict[str, int], datetime | None]:
    by_state = rows.order_by().values_list("state").annotate(count=Count("pk"), last=Max(ended))
    found = list(by_state)
    ends = [last for _, _, last in found if last]
    return {state: count for state, count, _ in found}, max(ends, default=None)
