"""The migrations of a release to come: all of today's, and two more."""

from pathlib import Path

from plans import migrations

TODAY = sorted(path.stem for path in Path(migrations.__path__[0]).glob("[0-9]*.py"))
"""The names of today's migrations; the next one stands on the last."""
__path__ = [*__path__, *migrations.__path__]
