"""How far a rendering's id travels: the files of ours that a worker passes with it, and its returns between them.

Counted while one rendering is made, from the worker's task to the last line of its log. The handout counts as one
file: it gets a content and gives bytes, the id does not enter it. A return is one from a function of one file to a
function of another; what Django or Python call in between is not counted.
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
HANDOUT = "plans/handout"


@dataclass
class Way:
    """The files in the order in which they were entered, and the returns by file and file returned to."""

    files: dict[str, None] = field(default_factory=dict)
    returns: Counter[tuple[str, str]] = field(default_factory=Counter)


def trace(work: Callable[[], object]) -> Way:
    """Return the way of one piece of work, done while this looks on."""
    way, stack = Way(), []

    def look(frame: FrameType, event: str, _: object) -> None:
        if event not in ("call", "return") or not (name := _file_of(frame.f_code.co_filename)):
            return
        if event == "call":
            way.files.setdefault(name)
            stack.append(name)
        elif stack:
            left = stack.pop()
            if stack and stack[-1] != left:
                way.returns[left, stack[-1]] += 1

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return way


def _file_of(path: str) -> str:
    if not path.startswith((f"{ROOT}/plans/", f"{ROOT}/clinic/")):
        return ""
    name = path.removeprefix(f"{ROOT}/")
    return HANDOUT if name.startswith(f"{HANDOUT}/") else name


def trace_rendering() -> Way:
    """Return the way of a second rendering: what a process reads once and keeps was read with the first."""
    from plans import tasks
    from tests import factories

    therapist = factories.therapist(factories.clinic())
    for _ in range(2):
        rendering = factories.publication(therapist).content.renderings.get()
        way = trace(lambda: tasks.render(str(rendering.pk)))  # noqa: B023 - called at once
        rendering.refresh_from_db()
        if rendering.state != "ready":
            raise SystemExit(f"The rendering ended as {rendering.state}: {rendering.error_details}")
    return way


def main() -> None:
    """Prints both numbers and what they are made of."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(ROOT))
    import django
    from django.db import connection

    django.setup()
    connection.creation.create_test_db(verbosity=0)
    way = trace_rendering()
    print(f"files passed: {len(way.files)}, returns: {way.returns.total()}")
    print(*way.files, sep="\n")
    for (left, to), count in way.returns.items():
        print(f"{count:3} {left} -> {to}")


if __name__ == "__main__":
    main()
