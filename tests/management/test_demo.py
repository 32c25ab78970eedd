"""How much the desk says of the demonstration's plan, and of a new acute patient's: the issue's numbers."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from plans.actions.patients import save_patient
from plans.actions.plans import save_plan
from plans.dose import Side
from plans.handout.formats import Format, Size
from plans.management import demo
from plans.management.demo_back import EXERCISES, condition_of, item_of
from plans.models import (
    Patient,
    PatientCondition,
    PatientSymptom,
    Plan,
    Reason,
    Rendering,
    RenderingState,
    Symptom,
)
from plans.queries.checks import check_plan
from tests.api.world import make_ready

pytestmark = pytest.mark.django_db
MOST_BEFORE = 5
MOST_ACUTE = 6


@pytest.fixture
def made():
    call_command("load_library", Path(settings.BASE_DIR) / "plans" / "library", verbosity=0)
    return demo.make_demo().publication.plan


def test_four_patients_have_plans_in_two_languages(made):
    others = demo.find_others()
    issued = [demo.find_demo(), *(publication for _, publication in others)]
    assert [one.plan_id for one in issued] == list(
        Plan.objects.order_by("patient__record_number").values_list("pk", flat=True)
    )
    assert [one.plan.patient.language for one in issued] == ["en", "es", "en", "es"]
    assert [json.loads(one.content.json)["language"] for one in issued] == ["en", "es", "en", "es"]
    back, knee, shoulder, falls = (one.plan for one in issued)
    assert back == made
    said = {json.loads(one.content.json)["clinic"]["disclaimer"] for one in issued}
    assert said == set(demo.DISCLAIMERS.values())
    regions = {plan: set(plan.items.values_list("revision__region", flat=True)) for plan in (knee, shoulder)}
    assert "knee" in regions[knee]
    assert "shoulder" in regions[shoulder]
    assert falls.patient.conditions.filter(condition__code="falls_risk").exists()
    operated = knee.patient.conditions.get()
    assert 14 <= (timezone.localdate() - operated.surgery_on).days < 21
    # Of a new right knee the right leg works, and of a protocol's exercises none is missing that the rules allow.
    sides = {item.dose.side for item in knee.items.all() if item.revision.one_sided}
    assert sides == {Side.RIGHT}
    assert [plan.items.count() for plan in (knee, shoulder, falls)] == [8, 4, 9]
    assert [len(plan.phases) for plan in (back, knee, shoulder, falls)] == [0, 1, 1, 1]
    assert not any(check_plan(plan).refusals for plan in (back, knee, shoulder, falls))


def test_who_reads_large_print_is_shown_with_the_file_in_large_print(made, capsys):
    for rendering in Rendering.objects.exclude(state=RenderingState.READY):
        make_ready(rendering)
    call_command("demo_pdf")
    said = dict(
        line.split(": ", 1) for line in capsys.readouterr().out.splitlines() if line.startswith("PDF")
    )
    shown = {what: Rendering.objects.get(pk=Path(file).stem) for what, file in said.items()}
    large = {what for what, rendering in shown.items() if rendering.format == Format(size=Size.LARGE).key}
    assert large == {"PDF of risk of falling, in Spanish and large print"}
    assert len(shown) == 4


def open_cards(client, plan):
    """Count the cards that the plan's page shows before a fold is opened."""
    client.force_login(plan.patient.therapist)
    page = client.get(reverse("admin:plans_plan_change", args=[plan.pk])).content.decode()
    place = page.partition('id="plan-findings"')[2].partition("</section>")[0]
    return place.partition("data-fold=")[0].count("data-card>")


def acute(plan):
    """A patient who comes with a week of leg pain, and the eight exercises of the demonstration."""
    like = plan.patient
    patient = Patient(
        clinic=like.clinic,
        therapist=like.therapist,
        name="Robin Acute",
        birth_date=like.birth_date,
        equipment=like.equipment,
    )
    week = timezone.localdate() - timedelta(days=7)
    save_patient(
        patient=patient,
        conditions=[
            PatientCondition(patient=patient, condition=condition_of("disc_herniation"), onset=week),
            PatientCondition(patient=patient, condition=condition_of("sciatica")),
        ],
        symptoms=[
            PatientSymptom(
                patient=patient, symptom=Symptom.objects.get(code="radiating_leg_pain", clinic=None)
            )
        ],
        by=like.therapist,
    )
    today = timezone.localdate()
    new = Plan(
        patient=patient,
        title="Eight",
        start_on=today,
        review_on=today + timedelta(days=28),
        times_per_day_min=1,
        times_per_day_max=1,
        days_per_week_min=7,
        days_per_week_max=7,
    )
    items = [item_of(code, order) for order, code in enumerate(EXERCISES, start=1)]
    return save_plan(plan=new, items=items, by=like.therapist)


def test_few_cards_before_the_reasons_and_none_after(made, client, record_property):
    after = open_cards(client, made)
    reasons = Reason.objects.filter(plan=made)
    given = reasons.values("words").distinct().count()
    reasons.delete()
    before = open_cards(client, made)
    findings, new = len(check_plan(made).findings), acute(made)
    at_first, found = open_cards(client, new), len(check_plan(new).findings)
    record_property("demo's plan, open cards before its reasons", f"{before} of {findings} findings")
    record_property("demo's plan, open cards after its reasons", f"{after} ({given} different words)")
    record_property("a new acute patient, open cards", f"{at_first} of {found} findings")
    assert 0 < before <= MOST_BEFORE
    assert after == 0
    assert 0 < at_first <= MOST_ACUTE
