"""A protocol beside a plan: the list, what it would do for this patient, and a plan begun from one."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from plans.actions.approving import withdraw
from plans.actions.protocols import retire_protocol
from plans.admin.plans.proposals.phases import phase_lines
from plans.libraryfiles import Level
from plans.models import Approval, Plan
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, text_of

pytestmark = pytest.mark.django_db
LIST_BUDGET = 15


@pytest.fixture
def client(therapist):
    return signed_in(therapist)


@pytest.fixture
def patient(therapist):
    row = factories.patient(therapist, has=("sciatica",))
    row.conditions.update(onset=factories.in_days(-12))
    return row


@pytest.fixture
def phases(clinic):
    for code, movement in (("stays", "supine"), ("goes", "supine"), ("comes", "supine"), ("bends", "prone")):
        factories.approved_exercise(clinic, code, movements=(movement,))
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",), rationale="bending hurts")
    early = factories.approved_library_protocol(
        clinic, "early", exercises=("stays", "goes", "bends"), next="late"
    )
    late = factories.approved_library_protocol(
        clinic, "late", exercises=("stays", "comes"), from_day=42, to_day=None,
        texts={"en": factories.protocol_text("Later")},
    )  # fmt: skip
    return early.protocol, late.protocol


def listed(client, plan):
    return client.get(reverse("admin:plans_plan_protocols", args=[plan.pk]))


def proposed(client, plan, protocol, **query):
    return client.get(reverse("admin:plans_plan_proposal", args=[plan.pk, protocol.pk]), query)


def start(protocol):
    return reverse("admin:plans_plan_start", args=[protocol.pk])


def test_what_fits_the_patient_today_comes_first_and_the_rest_is_folded(
    client, patient, phases, lead, therapist
):
    factories.condition("knee")
    factories.protocol(lead, title="For a knee", condition=factories.condition("knee"))
    plan = factories.plan(therapist, of=patient, exercises=[], follows=f"{phases[0].pk}")
    shown = text_of(listed(client, plan))

    assert shown.index("Beginning in this plan") < shown.index("Later") < shown.index("1 more")
    assert "Fits: day 12 since the onset." in shown
    assert "Day 12 since the onset: this phase begins on day 42." in shown
    assert "For a knee" in shown


def questions(ask):
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_the_list_and_the_phases_ask_as_much_for_nine_protocols_as_for_three(
    client, patient, phases, clinic, therapist, lead
):
    few = factories.plan(therapist, of=patient, exercises=[], follows=f"{phases[0].pk}")
    factories.protocol(lead, title="Own 0", condition=factories.condition("sciatica"))
    listed(client, few)
    of_few = questions(lambda: listed(client, few)), questions(lambda: phase_lines(Plan.objects.get()))
    for number in range(1, 4):
        factories.approved_library_protocol(clinic, f"more-{number}", exercises=("stays", "goes"))
        factories.protocol(lead, title=f"Own {number}", condition=factories.condition("sciatica"))
    Plan.objects.update(follows=f"{phases[0].pk} {phases[1].pk}")
    many = Plan.objects.get()

    assert text_of(listed(client, many)).count("Own ") == 4
    assert len(phase_lines(many)) == 2
    of_many = questions(lambda: listed(client, many)), questions(lambda: phase_lines(Plan.objects.get()))
    assert of_many == of_few
    assert of_many[0] <= LIST_BUDGET


def test_without_any_protocol_it_says_whence_they_come(client, therapist):
    assert "Your clinic has no protocol yet." in text_of(listed(client, factories.plan(therapist)))


def test_a_proposal_says_what_joins_what_is_there_and_what_is_against_it(
    client, patient, phases, clinic, therapist
):
    plan = factories.plan(therapist, of=patient, exercises=[factories.approved_exercise(clinic, "stays")])
    withdraw(
        approvals=Approval.objects.filter(revision__exercise__code="goes"), by=factories.reviewer(clinic)
    )
    answer = proposed(client, plan, phases[0], index=1)
    shown = text_of(answer)

    assert "Left out, unless you tick it: sciatica: bending hurts." in shown
    assert "There already, stays as it is image Stays" in shown
    assert "not approved in your clinic" in shown
    page = html.fromstring(answer.text)
    (offer,) = page.xpath("//template[@data-offer]")
    assert offer.xpath(".//input[@name='items-1-revision']")
    assert json.loads(page.get_element_by_id("proposal-edits").text)["set"]["follows"] == str(phases[0].pk)


def test_the_next_phase_is_shown_as_what_changes(client, patient, phases, therapist):
    stays, goes = (factories.approved_exercise(patient.clinic, code) for code in ("stays", "goes"))
    plan = factories.plan(therapist, of=patient, exercises=[stays, goes], follows=f"{phases[0].pk}")
    answer = proposed(client, plan, phases[1], goes_on=phases[0].pk)
    shown = text_of(answer)

    assert "The criterion is met: The leg is calm." in shown
    edits = json.loads(html.fromstring(answer.text).get_element_by_id("proposal-edits").text)
    kept, gone = plan.items.all()
    assert edits["remove"] == [str(gone.pk)]
    assert edits["doses"] == {str(kept.pk): {"sets": "", "repetitions": "5-10"}}
    assert edits["set"]["follows"] == str(phases[1].pk)
    assert plan.items.count() == 2


def test_a_protocol_that_is_not_approved_and_a_plan_of_somebody_else_are_not_there(
    client, phases, therapist, clinic
):
    plan = factories.plan(therapist)
    waits = factories.library_protocol("waits").protocol
    assert proposed(client, plan, waits).status_code == 404
    colleague = signed_in(factories.therapist(clinic))
    assert listed(colleague, plan).status_code == 404
    assert proposed(colleague, plan, phases[0]).status_code == 404


def test_a_proposal_asks_no_more_for_many_exercises(
    client, patient, clinic, therapist, django_assert_max_num_queries
):
    names = [f"one-{number}" for number in range(6)]
    for name in names:
        factories.approved_exercise(clinic, name)
    protocol = factories.approved_library_protocol(clinic, "many", exercises=tuple(names)).protocol
    plan = factories.plan(therapist, of=patient)
    with django_assert_max_num_queries(50):
        proposed(client, plan, protocol)


def test_a_plan_is_begun_with_what_was_ticked(client, patient, phases, clinic):
    asked = text_of(client.get(start(phases[0])))
    assert "Look at it for this patient" in asked
    shown = client.get(start(phases[0]), {"patient": patient.pk})
    assert "Fits: day 12 since the onset." in text_of(shown)
    assert not Plan.objects.exists()

    page = html.fromstring(shown.text)
    boxes = {box.get("value"): box.get("checked") for box in page.xpath("//input[@name='take']")}
    assert sorted(bool(checked) for checked in boxes.values()) == [False, True, True]
    client.post(start(phases[0]), {"patient": patient.pk, "take": list(boxes)})

    plan = Plan.objects.get()
    assert [item.revision.exercise.code for item in plan.items.all()] == ["stays", "goes", "bends"]
    assert (plan.start_on, plan.review_on) == (factories.in_days(0), factories.in_days(clinic.review_days))
    assert plan.times_per_day_min == clinic.usual_times_per_day


def test_the_lead_reads_in_the_trail_what_joined(client, patient, phases, lead):
    client.post(start(phases[0]), {"patient": patient.pk})
    trail = text_of(signed_in(lead).get(reverse("admin:plans_auditevent_changelist")))

    assert "added a protocol" in trail
    assert "added 0, left out not chosen stays, not chosen goes, against rules bends" in trail


def test_what_was_left_out_is_named_on_the_plans_page(client, patient, phases):
    shown = client.get(start(phases[0]), {"patient": patient.pk})
    ticked = html.fromstring(shown.text).xpath("//input[@name='take' and @checked]/@value")
    said = text_of(client.post(start(phases[0]), {"patient": patient.pk, "take": ticked}, follow=True))

    assert "Added 2 exercises." in said
    assert "Left out: Bends (the rules are against it for this patient)." in said


def test_protocols_of_another_clinic_and_retired_ones_begin_nothing(client, patient, lead):
    foreign = factories.protocol(factories.lead(factories.clinic()))
    retired = factories.protocol(lead, title="Gone")
    retire_protocol(protocol=retired, by=lead)
    for other in (foreign, retired):
        assert client.post(start(other), {"patient": patient.pk}).status_code == 404
    assert not Plan.objects.exists()


def test_nothing_is_begun_for_a_patient_of_somebody_else(client, phases, clinic):
    other = factories.patient(factories.therapist(clinic))
    answer = client.post(start(phases[0]), {"patient": other.pk})

    assert errors_of(answer)
    assert not Plan.objects.exists()


def test_a_plans_page_shows_its_phase_and_what_follows(client, patient, phases, therapist):
    plan = factories.plan(therapist, of=patient, follows=f"{phases[0].pk}:time")
    shown = text_of(client.get(reverse("admin:plans_plan_change", args=[plan.pk])))

    assert "Beginning 1 of 2 by time Fits: day 12 since the onset." in shown
    assert "Next phase: Later" in shown


def offered(client, plan):
    return client.get(f"{reverse('admin:plans_plan_protocols', args=[plan.pk])}?offers=1").content.decode()


def test_an_empty_plan_is_offered_what_is_for_the_patient_today(client, therapist, patient, phases):
    plan = factories.plan(therapist, of=patient, exercises=())
    said = offered(client, plan)
    assert "Begin with a protocol:" in said
    assert "3 exercises" in said
    assert "Later" not in said
    other = factories.plan(therapist, of=factories.patient(therapist), exercises=())
    assert "Begin with" not in offered(client, other)


def test_what_the_plan_has_already_is_not_added_again(client, phases, patient):
    answer = client.post(start(phases[0]), {"patient": str(patient.pk), "take": []}, follow=True)
    plan = Plan.objects.get(patient=patient)
    assert answer.status_code == 200
    assert "data-apply" in proposed(client, plan, phases[0]).content.decode()
    take = [str(line.exercise.pk) for line in proposed(client, plan, phases[0]).context["page"].joins]
    plan.delete()
    client.post(start(phases[0]), {"patient": str(patient.pk), "take": take})
    again = proposed(client, Plan.objects.get(patient=patient), phases[0]).content.decode()
    assert "data-apply" not in again
    assert "The plan has all of it already." in again
