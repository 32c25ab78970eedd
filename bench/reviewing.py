"""Look at many plans in use, turn by turn, as a worker does each night: `python -m bench.reviewing --plans 30000`.

On an empty database of its own: DATA_DIR or DATABASE_URL say where. Prints how many were looked at, how long it took
and how often the database was asked.
"""

import argparse
import os
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import django

BATCH = 1000


def main() -> int:
    """Make the plans, take all turns of a round, and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.reviewing", description=__doc__)
    parser.add_argument("--plans", type=int, default=30_000)
    parser.add_argument("--versions", type=int, default=2, help="issued versions of each plan, one in use")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    django.setup()
    _prepare(options.plans, options.versions)
    return _measure()


def _prepare(plans: int, versions: int) -> None:
    from django.core.management import call_command

    from plans.management.demo import make_demo

    call_command("migrate", verbosity=0)
    call_command("load_library", "plans/library", verbosity=0)
    issued = make_demo().publication
    for done in range(0, plans, BATCH):
        _copy(issued, min(BATCH, plans - done), versions)


def _copy(issued: Any, count: int, versions: int) -> None:
    """Write copies of a publication with its patient, plan and link; rows in bulk, as they are only read."""
    from django.utils import timezone

    from plans.models import DownloadLink, FrozenContent, Patient, PatientCondition, Plan, Publication

    long_ago = timezone.now() - timedelta(days=1)
    model, link = issued.plan, issued.plan.links.get(revoked_at=None)
    conditions = list(model.patient.conditions.all())
    rows: dict[Any, list[Any]] = {
        kind: [] for kind in (Patient, PatientCondition, Plan, FrozenContent, Publication, DownloadLink)
    }
    for _ in range(count):
        patient = _again(model.patient, record_number="")
        plan = _again(model, patient=patient)
        rows[Patient].append(patient)
        rows[PatientCondition] += [_again(one, patient=patient) for one in conditions]
        rows[Plan].append(plan)
        rows[DownloadLink].append(_again(link, plan=plan, token_digest=uuid.uuid4().hex * 2))
        for number in range(1, versions + 1):
            content = _again(issued.content, sha256=uuid.uuid4().hex * 2, plan=plan)
            rows[FrozenContent].append(content)
            code = uuid.uuid4().hex[:12].upper()
            made = {"content": content, "record": content, "reviewed_at": long_ago, "review_tried_at": None}
            rows[Publication].append(_again(issued, plan=plan, number=number, sheet_code=code, **made))
    for kind, many in rows.items():
        kind.objects.bulk_create(many, batch_size=BATCH)


def _again(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for name in changes:
        values.pop(f"{name}_id", None)
    if "sha256" not in changes:
        values["id"] = uuid.uuid4()
    return type(row)(**{**values, **changes})


def _measure() -> int:
    from django.db import connection
    from django.utils import timezone

    from plans.actions import reviewing
    from plans.models import Publication
    from plans.queries.active_plans import active_publications, due_for_review, oldest_review
    from plans.queries.clinic_days import zones

    # The round that began last takes them all, whatever the hour is.
    Publication.objects.update(reviewed_at=timezone.now() - timedelta(days=2))
    total, began, turns, asked = active_publications().count(), time.monotonic(), 0, 0
    while True:
        with _counted(connection) as count:
            left = due_for_review(
                since=dict.fromkeys(zones(), timezone.now() - timedelta(days=1)),
                retry=timezone.now() - reviewing.RETRY_AFTER,
            ).exists()
            if not left:
                break
            # The turns are taken here, one after the other.
            with patch.object(reviewing, "enqueue_review"):
                reviewing.review_next()
        turns, asked = turns + 1, asked + count[0]
    seconds = time.monotonic() - began
    oldest = oldest_review()
    late = oldest is None or timezone.now() - oldest > timedelta(seconds=seconds + 60)
    print(f"plans in use             {total}")
    print(f"turns                    {turns}")
    print(f"seconds                  {seconds:.1f} ({1000 * seconds / total:.1f} ms a plan)")
    print(f"questions a plan         {asked / total:.1f}")
    print(f"all were looked at       {'NO' if late else 'yes'}")
    return 1 if late else 0


@contextmanager
def _counted(connection: Any) -> Iterator[list[int]]:
    count = [0]

    def note(execute: Any, *arguments: Any) -> Any:
        count[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(note):
        yield count


if __name__ == "__main__":
    sys.exit(main())
