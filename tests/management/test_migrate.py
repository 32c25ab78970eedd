"""A database that this release does not know is refused in words, and nothing of it is touched."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from clinic import serve
from plans import __version__
from plans.management import migration_history
from plans.management.migration_history import BEFORE_THE_FIRST_RELEASE, DatabaseRefused

pytestmark = pytest.mark.django_db


def note_applied(app, name):
    MigrationRecorder(connection).record_applied(app, name)


def test_a_database_that_is_known_goes_on(capsys):
    call_command("migrate", verbosity=1)

    assert "No migrations to apply." in capsys.readouterr().out


@pytest.mark.parametrize("options", [{}, {"check_unapplied": True}])
def test_a_newer_database_is_refused_with_what_is_unknown(options):
    note_applied("plans", "9001_later")

    with pytest.raises(DatabaseRefused, match=rf"newer than this release, {__version__}, .* 9001_later"):
        call_command("migrate", verbosity=0, **options)


def test_a_database_of_an_unknown_past_is_refused(monkeypatch):
    note_applied("plans", "0002_of_the_past")
    monkeypatch.setattr(migration_history, "BEFORE_THE_FIRST_RELEASE", "0002_of_the_past")

    with pytest.raises(DatabaseRefused, match="older than the first release"):
        call_command("migrate", verbosity=0)


def test_tables_that_no_migration_tells_of_are_refused():
    MigrationRecorder.Migration.objects.using(connection.alias).filter(app="plans").delete()

    with pytest.raises(DatabaseRefused, match="no record of the migrations"):
        call_command("migrate", verbosity=0)


def test_what_other_packages_put_together_is_theirs():
    note_applied("oauth2_provider", "0001_before_it_was_squashed")

    call_command("migrate", verbosity=0)


def test_the_start_on_one_machine_knows_the_refusal():
    assert DatabaseRefused("words").returncode == serve.DATABASE_REFUSED
    assert BEFORE_THE_FIRST_RELEASE
