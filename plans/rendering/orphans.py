"""Files that no row names: a worker stopped between the file and the row, or the storage did not delete.

Looked for a folder at a time, each folder about once a day. It is told by the clock whose turn it is: nothing is
stored, and a round that was missed is made up by the next.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import structlog
from django.db.models import Min
from django.utils import timezone

from plans.models import Publication, Rendering
from plans.rendering import storage

KEPT = timedelta(days=1)
"""Far longer than a worker takes from the file to the row."""
FOLDERS = 256
TURN_SECONDS = 300
BATCH = 500
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-.+\.pdf")
"""What a worker's file is called: by the id of its rendering, then its attempt."""

log = structlog.get_logger(__name__)


def drop_orphans() -> None:
    drop_orphans_in(f"{int(timezone.now().timestamp()) // TURN_SECONDS % FOLDERS:02x}")


def drop_orphans_in(folder: str) -> None:
    """Delete the files without a row in one folder of renderings, such as `a7`. Raises StorageFailed.

    A file that is older than this database's first publication stays: what a new or an empty database does not
    know is no stray.
    """
    known_since = Publication.objects.aggregate(first=Min("published_at"))["first"]
    if known_since is None:
        return
    dropped = 0
    for name in _without_row(f"renderings/{folder}"):
        with suppress(FileNotFoundError):
            if known_since < storage.written_at(name) < timezone.now() - KEPT:
                storage.discard(name)
                dropped += 1
    if dropped:
        log.warning("strays_dropped", folder=folder, files=dropped)


def _without_row(folder: str) -> Iterator[str]:
    matches = [match for name in storage.names_in(folder) if (match := _OURS.fullmatch(name))]
    for start in range(0, len(matches), BATCH):
        some = matches[start : start + BATCH]
        rows = Rendering.objects.filter(pk__in=[match[1] for match in some])
        known = set(rows.values_list("file", flat=True))
        names = (f"{folder}/{match[0]}" for match in some)
        yield from (name for name in names if name not in known)
