"""How far a re-issue is, how fast it goes, and when it will be done."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max

from plans.models import Reissue, ReissueState, Rendering, RenderingState


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Plans by state, files by state, plans a second, and the time that is left."""

    total: int
    waiting: int
    issued: int
    unchanged: int
    refused: int
    files_ready: int
    files_waiting: int
    files_failed: int
    a_second: float
    left: timedelta | None

    @property
    def done(self) -> int:
        """Plans that are dealt with."""
        return self.total - self.waiting

    @property
    def percent(self) -> int:
        """How much of the plans and of their files is done, from 0 to 100."""
        files = self.files_ready + self.files_failed
        steps = self.total + files + self.files_waiting
        return 100 if not steps else int(100 * (self.done + files) / steps)

    @property
    def finished(self) -> bool:
        """No plan and no file waits."""
        return not self.waiting and not self.files_waiting


def progress_of(reissue: Reissue) -> Progress:
    """Count rows; three queries whatever the number of plans."""
    states = dict(reissue.plans.values_list("state").annotate(count=Count("pk")).order_by())
    issued = reissue.plans.filter(state=ReissueState.ISSUED).values("publication")
    rows = Rendering.objects.filter(content__publication__in=issued)
    files = dict(rows.values_list("state").annotate(count=Count("pk")).order_by())
    total, waiting = sum(states.values()), states.get(ReissueState.WAITING, 0)
    last = reissue.plans.aggregate(last=Max("done_at"))["last"]
    seconds = (last - reissue.made_at).total_seconds() if last else 0.0
    a_second = (total - waiting) / seconds if seconds > 0 else 0.0
    return Progress(
        total=total,
        waiting=waiting,
        issued=states.get(ReissueState.ISSUED, 0),
        unchanged=states.get(ReissueState.UNCHANGED, 0),
        refused=states.get(ReissueState.REFUSED, 0),
        files_ready=files.get(RenderingState.READY, 0),
        files_waiting=files.get(RenderingState.QUEUED, 0) + files.get(RenderingState.RUNNING, 0),
        files_failed=files.get(RenderingState.FAILED, 0),
        a_second=a_second,
        left=timedelta(seconds=round(waiting / a_second)) if waiting and a_second else None,
    )
