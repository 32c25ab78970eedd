"""Plans in which everything that people may write is written, as long as its column takes it."""

from dataclasses import replace

from plans.content import (
    ChangesContent,
    DoseChange,
    EasierContent,
    LaterSentence,
    LeafletContent,
    LeafletSection,
    PatientContent,
    PlanContent,
    TherapistContent,
)
from plans.libraryfiles.vocabulary import LIMITS, MAX_CAUTIONS, MAX_STEPS
from tests.handout.samples import FINDINGS, make_plan_in


def fill(language: str, say) -> PlanContent:
    """A plan in which every text that a person writes is what `say` gives for its longest length."""
    base = make_plan_in(language)
    items = tuple(
        replace(
            item,
            name=say(70),
            note=say(300),
            extra_caution=say(200),
            dose=replace(item.dose, load=say(80)),
        )
        for item in base.items[:2]
    )
    findings = tuple(replace(one, reason=say(400), reason_by=say(120)) for one in FINDINGS)
    return replace(
        base,
        title=say(120),
        goals=say(600),
        note=say(600),
        patient=PatientContent(name=say(120), record_number=say(40)),
        therapist=TherapistContent(name=say(120), title=say(40), licence=say(40)),
        clinic=replace(
            base.clinic,
            name=say(120),
            address=say(240),
            phone=say(40),
            emergency_number=say(20),
            disclaimer=say(2000),
        ),
        items=items,
        findings=findings,
    )


def fill_library(language: str, say) -> PlanContent:
    """The same with every text of the library, a rule's sentences, leaflets and what is new."""
    plan = fill(language, say)
    steps, cautions = (say(LIMITS["step"]),) * MAX_STEPS, (say(LIMITS["caution"]),) * MAX_CAUTIONS
    sentences = (say(220),) * 2
    later = (LaterSentence(holds_from=plan.issued_on, words=say(220)),)
    told = {"start": say(200), "steps": steps, "cautions": cautions, "sentences": sentences}
    easier = EasierContent(exercise_code="x", revision_id="y", name=say(70), dose=plan.items[0].dose, **told)
    items = tuple(
        replace(item, purpose=say(160), breathing=say(120), later_sentences=later, easier=easier, **told)
        for item in plan.items
    )
    names = (say(70),) * 2
    change = DoseChange(name=say(70), before=items[0].dose, after=items[1].dose)
    sections = (LeafletSection(heading=say(70), lines=(say(240),) * 3),) * 2
    return replace(
        plan,
        items=items,
        sentences=sentences,
        later_sentences=later,
        advice=(say(240),) * 5,
        therapies=(say(240),) * 2,
        leaflets=(LeafletContent(code="x", title=say(70), sections=sections),),
        changes=ChangesContent(
            since_version=1,
            since_date=plan.issued_on,
            added=names,
            removed=names,
            dose_changed=(change,),
            instructions_changed=names,
        ),
    )


def repeat(text: str):
    """For `fill`: this text again and again, as long as it may be."""
    return lambda most: (text * (most // len(text) + 1))[:most].strip() or text[:most]
