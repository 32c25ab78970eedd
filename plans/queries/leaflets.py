"""Leaflets as a clinic may print them in a language: the text in force, or why there is none."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from plans.content import LeafletContent, LeafletSection
from plans.contraindications import LeafletFacts, ReviewState
from plans.models import Approval, Clinic, Leaflet, LeafletText, Plan
from plans.queries.approvals import standing
from plans.queries.library_snapshot import LibrarySnapshot
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
        return LeafletFacts(
            code=self.leaflet.code,
            title=self.title,
            state=self.state,
            is_retired=self.leaflet.retired_on is not None,
        )


def leaflets_of_plan(plan: Plan, *, language: str) -> tuple[ChosenLeaflet, ...]:
    return _chosen(plan.leaflets.all(), plan.patient.clinic, language)


def leaflets_for(plan: Plan, *, library: LibrarySnapshot | None = None) -> tuple[ChosenLeaflet, ...]:
    """Return the leaflets that speak of the patient's conditions or their parents, and those that the plan holds.

    One that is retired is offered no more; a plan that holds it names it still, until it is left out.
    """
    library = library or LibrarySnapshot()
    patient = plan.patient
    held = set() if plan._state.adding else set(plan.leaflets.values_list("pk", flat=True))
    vocabulary = library.vocabulary(patient.clinic)
    codes = patient.conditions.values_list("condition__code", flat=True)
    wider = {wide for code in codes for wide in vocabulary.with_parents(code, where="The patient")}
    rows = Leaflet.objects.filter(shared_or_of(patient.clinic)).filter(Q(retired_on=None) | Q(pk__in=held))
    return tuple(
        one
        for one in _chosen(rows, patient.clinic, patient.language)
        if one.leaflet.pk in held or not wider.isdisjoint(one.leaflet.conditions)
    )


def texts_in_force(ids: Collection[UUID], *, clinic: Clinic) -> Mapping[tuple[UUID, str], LeafletText]:
    """Return the approved texts of these leaflets that are printed now, by leaflet and language."""
    found: dict[tuple[UUID, str], LeafletText] = {}
    judged: dict[tuple[UUID, str], list[Any]] = {}
    rows = _with_approvals(LeafletText.objects.filter(leaflet__in=ids), clinic).select_related("leaflet")
    for row in rows.order_by("-number"):
        judged.setdefault((row.leaflet_id, row.language), []).append(row)
    for key, texts in judged.items():
        text, state = _in_force(texts[0].leaflet, texts)
        if text and state is ReviewState.APPROVED:
            found[key] = text
    return found


def content_of(chosen: Iterable[ChosenLeaflet]) -> tuple[LeafletContent, ...]:
    """Return what would be printed; the check stops a plan with a leaflet that has no text or is retired."""
    return tuple(
        _content(one.leaflet.code, one.text) for one in chosen if one.text and one.leaflet.retired_on is None
    )


def _content(code: str, text: LeafletText) -> LeafletContent:
    sections = (LeafletSection(heading=part["heading"], lines=tuple(part["lines"])) for part in text.sections)
    return LeafletContent(code=code, title=text.title, sections=tuple(sections))


def _chosen(leaflets: QuerySet[Leaflet], clinic: Clinic, language: str) -> tuple[ChosenLeaflet, ...]:
    texts = LeafletText.objects.filter(language__in={language, FALLBACK}).order_by("-number")
    texts = _with_approvals(texts, clinic)
    rows = leaflets.prefetch_related(Prefetch("texts", queryset=texts, to_attr="read"))
    return tuple(_choose(row, cast(Any, row).read, language) for row in rows)


def _with_approvals(texts: QuerySet[LeafletText], clinic: Clinic) -> QuerySet[Any]:
    """Annotate whether a reviewer of the clinic approves each, and whether one ever did."""
    ever = Approval.objects.filter(clinic=clinic, leaflet=OuterRef("pk"))
    marked: QuerySet[Any] = texts.annotate(
        approved=Exists(standing(clinic).filter(leaflet=OuterRef("pk"))), judged=Exists(ever)
    )
    return marked


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
