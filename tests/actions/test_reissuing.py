from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import plans as plan_actions
from plans.actions import reissuing
from plans.actions.exercises import recall_exercise
from plans.content import from_json
from plans.handout.formats import Copy, Format
from plans.models import Publication, Reissue, ReissuedPlan, ReissueState, Rendering, RenderingState
from plans.permissions import NotAllowed
from plans.queries.reissues import progress_of
from tests import factories

pytestmark = pytest.mark.django_db


def recall(clinic, lead):
    """The exercise gets a better revision, and its plans are ordered again."""
    exercise = factories.approved_exercise(clinic, source="a better guide").exercise
    return reissuing.order_reissue(exercise=exercise, clinic=clinic, why="Recall", by=lead)


def go_on(reissue):
    """Take the present turn, as the worker does when it is woken."""
    reissue.refresh_from_db()
    reissuing.go_on(reissue=reissue, turn=reissue.turn)


def states(reissue):
    return sorted(reissue.plans.values_list("state", flat=True))


def test_active_plans_are_issued_again_with_the_newest_revision(pat, clinic, lead):
    first = factories.publication(pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    row = reissue.plans.get()
    assert (row.state, row.publication.number) == (ReissueState.ISSUED, 2)
    old, new = (from_json(row.content.json).items[0] for row in (first, row.publication))
    assert old.revision_id != new.revision_id
    assert Rendering.objects.get(content=row.publication.content).bulk


def test_a_draft_that_someone_works_on_is_left_for_a_person(pat, clinic, lead):
    publication = factories.publication(pat)
    publication.plan.title = "Half an edit"
    plan_actions.save_plan(plan=publication.plan, by=pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    row = reissue.plans.get()
    assert (row.state, row.codes) == (ReissueState.REFUSED, ["draft_differs"])
    assert Publication.objects.count() == 1


def test_an_easier_exercise_that_was_left_off_since_is_an_edit(pat, clinic, lead):
    publication = factories.publication(pat)
    publication.plan.items.update(offers_easier=False)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert reissue.plans.get().codes == ["draft_differs"]


def test_what_the_patient_holds_counts_and_not_the_draft(pat, clinic, lead):
    """The exercise is gone from the draft, which nobody published: the patient goes on doing it."""
    publication = factories.publication(pat)
    kept = factories.item(factories.approved_exercise(clinic, "bridge"))
    gone = publication.plan.items.get()
    plan_actions.save_plan(plan=publication.plan, items=[kept], removed=[gone.pk], by=pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    row = reissue.plans.get()
    assert (row.plan, row.state, row.codes) == (publication.plan, ReissueState.REFUSED, ["draft_differs"])
    assert Publication.objects.count() == 1


def test_an_exercise_that_only_the_draft_holds_is_nothing_to_issue(pat, clinic, lead):
    publication = factories.publication(pat)
    added = factories.approved_exercise(clinic, "bridge")
    plan_actions.save_plan(plan=publication.plan, items=[factories.item(added)], by=pat)
    with pytest.raises(reissuing.NothingToReissue):
        reissuing.order_reissue(exercise=added.exercise, clinic=clinic, why="Recall", by=lead)


def test_only_the_newest_version_counts(pat, clinic, lead):
    first = factories.publication(pat)
    kept = factories.item(factories.approved_exercise(clinic, "bridge"))
    gone = first.plan.items.get()
    plan_actions.save_plan(plan=first.plan, items=[kept], removed=[gone.pk], by=pat)
    factories.publication(pat, of_plan=first.plan)
    with pytest.raises(reissuing.NothingToReissue):
        recall(clinic, lead)


def test_an_id_in_words_that_a_person_typed_is_not_taken_for_the_exercise(pat, clinic, lead):
    other = factories.approved_exercise(clinic, "bridge")
    plan = factories.plan(pat, note=f'"revision_id":"{other.pk}"')
    factories.publication(pat, of_plan=plan)
    with pytest.raises(reissuing.NothingToReissue):
        reissuing.order_reissue(exercise=other.exercise, clinic=clinic, why="Recall", by=lead)


def test_a_draft_with_another_therapy_is_left_for_a_person(pat, clinic, lead):
    publication = factories.publication(pat)
    plan_actions.save_plan(plan=publication.plan, therapies=[factories.therapy(clinic)], by=pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert reissue.plans.get().codes == ["draft_differs"]


def test_a_therapy_that_was_printed_is_no_difference(pat, clinic, lead):
    plan = factories.plan(pat)
    plan_actions.save_plan(plan=plan, therapies=[factories.therapy(clinic)], by=pat)
    factories.publication(pat, of_plan=plan)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert states(reissue) == [ReissueState.ISSUED]


def test_a_plan_that_fails_unforeseen_is_given_up_and_holds_no_other_up(pat, clinic, lead, monkeypatch):
    monkeypatch.setattr(reissuing, "AT_ONCE", 1)
    woken = []
    monkeypatch.setattr(reissuing, "enqueue_reissue", lambda reissue: woken.append(reissue.turn))
    for _ in range(3):
        factories.publication(pat)
    reissue = recall(clinic, lead)
    broken = reissue.plans.order_by("pk").first().plan_id
    differs = reissuing.draft_differs

    def break_one(plan, last):
        if plan.pk == broken:
            raise ZeroDivisionError
        return differs(plan, last)

    monkeypatch.setattr(reissuing, "draft_differs", break_one)
    broken_off = 0
    while broken_off < reissuing.MAX_TRIES:
        try:
            go_on(reissue)
        except ZeroDivisionError:
            broken_off += 1
    assert states(reissue) == [ReissueState.ISSUED] * 2 + [ReissueState.WAITING]
    go_on(reissue)
    row = reissue.plans.get(plan=broken)
    assert (row.state, row.codes) == (ReissueState.REFUSED, ["given_up"])
    assert "broke off 3 times" in row.because[0]
    assert woken == list(range(reissuing.MAX_TRIES + 3))


def test_what_the_rules_refuse_is_left_for_a_person_and_undone(pat, clinic, lead):
    publication = factories.publication(pat)
    exercise = publication.plan.items.get().revision.exercise
    recall_exercise(exercise=exercise, clinic=clinic, by=lead)
    reissue = reissuing.order_reissue(exercise=exercise, clinic=clinic, why="Recall", by=lead)
    go_on(reissue)
    row = reissue.plans.get()
    assert row.state == ReissueState.REFUSED
    assert "revision_not_approved" in row.codes
    assert publication.plan.items.get().revision.number == 1


def test_a_revision_that_waits_for_review_is_taken_by_nobody(pat, clinic, lead):
    publication = factories.publication(pat)
    exercise = factories.exercise(source="not approved yet").exercise
    reissue = reissuing.order_reissue(exercise=exercise, clinic=clinic, why="Recall", by=lead)
    go_on(reissue)
    assert states(reissue) == [ReissueState.UNCHANGED]
    assert publication.plan.items.get().revision.number == 1


def test_nothing_changed_makes_no_new_version(pat, clinic, lead):
    exercise = factories.publication(pat).plan.items.get().revision.exercise
    reissue = reissuing.order_reissue(exercise=exercise, clinic=clinic, why="To be sure", by=lead)
    go_on(reissue)
    assert states(reissue) == [ReissueState.UNCHANGED]


def test_it_goes_on_in_small_steps_and_wakes_itself(pat, clinic, lead, monkeypatch):
    monkeypatch.setattr(reissuing, "AT_ONCE", 2)
    woken = []
    monkeypatch.setattr(reissuing, "enqueue_reissue", lambda reissue: woken.append(reissue.pk))
    for _ in range(3):
        factories.publication(pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert progress_of(reissue).done == 2
    go_on(reissue)
    assert states(reissue) == [ReissueState.ISSUED] * 3
    assert len(woken) == 2


def test_a_stalled_one_is_woken(pat, clinic, lead, monkeypatch):
    factories.publication(pat)
    reissue = recall(clinic, lead)
    woken = []
    monkeypatch.setattr(reissuing, "enqueue_reissue", lambda reissue: woken.append(reissue.pk))
    reissuing.enqueue_stalled()
    assert woken == []
    Reissue.objects.update(task_sent_at=timezone.now() - timedelta(minutes=10))
    for _ in range(3):
        reissuing.enqueue_stalled()
    assert woken == [reissue.pk]


def test_messages_that_come_again_issue_nothing_and_wake_nobody(pat, clinic, lead, monkeypatch):
    monkeypatch.setattr(reissuing, "AT_ONCE", 1)
    woken = []
    monkeypatch.setattr(reissuing, "enqueue_reissue", lambda reissue: woken.append(reissue.turn))
    for _ in range(4):
        factories.publication(pat)
    reissue = recall(clinic, lead)
    assert woken == [0]
    for _ in range(3):  # of a sweep, while the first was only late
        reissuing.go_on(reissue=reissue, turn=0)
    assert progress_of(reissue).done == 1
    assert woken == [0, 1]


def test_a_plan_done_by_another_worker_is_not_issued_twice(pat, clinic, lead):
    factories.publication(pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    reissuing._issue_one(reissue.plans.get().pk)
    assert Publication.objects.count() == 2


def test_other_clinics_plans_are_not_touched(pat, clinic, lead):
    factories.publication(pat)
    other = factories.clinic()
    factories.publication(factories.therapist(other))
    reissue = recall(clinic, lead)
    assert ReissuedPlan.objects.get().plan.patient.clinic == clinic
    assert progress_of(reissue).total == 1


def test_only_a_lead_orders_and_only_for_the_own_clinic(pat, clinic, lead):
    exercise = factories.publication(pat).plan.items.get().revision.exercise
    for by, at in ((pat, clinic), (lead, factories.clinic())):
        with pytest.raises(NotAllowed):
            reissuing.order_reissue(exercise=exercise, clinic=at, why="x", by=by)


def test_nothing_to_reissue_is_said(clinic, lead):
    with pytest.raises(reissuing.NothingToReissue):
        reissuing.order_reissue(exercise=factories.exercise().exercise, clinic=clinic, why="x", by=lead)


def test_progress_tells_rate_and_time_left(pat, clinic, lead, django_assert_num_queries):
    for _ in range(4):
        factories.publication(pat)
    reissue = recall(clinic, lead)
    start = reissue.created_at
    rows = list(reissue.plans.all())
    for row in rows[:2]:
        row.state, row.finished_at = ReissueState.UNCHANGED, start + timedelta(seconds=4)
        row.save()
    with django_assert_num_queries(2):
        progress = progress_of(reissue)
    assert (progress.done, progress.percent) == (2, 50)
    assert progress.a_second == pytest.approx(0.5)
    assert progress.left == timedelta(seconds=4)


def test_progress_counts_the_files_of_the_issued_the_clinicians_too(pat, clinic, lead):
    factories.approved_rule(clinic, condition="muscle_weakness")  # else record and content are one row
    both = [factories.PATIENT_COPY, Format(copy=Copy.CLINICIAN)]
    for _ in range(2):
        factories.publication(pat, formats=both)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert progress_of(reissue).files_waiting == Rendering.objects.filter(bulk=True).count() == 4
    first = Rendering.objects.filter(pk=Rendering.objects.filter(bulk=True).first().pk)
    first.update(
        state=RenderingState.FAILED, error_code="x", finished_at=reissue.created_at + timedelta(hours=1)
    )
    progress = progress_of(reissue)
    assert (progress.files_waiting, progress.files_failed, progress.percent) == (3, 1, 50)
    assert progress.left == timedelta(hours=1)


def test_progress_expects_files_of_the_plans_that_wait(pat, clinic, lead, monkeypatch):
    monkeypatch.setattr(reissuing, "AT_ONCE", 1)
    for _ in range(2):
        factories.publication(pat)
    reissue = recall(clinic, lead)
    go_on(reissue)
    assert progress_of(reissue).percent == 25


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(minutes=2), "2 minutes"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=2, hours=1), "2 days"),
    ],
)
def test_the_time_left_is_said_in_its_largest_unit(left, words, pat, clinic, lead):
    factories.publication(pat)
    assert replace(progress_of(recall(clinic, lead)), left=left).left_in_words == words
