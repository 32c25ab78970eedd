"""(k): what the check costs that the plan's page asks for half a second after the last key: 8 exercises, 3 conditions.

The check of release 0.4.0, to compare with, is too much to keep a copy of; docs/scaling.md says how it was measured.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.samples import demo_publication
from bench.timing import side_by_side
from plans.actions import patients
from plans.actions import plans as plan_actions
from plans.admin.base import throttle
from plans.management.demo_back import EXERCISES, condition_of, item_of
from plans.models import Patient, PatientCondition, PatientSymptom, Plan, RuleRevision, Symptom, User
from tests.admin.forms import posted

CONDITIONS = ("disc_herniation", "sciatica", "osteoporosis")
FEW = 48
"""The highest number of a rule in release 0.4.0, which had 46 of them."""
QUERIES_BEFORE = 36
"""How often release 0.4.0 asked the database for one check of this plan."""
OK = 200


def measure(*, rounds: int) -> dict[str, dict[str, float]]:
    """Give times (ms) and queries of one check, with the whole library and with the rules of 0.4.0; keeps nothing."""
    found = {}
    with transaction.atomic(), patch.object(throttle, "PREVIEWS_A_MINUTE", 10**9):
        ask = _asker(_plan())
        found["all rules"] = _timed(ask, rounds)
        few = [f"rule-{number}" for number in range(1, FEW + 1)]
        RuleRevision.objects.exclude(rule__code__in=few).update(retired=True)
        found["rules of 0.4.0"] = _timed(ask, rounds)
        transaction.set_rollback(True)
    return found


def _timed(ask: Callable[[], None], rounds: int) -> dict[str, float]:
    times = side_by_side({"check": ask}, rounds=rounds)["check"]
    with CaptureQueriesContext(connection) as asked:
        ask()
    return {**times.to_dict(), "queries": len(asked)}


def _plan() -> Plan:
    demo = demo_publication().plan
    plan = Plan(
        patient=_patient(demo.patient),
        title="A plan to check",
        start_on=demo.start_on,
        review_on=demo.review_on,
        times_per_day_min=1,
        times_per_day_max=1,
    )
    items = [item_of(code, order) for order, code in enumerate(EXERCISES, start=1)]
    return plan_actions.save_plan(plan=plan, items=items, by=demo.patient.therapist)


def _patient(like: Patient) -> Patient:
    therapist: User = like.therapist
    onset = timezone.localdate() - timedelta(days=30)
    patient = Patient(
        clinic=like.clinic,
        therapist=therapist,
        name="Sam Check",
        birth_date=date(1950, 4, 12),
        equipment=like.equipment,
    )
    return patients.save_patient(
        patient=patient,
        conditions=[
            PatientCondition(patient=patient, condition=condition_of(code), onset=onset)
            for code in CONDITIONS
        ],
        symptoms=[
            PatientSymptom(
                patient=patient, symptom=Symptom.objects.get(code="radiating_leg_pain", clinic=None)
            )
        ],
        by=therapist,
    )


def _asker(plan: Plan) -> Callable[[], None]:
    client, address = Client(SERVER_NAME="localhost"), reverse("admin:plans_plan_check", args=[plan.pk])
    client.force_login(plan.patient.therapist)
    fields = _fields(client, plan)

    def ask() -> None:
        answer = client.post(address, fields)
        if answer.status_code != OK or b"plan-findings" not in answer.content:
            raise RuntimeError(f"the check answered {answer.status_code}")

    return ask


def _fields(client: Client, plan: Plan) -> dict[str, Any]:
    """Read the form from the page; its static files need not be collected for that."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        page = client.get(reverse("admin:plans_plan_change", args=[plan.pk]))
    fields: dict[str, Any] = posted(page, "plan_form")
    return fields
