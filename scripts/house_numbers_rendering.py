"""How far a rendering's id travels through a worker: the files that it passes, and how often one turns back.

Run: python scripts/house_numbers_rendering.py, or call `trace_rendering` with a database that has its tables.

Watched while one rendering is made, from the worker's task to its end, by what Python calls:
- files: those of plans/ and clinic/ with a function that runs. The layers that a content goes through and the id does
  not (content, handout) count as one each, with what they call below them.
- returns: the ways back from one file to another, each once, as a reader walks them who follows the id.
It is the second rendering of a process that counts: what is read once and kept was read with the first.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(os.environ.get("CHECKOUT", Path(__file__).resolve().parent.parent))
"""The checkout that is looked at; its own tests and factories make the rendering."""
LAYERS = ("plans/content", "plans/handout")


@dataclass
class Way:
    """`files` in the order in which they were entered; `calls` counts the single calls of each way back."""

    files: dict[str, None] = field(default_factory=dict)
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def returns(self) -> int:
        return len(self.calls)


def trace(work: Callable[[], object]) -> Way:
    """Do a piece of work, and return its way."""
    way = Way()
    stack: list[str] = []

    def look(frame: FrameType, event: str, _: object) -> None:
        name = _file_of(frame) if event in ("call", "return") else ""
        if not name:
            return
        if event == "call":
            if stack and stack[-1] in LAYERS:
                name = stack[-1]
            way.files.setdefault(name)
            stack.append(name)
        elif stack:
            left = stack.pop()
            if stack and stack[-1] != left:
                way.calls[left, stack[-1]] += 1

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return way


def _file_of(frame: FrameType) -> str:
    path = frame.f_code.co_filename
    if not path.startswith((f"{ROOT}/plans/", f"{ROOT}/clinic/")):
        return ""
    name = path.removeprefix(f"{ROOT}/")
    return next((layer for layer in LAYERS if name.startswith(f"{layer}/")), name)


def trace_rendering() -> Way:
    """Make two renderings in the database that is set up, and return the way of the second."""
    from plans import tasks
    from plans.models import RenderingState
    from tests import factories

    therapist, way = factories.therapist(factories.clinic()), Way()
    for _ in range(2):
        rendering = factories.publication(therapist).content.renderings.get()
        way = trace(lambda pk=rendering.pk: tasks.render(str(pk)))
        rendering.refresh_from_db()
        if rendering.state != RenderingState.READY:
            raise RuntimeError(f"the rendering is {rendering.state}: {rendering.error_details}")
    return way


def main() -> None:
    """Print both numbers, and what they are made of."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(ROOT))
    import django
    from django.db import connection

    django.setup()
    connection.creation.create_test_db(verbosity=0)
    way = trace_rendering()
    print(f"files passed: {len(way.files)}, returns: {way.returns}")
    print(*way.files, sep="\n")
    print(f"calls: {way.calls.total()}")
    for (left, to), count in way.calls.items():
        print(f"{count:3} {left} -> {to}")


if __name__ == "__main__":
    main()
