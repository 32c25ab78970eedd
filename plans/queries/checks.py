"""What the rules say of a plan: stored, as it stands in a form, or of a patient who is not stored."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from uuid import UUID

from plans.content import PlanContent
from plans.contraindications import (
    Card,
    ConditionFacts,
    Finding,
    LimitFacts,
    PlanFacts,
    SymptomFacts,
    Vocabulary,
    blocking,
    causes_of,
    check,
    make_cards,
    nothing_to_do,
    open_questions,
)
from plans.models import Plan, PlanItem, Reason
from plans.models.base import FREQUENCY_COLUMNS
from plans.queries.exercises import Chosen, chosen_revisions
from plans.queries.facts import facts_of, items_of
from plans.queries.leaflets import ChosenLeaflet, leaflets_of_plan
from plans.queries.library_snapshot import LibrarySnapshot
from plans.queries.reach import reach_of
from plans.queries.reasons import EarlierReason, reasons_for
from plans.queries.rules import rules_for, vocabulary_for
from plans.queries.signs import ChosenSign, choose_signs
from plans.queries.wording import language_ready


@dataclass(frozen=True, kw_only=True)
class PlanCheck:
    """A plan's findings in the engine's order, the reason that answers each, and those that did in earlier versions.

    `issued`: it is a version that the patient may hold, and not the draft of the next one.
    """

    plan: Plan
    items: tuple[PlanItem, ...]
    chosen: Mapping[UUID, Chosen]
    facts: PlanFacts
    vocabulary: Vocabulary
    findings: tuple[Finding, ...]
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    earlier: Mapping[str, EarlierReason] = field(default_factory=dict)
    leaflets: tuple[ChosenLeaflet, ...] = ()
    signs: tuple[ChosenSign, ...] = ()
    issued: bool = False

    @property
    def stops(self) -> tuple[Finding, ...]:
        """Findings that end only when their fact changes.

        What the library still lacks to print the next issue is no reason to keep the patient from the one there is.
        """
        stops = blocking(self.findings)
        return tuple(stop for stop in stops if not (self.issued and stop.next_issue_only))

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        words = {fingerprint: reason.words for fingerprint, reason in self.reasons.items()}
        return open_questions(self.findings, words)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """What keeps the plan from being published; a plan without exercises is not told so before."""
        return (*nothing_to_do(self.facts), *self.stops, *self.unanswered)

    @property
    def may_go_to_patient(self) -> bool:
        return not self.refusals

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        return make_cards(self.findings, self.vocabulary)

    @property
    def causes(self) -> Mapping[str, str]:
        said = (*nothing_to_do(self.facts), *self.findings)
        return causes_of(make_cards(said, self.vocabulary))

    def of_item(self, item: PlanItem) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.item == str(item.pk))

    @property
    def of_plan(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.item is None)


def check_plan(
    plan: Plan,
    items: Sequence[PlanItem] | None = None,
    *,
    leaflets: Sequence[ChosenLeaflet] | None = None,
    library: LibrarySnapshot | None = None,
    issued_in: str = "",
    keep_reasons: bool = False,
) -> PlanCheck:
    """Run the engine on a stored plan, or on one with these items and leaflets in place of the stored ones.

    `library` is one that was read for several checks. `issued_in` is the language of a version that was issued: what
    the patient reads today may be another. Its words are printed already: a release that changes the fixed ones for
    what is printed next is no reason to list it. `keep_reasons`: those of earlier versions hold, however old.
    """
    library = library or LibrarySnapshot()
    rows = tuple(plan.items.all() if items is None else items)
    patient = plan.patient
    clinic, language, issued = patient.clinic, issued_in or patient.language, bool(issued_in)
    chosen = library.chosen({row.revision_id for row in rows}, clinic, language)
    # The words of what was issued are printed already.
    if leaflets is None:
        leaflets = () if issued else leaflets_of_plan(plan, language=language)
    facts = facts_of(
        plan,
        rows,
        chosen=chosen,
        today=clinic.today(),
        language=language,
        language_ready=library.language_ready(clinic, language, issued=issued),
        names=library.names,
        leaflets=[leaflet.facts for leaflet in leaflets],
    )
    vocabulary = library.vocabulary(clinic)
    reach = reach_of(facts, chosen, vocabulary)
    signs = () if issued else choose_signs(library.signs(clinic, language), reach, clinic)
    facts = replace(facts, signs=tuple(sign.facts for sign in signs))
    findings = check(facts, library.rules(clinic, language), vocabulary)
    check_of_plan = PlanCheck(
        plan=plan,
        items=rows,
        chosen=chosen,
        facts=facts,
        vocabulary=vocabulary,
        findings=findings,
        leaflets=tuple(leaflets),
        signs=signs,
        issued=issued,
    )
    return with_reasons(check_of_plan, keep=keep_reasons)


def check_others(
    of_plan: PlanCheck, items: Sequence[PlanItem], *, library: LibrarySnapshot | None = None
) -> PlanCheck:
    """Run the engine on these exercises in the place of the plan's own, for the patient as the check has read them.

    What it says of the whole plan is not of that plan: leaflets and warning signs are left out, and so are reasons.
    """
    library = library or LibrarySnapshot()
    clinic, language = of_plan.plan.patient.clinic, of_plan.facts.language
    chosen = library.chosen({item.revision_id for item in items}, clinic, language)
    facts = replace(of_plan.facts, items=items_of(items, chosen), leaflets=(), signs=())
    return PlanCheck(
        plan=of_plan.plan,
        items=tuple(items),
        chosen=chosen,
        facts=facts,
        vocabulary=of_plan.vocabulary,
        findings=check(facts, library.rules(clinic, language), of_plan.vocabulary),
        issued=of_plan.issued,
    )


def check_issued(plan: Plan, content: PlanContent, *, library: LibrarySnapshot | None = None) -> PlanCheck:
    """Run today's rules on the exercises of a content, whatever the draft says by now, in its language."""
    plan = copy(plan)
    plan.start_on, plan.review_on = content.start_date, content.review_date
    for column in FREQUENCY_COLUMNS:
        # Each issued dose says itself how often; the draft's default is of the next version.
        setattr(plan, column, None)
    items = []
    for issued in content.items:
        item = PlanItem(id=UUID(issued.key), plan=plan, revision_id=UUID(issued.revision_id))
        item.dose = issued.dose
        items.append(item)
    return check_plan(plan, items, library=library, issued_in=content.language)


def with_reasons(check: PlanCheck, *, keep: bool = False) -> PlanCheck:
    """Return the check with the reasons there are now; `keep` as in reasons_for."""
    reasons = reasons_for(check.findings, check.plan, check.facts, keep=keep or check.issued)
    return replace(check, reasons=reasons.held, earlier=reasons.earlier)


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """The findings, the facts they rest on, and the cause of each by its fingerprint."""

    findings: tuple[Finding, ...]
    facts: PlanFacts
    causes: Mapping[str, str]


def check_unstored(
    plan: Plan,
    items: Sequence[PlanItem],
    *,
    conditions: Sequence[ConditionFacts],
    symptoms: Sequence[SymptomFacts],
    limits: Sequence[LimitFacts] = (),
) -> WhatIf:
    """Run the engine on an unsaved plan of an unsaved patient of a stored clinic; nothing is written."""
    patient = plan.patient
    chosen = chosen_revisions(
        {item.revision_id for item in items}, clinic=patient.clinic, language=patient.language
    )
    facts = facts_of(
        plan,
        items,
        chosen=chosen,
        today=patient.clinic.today(),
        language=patient.language,
        language_ready=language_ready(patient.clinic, patient.language),
    )
    facts = replace(facts, conditions=tuple(conditions), symptoms=tuple(symptoms), limits=tuple(limits))
    rules = rules_for(patient.clinic, language=patient.language)
    vocabulary = vocabulary_for(patient.clinic)
    findings = check(facts, rules, vocabulary)
    return WhatIf(findings=findings, facts=facts, causes=causes_of(make_cards(findings, vocabulary)))
