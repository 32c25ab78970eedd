"""`renderings`: how the work on files stands, and what is stuck started again."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from plans.actions.renderings import queue_all_again
from plans.models import Rendering
from plans.queries.renderings import NOT_READY, backlog

ALL = "all"


class Command(BaseCommand):
    """Count renderings by state and reason; with --retry, queue again what is stuck."""

    help = "Show how many files wait or failed, and why; --retry queues again what is stuck."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry", metavar="REASON", help=f"queue again what is stuck for this reason, or {ALL!r}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if reason := options["retry"]:
            count = queue_all_again(reason=None if reason == ALL else reason, by=None)
            self.stdout.write(f"{count} queued again.")
        self._show()

    def _show(self) -> None:
        work = backlog(Rendering.objects.all())
        for state in NOT_READY:
            self.stdout.write(f"{state:<8}{work.states.get(state, 0):>9}")
        self.stdout.write(f"Oldest wait: {_wait(work.oldest)}; asked for in bulk: {_wait(work.oldest_bulk)}.")
        for one in work.stuck:
            self.stdout.write(f"Stuck: {one.reason}, {one.count}, the oldest for {_wait(one.oldest)}.")


def _wait(since: datetime | None) -> str:
    return "nothing waits" if since is None else f"{(timezone.now() - since).total_seconds():.0f} s"
