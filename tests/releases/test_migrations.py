"""From the first release on migrations only add: machines of two releases stand side by side for a while."""

import importlib
import pkgutil

import pytest
from django.apps import apps
from django.db import connection, models
from django.db import migrations as ops
from django.db.models import NOT_PROVIDED

from plans import migrations
from plans.actions import approving
from plans.libraryfiles import Region
from plans.models import Condition, VocabularyRevision
from plans.queries.approvals import vocabulary_work
from plans.queries.rules import vocabulary_for
from tests import factories
from tests.releases import ahead
from tests.words import condition, load, movement

FIRST = "0001_initial"
ADDING = (
    ops.CreateModel,
    ops.AddField,
    ops.AddIndex,
    ops.AddConstraint,
    ops.AlterField,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
    ops.RunPython,
    ops.RunSQL,
    ops.SeparateDatabaseAndState,
)
EXCUSED: dict[str, str] = {
    "0006_approval_of_a_leaflet": "0.2.0: its rows name no leaflet, and satisfy the wider constraint too",
    "0014_approval_of_a_protocol": "0.4.0: its rows name no protocol, and satisfy the wider constraint too",
    "0026_warning_signs": "0.4.0: its rows name no warning sign, and satisfy the wider constraint too",
    "0031_measures": "0.5.0: its rows name no measure, and satisfy the wider constraints too",
    "0032_mistakes_and_ends": "0.5.0: its tables have none of these rows, and a wider constraint takes them all",
    "0009_regions_of_the_whole_body": "0.4.0: its rows name none of the new regions, and satisfy the wider constraint",
}
"""Migrations that take something away, each with the release since which nothing writes it any more."""


def later_migrations():
    for folder in (migrations, ahead):
        for module in pkgutil.iter_modules(folder.__path__):
            if module.name[0].isdigit() and module.name != FIRST:
                package = ahead.__name__ if module.name.startswith("9") else migrations.__name__
                yield module.name, importlib.import_module(f"{package}.{module.name}").Migration


def problems_of(migration):
    """What a machine of the release before would stumble over, or what would not be gone after a stop half-way."""
    if not migration.atomic:
        yield "is not one transaction"
    for operation in migration.operations:
        if not isinstance(operation, ADDING):
            yield f"takes away or renames: {operation.describe()}"
        if isinstance(operation, ops.AddField) and not may_be_left_out(operation.field):
            yield f"needs a db_default or null: {operation.describe()}"


def may_be_left_out(field):
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


@pytest.mark.parametrize(("name", "migration"), list(later_migrations()), ids=lambda value: str(value)[:40])
def test_a_later_migration_only_adds(name, migration):
    assert name in EXCUSED or list(problems_of(migration)) == []


@pytest.mark.parametrize(
    "operation",
    [
        ops.AddField("clinic", "motto", models.CharField(max_length=100, default="none yet")),
        ops.RemoveField("clinic", "phone"),
        ops.RenameField("clinic", "phone", "telephone"),
        ops.DeleteModel("clinic"),
    ],
)
def test_what_an_older_machine_stumbles_over_is_found(operation):
    migration = type("Migration", (ops.Migration,), {"operations": [operation]})

    assert len(list(problems_of(migration))) == 1


def test_a_migration_that_could_stop_half_way_is_found():
    assert list(problems_of(type("Migration", (ops.Migration,), {"atomic": False}))) == [
        "is not one transaction"
    ]


@pytest.mark.django_db
def test_sides_and_regions_that_act_before_their_versions_tell_them_act_afterwards(clinic, reviewer):
    module = importlib.import_module("plans.migrations.0028_changes_that_wait")
    load(
        conditions=(condition("bone"), condition("hip", "bone")),
        movements=(movement("bend"), movement("lift", "bend")),
    )
    load(conditions=(condition("bone"), condition("hip")))
    facts = {"sided": True, "ask_which": True, "region": Region.HIP.value}
    Condition.objects.filter(code="hip").update(**facts)

    module.keep_what_acts(apps, connection.schema_editor())

    told = VocabularyRevision.objects.values("condition__code", *facts)
    assert list(told.filter(condition__code="hip")) == [{"condition__code": "hip", **facts}] * 2
    assert not told.exclude(condition__code="hip").exclude(sided=False, ask_which=False, region="").exists()
    for _ in range(2):
        vocabulary = vocabulary_for(clinic)
        assert (vocabulary.sided, vocabulary.ask_which, vocabulary.regions) == (
            {"hip"},
            {"hip"},
            {"hip": "hip"},
        )
        approving.approve(things=vocabulary_work(clinic), clinic=clinic, by=reviewer)
    assert load(conditions=(condition("bone"), condition("hip", **facts))) == 0
    assert factories.condition("hip").sided
