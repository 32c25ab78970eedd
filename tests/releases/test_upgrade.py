"""A database of each kept release is brought to today's code: all of it opens, and a cut-off way goes on."""

import json
import signal

import pytest

from plans.management.migration_history import REFUSED
from tests.releases.ahead import TODAY
from tests.releases.kept import HERE, RELEASES, copy_of, drop, empty_database
from tests.releases.make import MAX_BYTES
from tests.servers import poll

pytestmark = [pytest.mark.engine, pytest.mark.long]
of_each = pytest.mark.parametrize("release", RELEASES)
# It holds all migrations of those before it, so what it shows of them they would show too.
of_the_newest = pytest.mark.parametrize("release", RELEASES[-1:])
MIGRATE = ("manage.py", "migrate", "--verbosity", "0")
AHEAD = {"RELEASE_TO_COME": "1"}


@pytest.fixture
def copy(release, tmp_path):
    made = copy_of(release, tmp_path)
    yield made
    drop(made)


def migrate(copy, **environment):
    return copy.run(*MIGRATE, **environment)


def upgraded(copy, **environment):
    status, said, complained = migrate(copy, **environment)
    assert status == 0, said + complained
    return copy


@of_each
def test_all_of_it_opens(copy, broker):
    upgraded(copy)

    about = json.dumps(copy.about)
    status, said, complained = copy.run(
        "-m", "tests.with_django", "tests.releases.visit", RELEASE_ABOUT=about
    )

    assert status == 0, complained
    seen, about = json.loads(said.splitlines()[-1]), copy.about
    assert {path: code for path, code in seen["desk"].items() if code != 200} == {}
    assert len(seen["desk"]) > 40
    assert {path: code for path, code in seen["api"].items() if code != 200} == {}
    assert seen["publication"] == 200
    assert seen["pdf"] == about["pdf_sha256"]
    assert seen["patients"] == ["Kim Test", "Robin Test"]
    assert seen["link"] == {"title": True, "pdf": about["pdf_sha256"]}
    assert seen["sheet"] == 200
    assert seen["webhooks"] == [True]
    assert seen["content"]["kept"]
    assert seen["content"]["same"]
    assert seen["content"]["named_by"] == about["content"]["hash"]
    assert seen["next_version"] == {"number": 2, "states": [["ready", ""]]}


@of_each
def test_years_later_a_kept_release_is_as_if_it_were_made_today(copy):
    """Its key and its link end on a day; the test of upgrades would fail from then on, whatever the code does."""
    days = "SELECT expires_on, published_at FROM plans_downloadlink, plans_publication ORDER BY 1, 2"
    before = copy.ask(days)
    copy.move(-2000)
    assert copy.ask(days) != before

    copy.bring_to_today()

    assert copy.ask(days) == before


@of_the_newest
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_an_upgrade_that_stops_half_way_runs_again_and_ends_well(copy, tmp_path, number):
    upgraded(copy)
    clinics = copy.ask("SELECT id, name FROM plans_clinic ORDER BY id")
    reached = tmp_path / "reached"
    half = copy.start(*MIGRATE, STOP_IN_MIGRATION=str(reached), **AHEAD)
    poll(reached.exists, what="the second migration's words")
    half.send_signal(number)
    half.communicate(timeout=60)
    # Between two: the first is done. Inside the second: nothing of it is.
    assert applied(copy) == {*TODAY, "9001_mottos"}
    assert copy.ask("SELECT DISTINCT motto FROM plans_clinic") == [("none yet",)]

    upgraded(copy, **AHEAD)

    assert applied(copy) == {*TODAY, "9001_mottos", "9002_words_of_mottos"}
    assert copy.ask("SELECT DISTINCT motto, words_of_motto FROM plans_clinic") == [("Step by step", 3)]
    assert copy.ask("SELECT id, name FROM plans_clinic ORDER BY id") == clinics


@of_the_newest
def test_an_older_release_refuses_the_database_of_a_newer_one_in_words(copy):
    upgraded(copy, **AHEAD)
    before = copy.ask("SELECT * FROM django_migrations ORDER BY id")

    for arguments in (MIGRATE, (*MIGRATE, "--check")):
        status, _, complained = copy.run(*arguments)

        assert status == REFUSED
        assert "newer than this release" in complained
        assert "9001_mottos, 9002_words_of_mottos" in complained
    assert copy.ask("SELECT * FROM django_migrations ORDER BY id") == before


@of_the_newest
def test_its_tables_are_those_of_an_empty_database_of_today(copy, tmp_path):
    """A released migration that is changed afterwards reaches no database that has it already."""
    folder = tmp_path / "empty"
    folder.mkdir()
    fresh = empty_database(copy.about, folder)
    try:
        assert upgraded(copy).columns() == upgraded(fresh).columns()
    finally:
        drop(fresh)


def applied(copy):
    return {name for (name,) in copy.ask("SELECT name FROM django_migrations WHERE app = 'plans'")}


@of_each
def test_what_is_kept_is_small_and_says_that_it_is_for_tests(release):
    about = json.loads((HERE / release / "about.json").read_text())

    assert sum(path.stat().st_size for path in (HERE / release).iterdir()) <= MAX_BYTES
    assert about["version"] == release
    assert len(about["commit"]) == 40
    assert all(key.startswith("test-key") for key in about["keys"].values())
    assert "test keys" in about["what"]
