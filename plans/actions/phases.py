"""The protocols that a plan goes by, as its page writes them: ids with blanks between, each with why it began."""

from collections.abc import Sequence
from uuid import UUID

from plans import audit
from plans.exceptions import PlansError
from plans.models import AuditVerb, Phase, PhaseBegan, Plan, User
from plans.models.plans import MAX_PHASES


class NoSuchPhase(PlansError):
    """This is no protocol that a plan goes by. Load the page again."""

    code = "no_such_phase"


def clean_phases(follows: str) -> str:
    """Bring it into its one form. Raises NoSuchPhase for what no page of ours writes."""
    entries = follows.split()
    for entry in entries:
        key, _, because = entry.partition(":")
        if because not in ("", *PhaseBegan.values) or not _is_id(key):
            raise NoSuchPhase
    if len(entries) > MAX_PHASES:
        raise NoSuchPhase
    return " ".join(entries)


def note_phases(plan: Plan, before: Sequence[Phase], by: User) -> None:
    """Append to the trail which protocols a page let join, and to which phases it went on."""
    known = {phase.protocol for phase in before}
    gone = [str(key) for key in known - {phase.protocol for phase in plan.phases}]
    for phase in plan.phases:
        if phase.protocol in known:
            continue
        detail: dict[str, audit.Detail] = {"protocol": str(phase.protocol)}
        verb = AuditVerb.PLAN_PROTOCOL_ADDED
        if phase.because:
            verb = AuditVerb.PLAN_PHASE_ENTERED
            detail = {"from": ", ".join(gone), "to": str(phase.protocol), "because": phase.because}
        audit.append(verb=verb, by=by, what=plan, detail=detail, **audit.place_of(plan.patient))


def _is_id(key: str) -> bool:
    try:
        return str(UUID(key)) == key
    except ValueError:
        return False
