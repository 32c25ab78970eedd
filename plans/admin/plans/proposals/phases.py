"""The phases that a plan is in, and those that follow on them."""

from dataclasses import dataclass

from plans.admin.plans.proposals.words import WindowLine, because_words, window_line
from plans.models import Plan
from plans.queries.phase_windows import check_window
from plans.queries.programmes import Programme, programmes_of


@dataclass(frozen=True, kw_only=True)
class PhaseLine:
    """A protocol that the plan goes by, how its days lie today, and what follows on it."""

    programme: Programme
    because: str
    window: WindowLine
    after: Programme | None


def phase_lines(plan: Plan) -> list[PhaseLine]:
    phases = plan.phases
    if not phases:
        return []
    patient = plan.patient
    found = {one.id: one for one in programmes_of(patient.clinic, language=patient.language)}
    today = patient.clinic.today()
    return [
        PhaseLine(
            programme=programme,
            because=because_words(phase.because),
            window=window_line(programme, check_window(programme, patient, on=today)),
            after=found.get(programme.follows) if programme.follows else None,
        )
        for phase in phases
        if (programme := found.get(phase.protocol)) is not None
    ]
