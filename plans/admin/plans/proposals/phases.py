"""The phases that a plan is in, and those that follow on them."""

from dataclasses import dataclass

from plans.admin.plans.proposals.words import WindowLine, because_words, window_line
from plans.models import Plan
from plans.queries.phase_windows import check_windows
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
    now = [(phase, found[phase.protocol]) for phase in phases if phase.protocol in found]
    checks = check_windows([programme for _phase, programme in now], patient, on=patient.clinic.today())
    return [
        PhaseLine(
            programme=programme,
            because=because_words(phase.because),
            window=window_line(programme, check),
            after=found.get(programme.follows) if programme.follows else None,
        )
        for (phase, programme), check in zip(now, checks, strict=True)
    ]
