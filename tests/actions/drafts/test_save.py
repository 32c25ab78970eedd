"""Changes of a draft: each is taken over, stands against another's, or is refused in words; none is lost or doubled."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from plans.actions import plans as plan_actions
from plans.actions.advice import retire_advice
from plans.actions.apply_protocol import add_protocol
from plans.actions.draft_log import ChangedMeanwhile, drop_old_changes
from plans.actions.drafts.changes import Accepted, AddItem, Conflict, MoveItem, Refused, RemoveItem, SetField
from plans.actions.drafts.save import save_draft_changes
from plans.actions.exercises import retire_exercise
from plans.actions.leaflets import retire_leaflet
from plans.dose import Span
from plans.libraryfiles import Level
from plans.models import AuditEvent, DraftChange, OutboxEvent, Patient, Plan, PlanItem, Reason, Rendering
from plans.permissions import NotAllowed
from plans.queries.checks import check_plan
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def revisions(clinic):
    return [factories.approved_exercise(clinic, name) for name in ("one", "two", "three")]


@pytest.fixture
def plan(pat, revisions):
    return factories.plan(pat, exercises=revisions)


@pytest.fixture
def colleague(clinic):
    """Who leads the clinic may write at its plans too."""
    return factories.lead(clinic, first_name="Sam", last_name="Lee")


def items_of(plan):
    return list(plan.items.all())


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.select_related("revision__exercise")]


def change(field, base, value, item=None):
    return SetField(id=uuid4(), item=item and item.pk, field=field, base=base, value=value)


def added(revision, *after, **values):
    return AddItem(
        id=uuid4(),
        item=uuid4(),
        revision=revision.pk,
        after=tuple(item.pk for item in after),
        values=values,
    )


def moved(item, *after):
    return MoveItem(id=uuid4(), item=item.pk, after=tuple(other.pk for other in after))


def removed(item, **base):
    return RemoveItem(id=uuid4(), item=item.pk, base=base)


def save(plan, *changes, by, seen=None, **more):
    number = Plan.objects.get(pk=plan.pk).draft_number if seen is None else seen
    return save_draft_changes(plan=plan, changes=changes, seen=number, by=by, **more)


def only(saved):
    (outcome,) = saved.outcomes.values()
    return outcome


# --- Taken over --------------------------------------------------------------------------------------------------


def test_a_field_is_written(pat, plan):
    first = items_of(plan)[0]
    saved = save(
        plan,
        change("title", "Back plan", "Knee plan"),
        change("times_per_day", Span(1, 1), Span(2, 3)),
        change("hold_seconds", None, Span(5, 5), first),
        change("note", "", "slowly", first),
        by=pat,
    )

    assert {type(outcome) for outcome in saved.outcomes.values()} == {Accepted}
    plan.refresh_from_db()
    assert (plan.title, plan.frequency.times_per_day, plan.draft_number) == ("Knee plan", Span(2, 3), 1)
    first.refresh_from_db()
    assert (first.dose.hold_seconds, first.note) == (Span(5, 5), "slowly")


def test_an_exercise_joins_behind_the_one_that_it_was_put_behind(pat, plan, clinic):
    fresh = factories.approved_exercise(clinic, "four")
    first = items_of(plan)[0]

    save(plan, added(fresh, first, repetitions=Span(9, 9), note="new"), by=pat)

    assert codes(plan) == ["one", "four", "two", "three"]
    item = items_of(plan)[1]
    assert (item.dose.repetitions, item.note) == (Span(9, 9), "new")
    assert [item.order for item in items_of(plan)] == [1, 2, 3, 4]


def test_one_whose_neighbour_went_joins_behind_the_next_that_is_there(pat, plan, clinic):
    first, second, _ = items_of(plan)
    save(plan, removed(second), by=pat)

    save(plan, added(factories.approved_exercise(clinic, "four"), second, first), by=pat)

    assert codes(plan) == ["one", "four", "three"]


def test_exercises_are_moved_and_removed(pat, plan):
    _, second, third = items_of(plan)

    save(plan, moved(third), removed(second, note=""), by=pat)

    assert codes(plan) == ["three", "one"]


def test_a_removed_exercise_comes_back_under_its_id(pat, plan):
    second = items_of(plan)[1]
    save(plan, removed(second), by=pat)

    again = AddItem(
        id=uuid4(),
        item=second.pk,
        revision=second.revision_id,
        after=(items_of(plan)[0].pk,),
        values={"note": "again"},
    )
    save(plan, again, by=pat)

    assert codes(plan) == ["one", "two", "three"]
    assert PlanItem.objects.get(pk=second.pk).note == "again"


def test_an_exercise_is_replaced_in_its_place(pat, plan, clinic):
    easier = factories.approved_exercise(clinic, "easier")
    first = items_of(plan)[0]

    save(plan, change("revision", first.revision_id, easier.pk, first), by=pat)

    assert codes(plan) == ["easier", "two", "three"]


def test_therapies_and_leaflets_are_ticked_one_by_one(pat, plan, clinic, colleague):
    massage, heat = factories.therapy(clinic), factories.therapy(clinic, "heat", "Heat is part of it.")
    leaflet = factories.approved_leaflet(clinic)

    save(plan, change(f"therapies:{massage.pk}", False, True), by=pat)
    save(plan, change(f"therapies:{heat.pk}", False, True), by=colleague, seen=0)
    save(plan, change(f"leaflets:{leaflet.pk}", False, True), by=pat)
    save(plan, change(f"therapies:{massage.pk}", True, False), by=pat)

    assert list(plan.therapies.all()) == [heat]
    assert list(plan.leaflets.all()) == [leaflet]


def test_a_page_says_which_protocols_the_plan_goes_by_and_the_trail_has_it(pat, plan):
    first, second = uuid4(), uuid4()
    save(plan, change("follows", "", f"{first}"), by=pat)
    save(plan, change("follows", f"{first}", f"{second}:met"), by=pat)

    assert [phase.because for phase in Plan.objects.get().phases] == ["met"]
    joined, entered = (
        AuditEvent.objects.get(verb=f"plan.{verb}").detail for verb in ("protocol_added", "phase_entered")
    )
    assert joined == {"protocol": str(first)}
    assert entered == {"from": str(first), "to": str(second), "because": "met"}

    save(plan, change("follows", f"{second}:met", f"{first}"), by=pat)
    assert [phase.protocol for phase in Plan.objects.get().phases] == [first]


@pytest.mark.parametrize(
    "written",
    ["x", "0:met", f"{UUID(int=1)}:because", " ".join(str(UUID(int=each)) for each in range(9))],
    ids=["a word", "no id", "no reason", "nine"],
)
def test_what_no_page_writes_is_refused(pat, plan, written):
    saved = save(plan, change("follows", "", written), by=pat)
    (outcome,) = saved.outcomes.values()
    assert (type(outcome), outcome.code) == (Refused, "no_such_phase")
    assert Plan.objects.get().follows == ""


def test_repetitions_go_when_a_time_comes_in_whichever_order_they_are_sent(pat, plan):
    first = items_of(plan)[0]
    saved = save(
        plan,
        change("duration_seconds", None, Span(60, 60), first),
        change("repetitions", first.dose.repetitions, None, first),
        by=pat,
    )

    assert {type(outcome) for outcome in saved.outcomes.values()} == {Accepted}


# --- Once --------------------------------------------------------------------------------------------------------


def test_what_is_sent_again_counts_once(pat, plan, colleague, clinic):
    """The answer was lost, and meanwhile somebody else went on from it."""
    mine = change("title", "Back plan", "Knee plan")
    fresh = added(factories.approved_exercise(clinic, "four"))
    save(plan, mine, fresh, by=pat)
    save(plan, change("title", "Knee plan", "Hip plan"), by=colleague)

    again = save(plan, mine, fresh, by=pat, seen=0)

    assert {type(outcome) for outcome in again.outcomes.values()} == {Accepted}
    assert Plan.objects.get().title == "Hip plan"
    assert codes(plan) == ["four", "one", "two", "three"]
    assert [(row.field, row.created_by) for row in again.meanwhile] == [("title", colleague)]


def test_two_who_write_the_same_agree(pat, plan, colleague):
    save(plan, change("title", "Back plan", "Knee plan"), by=colleague)

    agreed = change("title", "Back plan", "Knee plan")
    assert isinstance(only(save(plan, agreed, by=pat, seen=0)), Accepted)

    save(plan, change("title", "Knee plan", "Back plan"), by=colleague)
    save(plan, agreed, by=pat, seen=0)
    assert Plan.objects.get().title == "Back plan"


def test_a_change_of_another_plan_is_not_taken_for_this_one(pat, plan):
    other, mine = factories.plan(pat), change("title", "Back plan", "Knee plan")
    save(other, mine, by=pat)

    assert isinstance(only(save(plan, mine, by=pat)), Refused)
    assert Plan.objects.get(pk=plan.pk).title == "Back plan"


# --- Against another's -------------------------------------------------------------------------------------------


def test_two_at_different_fields_never_meet(pat, plan, colleague):
    first = items_of(plan)[0]
    save(plan, change("note", "", "slowly", first), by=colleague)

    saved = save(plan, change("sets", first.dose.sets, Span(3, 3), first), by=pat, seen=0)

    assert isinstance(only(saved), Accepted)
    first.refresh_from_db()
    assert (first.note, first.dose.sets) == ("slowly", Span(3, 3))
    assert [(row.item_id, row.field) for row in saved.meanwhile] == [(first.pk, "note")]


def test_two_at_one_field_see_both(pat, plan, colleague):
    save(plan, change("title", "Back plan", "Hip plan"), by=colleague)

    conflict = only(save(plan, change("title", "Back plan", "Knee plan"), by=pat, seen=0))

    assert isinstance(conflict, Conflict)
    assert (conflict.by, conflict.theirs) == (str(colleague), {"title": "Hip plan"})
    assert conflict.at == DraftChange.objects.get().created_at
    assert Plan.objects.get().title == "Hip plan"


def test_the_rest_of_a_set_is_written_though_one_conflicts(pat, plan, colleague):
    save(plan, change("title", "Back plan", "Hip plan"), by=colleague)

    save(plan, change("title", "Back plan", "Knee plan"), change("goals", "", "Stairs"), by=pat, seen=0)

    assert (Plan.objects.get().title, Plan.objects.get().goals) == ("Hip plan", "Stairs")


def test_a_row_that_one_removed_and_the_other_edited(pat, plan, colleague):
    first, second, _ = items_of(plan)
    save(plan, removed(first), by=colleague)
    save(plan, change("note", "", "slowly", second), by=colleague)

    edit = only(save(plan, change("note", "", "mine", first), by=pat, seen=0))
    remove = only(save(plan, removed(second, note=""), by=pat, seen=0))

    assert isinstance(edit, Conflict)
    assert (edit.by, edit.theirs) == (str(colleague), None)
    assert isinstance(remove, Conflict)
    assert remove.theirs["note"] == "slowly"
    assert codes(plan) == ["two", "three"]


def test_a_row_that_both_removed_is_gone(pat, plan, colleague):
    first = items_of(plan)[0]
    save(plan, removed(first), by=colleague)

    assert isinstance(only(save(plan, removed(first), by=pat, seen=0)), Accepted)


def test_a_row_that_both_brought_back_is_there_once(pat, plan, colleague):
    first = items_of(plan)[0]
    save(plan, removed(first), by=pat)

    def back(**values):
        return AddItem(id=uuid4(), item=first.pk, revision=first.revision_id, values=values)

    save(plan, back(note=""), by=colleague)

    assert isinstance(only(save(plan, back(note=""), by=pat)), Accepted)
    assert isinstance(only(save(plan, back(note="mine"), by=pat)), Conflict)
    assert codes(plan) == ["one", "two", "three"]


def test_moves_of_different_exercises_join_and_of_one_conflict(pat, plan, colleague):
    first, second, third = items_of(plan)
    save(plan, moved(third), by=colleague)

    joined = only(save(plan, moved(first, second), by=pat, seen=0))
    conflict = only(save(plan, moved(third, second), by=pat, seen=0))

    assert isinstance(joined, Accepted)
    assert isinstance(conflict, Conflict)
    assert conflict.by == str(colleague)
    assert codes(plan) == ["three", "two", "one"]


def test_a_conflict_whose_row_is_not_kept_any_more_names_nobody(pat, plan, colleague):
    save(plan, change("title", "Back plan", "Hip plan"), by=colleague)
    DraftChange.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert drop_old_changes() == 1

    conflict = only(save(plan, change("title", "Back plan", "Knee plan"), by=pat, seen=0))

    assert (conflict.by, conflict.at) == ("somebody", None)


# --- Refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "base", "value", "words"),
    [
        ("title", "Back plan", "", "nothing to be seen"),
        ("goals", "", "x" * 10_000, "more than 600 characters"),
        ("start_on", None, date(2099, 1, 1), "two years ahead"),
        ("times_per_day", Span(1, 1), Span(40, 40), "Times a day: 40 is above 10."),
    ],
)
def test_what_the_plan_cannot_say_is_refused_and_the_rest_is_written(pat, plan, field, base, value, words):
    Plan.objects.update(start_on=None, review_on=None)

    wrong = change(field, base, value)
    saved = save(plan, wrong, change("note", "", "kept"), by=pat)

    assert words in saved.outcomes[wrong.id].words
    assert Plan.objects.get().note == "kept"


def test_a_review_before_the_start_is_refused(pat, plan):
    assert (
        "before the start"
        in only(save(plan, change("review_on", plan.review_on, date(2020, 1, 1)), by=pat)).words
    )


def test_an_impossible_dose_is_refused(pat, plan):
    first = items_of(plan)[0]
    assert (
        "Hold: 900 is above 300"
        in only(save(plan, change("hold_seconds", None, Span(900, 900), first), by=pat)).words
    )
    first.refresh_from_db()
    assert first.dose.hold_seconds is None


def test_an_exercise_that_was_retired_in_mid_edit(pat, plan, clinic):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    save(plan, added(own), by=pat)
    held = items_of(plan)[0]
    retire_exercise(exercise=own.exercise, by=admin)

    refused = only(save(plan, added(own), by=pat))
    edited = only(save(plan, change("note", "", "slowly", held), by=pat))

    assert "not offered any more" in refused.words
    assert isinstance(edited, Accepted)


def test_another_clinics_exercise_or_leaflet_is_not_taken(pat, plan):
    other = factories.clinic()
    theirs = factories.exercise("theirs", clinic=other, by=factories.library_admin(other))

    assert isinstance(only(save(plan, added(theirs), by=pat)), Refused)
    assert isinstance(only(save(plan, change(f"leaflets:{uuid4()}", False, True), by=pat)), Refused)


def test_a_row_of_another_plan_cannot_be_taken_over(pat, plan, revisions):
    stolen = items_of(factories.plan(pat))[0]
    take = AddItem(id=uuid4(), item=stolen.pk, revision=revisions[0].pk, values={})

    assert isinstance(only(save(plan, take, by=pat)), Refused)
    assert isinstance(only(save(plan, change("note", "", "mine", stolen), by=pat)), Conflict)
    stolen.refresh_from_db()
    assert stolen.note == ""


def test_too_many_exercises_are_refused(pat, plan, revisions, monkeypatch):
    monkeypatch.setattr("plans.actions.drafts.open_draft.MAX_ITEMS", 3)

    assert "at most 3" in only(save(plan, added(revisions[0]), by=pat)).words


def test_a_draft_whose_patient_was_handed_over(pat, plan, clinic):
    Patient.objects.filter(pk=plan.patient_id).update(therapist=factories.therapist(clinic))

    with pytest.raises(NotAllowed):
        save(plan, change("title", "Back plan", "Knee plan"), by=pat)
    assert Plan.objects.get().title == "Back plan"


# --- The trail, webhooks, files ----------------------------------------------------------------------------------


def test_the_trail_gets_one_line_in_a_quarter_of_an_hour_for_each_person(pat, plan, colleague):
    AuditEvent.objects.filter(object_id=str(plan.pk)).update(
        created_at=timezone.now() - timedelta(minutes=16)
    )
    for title in ("a", "b", "c"):
        save(plan, change("title", Plan.objects.get().title, title), by=pat)
    lines = AuditEvent.objects.filter(object_id=str(plan.pk), verb="plan.changed")
    assert lines.count() == 1

    save(plan, change("goals", "", "Stairs"), by=colleague)
    assert lines.count() == 2
    lines.update(created_at=timezone.now() - timedelta(minutes=16))
    save(plan, change("title", "c", "d"), by=pat)
    assert lines.count() == 3
    assert DraftChange.objects.count() == 5


def test_saving_tells_no_webhook_makes_no_version_and_asks_for_no_file(
    pat, plan, clinic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as told:
        save(plan, change("title", "Back plan", "Knee plan"), by=pat)
    assert told == []

    with django_capture_on_commit_callbacks() as told:
        save(plan, *(added(factories.approved_exercise(clinic, f"new-{n}")) for n in range(3)), by=pat)
    assert len(told) == 1
    assert not OutboxEvent.objects.exists()
    assert not Rendering.objects.exists()
    assert not plan.publications.exists()


# --- Reasons -----------------------------------------------------------------------------------------------------


def test_a_reason_is_kept_and_one_whose_finding_went_is_not(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(pat, of=factories.patient(pat, has=("sciatica",)))
    (asked,) = [finding.fingerprint for finding in check_plan(plan).findings if finding.needs_reason]

    saved = save(plan, by=pat, reasons={asked: "Eased in the clinic.", "gone": "No matter."})

    assert Reason.objects.get().words == "Eased in the clinic."
    assert saved.refused_reasons == {}
    too_long = save(plan, by=pat, reasons={asked: "x" * 10_000})
    assert "more than 400" in too_long.refused_reasons[asked]
    assert Reason.objects.count() == 1


# --- All other ways of writing -----------------------------------------------------------------------------------


def test_a_plan_that_is_written_whole_is_held_to_what_it_was_read_at(pat, plan, colleague):
    read = Plan.objects.get(pk=plan.pk)
    third = items_of(plan)[2]
    save(plan, change("title", "Back plan", "Hip plan"), change("note", "", "x", third), by=colleague)

    read.goals = "Stairs"
    with pytest.raises(ChangedMeanwhile, match=f"{colleague}: title, exercise 3"):
        plan_actions.save_plan(plan=read, by=pat)
    assert Plan.objects.get().goals == ""


def test_what_is_written_whole_is_logged_field_by_field(pat, plan, clinic):
    first, second, third = items_of(plan)
    first.note, third.order = "slowly", 0
    plan.title = "Knee plan"
    therapy = factories.therapy(clinic)
    plan_actions.save_plan(plan=plan, items=[first, third], removed=[second.pk], therapies=[therapy], by=pat)

    logged = {(row.item_id, row.field) for row in DraftChange.objects.all()}
    assert logged == {
        (None, "title"),
        (None, f"therapies:{therapy.pk}"),
        (second.pk, "removed"),
        (first.pk, "note"),
        (third.pk, "place"),
        (first.pk, "place"),
    }
    assert Plan.objects.get().draft_number == 1


@pytest.mark.parametrize(
    ("write", "field"),
    [
        (lambda plan, lead: plan_actions.order_by_position(plan=plan, by=lead), "place"),
        (lambda plan, lead: plan_actions.take_newest_revisions(plan=plan, by=lead), "revision"),
        (
            lambda plan, lead: add_protocol(
                plan=plan,
                protocol=factories.protocol(
                    lead, exercises=[factories.approved_exercise(plan.patient.clinic, "five")]
                ),
                by=lead,
            ),
            "added",
        ),
    ],
)
def test_every_other_way_of_writing_counts_the_draft_up(pat, clinic, colleague, write, field):
    standing = factories.approved_exercise(clinic, "standing", position="standing")
    plan = factories.plan(
        pat,
        exercises=[factories.approved_exercise(clinic), standing, factories.approved_exercise(clinic, "b")],
    )
    factories.approved_exercise(clinic, source="a better guide")

    write(plan, colleague)

    assert Plan.objects.get(pk=plan.pk).draft_number == 1
    assert field in set(DraftChange.objects.values_list("field", flat=True))


def test_what_the_library_has_retired_is_unticked_and_not_ticked(pat, plan, clinic):
    massage, heat = factories.therapy(clinic), factories.therapy(clinic, "heat", "Heat is part of it.")
    held, other = factories.approved_leaflet(clinic), factories.approved_leaflet(clinic, "other")
    save(plan, change(f"therapies:{massage.pk}", False, True), by=pat)
    save(plan, change(f"leaflets:{held.pk}", False, True), by=pat)
    for row in (massage, heat):
        retire_advice(row)
    for row in (held, other):
        retire_leaflet(row)

    for name, row in (("therapies", heat), ("leaflets", other)):
        assert isinstance(only(save(plan, change(f"{name}:{row.pk}", False, True), by=pat)), Refused)
    for name, row in (("therapies", massage), ("leaflets", held)):
        assert isinstance(only(save(plan, change(f"{name}:{row.pk}", True, False), by=pat)), Accepted)
    assert (plan.therapies.count(), plan.leaflets.count()) == (0, 0)
