"""Leaflets as a clinic may print them in a language: the text in force, or why there is none."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from plans.content import LeafletContent, LeafletSection
from plans.contraindications import LeafletFacts, ReviewState
from plans.models import Approval, Clinic, Condition, Leaflet, LeafletText, Plan
from plans.queries.approvals import standing
from plans.queries.rules import shared_or_of

FALLBACK = "en"
"""The language in which the desk names a leaflet that the patient's language lacks."""


@dataclass(frozen=True, kw_only=True)
class ChosenLeaflet:
    """A leaflet with its text for one clinic in one language, and whether that may be printed."""

    leaflet: Leaflet
    title: str
    text: LeafletText | None
    state: ReviewState

    @property
    def facts(self) -> LeafletFacts:
        return LeafletFacts(code=self.leaflet.code, title=self.title, state=self.state)


def leaflets_of_plan(plan: Plan, *, clinic: Clinic, language: str) -> tuple[ChosenLeaflet, ...]:
    return _chosen(plan.leaflets.all(), clinic, language)


def leaflets_for(plan: Plan, *, clinic: Clinic, language: str) -> tuple[ChosenLeaflet, ...]:
    """Return the leaflets that speak of the patient's conditions or their parents, and those that the plan holds."""
    held = set() if plan._state.adding else set(plan.leaflets.values_list("pk", flat=True))
    found = plan.patient.conditions.values_list("condition__code", flat=True) if plan.patient_id else ()
    wider = _with_parents(set(found), clinic)
    return tuple(
        one
        for one in _chosen(Leaflet.objects.filter(shared_or_of(clinic)), clinic, language)
        if one.leaflet.pk in held or not wider.isdisjoint(one.leaflet.conditions)
    )


def content_of(chosen: Iterable[ChosenLeaflet]) -> tuple[LeafletContent, ...]:
    """Return what would be printed; the check stops a plan with a leaflet that has no text."""
    return tuple(_content(one.leaflet.code, one.text) for one in chosen if one.text)


def _content(code: str, text: LeafletText) -> LeafletContent:
    sections = (LeafletSection(heading=part["heading"], lines=tuple(part["lines"])) for part in text.sections)
    return LeafletContent(code=code, title=text.title, sections=tuple(sections))


def _chosen(leaflets: QuerySet[Leaflet], clinic: Clinic, language: str) -> tuple[ChosenLeaflet, ...]:
    approvals = Approval.objects.filter(clinic=clinic, leaflet=OuterRef("pk"))
    texts = LeafletText.objects.filter(language__in={language, FALLBACK}).order_by("-number")
    texts = texts.annotate(
        approved=Exists(standing(clinic).filter(leaflet=OuterRef("pk"))), judged=Exists(approvals)
    )
    rows = leaflets.prefetch_related(Prefetch("texts", queryset=texts, to_attr="read"))
    return tuple(_choose(row, cast(Any, row).read, language) for row in rows)


def _choose(leaflet: Leaflet, read: list[Any], language: str) -> ChosenLeaflet:
    own = [text for text in read if text.language == language]
    text, state = _in_force(leaflet, own)
    named = text or next(iter(read), None)
    return ChosenLeaflet(
        leaflet=leaflet, title=named.title if named else leaflet.code, text=text, state=state
    )


def _in_force(leaflet: Leaflet, texts: list[Any]) -> tuple[LeafletText | None, ReviewState]:
    """The newest text that a reviewer approved for the leaflet's conditions; without one the newest, which waits.

    When that approval was withdrawn, no older text comes back.
    """
    if not texts:
        return None, ReviewState.MISSING
    judged = (text for text in texts if text.judged and text.meant_for == leaflet.conditions)
    text = next(judged, None)
    if text is None or not text.approved:
        return texts[0], ReviewState.NEEDS_REVIEW
    return text, ReviewState.APPROVED


def _with_parents(codes: Set[str], clinic: Clinic) -> frozenset[str]:
    if not codes:
        return frozenset()
    rows = Condition.objects.filter(shared_or_of(clinic)).values_list("code", "parent__code")
    parents: Mapping[str, str | None] = dict(rows)
    found: set[str] = set()
    for code in codes:
        at: str | None = code
        while at and at not in found:
            found.add(at)
            at = parents.get(at)
    return frozenset(found)
