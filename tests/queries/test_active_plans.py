"""Which live versions hold a revision: asked of the rows that publishing wrote, not of the drafts."""

import pytest

from plans.actions import plans as plan_actions
from plans.models import ExerciseRevision, PublishedRevision
from plans.queries.active_plans import holding
from tests import factories

pytestmark = pytest.mark.django_db


def of_clinic(revisions, pat):
    return list(holding(revisions, clinic=pat.memberships.get().clinic))


def test_publishing_writes_which_revisions_a_version_holds_each_once(pat):
    revision = factories.approved_exercise(pat.memberships.get().clinic)
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[revision, revision]))
    assert [row.revision for row in PublishedRevision.objects.filter(publication=publication)] == [revision]


def test_live_versions_with_a_revision_are_found_by_one_query(pat, django_assert_num_queries):
    clinic = pat.memberships.get().clinic
    one, other = (factories.approved_exercise(clinic, code) for code in ("one", "other"))
    issued = factories.publication(pat, of_plan=factories.plan(pat, exercises=[one]))
    factories.publication(pat, of_plan=factories.plan(pat, exercises=[other]))
    factories.plan(pat, exercises=[one])  # a draft is held by nobody
    revisions = ExerciseRevision.objects.filter(pk=one.pk)
    with django_assert_num_queries(1):
        assert list(holding(revisions, clinic=clinic)) == [issued]


def test_what_the_draft_says_by_now_does_not_count(pat):
    clinic = pat.memberships.get().clinic
    revision = factories.approved_exercise(clinic)
    issued = factories.publication(pat, of_plan=factories.plan(pat, exercises=[revision]))
    plan_actions.save_plan(plan=issued.plan, removed=[issued.plan.items.get().pk], by=pat)
    assert of_clinic(revision.exercise.revisions.all(), pat) == [issued]
    plan_actions.stop_plan(plan=issued.plan, by=pat)
    assert of_clinic(revision.exercise.revisions.all(), pat) == []


def test_another_clinic_is_not_told(pat):
    issued = factories.publication(pat)
    stranger = factories.therapist(factories.clinic())
    revisions = ExerciseRevision.objects.filter(published_revisions__publication=issued)
    assert of_clinic(revisions, stranger) == []
