"""A plan as the content that would be frozen if it were published now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from plans.content import (
    ChangesContent,
    ClinicContent,
    DrawingContent,
    FindingContent,
    ItemContent,
    LaterSentence,
    LimitContent,
    PainGuide,
    PatientContent,
    PictureContent,
    PlanContent,
    TherapistContent,
    changes_between,
    from_json,
)
from plans.contraindications import Finding, Level, LimitFacts, limits_in_force
from plans.dose import Side
from plans.exceptions import PlansError
from plans.languages import get_language
from plans.models import (
    Clinic,
    DownloadLink,
    ExerciseText,
    Membership,
    Picture,
    Plan,
    PlanItem,
    Publication,
    Reservation,
    User,
)
from plans.queries.advice import advice_for
from plans.queries.bodies import seen_in
from plans.queries.checks import PlanCheck
from plans.queries.easier import easier_ones
from plans.queries.exercise_pictures import Viewer, as_kept, picture_for
from plans.queries.leaflets import content_of
from plans.queries.signs import content_of_signs


class TextMissing(PlansError):
    """{exercise} has no text in the patient's language ({language})."""

    code = "text_missing"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """A content as the patient reads it, and the same with findings and reasons for the clinician."""

    content: PlanContent
    record: PlanContent


def issue_of(
    check: PlanCheck, *, reservation: Reservation, link: DownloadLink, last: Publication | None
) -> Issue:
    """Build what publishing this checked plan would freeze. Raises TextMissing for an exercise without text."""
    plan = check.plan
    patient, clinic = plan.patient, plan.patient.clinic
    therapies, advice = advice_for(check)
    content = PlanContent(
        plan_id=str(plan.pk),
        publication_id=str(reservation.publication_id),
        version=reservation.number,
        issued_on=reservation.issued_on,
        sheet_code=reservation.sheet_code,
        link_id=str(link.pk),
        language=patient.language,
        clinic=_clinic(clinic, patient.language),
        patient=PatientContent(
            name=patient.printed_name or patient.name, record_number=patient.record_number
        ),
        therapist=_therapist(patient.therapist, clinic, patient.language),
        title=clinic.title_in(patient.language, plan.title),
        goals=plan.goals,
        start_date=plan.start_on,
        review_date=plan.review_on,
        frequency=plan.frequency,
        therapies=therapies,
        note=plan.note,
        items=_items(check),
        sentences=_sentences(check.of_plan),
        later_sentences=_later_sentences(check.of_plan),
        advice=advice,
        leaflets=content_of(check.leaflets),
        check_first=_check_first(check.of_plan),
        limits=tuple(_limit(limit) for limit in limits_in_force(check.facts)),
        signs=content_of_signs(check.signs, clinic),
        demonstration=clinic.demonstration,
    )
    content = replace(content, changes=_changes(content, last))
    return Issue(content=content, record=replace(content, findings=_findings(check)))


def _clinic(clinic: Clinic, language: str) -> ClinicContent:
    return ClinicContent(
        name=clinic.name,
        address=clinic.address,
        phone=clinic.phone,
        emergency_number=clinic.emergency_number,
        logo=clinic.logo.sha256 if clinic.logo else None,
        colour=clinic.colour,
        disclaimer=clinic.disclaimer_in(language),
        locale=clinic.locale,
        week_starts_on=clinic.week_start_in(language),
        asks_code=clinic.asks_code,
        pain_guide=PainGuide(go_on_to=clinic.pain_go_on_to, ease_off_to=clinic.pain_ease_off_to),
    )


def _therapist(therapist: User, clinic: Clinic, language: str) -> TherapistContent:
    licences = Membership.objects.filter(person=therapist, clinic=clinic).exclude(licence_number="")
    return TherapistContent(
        name=str(therapist),
        title=clinic.title_in(language, therapist.title),
        licence=licences.values_list("licence_number", flat=True).first() or "",
    )


def _items(check: PlanCheck) -> tuple[ItemContent, ...]:
    pictures, easier = _pictures(check), easier_ones(check)
    return tuple(
        replace(_item(check, item, number, pictures[item.pk]), easier=easier.get(item.pk))
        for number, item in enumerate(check.items, start=1)
    )


def _item(
    check: PlanCheck, item: PlanItem, number: int, picture: Picture | DrawingContent | None
) -> ItemContent:
    chosen = check.chosen[item.revision_id]
    revision, text = chosen.revision, chosen.text
    language = check.plan.patient.language
    if text is None:
        raise TextMissing(exercise=chosen.name, language=language)
    return ItemContent(
        key=str(item.pk),
        number=number,
        exercise_code=revision.exercise.code,
        revision_id=str(revision.pk),
        name=text.name,
        kind=revision.kind,
        position=revision.position,
        purpose=text.purpose,
        start=text.start,
        steps=tuple(text.steps),
        limb=revision.limb,
        breathing=text.breathing,
        offers_easier=item.offers_easier,
        dose=item.dose.with_frequency(check.plan.frequency),
        cautions=tuple(text.cautions),
        extra_caution=item.extra_caution,
        note=item.note,
        sentences=_sentences(check.of_item(item)),
        later_sentences=_later_sentences(check.of_item(item)),
        picture=_picture(picture, text),
    )


def drawings_of_draft(check: PlanCheck) -> list[DrawingContent]:
    """Return how the figures of a plan would be drawn if it were published now."""
    return [picture for picture in _pictures(check).values() if isinstance(picture, DrawingContent)]


def _pictures(check: PlanCheck) -> dict[UUID, Picture | DrawingContent | None]:
    """Return the picture of each item, by its id."""
    seen, right_to_left = seen_in(check), get_language(check.plan.patient.language).is_rtl
    found = {}
    for item in check.items:
        chosen = check.chosen[item.revision_id]
        viewer = Viewer(seen=seen, left=item.dose.side is Side.LEFT, right_to_left=right_to_left)
        found[item.pk] = picture_for(
            chosen.revision,
            chosen.pictures,
            viewer=viewer,
            exercise=chosen.name,
            drawer=chosen.approved_drawer,
        )
    kept = as_kept([picture for picture in found.values() if isinstance(picture, DrawingContent)])
    return {
        pk: kept[picture] if isinstance(picture, DrawingContent) else picture for pk, picture in found.items()
    }


def _picture(picture: Picture | DrawingContent | None, text: ExerciseText) -> PictureContent | None:
    if picture is None:
        return None
    if isinstance(picture, DrawingContent):
        return PictureContent(drawing=picture, alt=text.alt)
    return PictureContent(
        sha256=picture.sha256,
        alt=text.alt,
        media_type=picture.media_type,
        portrait=picture.height > picture.width,
    )


def _sentences(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The rules' sentences for the patient, each once, for what the therapist goes on with."""
    said = (finding.patient_sentence for finding in _printed(findings) if finding.holds_from is None)
    return tuple(dict.fromkeys(said))


def _later_sentences(findings: Sequence[Finding]) -> tuple[LaterSentence, ...]:
    """The same for what begins to hold while the plan goes on, the earliest first; what holds already is said above."""
    now = _sentences(findings)
    days: dict[str, date] = {}
    for finding in _printed(findings):
        if finding.holds_from and finding.patient_sentence not in now:
            known = days.get(finding.patient_sentence, finding.holds_from)
            days[finding.patient_sentence] = min(known, finding.holds_from)
    ordered = sorted(days.items(), key=lambda pair: (pair[1], pair[0]))
    return tuple(LaterSentence(holds_from=day, words=words) for words, day in ordered)


def _printed(findings: Sequence[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if finding.level in (Level.AVOID, Level.CAUTION) and finding.patient_sentence:
            yield finding


def _check_first(findings: Sequence[Finding]) -> tuple[str, ...]:
    said = (finding.patient_sentence for finding in findings if finding.code == "check_first")
    return tuple(dict.fromkeys(sentence for sentence in said if sentence))


def _limit(limit: LimitFacts) -> LimitContent:
    return LimitContent(
        words=limit.words,
        said_by=limit.said_by,
        said_on=limit.said_on,
        until=limit.until,
        at_most=limit.amount.partition(" ")[0],
        unit=limit.unit,
        side=limit.side,
    )


def _changes(content: PlanContent, last: Publication | None) -> ChangesContent | None:
    if last is None:
        return None
    return changes_between(from_json(last.content.json), content)


def _findings(check: PlanCheck) -> tuple[FindingContent, ...]:
    numbers = {str(item.pk): number for number, item in enumerate(check.items, start=1)}
    return tuple(_finding(check, finding, numbers) for finding in check.findings)


def _finding(check: PlanCheck, finding: Finding, numbers: dict[str, int]) -> FindingContent:
    rule = finding.rule
    reason = check.reasons.get(finding.fingerprint)
    return FindingContent(
        code=finding.code,
        level=finding.level,
        message=finding.message,
        item=numbers.get(finding.item) if finding.item else None,
        rule=rule.code if rule else "",
        rule_version=str(rule.version) if rule else "",
        rationale=rule.rationale if rule else "",
        evidence=rule.evidence if rule else "",
        source=rule.source if rule else "",
        counter_evidence=rule.counter_evidence if rule else "",
        reason=reason.words if reason else "",
        reason_by=str(reason.created_by) if reason else "",
    )


def plan_end(plan: Plan, items: Sequence[PlanItem], *, issued_on: date) -> date:
    """The day on which a plan ends: its review, or the last day of its longest dose; never before its issue."""
    days = [plan.review_on, *(item.until for item in items)]
    return max([issued_on, *(day for day in days if day)])
