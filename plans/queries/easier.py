"""What a patient may do who cannot do an exercise: its easier one, where the clinic and the rules let it pass."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef

from plans.content import EasierContent, PlanContent
from plans.contraindications import Finding, Level
from plans.contraindications.finding import item_finding
from plans.dose import Dose, Side
from plans.models import Clinic, ExerciseInUse, ExerciseRevision, ExerciseText, PlanItem
from plans.queries.approvals import standing
from plans.queries.checks import PlanCheck, check_others, check_plan
from plans.queries.library_snapshot import LibrarySnapshot


def easier_ones(check: PlanCheck, *, library: LibrarySnapshot | None = None) -> Mapping[UUID, EasierContent]:
    """Return what may be done in the place of each item of a plan, by the item's id."""
    wanted = {
        item.pk: check.chosen[item.revision_id].revision.easier_step_id
        for item in check.items
        if item.offers_easier
    }
    listed = {check.chosen[item.revision_id].revision.exercise_id: item for item in check.items}
    found = {
        pk: _listed(check, listed[easier]) for pk, easier in wanted.items() if easier and easier in listed
    }
    others = {pk: easier for pk, easier in wanted.items() if easier and easier not in listed}
    return {**found, **(_checked(check, others, library) if others else {})}


def easier_names(
    revisions: Collection[ExerciseRevision], *, clinic: Clinic, language: str
) -> Mapping[UUID, str]:
    """Return what the easier exercise of each revision is called, by its id; without one approved it is left out.

    Whether it fits a patient is asked of a plan alone, by easier_ones.
    """
    wanted = {row.pk: row.easier_step_id for row in revisions if row.easier_step_id}
    if not wanted:
        return {}
    in_use = ExerciseInUse.objects.filter(
        clinic=clinic, exercise__in=wanted.values(), exercise__retired_on=None
    )
    approved = Exists(standing(clinic).filter(text=OuterRef("pk")))
    texts = ExerciseText.objects.filter(approved, revision__in=in_use.values("revision"), language=language)
    names = dict(texts.values_list("revision__exercise", "name"))
    return {pk: names[easier] for pk, easier in wanted.items() if easier in names}


def misfits(
    content: PlanContent, check: PlanCheck, *, library: LibrarySnapshot | None
) -> tuple[Finding, ...]:
    """Return a finding for each easier exercise on an issued sheet that the rules would not let pass by now."""
    rows, keys = [], {}
    for item in content.items:
        if item.easier and item.easier.number is None:
            row = PlanItem(id=uuid4(), plan=check.plan, revision_id=UUID(item.easier.revision_id))
            row.dose = replace(
                item.easier.dose,
                times_per_day=item.dose.times_per_day,
                days_per_week=item.dose.days_per_week,
            )
            rows.append(row)
            keys[row.pk] = (item, item.easier)
    if not rows:
        return ()
    again = check_plan(check.plan, rows, library=library, issued_in=content.language)
    return tuple(_misfit(item.key, easier) for pk, (item, easier) in keys.items() if not _fits(again, pk))


def _misfit(key: str, easier: EasierContent) -> Finding:
    message = (
        f"{easier.name}, which the sheet offers for those who cannot do this one, is not right any more."
    )
    return item_finding("easier_does_not_fit", (key, easier.revision_id), message, "Publish the plan again.")


def _listed(check: PlanCheck, item: PlanItem) -> EasierContent:
    chosen = check.chosen[item.revision_id]
    return EasierContent(
        exercise_code=chosen.revision.exercise.code,
        revision_id=str(chosen.revision.pk),
        name=chosen.name,
        number=check.items.index(item) + 1,
    )


def _checked(
    check: PlanCheck, wanted: Mapping[UUID, UUID], library: LibrarySnapshot | None
) -> dict[UUID, EasierContent]:
    library, clinic = library or LibrarySnapshot(), check.plan.patient.clinic
    in_use = dict(
        ExerciseInUse.objects.filter(clinic=clinic, exercise__in=wanted.values()).values_list(
            "exercise", "revision"
        )
    )
    chosen = library.chosen(in_use.values(), clinic, check.facts.language)
    of_item = {item.pk: item for item in check.items}
    rows = {
        pk: _row(of_item[pk], chosen[in_use[easier]].revision)
        for pk, easier in wanted.items()
        if easier in in_use
    }
    if not rows:
        return {}
    again = check_others(check, list(rows.values()), library=library)
    found = {}
    for pk, row in rows.items():
        text = again.chosen[row.revision_id].text
        if text is not None and _fits(again, row.pk):
            found[pk] = _content(again, row, text)
    return found


def _row(item: PlanItem, revision: ExerciseRevision) -> PlanItem:
    """Return the easier exercise as if it stood in the plan: with its own dose, as often and on the same side."""
    row = PlanItem(id=uuid4(), plan=item.plan, revision=revision)
    side = item.dose.side or Side.EACH
    row.dose = replace(
        revision.dose if revision.dose != Dose() else item.dose,
        times_per_day=item.dose.times_per_day,
        days_per_week=item.dose.days_per_week,
        side=side if revision.one_sided else None,
    )
    return row


def _fits(check: PlanCheck, pk: UUID) -> bool:
    """Whether a patient may begin with it unasked: nobody has given a reason for it, nor looked at what it needs."""
    found = [finding for finding in check.findings if finding.item == str(pk)]
    return not any(
        finding.level in (Level.STOP, Level.AVOID)
        or finding.needs_reason
        or finding.code == "equipment_missing"
        for finding in found
    )


def _content(check: PlanCheck, row: PlanItem, text: ExerciseText) -> EasierContent:
    revision = check.chosen[row.revision_id].revision
    return EasierContent(
        exercise_code=revision.exercise.code,
        revision_id=str(revision.pk),
        name=text.name,
        start=text.start,
        steps=tuple(text.steps),
        cautions=tuple(text.cautions),
        sentences=_sentences(check.of_item(row)),
        dose=replace(row.dose, times_per_day=None, days_per_week=None, until=None),
        limb=revision.limb,
    )


def _sentences(findings: Sequence[Finding]) -> tuple[str, ...]:
    said = (finding.patient_sentence for finding in findings if finding.level is Level.CAUTION)
    return tuple(dict.fromkeys(sentence for sentence in said if sentence))
