"""A proposal as its page shows it: what joins, what is there, what the rules are against, what goes."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plans.admin.base.thumbnails import thumbnail_address
from plans.admin.plans.drafts.fields import OF_ITEM, OF_PLAN
from plans.admin.plans.proposals.words import WindowLine, dose_words, why_left_out, window_line
from plans.admin.words.findings import finding_in_words
from plans.contraindications import Finding
from plans.models import Exercise, Plan, PlanItem
from plans.queries.exercises import Chosen, chosen_revisions
from plans.queries.proposals import Proposal
from plans.queries.protocols import LeftOutWhy, names_of


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """One exercise: its name, small picture and dose, and what the rules say against it."""

    exercise: Exercise
    name: str
    picture: str = ""
    dose: str = ""
    before: str = ""
    why: str = ""
    against: tuple[Finding, ...] = ()
    item: PlanItem | None = None


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """All lines of a proposal by what becomes of them; `edits` is what the plan's page writes."""

    proposal: Proposal
    window: WindowLine
    joins: list[ProposalLine]
    there: list[ProposalLine]
    left_out: list[ProposalLine]
    doses: list[ProposalLine]
    goes: list[ProposalLine]
    edits: Mapping[str, Any]

    @property
    def changes(self) -> bool:
        """Return whether there is anything to add: the plan may have all of it already."""
        return bool(self.joins or self.doses or self.goes or any(self.edits.values()))

    @property
    def whole_plan(self) -> list[Finding]:
        return [finding_in_words(finding) for finding in self.proposal.whole_plan]

    @property
    def taken(self) -> int:
        return sum(not line.against for line in self.joins)


def proposal_page(plan: Plan, proposal: Proposal) -> ProposalPage:
    items = [*(offer.item for offer in proposal.offers), *proposal.stays, *proposal.goes]
    clinic, language = plan.patient.clinic, plan.patient.language
    chosen = chosen_revisions({item.revision_id for item in items}, clinic=clinic, language=language)
    named = names_of({left.exercise.pk for left in proposal.left_out}, clinics=[clinic.pk], language=language)
    changed = {change.item.pk for change in proposal.doses}
    known = {item.exercise_id for item in proposal.programme.items}
    return ProposalPage(
        proposal=proposal,
        window=window_line(proposal.programme, proposal.window),
        joins=[_line(offer.item, chosen, against=offer.against) for offer in proposal.offers],
        there=[
            _line(item, chosen)
            for item in proposal.stays
            if item.pk not in changed and item.revision.exercise_id in known
        ],
        left_out=[
            ProposalLine(
                exercise=left.exercise,
                name=named.get(left.exercise.pk, left.exercise.code),
                why=why_left_out(left.why),
            )
            for left in proposal.left_out
            if left.why is not LeftOutWhy.IN_PLAN
        ],
        doses=[
            _line(change.item, chosen, dose=change.after, before=change.before) for change in proposal.doses
        ],
        goes=[_line(item, chosen) for item in proposal.goes],
        edits=_edits(plan, proposal),
    )


def _line(item: PlanItem, chosen: Mapping[UUID, Chosen], **more: Any) -> ProposalLine:
    found = chosen.get(item.revision_id)
    limb = item.revision.limb
    before = more.get("before")
    return ProposalLine(
        exercise=item.revision.exercise,
        name=found.name if found else item.revision.exercise.code,
        picture=thumbnail_address(item.revision, found.pictures) if found else "",
        dose=dose_words(more.get("dose", item.dose), limb),
        before=dose_words(before, limb) if before else "",
        against=tuple(map(finding_in_words, more.get("against", ()))),
        item=item,
    )


def _edits(plan: Plan, proposal: Proposal) -> dict[str, Any]:
    """Return what is written into the page's own fields, in the page's texts, so that it is saved and undone there."""
    after = copy(plan)
    for name, value in proposal.fields.items():
        setattr(after, name, value)
    doses = {}
    for change in proposal.doses:
        item = copy(change.item)
        item.dose = change.after
        doses[str(item.pk)] = _differing(OF_ITEM.texts_of(change.item), OF_ITEM.texts_of(item))
    return {
        "set": _differing(OF_PLAN.texts_of(plan), OF_PLAN.texts_of(after)),
        "doses": doses,
        "remove": [str(item.pk) for item in proposal.goes],
        "tick": [str(therapy.pk) for therapy in proposal.therapies],
    }


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in after.items() if before[name] != text}
