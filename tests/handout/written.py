"""Plans in which everything that people may write is written, as long as its column takes it."""

from dataclasses import replace

from plans.content import PatientContent, PlanContent, TherapistContent
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


def repeat(text: str):
    """For `fill`: this text again and again, as long as it may be."""
    return lambda most: (text * (most // len(text) + 1))[:most].strip() or text[:most]
