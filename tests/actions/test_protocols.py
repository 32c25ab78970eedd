from datetime import date

import pytest
from django.db import IntegrityError, transaction

from plans.actions import exercises
from plans.actions import items as item_rows
from plans.actions import plans as plan_actions
from plans.actions import protocols as protocol_actions
from plans.actions.texts import TextTooLong, Unprintable
from plans.dose import Dose, Span
from plans.languages import UnknownLanguage
from plans.models import Advice, AuditEvent, Condition, Protocol, ProtocolItem, User
from plans.permissions import NotAllowed, protocols_of
from tests import factories

pytestmark = pytest.mark.django_db


def codes(protocol):
    return [item.exercise.code for item in protocol.items.all()]


def test_a_protocol_is_written_with_its_items_in_order(lead):
    first, second = factories.exercise("a"), factories.exercise("b")
    protocol = factories.protocol(lead, exercises=[second, first])
    assert codes(protocol) == ["b", "a"]
    assert AuditEvent.objects.filter(verb="protocol.made", object_id=str(protocol.pk)).exists()


def test_a_library_admin_may_write_and_others_may_not(clinic):
    protocol = factories.protocol(factories.library_admin(clinic))
    for stranger in (
        factories.therapist(clinic),
        factories.reviewer(clinic),
        factories.lead(factories.clinic()),
        factories.person(is_superuser=True),
    ):
        for act in (
            protocol_actions.save_protocol,
            protocol_actions.retire_protocol,
            protocol_actions.restore_protocol,
        ):
            with pytest.raises(NotAllowed):
                act(protocol=protocol, by=stranger)


def test_a_therapist_keeps_own_ones_which_the_clinics_writers_may_change_too(clinic, lead):
    own, colleague = factories.therapist(clinic), factories.therapist(clinic)
    protocol = factories.protocol(own, title="My knees")
    assert (protocol.kept_by, factories.protocol(lead).kept_by) == (own, None)
    assert protocol in protocols_of(colleague)

    protocol.title = "My hips"
    protocol_actions.save_protocol(protocol=protocol, by=own)
    protocol_actions.retire_protocol(protocol=protocol, by=own)
    protocol_actions.restore_protocol(protocol=protocol, by=lead)
    with pytest.raises(NotAllowed):
        protocol_actions.retire_protocol(protocol=protocol, by=colleague)
    own.memberships.all().delete()
    with pytest.raises(NotAllowed):
        protocol_actions.retire_protocol(protocol=protocol, by=User.objects.get(pk=own.pk))


def test_whoever_works_in_the_clinic_reads_its_protocols_and_nobody_else(clinic, lead):
    protocol = factories.protocol(lead)
    for person in (lead, factories.therapist(clinic), factories.reviewer(clinic)):
        assert list(protocols_of(person)) == [protocol]
    for stranger in (factories.lead(factories.clinic()), factories.person(is_superuser=True)):
        assert not protocols_of(stranger).exists()


def test_a_protocol_stays_with_its_clinic(clinic):
    other = factories.clinic()
    both = factories.lead(clinic)
    factories.clinics.give_role(person=both, clinic=other, role="lead", by=None)
    protocol = factories.protocol(both, at=clinic)
    protocol.clinic = other
    with pytest.raises(NotAllowed):
        protocol_actions.save_protocol(protocol=protocol, by=both)


def test_what_is_not_in_the_clinics_library_is_refused(lead):
    other = factories.clinic()
    foreign = factories.exercise("own", clinic=other, by=factories.library_admin(other))
    with pytest.raises(item_rows.NotInLibrary):
        factories.protocol(lead, exercises=[foreign])
    condition = Condition.objects.create(code="own", name="own", clinic=other)
    with pytest.raises(item_rows.NotInLibrary):
        factories.protocol(lead, condition=condition)
    assert not Protocol.objects.exists()


def test_an_impossible_dose_writes_nothing(lead):
    item = factories.protocol_item(factories.exercise().exercise, dose=Dose(repetitions=Span(0, 0)))
    with pytest.raises(item_rows.ImpossibleDose, match="Repetitions"):
        factories.protocol(lead, items=[item])
    assert not Protocol.objects.exists()


def test_too_many_items_are_refused(lead, monkeypatch):
    monkeypatch.setattr(item_rows, "MAX_ITEMS", 1)
    revision = factories.exercise()
    with pytest.raises(item_rows.TooManyItems):
        factories.protocol(lead, exercises=[revision, revision])


@pytest.mark.parametrize("field", ["title", "goals", "note"])
def test_what_cannot_be_printed_is_refused(lead, field):
    with pytest.raises(Unprintable):
        factories.protocol(lead, **{field: "Back 🦴"})


def test_the_database_refuses_a_day(lead):
    protocol = factories.protocol(lead)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProtocolItem.objects.create(
            protocol=protocol, exercise=factories.exercise().exercise, until=date(2030, 1, 1)
        )


def test_items_not_named_stay_and_removed_ones_go(lead):
    protocol = factories.protocol(lead, exercises=[factories.exercise("a"), factories.exercise("b")])
    gone = protocol.items.get(exercise__code="a")
    protocol_actions.save_protocol(protocol=protocol, removed=[gone.pk], by=lead)
    assert codes(protocol) == ["b"]
    assert protocol.items.get().order == 1


def test_a_title_is_used_once_in_a_clinic_until_it_is_retired(lead):
    first = factories.protocol(lead, title="Disc, weeks 1-2")
    factories.protocol(factories.lead(factories.clinic()), title="Disc, weeks 1-2")
    with pytest.raises(protocol_actions.ProtocolTitleTaken):
        factories.protocol(lead, title="Disc, weeks 1-2")
    protocol_actions.retire_protocol(protocol=first, by=lead)
    second = factories.protocol(lead, title="Disc, weeks 1-2")
    with pytest.raises(protocol_actions.ProtocolTitleTaken):
        protocol_actions.restore_protocol(protocol=first, by=lead)
    protocol_actions.retire_protocol(protocol=second, by=lead)
    assert protocol_actions.restore_protocol(protocol=first, by=lead).retired_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Protocol.objects.create(clinic=first.clinic, title=first.title)


def test_an_exercise_of_a_protocol_is_retired_not_deleted(clinic, lead):
    admin = factories.library_admin(clinic)
    own = factories.exercise("own", clinic=clinic, by=admin)
    factories.protocol(lead, exercises=[own])
    with pytest.raises(exercises.ExerciseStillNamed, match="1 plan"):
        exercises.delete_exercise(exercise=own.exercise, by=admin)


@pytest.fixture
def spoken_plan(lead, clinic):
    """A plan of the lead's patient with words and a day in every place that can hold them."""
    plan = factories.plan(lead, goals="Lift Mia", note="Ask your sister", days_per_week_max=7)
    item = plan.items.get()
    item.note, item.extra_caution, item.load = "As in May", "Your left hip", "red band"
    item.until = factories.in_days(60)
    therapies = [Advice.objects.create(code="tens", kind="therapy")]
    return plan_actions.save_plan(plan=plan, items=[item], therapies=therapies, by=lead)


def test_a_plan_is_saved_without_what_was_written_for_its_patient(lead, spoken_plan):
    condition = factories.condition()
    protocol = protocol_actions.save_as_protocol(plan=spoken_plan, title="Disc", condition=condition, by=lead)
    assert (protocol.title, protocol.condition, protocol.clinic) == (
        "Disc",
        condition,
        spoken_plan.patient.clinic,
    )
    assert (protocol.goals, protocol.note, protocol.guidance) == ("", "", "")
    assert protocol.frequency == spoken_plan.frequency
    assert [advice.code for advice in protocol.therapies.all()] == ["tens"]
    row, item = protocol.items.get(), spoken_plan.items.get()
    assert (row.note, row.extra_caution, row.until) == ("", "", None)
    assert (row.exercise, row.dose.repetitions, row.load) == (
        item.revision.exercise,
        item.dose.repetitions,
        "red band",
    )


@pytest.mark.parametrize("offers", [True, False])
def test_a_plan_is_saved_with_what_it_offers_those_who_cannot(lead, spoken_plan, offers):
    spoken_plan.items.update(offers_easier=offers)
    protocol = protocol_actions.save_as_protocol(plan=spoken_plan, title="Disc", by=lead)
    assert protocol.items.get().offers_easier is offers


def test_a_plan_is_saved_with_its_words_when_asked(lead, spoken_plan):
    protocol = protocol_actions.save_as_protocol(plan=spoken_plan, title="Disc", with_words=True, by=lead)
    row = protocol.items.get()
    assert (protocol.goals, protocol.note) == ("Lift Mia", "Ask your sister")
    assert (row.note, row.extra_caution, row.until) == ("As in May", "Your left hip", None)


def test_who_may_not_see_the_plan_or_write_protocols_saves_none(clinic):
    owner = factories.therapist(clinic)
    plan = factories.plan(owner)
    for stranger in (
        factories.therapist(clinic), factories.library_admin(clinic), factories.lead(factories.clinic())
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            protocol_actions.save_as_protocol(plan=plan, title="Disc", by=stranger)
    assert protocol_actions.save_as_protocol(plan=plan, title="Disc", by=factories.lead(clinic))


def test_protocols_follow_each_other_by_phase_window_and_criteria(lead):
    second = factories.protocol(lead, phase="2 of 2")
    first = factories.protocol(
        lead,
        phase="1 of 2",
        window_anchor="surgery",
        window_from_day=0,
        window_to_day=42,
        go_on_when={"en": " Walks freely. ", "es": "Camina bien."},
        next=second,
    )
    stored = Protocol.objects.get(pk=first.pk)
    assert stored.next == second
    assert stored.go_on_when == {"en": "Walks freely.", "es": "Camina bien."}


@pytest.mark.parametrize(
    ("window", "attribute"),
    [
        (("", 0, None), "window_anchor"),
        (("surgery", None, 7), "window_from_day"),
        (("surgery", 7, 7), "window_to_day"),
        (("surgery", 0, 9999), "window_from_day"),
    ],
)
def test_a_window_that_cannot_be_is_refused(lead, window, attribute):
    columns = dict(zip(("window_anchor", "window_from_day", "window_to_day"), window, strict=True))
    with pytest.raises(protocol_actions.ImpossibleWindow) as refused:
        factories.protocol(lead, **columns)
    assert refused.value.attribute == attribute
    assert not Protocol.objects.exists()


def test_what_follows_is_of_the_clinic_and_ends_somewhere(lead):
    third = factories.protocol(lead)
    second = factories.protocol(lead, next=third)
    first = factories.protocol(lead, next=second)
    foreign = factories.protocol(factories.lead(factories.clinic()))
    for protocol, follows in ((third, first), (third, foreign), (third, third)):
        protocol.next = follows
        with pytest.raises(protocol_actions.NextNotFitting):
            protocol_actions.save_protocol(protocol=protocol, by=lead)
    assert Protocol.objects.get(pk=third.pk).next is None


@pytest.mark.parametrize(
    ("criteria", "error"), [({"xx": "Go on."}, UnknownLanguage), ({"en": "x" * 301}, TextTooLong)]
)
def test_criteria_are_in_a_language_of_handouts_and_short(lead, criteria, error):
    with pytest.raises(error):
        factories.protocol(lead, go_on_when=criteria)
