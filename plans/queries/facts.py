"""A plan and its patient as the engine's PlanFacts; the plan and its items may still be unsaved."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from plans.contraindications import (
    Clearance,
    ConditionFacts,
    ItemFacts,
    LeafletFacts,
    LimitFacts,
    Meaning,
    MovementSide,
    Operated,
    PlanFacts,
    RedFlag,
    SymptomFacts,
    unrecorded,
)
from plans.diagnoses import ConditionNames
from plans.dose import Span
from plans.models import Clinic, Patient, PatientLimit, Plan, PlanItem
from plans.queries.diagnoses import condition_names, read_diagnoses
from plans.queries.exercises import Chosen
from plans.queries.rules import vocabulary_for


def facts_of(
    plan: Plan,
    items: Sequence[PlanItem],
    *,
    chosen: Mapping[UUID, Chosen],
    today: date,
    language: str,
    language_ready: bool,
    names: Callable[[Clinic], ConditionNames] = condition_names,
    leaflets: Sequence[LeafletFacts] = (),
) -> PlanFacts:
    """Copy what the engine needs.

    `language` is that of the copy to print, or printed. `chosen` holds the revisions; an item of another was deleted
    from the library.
    """
    patient = plan.patient
    return PlanFacts(
        today=today,
        birth_date=patient.birth_date,
        start_date=plan.start_on,
        review_date=plan.review_on,
        frequency=plan.frequency,
        language=language,
        language_ready=language_ready,
        equipment=frozenset(patient.equipment),
        needs_pain_control=patient.pain_control_first,
        symptoms=_symptoms(patient),
        conditions=_conditions(patient),
        limits=_limits(patient),
        diagnoses=read_diagnoses(patient.diagnoses, patient.clinic, names=names),
        items=items_of(items, chosen),
        leaflets=tuple(leaflets),
    )


def named_conditions(patient: Patient) -> list[Meaning]:
    if not patient.diagnoses.strip():
        return []
    vocabulary = vocabulary_for(patient.clinic)
    diagnoses = read_diagnoses(patient.diagnoses, patient.clinic)
    facts = PlanFacts(today=patient.clinic.today(), conditions=_conditions(patient), diagnoses=diagnoses)
    return unrecorded(facts, vocabulary)


_CLEARED = ("cleared_by", "cleared_on", "cleared_how")


def _symptoms(patient: Patient) -> tuple[SymptomFacts, ...]:
    rows = patient.symptoms.values_list(
        "symptom__code", "symptom__name", "symptom__red_flag", "noted_on", *_CLEARED
    )
    return tuple(
        SymptomFacts(
            code=code,
            name=name,
            red_flag=RedFlag(flag) if flag else None,
            noted_on=noted_on,
            clearance=Clearance(by=by, on=on, how=how),
        )
        for code, name, flag, noted_on, by, on, how in rows
    )


def _conditions(patient: Patient) -> tuple[ConditionFacts, ...]:
    rows = patient.conditions.values_list(
        "condition__code",
        "condition__name",
        "side",
        "recorded_as",
        "onset",
        "surgery_on",
        "due_on",
        "operated",
        *_CLEARED,
    )
    return tuple(
        ConditionFacts(
            code=code,
            name=name,
            side=side,
            recorded_as=tuple(recorded_as),
            onset=onset,
            surgery=surgery,
            due_date=due,
            operated=Operated(operated) if operated else None,
            clearance=Clearance(by=by, on=on, how=how),
        )
        for code, name, side, recorded_as, onset, surgery, due, operated, by, on, how in rows
    )


def _limits(patient: Patient) -> tuple[LimitFacts, ...]:
    return tuple(limit_facts(row) for row in patient.limits.select_related("movement"))


def limit_facts(row: PatientLimit) -> LimitFacts:
    return LimitFacts(
        words=row.words,
        said_by=row.said_by,
        said_on=row.said_on,
        until=row.until,
        movement=row.movement.code if row.movement else "",
        movement_name=row.movement.name if row.movement else "",
        side=row.side,
        at_most=row.at_most,
        unit=row.unit,
        clearance=Clearance(by=row.cleared_by, on=row.cleared_on, how=row.cleared_how),
    )


def items_of(items: Sequence[PlanItem], chosen: Mapping[UUID, Chosen]) -> tuple[ItemFacts, ...]:
    return tuple(_item(item, chosen.get(item.revision_id)) for item in items)


def _item(item: PlanItem, chosen: Chosen | None) -> ItemFacts:
    if chosen is None:
        return _deleted(item)
    revision = chosen.revision
    return ItemFacts(
        key=str(item.pk),
        exercise_code=revision.exercise.code,
        name=chosen.name,
        position=revision.position,
        movements=chosen.movements,
        dose=item.dose,
        revision_id=str(revision.pk),
        revision_number=revision.number,
        in_use_number=chosen.in_use_number,
        revision_state=chosen.revision_state,
        text_state=chosen.text_state,
        retired=revision.exercise.retired_on is not None,
        one_sided=revision.one_sided,
        safe={field: Span(low, high) for field, (low, high) in revision.safe.items()},
        equipment=frozenset(revision.equipment),
        sides={code: MovementSide(side) for code, side in revision.movement_sides.items()},
        disagreement=revision.disagreement,
    )


def _deleted(item: PlanItem) -> ItemFacts:
    """An issued exercise that the library has no more: without movements, so that it is never an all-clear."""
    return ItemFacts(
        key=str(item.pk),
        exercise_code=str(item.revision_id),
        name="",
        position="",
        movements=frozenset(),
        dose=item.dose,
        revision_id=str(item.revision_id),
        retired=True,
    )
