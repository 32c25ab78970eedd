from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from PIL import Image

from plans.actions import approving, exercises, load_library, rules
from plans.libraryfiles import Library, library_yaml, read_library
from plans.models import Approval, Exercise, ExerciseRevision, ExerciseText, Rule, RuleRevision
from plans.models.base import RecordIsFinal
from plans.permissions import NotAllowed
from plans.queries.approvals import exercise_work, rule_work
from plans.queries.wording import language_ready
from tests import factories

pytestmark = pytest.mark.django_db


def png(width=40, height=30):
    out = BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def test_the_same_exercise_twice_is_one_revision():
    first = factories.exercise()
    assert factories.exercise() == first


def test_a_changed_exercise_is_a_new_revision_and_the_old_one_stays():
    first = factories.exercise()
    second = factories.exercise(source="another guide")
    first.refresh_from_db()
    assert (first.number, first.newest, second.number, second.newest) == (1, False, 2, True)
    assert first.source == "ours"


def test_a_revision_is_final():
    with pytest.raises(RecordIsFinal):
        factories.exercise().save()


def test_an_unknown_movement_is_refused_and_nothing_is_written():
    with pytest.raises(exercises.UnknownMovement, match="flying"), transaction.atomic():
        exercises.write_exercise(data=factories.exercise_data(movements=("flying",)), clinic=None, by=None)
    assert not Exercise.objects.exists()


def test_a_rule_that_matches_nothing_is_refused():
    factories.condition()
    with pytest.raises(rules.UnknownInRule, match="flying"), transaction.atomic():
        rules.write_rule(data=factories.rule_data(movements=("flying",)), clinic=None, by=None)
    assert not Rule.objects.exists()


def test_a_changed_rule_gets_the_next_version():
    factories.rule()
    factories.rule()
    assert factories.rule(rationale="another").number == 2
    assert RuleRevision.objects.filter(newest=True).count() == 1


def test_nobody_signed_in_writes_the_shared_library(clinic):
    admin = factories.library_admin(clinic)
    with pytest.raises(NotAllowed):
        exercises.write_exercise(data=factories.exercise_data(), clinic=None, by=admin)
    with pytest.raises(NotAllowed):
        factories.exercise(clinic=factories.clinic(), by=admin)
    with pytest.raises(NotAllowed):
        factories.exercise(clinic=clinic, by=factories.therapist(clinic))
    with pytest.raises(NotAllowed):
        exercises.retire_exercise(exercise=factories.exercise().exercise, by=admin)


def test_a_clinics_own_exercise_may_carry_a_shared_code(clinic):
    shared = factories.exercise()
    own = factories.exercise(clinic=clinic, by=factories.library_admin(clinic))
    assert own.exercise != shared.exercise


def test_a_used_exercise_is_retired_not_deleted(clinic):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    factories.plan(factories.therapist(clinic), exercises=[own])
    with pytest.raises(exercises.ExerciseInUse, match="1 plan"):
        exercises.delete_exercise(exercise=own.exercise, by=admin)
    exercises.retire_exercise(exercise=own.exercise, by=admin)
    assert Exercise.objects.get(code="own").retired_on is not None


def test_approval_is_by_name_and_licence_and_counts_once(clinic):
    revision = factories.exercise()
    by = factories.reviewer(clinic, licence_number="PT-77")
    assert exercise_work(clinic).get() == revision
    assert approving.approve_exercises(revisions=[revision], clinic=clinic, by=by) == 2
    assert approving.approve_exercises(revisions=[revision], clinic=clinic, by=by) == 0
    assert {(row.by, row.licence_number) for row in Approval.objects.all()} == {(by, "PT-77")}
    assert not exercise_work(clinic).exists()
    assert exercise_work(factories.clinic()).exists()


def test_only_a_reviewer_of_the_clinic_approves(clinic):
    revision = factories.exercise()
    for stranger in (factories.library_admin(clinic), factories.reviewer(factories.clinic())):
        with pytest.raises(NotAllowed):
            approving.approve(things=[revision], clinic=clinic, by=stranger)


def test_a_withdrawn_approval_counts_no_more_and_stays_as_history(clinic):
    rule = factories.approved_rule(clinic)
    by = factories.reviewer(clinic)
    assert approving.withdraw(approvals=Approval.objects.all(), by=by) == 2
    assert rule_work(clinic).get() == rule
    assert Approval.objects.filter(withdrawn_by=by).count() == 2
    assert approving.approve_rules(revisions=[rule], clinic=clinic, by=by) == 2


def test_fixed_words_are_approved_as_they_stand(clinic, monkeypatch):
    by = factories.reviewer(clinic)
    approving.approve_wording(language="es", clinic=clinic, by=by)
    assert language_ready(clinic, "es")
    assert not language_ready(clinic, "en")
    monkeypatch.setattr("plans.queries.wording.wording_name", lambda language: f"{language}:changed")
    assert not language_ready(clinic, "es")


def test_an_approval_names_one_thing(clinic):
    revision = factories.exercise()
    by = factories.reviewer(clinic)
    for things in ({}, {"revision": revision, "text": revision.texts.get()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(clinic=clinic, by=by, licence_number="1", **things)


def test_loading_twice_changes_nothing_and_a_failure_undoes_all(monkeypatch):
    factories.movement()
    library = Library(exercises=(factories.exercise_data("a"), factories.exercise_data("b")))
    assert load_library.load_library(library=library, figures={}).changed == 2
    assert load_library.load_library(library=library, figures={}).changed == 0
    broken = Library(exercises=(factories.exercise_data("c"), factories.exercise_data("d", movements=("x",))))
    with pytest.raises(exercises.UnknownMovement), transaction.atomic():
        load_library.load_library(library=broken, figures={})
    assert not ExerciseRevision.objects.filter(exercise__code="c").exists()


def test_a_further_language_joins_the_revision_and_its_approvals_hold(clinic):
    revision = factories.approved_exercise(clinic)
    spanish = factories.exercise_text(name="Deslizar el talón")
    again, new = exercises.write_exercise(
        data=factories.exercise_data(texts={"es": spanish}), clinic=None, by=None
    )
    assert (again, new) == (revision, True)
    assert {text.language for text in revision.texts.all()} == {"en", "es"}
    assert Approval.objects.filter(revision=revision).exists()


def test_a_changed_text_is_a_new_revision_that_keeps_the_other_languages(clinic):
    factories.exercise(texts={"en": factories.exercise_text(), "es": factories.exercise_text(name="Talón")})
    second = factories.exercise(texts={"en": factories.exercise_text(purpose="This is new.")})
    assert second.number == 2
    assert {text.language: text.name for text in second.texts.all()} == {"en": "Heel slide", "es": "Talón"}


def test_a_file_with_one_more_language_can_be_loaded_after_the_starter_library(tmp_path):
    starter = Path(__file__).resolve().parents[2] / "plans" / "library"
    call_command("load_library", starter, stdout=StringIO())
    before = ExerciseRevision.objects.count()
    tilt = next(row for row in read_library(starter).exercises if row.code == "pelvic-tilt")
    french = replace(tilt, texts={"fr": factories.exercise_text(name="Bascule du bassin")})
    file = tmp_path / "fr.yaml"
    file.write_text(library_yaml(Library(exercises=(french,))))
    call_command("load_library", file, stdout=StringIO())
    assert ExerciseRevision.objects.count() == before
    assert ExerciseText.objects.get(language="fr").revision.texts.count() == 3


def test_a_broken_file_is_named_by_line_and_nothing_is_loaded(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("exercises:\n  - code: x\n    movements: [flying]\n")
    with pytest.raises(CommandError, match=r"mine.yaml:\d+: .*flying"):
        call_command("load_library", file, stdout=StringIO())
    assert not Exercise.objects.exists()
