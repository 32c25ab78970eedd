"""All plans of one patient as they stand: version, files, link, and who tried it; in a fixed number of questions."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils import timezone

from plans.content import BrokenContent, FindingContent, PlanContent, UnknownSchema, from_json
from plans.models import (
    Device,
    DownloadLink,
    FrozenContent,
    LinkOpening,
    LinkUse,
    Patient,
    Plan,
    Publication,
    Reason,
    Rendering,
)
from plans.queries.active_plans import active_publications
from plans.queries.devices import open_devices
from plans.queries.links import TRIES_PER_LINK, TRY_WINDOW, is_slowed
from plans.queries.pauses import paused_since
from plans.queries.renderings import counting

MAX_TRIES = 200
MAX_REASONS = 40


@dataclass(frozen=True, kw_only=True)
class LinkState:
    """A plan's newest link, and what was done with any of the plan's links: newest first, at most so many."""

    link: DownloadLink
    uses: Sequence[LinkOpening] = ()
    opened: int = 0
    last_opened: datetime | None = None
    devices: Sequence[Device] = ()
    """Those that open the link today without the birth date."""

    @property
    def wrong(self) -> list[LinkOpening]:
        """The wrong birth dates since the link was opened last."""
        tries = [use for use in self.uses if use.link_id == self.link.pk]
        found = []
        for use in tries:
            if use.use == LinkUse.OPENED:
                break
            if use.use == LinkUse.REFUSED:
                found.append(use)
        return found

    @property
    def waits_until(self) -> datetime | None:
        """Until when it refuses also the right date, from an address with too many wrong tries; the latest of them."""
        begun = timezone.now() - TRY_WINDOW
        recent = [use for use in self.uses if use.link_id == self.link.pk and use.created_at >= begun]
        ends: list[datetime] = []
        by_address = sorted(recent, key=lambda use: use.address_digest)
        for _, rows in groupby(by_address, key=lambda use: use.address_digest):
            tries = [use for use in rows if use.use != LinkUse.DOWNLOADED]
            if is_slowed([use.use for use in tries]):
                refused = [use.created_at for use in tries if use.use == LinkUse.REFUSED]
                ends.append(refused[TRIES_PER_LINK - 1] + TRY_WINDOW)
        return max(ends, default=None)


@dataclass(frozen=True, kw_only=True)
class PlanState:
    """One plan: its newest version, whether the patient follows it, the patient's file, the link."""

    plan: Plan
    item_count: int
    newest: Publication | None
    is_live: bool
    paused_at: datetime | None
    file: Rendering | None
    link: LinkState | None
    record: PlanContent | None = None
    """Of the newest version, if the plan is followed."""

    @property
    def findings(self) -> Sequence[FindingContent]:
        return self.record.findings if self.record else ()


def plans_of_patient(patient: Patient) -> list[PlanState]:
    """Return the patient's plans: those that are followed first, then drafts, then what is over."""
    rows = patient.plans.annotate(item_count=Count("items"), paused_at=paused_since("pk"))
    plans = list(rows.select_related("intention").order_by("-updated_at"))
    if not plans:
        return []
    newest = _newest(patient)
    live = set(
        active_publications(clinic=patient.clinic)
        .filter(plan__patient=patient.pk)
        .values_list("plan_id", flat=True)
    )
    files, links = _files(newest), _links(patient)
    records = _records([newest[pk].record_id for pk in live if pk in newest])
    states = []
    for plan in plans:
        version = newest.get(plan.pk)
        states.append(
            PlanState(
                plan=plan,
                item_count=plan.item_count,
                newest=version,
                is_live=plan.pk in live,
                paused_at=plan.paused_at,
                file=files.get(version.pk) if version else None,
                link=links.get(plan.pk),
                record=records.get(version.record_id) if version else None,
            )
        )
    return sorted(states, key=lambda state: (not state.is_live, state.newest is not None))


def reasons_of_patient(patient: Patient) -> list[Reason]:
    """Return why therapists went on in spite of findings, the newest first; what was taken back is no reason."""
    rows = Reason.objects.filter(plan__patient=patient, taken_back_at=None).select_related(
        "created_by", "plan"
    )
    return list(rows.order_by("-created_at")[:MAX_REASONS])


def _newest(patient: Patient) -> dict[UUID, Publication]:
    newer = Publication.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    rows = Publication.objects.filter(~Exists(newer), plan__patient=patient.pk)
    return {row.plan_id: row for row in rows}


def _files(newest: Mapping[UUID, Publication]) -> dict[UUID, Rendering]:
    """Return the file that the patient's copy counts by, for each version: the first of its formats."""
    versions = {row.content_id: row for row in newest.values()}
    by_content: dict[str, list[Rendering]] = {}
    for rendering in Rendering.objects.filter(content__in=versions).order_by("queued_at"):
        by_content.setdefault(rendering.content_id, []).append(rendering)
    found = {}
    for content, renderings in by_content.items():
        version, made = versions[content], counting(renderings)
        first = next((made[name] for name in version.formats if name in made), None)
        if first:
            found[version.pk] = first
    return found


def _links(patient: Patient) -> dict[UUID, LinkState]:
    """Return the open link of each plan, or the newest that was revoked."""
    opened = Q(openings__use=LinkUse.OPENED)
    rows = (
        DownloadLink.objects.filter(plan__patient=patient.pk)
        .select_related("revoked_by", "plan__patient__clinic")
        .annotate(
            opened=Count("openings", filter=opened), last_opened=Max("openings__created_at", filter=opened)
        )
        .order_by(F("revoked_at").desc(nulls_first=True))
    )
    uses: dict[UUID, list[LinkOpening]] = {}
    tried = LinkOpening.objects.filter(link__plan__patient=patient.pk).select_related("link")
    for use in tried.order_by("-created_at")[:MAX_TRIES]:
        if use.link:
            uses.setdefault(use.link.plan_id, []).append(use)
    by_plan: dict[UUID, list[Any]] = {}
    for link in rows:
        by_plan.setdefault(link.plan_id, []).append(link)
    newest = {links[0].pk: links[0] for links in by_plan.values()}
    devices: dict[UUID, list[Device]] = {}
    for device in open_devices(newest.values(), clinic=patient.clinic):
        device.link = newest[device.link_id]
        devices.setdefault(device.link_id, []).append(device)
    return {
        plan: LinkState(
            link=links[0],
            devices=devices.get(links[0].pk, ()),
            uses=uses.get(plan, ()),
            opened=sum(link.opened for link in links),
            last_opened=max((link.last_opened for link in links if link.last_opened), default=None),
        )
        for plan, links in by_plan.items()
    }


def _records(records: Sequence[str]) -> dict[str, PlanContent]:
    rows = FrozenContent.objects.filter(pk__in=records).values_list("pk", "json") if records else ()
    found: dict[str, PlanContent] = {}
    for pk, json in rows:
        # What cannot be read any more is told where the version is opened; the page of the patient stands without it.
        with suppress(BrokenContent, UnknownSchema):
            found[pk] = from_json(json)
    return found
