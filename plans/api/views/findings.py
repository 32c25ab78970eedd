"""Findings for conditions and exercises that are not stored, and never will be by this call."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.patient_facts import check_unstored_facts
from plans.api.exceptions import refuse
from plans.api.lookups.clinics import named_clinic
from plans.api.lookups.conditions import read_conditions
from plans.api.lookups.item_rows import read_plan_items
from plans.api.lookups.library import by_codes
from plans.api.lookups.limit_rows import read_limits
from plans.api.permissions import Call
from plans.api.serializers.findings import serialize_findings
from plans.api.serializers.publications import CheckSerializer
from plans.api.serializers.questions import QuestionInputSerializer
from plans.api.viewsets.base import ApiViewSet
from plans.contraindications import (
    Clearance,
    ConditionFacts,
    Operated,
    RedFlag,
    SymptomFacts,
    blocking,
    measure_burden,
    open_questions,
)
from plans.models import Clinic, Patient, Plan, Symptom
from plans.queries.checks import check_unstored
from plans.queries.facts import limit_facts

PLAN_FIELDS = {
    "start_on",
    "review_on",
    *(f"{name}_{end}" for name in ("times_per_day", "days_per_week") for end in ("min", "max")),
}


class FindingViewSet(ApiViewSet):
    """What the rules say, without a patient and without storing anything."""

    calls = {"create": Call("findings:read", permissions.may_read_library)}
    serializer_class = QuestionInputSerializer

    @extend_schema(
        summary="Ask for findings",
        description="Stores nothing. `item` of a finding is the id that you gave to the item, or one made up in the "
        "order of the list.",
        request=QuestionInputSerializer,
        responses={200: CheckSerializer},
    )
    def create(self, request: Request) -> Response:
        given = self.body()
        clinic = named_clinic(
            given.pop("clinic", None),
            among=permissions.clinics_with(self.person),
            several="You work in several clinics: say in which.",
            unknown="You do not work in such a clinic.",
        )
        check_unstored_facts(
            birth=given.get("birth_date"),
            conditions=given.get("conditions", []),
            symptoms=given.get("symptoms", []),
            limits=given.get("limits", []),
            today=clinic.today(),
        )
        patient = Patient(
            clinic=clinic,
            birth_date=given.get("birth_date"),
            language=given.get("language", clinic.language),
            diagnoses=given.get("diagnoses", ""),
            equipment=given.get("equipment", []),
            pain_control_first=given.get("pain_control_first", False),
        )
        plan = Plan(patient=patient, **{name: given[name] for name in PLAN_FIELDS & given.keys()})
        names = [item.pop("id", None) for item in given.get("items", [])]
        if len(set(names) - {None}) < len(names) - names.count(None):
            refuse("items", "An id is given twice.", "given_twice")
        items, _ = read_plan_items(given.get("items", []), plan=plan, clinic=clinic)
        for item, name in zip(items, names, strict=True):
            item.pk = name or item.pk
        answer = check_unstored(
            plan,
            items,
            conditions=_conditions(given.get("conditions", []), clinic),
            symptoms=_symptoms(given.get("symptoms", []), clinic),
            limits=[limit_facts(row) for row in read_limits(given.get("limits", []), patient)],
        )
        burden = measure_burden(answer.facts)
        stops, unanswered = blocking(answer.findings), open_questions(answer.findings, {})
        return Response(
            {
                "findings": serialize_findings(answer.findings, answer.causes),
                "may_be_published": bool(answer.facts.items) and not stops and not unanswered,
                "stops": len(stops),
                "unanswered": len(unanswered),
                "minutes_per_day": round(burden.minutes_per_day),
                "position_changes": burden.position_changes,
            }
        )


def _conditions(given: Sequence[dict[str, Any]], clinic: Clinic) -> list[ConditionFacts]:
    return [
        ConditionFacts(
            code=named.condition.code,
            name=named.condition.name,
            side=named.side or "",
            recorded_as=tuple(named.recorded_as),
            onset=named.told.get("onset"),
            surgery=named.told.get("surgery_on"),
            due_date=named.told.get("due_on"),
            operated=Operated(named.told["operated"]) if named.told.get("operated") else None,
            clearance=_clearance(named.told),
        )
        for named in read_conditions(given, clinic)
    ]


def _symptoms(given: Sequence[dict[str, Any]], clinic: Clinic) -> list[SymptomFacts]:
    cleared = {place for place, told in enumerate(given) if told.get("cleared_on")}
    known = by_codes(Symptom, [told["symptom"]["code"] for told in given], clinic, "symptoms", again=cleared)
    return [_symptom(told, known[told["symptom"]["code"]]) for told in given]


def _symptom(given: dict[str, Any], symptom: Symptom) -> SymptomFacts:
    return SymptomFacts(
        code=symptom.code,
        name=symptom.name,
        red_flag=RedFlag(symptom.red_flag) if symptom.red_flag else None,
        noted_on=given.get("noted_on"),
        clearance=_clearance(given),
    )


def _clearance(given: dict[str, Any]) -> Clearance:
    return Clearance(
        by=given.get("cleared_by", ""), on=given.get("cleared_on"), how=given.get("cleared_how", "")
    )
