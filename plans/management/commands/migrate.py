"""`migrate`: Django's own, which first refuses a database that this release does not know."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from plans.management.migration_history import refuse_unknown


class Command(migrate.Command):
    """Bring the tables up to date."""

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unknown(connections[options["database"]])
        super().handle(*args, **options)
