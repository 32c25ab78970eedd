"""Protocols at the plan's page: joined to what stands in the form, and made of a plan."""

import pytest
from django.urls import reverse

from plans.actions.protocols import retire_protocol
from plans.models import AuditEvent, Plan, Protocol
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted, rows, text_of

ADD = reverse("admin:plans_plan_add")


def page_of(plan):
    return reverse("admin:plans_plan_change", args=[plan.pk])


def save_page(plan):
    return reverse("admin:plans_plan_protocol", args=[plan.pk])


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


@pytest.fixture
def protocol(lead, clinic):
    revisions = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    return factories.protocol(lead, exercises=revisions, title="Disc, weeks 1-2", goals="Walk")


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.all()]


def test_a_new_plan_begins_with_a_protocol(desk, patient, protocol):
    shown = desk.get(ADD, {"patient": str(patient.pk), "protocol": str(protocol.pk)}, follow=True)
    data = posted(shown, "plan_form")
    assert data["protocol"] == str(protocol.pk)
    answer = desk.post(ADD, {**data, "_protocol": "1"}, follow=True)
    plan = Plan.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(plan)
    assert (plan.title, plan.goals, codes(plan)) == ("Disc, weeks 1-2", "Walk", ["one", "two"])
    assert plan.frequency == protocol.frequency
    assert "Added 2 exercises." in text_of(answer)
    # What the rules say stands there at once.
    assert "May be published" in text_of(answer) or "desk-finding" in answer.content.decode()


def test_what_was_typed_is_saved_with_it_and_what_was_left_out_is_named(desk, therapist, patient, protocol):
    plan = factories.plan(therapist, of=patient, exercises=[protocol.items.first().exercise.revisions.get()])
    data = posted(desk.get(page_of(plan)), "plan_form", **{"items-0-note": "slowly", "title": "My title"})
    answer = desk.post(page_of(plan), {**data, "protocol": str(protocol.pk), "_protocol": "1"}, follow=True)
    plan.refresh_from_db()
    assert (plan.title, codes(plan)) == ("My title", ["one", "two"])
    assert plan.items.first().note == "slowly"
    said = text_of(answer)
    assert "Added 1 exercise." in said
    assert "Left out: One (in the plan already)." in said
    assert AuditEvent.objects.filter(verb="plan.protocol_added", patient_id=patient.pk).count() == 1


def test_the_lead_reads_in_the_trail_what_joined(desk, therapist, patient, protocol, lead):
    plan = factories.plan(therapist, of=patient, exercises=[protocol.items.first().exercise.revisions.get()])
    data = {**posted(desk.get(page_of(plan)), "plan_form"), "protocol": str(protocol.pk), "_protocol": "1"}
    desk.post(page_of(plan), data)
    trail = text_of(signed_in(lead).get(reverse("admin:plans_auditevent_changelist")))
    assert "added a protocol" in trail
    assert "added 1, left out in plan one" in trail


def test_nothing_is_written_when_the_form_is_wrong_or_none_is_chosen(desk, therapist, patient, protocol):
    plan = factories.plan(therapist, of=patient, exercises=[])
    data = {**posted(desk.get(page_of(plan)), "plan_form"), "_protocol": "1"}
    assert any("required" in error for error in errors_of(desk.post(page_of(plan), data)))
    wrong = {**data, "protocol": str(protocol.pk), "days_per_week": "9"}
    assert errors_of(desk.post(page_of(plan), wrong))
    assert codes(plan) == []


def test_saving_does_not_add_what_stands_in_the_list(desk, therapist, patient, protocol):
    plan = factories.plan(therapist, of=patient, exercises=[])
    data = posted(desk.get(page_of(plan)), "plan_form", protocol=str(protocol.pk))
    desk.post(page_of(plan), {**data, "_save": "1"})
    assert codes(plan) == []
    assert any("required" in error for error in errors_of(desk.post(ADD, {**data, "title": ""})))


def test_other_clinics_protocols_and_retired_ones_are_no_choice(desk, therapist, patient, protocol, lead):
    foreign = factories.protocol(factories.lead(factories.clinic()), title="Of another clinic")
    retired = factories.protocol(lead, title="Gone")
    retire_protocol(protocol=retired, by=lead)
    plan = factories.plan(therapist, of=patient, exercises=[])
    shown = desk.get(page_of(plan))
    assert b"Of another clinic" not in shown.content
    assert b"Gone" not in shown.content
    data = posted(shown, "plan_form")
    for other in (foreign, retired):
        answer = desk.post(page_of(plan), {**data, "protocol": str(other.pk), "_protocol": "1"})
        assert any("Select a valid choice" in error for error in errors_of(answer))
    assert codes(plan) == []


def test_a_protocol_of_the_persons_other_clinic_is_refused_on_a_new_plan(desk, therapist, patient):
    elsewhere = factories.clinic()
    foreign = factories.protocol(factories.lead(elsewhere), title="Of another clinic")
    factories.clinics.give_role(person=therapist, clinic=elsewhere, role="therapist", by=None)
    data = {"patient": str(patient.pk), "title": "Back", **rows("items")}
    answer = desk.post(ADD, {**data, "protocol": str(foreign.pk), "_protocol": "1"})
    assert "another clinic" in text_of(answer)
    assert not Plan.objects.exists()


def test_what_fits_the_patient_comes_first(desk, therapist, clinic, lead, protocol):
    fitting = factories.protocol(lead, title="Weak legs", condition=factories.condition("muscle_weakness"))
    plan = factories.plan(therapist, exercises=[])
    page = desk.get(page_of(plan)).content.decode()
    assert page.index("Weak legs (muscle_weakness)") < page.index("Disc, weeks 1-2")
    assert Protocol.objects.count() == 2
    assert fitting.clinic == clinic


def test_without_protocols_the_page_offers_none(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    assert "Add a protocol" not in text_of(desk.get(page_of(plan)))


def test_a_lead_saves_a_plan_as_a_protocol(therapist, patient, lead):
    plan = factories.plan(therapist, of=patient, goals="Lift Mia", note="Ask your sister")
    desk = signed_in(lead)
    assert save_page(plan) in desk.get(page_of(plan)).content.decode()
    shown = desk.get(save_page(plan))
    # The patient has one condition: it is chosen already. The title is not, as a plan's may name the patient.
    assert 'value="" maxlength' not in shown.content.decode()
    condition = patient.conditions.get().condition
    assert f'value="{condition.pk}" selected' in shown.content.decode()
    answer = desk.post(save_page(plan), {"title": "Legs", "condition": str(condition.pk)})
    protocol = Protocol.objects.get()
    assert answer["Location"] == reverse("admin:plans_protocol_change", args=[protocol.pk])
    assert (protocol.title, protocol.condition, protocol.goals, protocol.note) == ("Legs", condition, "", "")
    taken = desk.post(save_page(plan), {"title": "Legs"})
    assert any("another title" in error for error in errors_of(taken))
    desk.post(save_page(plan), {"title": "Spoken", "with_words": "on"})
    assert Protocol.objects.get(title="Spoken").goals == "Lift Mia"


def test_a_therapist_does_not_save_protocols(desk, therapist, patient):
    plan = factories.plan(therapist, of=patient)
    assert save_page(plan) not in desk.get(page_of(plan)).content.decode()
    assert desk.get(save_page(plan)).status_code == 404
    assert desk.post(save_page(plan), {"title": "Legs"}).status_code == 404
    assert not Protocol.objects.exists()


def test_queries_of_saving_do_not_grow_with_exercises(
    therapist, clinic, patient, lead, django_assert_max_num_queries
):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(8)]
    plan = factories.plan(therapist, of=patient, exercises=revisions)
    desk = signed_in(lead)
    with django_assert_max_num_queries(12):
        desk.get(save_page(plan))
    with django_assert_max_num_queries(24):
        desk.post(save_page(plan), {"title": "Legs"})
