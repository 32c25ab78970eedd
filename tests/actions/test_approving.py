import pytest
from django.db import IntegrityError, transaction

from plans.actions import approving
from plans.models import Approval
from plans.permissions import NotAllowed
from plans.queries.approvals import exercise_work, rule_work
from plans.queries.wording import language_ready
from tests import factories

pytestmark = pytest.mark.django_db


def test_approval_is_by_name_and_licence_and_counts_once(clinic):
    revision = factories.exercise()
    by = factories.reviewer(clinic, licence_number="PT-77")
    assert exercise_work(clinic).get() == revision
    assert approving.approve_exercises(revisions=[revision], clinic=clinic, by=by) == 2
    assert approving.approve_exercises(revisions=[revision], clinic=clinic, by=by) == 0
    assert {(row.approved_by, row.licence_number) for row in Approval.objects.all()} == {(by, "PT-77")}
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
            Approval.objects.create(clinic=clinic, approved_by=by, licence_number="1", **things)
