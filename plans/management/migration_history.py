"""Whether this release knows what was done to a database: one of a newer release or of an unknown past is refused.

Django itself passes over what it does not know: an older release would work on tables that are not its own, and the
first write would lose what the newer one keeps.
"""

from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from plans import __version__

APP = "plans"
BEFORE_THE_FIRST_RELEASE = "0002_picture_of_a_known_body"
"""Applied to every database that was made while the first release was written, and to none of a release."""


REFUSED = 3
"""The exit status of a command that refused its database."""


UNRECORDED = (
    "This database has tables of this service, and no record of the migrations that made them. Nothing was changed."
    ' Put back a whole copy of it (docs/operations.md, "Back up"), or start with an empty one.'
)


class DatabaseRefused(CommandError):
    """This release does not go on with this database."""

    def __init__(self, words: str) -> None:
        super().__init__(words, returncode=REFUSED)


def refuse_unknown(connection: BaseDatabaseWrapper) -> None:
    """Raise DatabaseRefused for a database with migrations that this release does not know, or tables of no migration.

    Those of other packages are left alone: they put migrations together, and drop the parts later.
    """
    loader = MigrationLoader(connection)
    applied = {name for app, name in loader.applied_migrations if app == APP}
    known = {name for app, name in loader.disk_migrations if app == APP}
    replaced = {
        name
        for migration in loader.disk_migrations.values()
        for app, name in migration.replaces
        if app == APP
    }
    if unknown := sorted(applied - known - replaced):
        raise DatabaseRefused(_words(unknown))
    if not applied and any(name.startswith(f"{APP}_") for name in connection.introspection.table_names()):
        raise DatabaseRefused(UNRECORDED)


def _words(unknown: list[str]) -> str:
    if BEFORE_THE_FIRST_RELEASE in unknown:
        return (
            "This database is older than the first release, 0.2.0, and no way leads from it. Nothing was changed."
            " Put it away and start with an empty one."
        )
    return (
        f"This database is newer than this release, {__version__}, which does not know {', '.join(unknown)}."
        " Nothing was changed. Start the newer release again, or put back the copy that was made before it came"
        ' (docs/operations.md, "Back up").'
    )
