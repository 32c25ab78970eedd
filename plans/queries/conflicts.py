"""What the rules say of exercises that a plan does not have yet, each with its own dose."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from plans.contraindications import Finding, Level
from plans.models import ExerciseRevision, Plan, PlanItem
from plans.queries.checks import check_plan
from plans.queries.library_snapshot import LibrarySnapshot

AGAINST = frozenset({Level.STOP, Level.AVOID, Level.CAUTION})
HELD_BACK = frozenset({Level.STOP, Level.AVOID})
"""With one of these nothing is proposed."""
OF_PATIENT = frozenset({"red_flag_emergency", "red_flag_same_day", "cause_first", "limit"})
"""What speaks against exercises without a rule: the facts of the patient alone."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Why an exercise is stopped, avoided or done with caution by this patient; the gravest first."""

    level: Level
    messages: tuple[str, ...]

    @property
    def holds_back(self) -> bool:
        return self.level in HELD_BACK


def conflicts_of(
    plan: Plan, revisions: Collection[UUID], *, library: LibrarySnapshot
) -> Mapping[UUID, Conflict]:
    """Return what speaks against each of the revisions, as far as rules and sources do; none where nothing does.

    What stops or is to be avoided whatever the exercise, such as a red flag, speaks against each. Raises
    UnknownCode as the check of a plan does.
    """
    patient = plan.patient
    chosen = library.chosen(revisions, patient.clinic, patient.language)
    items = [_item(plan, row.revision) for row in chosen.values()]
    check = check_plan(plan, items, leaflets=(), library=library)
    of_all = [one for one in check.of_plan if _is_against(one) and one.level in HELD_BACK]
    found: dict[UUID, Conflict] = {}
    for item in check.items:
        of_item = [one for one in check.of_item(item) if _is_against(one)]
        against = sorted([*of_all, *of_item], key=lambda one: one.level.rank)
        if against:
            messages = tuple(dict.fromkeys(one.message for one in against))
            found[item.revision_id] = Conflict(level=against[0].level, messages=messages)
    return found


def _is_against(finding: Finding) -> bool:
    has_grounds = bool(finding.rule or finding.disagreement) or finding.code in OF_PATIENT
    return finding.level in AGAINST and has_grounds


def _item(plan: Plan, revision: ExerciseRevision) -> PlanItem:
    item = PlanItem(plan=plan, revision=revision)
    item.dose = revision.dose
    return item
