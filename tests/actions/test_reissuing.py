from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import plans as plan_actions
from plans.actions import reissuing
from plans.content import from_json
from plans.models import Publication, Reissue, ReissuedPlan, ReissueState, Rendering
from plans.permissions import NotAllowed
from plans.queries.reissues import progress_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return factories.clinic()


@pytest.fixture
def pat(clinic):
    return factories.therapist(clinic)


@pytest.fixture
def boss(clinic):
    return factories.lead(clinic)


def recall(clinic, boss):
    """The exercise gets a better revision, and its plans are ordered again."""
    exercise = factories.approved_exercise(clinic, source="a better guide").exercise
    return reissuing.order_reissue(exercise=exercise, clinic=clinic, why="Recall", by=boss)


def states(reissue):
    return sorted(reissue.plans.values_list("state", flat=True))


def test_active_plans_are_issued_again_with_the_newest_revision(pat, clinic, boss):
    first = factories.publication(pat)
    reissue = recall(clinic, boss)
    reissuing.go_on(reissue=reissue)
    row = reissue.plans.get()
    assert (row.state, row.publication.number) == (ReissueState.ISSUED, 2)
    old, new = (from_json(row.content.json).items[0] for row in (first, row.publication))
    assert old.revision_id != new.revision_id
    assert Rendering.objects.get(content=row.publication.content).bulk


def test_a_draft_that_someone_works_on_is_left_for_a_person(pat, clinic, boss):
    publication = factories.publication(pat)
    publication.plan.title = "Half an edit"
    plan_actions.save_plan(plan=publication.plan, by=pat)
    reissue = recall(clinic, boss)
    reissuing.go_on(reissue=reissue)
    row = reissue.plans.get()
    assert (row.state, row.codes) == (ReissueState.REFUSED, ["draft_differs"])
    assert Publication.objects.count() == 1


def test_what_the_rules_refuse_is_left_for_a_person_and_undone(pat, clinic, boss):
    publication = factories.publication(pat)
    exercise = factories.exercise(source="not approved yet").exercise
    reissue = reissuing.order_reissue(exercise=exercise, clinic=clinic, why="Recall", by=boss)
    reissuing.go_on(reissue=reissue)
    row = reissue.plans.get()
    assert row.state == ReissueState.REFUSED
    assert "revision_not_approved" in row.codes
    assert publication.plan.items.get().revision.number == 1


def test_nothing_changed_makes_no_new_version(pat, clinic, boss):
    exercise = factories.publication(pat).plan.items.get().revision.exercise
    reissue = reissuing.order_reissue(exercise=exercise, clinic=clinic, why="To be sure", by=boss)
    reissuing.go_on(reissue=reissue)
    assert states(reissue) == [ReissueState.UNCHANGED]


def test_it_goes_on_in_small_steps_and_wakes_itself(pat, clinic, boss, monkeypatch):
    monkeypatch.setattr(reissuing, "AT_ONCE", 2)
    woken = []
    monkeypatch.setattr(reissuing, "wake_reissue", lambda reissue: woken.append(reissue.pk))
    for _ in range(3):
        factories.publication(pat)
    reissue = recall(clinic, boss)
    reissuing.go_on(reissue=reissue)
    assert progress_of(reissue).done == 2
    reissuing.go_on(reissue=reissue)
    assert states(reissue) == [ReissueState.ISSUED] * 3
    assert len(woken) == 2


def test_a_stalled_one_is_woken(pat, clinic, boss, monkeypatch):
    factories.publication(pat)
    reissue = recall(clinic, boss)
    woken = []
    monkeypatch.setattr(reissuing, "wake_reissue", lambda reissue: woken.append(reissue.pk))
    reissuing.wake_stalled()
    assert woken == []
    Reissue.objects.update(made_at=timezone.now() - timedelta(minutes=10))
    reissuing.wake_stalled()
    assert woken == [reissue.pk]


def test_a_plan_done_by_another_worker_is_not_issued_twice(pat, clinic, boss):
    factories.publication(pat)
    reissue = recall(clinic, boss)
    reissuing.go_on(reissue=reissue)
    reissuing._issue_one(reissue.plans.get().pk)
    assert Publication.objects.count() == 2


def test_other_clinics_plans_are_not_touched(pat, clinic, boss):
    factories.publication(pat)
    other = factories.clinic()
    factories.publication(factories.therapist(other))
    reissue = recall(clinic, boss)
    assert ReissuedPlan.objects.get().plan.patient.clinic == clinic
    assert progress_of(reissue).total == 1


def test_only_a_lead_orders_and_only_for_the_own_clinic(pat, clinic, boss):
    exercise = factories.publication(pat).plan.items.get().revision.exercise
    for by, at in ((pat, clinic), (boss, factories.clinic())):
        with pytest.raises(NotAllowed):
            reissuing.order_reissue(exercise=exercise, clinic=at, why="x", by=by)


def test_nothing_to_reissue_is_said(clinic, boss):
    with pytest.raises(reissuing.NothingToReissue):
        reissuing.order_reissue(exercise=factories.exercise().exercise, clinic=clinic, why="x", by=boss)


def test_progress_tells_rate_and_time_left(pat, clinic, boss, django_assert_num_queries):
    for _ in range(4):
        factories.publication(pat)
    reissue = recall(clinic, boss)
    start = reissue.made_at
    rows = list(reissue.plans.all())
    for row in rows[:2]:
        row.state, row.done_at = ReissueState.UNCHANGED, start + timedelta(seconds=4)
        row.save()
    with django_assert_num_queries(3):
        progress = progress_of(reissue)
    assert (progress.done, progress.percent) == (2, 50)
    assert progress.a_second == pytest.approx(0.5)
    assert progress.left == timedelta(seconds=4)
