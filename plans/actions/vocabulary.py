"""Movements, conditions and symptoms: what the rules read in them is kept as versions, as a change may weaken it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from plans import audit
from plans.actions.shared_rows import write_changed, write_shared
from plans.contraindications import check_circles
from plans.libraryfiles import ConditionData, MovementData, SymptomData
from plans.models import AuditVerb, Condition, Movement, Symptom, VocabularyRevision
from plans.models.vocabulary import ENTRIES, ONE_AT_A_TIME

Word = Movement | Condition | Symptom
Said = dict[Word, Mapping[str, Any]]
"""What each entry says to the rules, by the columns of a version."""
NOTHING_SAID: Mapping[str, Any] = {
    "implies": [],
    "parent": "",
    "treat_cause_first": False,
    "red_flag": "",
    "sided": False,
    "ask_which": False,
    "region": "",
}


def write_vocabulary(
    *,
    movements: Sequence[MovementData],
    conditions: Sequence[ConditionData],
    symptoms: Sequence[SymptomData],
) -> int:
    """Write what is new or changed in the shared movements, conditions and symptoms; return how many changed.

    Their names and other words are overwritten. What the rules read in them becomes a new version, and what was said
    before counts beside it until a clinic's reviewer approves the change: of sides, kinds that are asked for and
    regions it counts alone. Raises CircularVocabulary.
    """
    before = _said_now()
    _write_movements(movements)
    _write_conditions(conditions)
    _write_symptoms(symptoms)
    after = _said_now()
    check_circles(
        movements={row.code: said["implies"] for row, said in after.items() if isinstance(row, Movement)},
        conditions={
            row.code: said["parent"] or None for row, said in after.items() if isinstance(row, Condition)
        },
    )
    return _keep_versions(before, after)


def _said_now() -> Said:
    said: Said = {}
    for movement in Movement.objects.filter(clinic=None).prefetch_related("implies"):
        said[movement] = {**NOTHING_SAID, "implies": sorted(wider.code for wider in movement.implies.all())}
    for condition in Condition.objects.filter(clinic=None).select_related("parent"):
        parent = condition.parent.code if condition.parent else ""
        facts = {name: getattr(condition, name) for name in ("treat_cause_first", *ONE_AT_A_TIME)}
        said[condition] = {**NOTHING_SAID, "parent": parent, **facts}
    for symptom in Symptom.objects.filter(clinic=None):
        said[symptom] = {**NOTHING_SAID, "red_flag": symptom.red_flag}
    return said


def _keep_versions(before: Said, after: Said) -> int:
    """Write a version for each change, and the first one of what has none yet; return how many changed."""
    newest = {
        version.entry: version
        for version in VocabularyRevision.objects.filter(newest=True).select_related(*ENTRIES)
    }
    first = [_version(row, 1, before.get(row, now)) for row, now in after.items() if row not in newest]
    VocabularyRevision.objects.bulk_create(first)
    newest.update((version.entry, version) for version in first)
    changed = [(newest[row], row, now) for row, now in after.items() if newest[row].says() != now]
    for version, row, now in changed:
        VocabularyRevision.objects.filter(pk=version.pk).update(newest=False)
        made = _version(row, version.number + 1, now)
        made.save()
        detail: dict[str, audit.Detail] = {"code": row.code, "number": made.number}
        audit.append(verb=AuditVerb.VOCABULARY_REVISED, by=None, what=made, detail=detail)
    return len(changed)


def _version(row: Word, number: int, said: Mapping[str, Any]) -> VocabularyRevision:
    return VocabularyRevision(**{str(row._meta.model_name): row}, number=number, **said)


def _write_movements(entries: Iterable[MovementData]) -> None:
    for data in entries:
        said = {"name": data.name, "meaning": data.meaning, "sources": list(data.sources)}
        write_shared(Movement, data.code, said)
    known = {movement.code: movement for movement in Movement.objects.filter(clinic=None)}
    for data in entries:
        known[data.code].implies.set(known[wider] for wider in data.implies)


def _write_conditions(entries: Iterable[ConditionData]) -> None:
    for data in entries:
        write_shared(
            Condition,
            data.code,
            {
                "name": data.name,
                "also": list(data.also),
                "icd10": list(data.icd10),
                "dates": list(data.dates),
                "treat_cause_first": data.treat_cause_first,
                "sided": data.sided,
                "ask_which": data.ask_which,
                "region": data.region or "",
                "source": data.source,
                "sources": list(data.sources),
            },
        )
    known = {condition.code: condition for condition in Condition.objects.filter(clinic=None)}
    for data in entries:
        write_changed(known[data.code], {"parent_id": known[data.parent].pk if data.parent else None})


def _write_symptoms(entries: Iterable[SymptomData]) -> None:
    for order, data in enumerate(entries, start=1):
        write_shared(
            Symptom,
            data.code,
            {
                "name": data.name,
                "red_flag": data.red_flag or "",
                "region": data.region or "",
                "order": order,
                "source": data.source,
                "sources": list(data.sources),
            },
        )
