"""What an address of the review names, and the addresses that a page leads to."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.admin.library.review.queue import EVERYWHERE, Asked, Queue, Show
from plans.libraryfiles.vocabulary import Region
from plans.models import Clinic, Condition
from plans.queries.review_entries import Entry, EntryKind


def read_asked(region: str, given: Mapping[str, str]) -> Asked:
    """Read what is asked for. Raises Http404 for a region or kind that there is not."""
    kind, show = given.get("kind", ""), given.get("show", Show.WAITING)
    if region not in {EVERYWHERE, *Region} or kind not in {"", *EntryKind} or show not in set(Show):
        raise Http404
    return Asked(region=region, kind=kind, show=Show(show), at=given.get("at", ""))


def region_name(region: str) -> str:
    names = dict(Condition._meta.get_field("region").flatchoices)
    return _("all regions") if region == EVERYWHERE else str(names[region])


def kind_names() -> dict[str, str]:
    return {
        EntryKind.EXERCISE: _("Exercises"),
        EntryKind.RULE: _("Rules"),
        EntryKind.MOVEMENT: _("Movements"),
        EntryKind.CONDITION: _("Conditions"),
        EntryKind.SYMPTOM: _("Symptoms"),
        EntryKind.ADVICE: _("Advice"),
        EntryKind.LEAFLET: _("Leaflets"),
        EntryKind.MEASURE: _("Measures"),
        EntryKind.PROTOCOL: _("Library protocols"),
    }


def address_of(
    clinic: Clinic, region: str, *, kind: str = "", show: Show = Show.WAITING, entry: Entry | None = None
) -> str:
    named = {
        "kind": kind,
        "show": "" if show is Show.WAITING else show.value,
        "at": entry.key if entry else "",
    }
    query = urlencode({name: value for name, value in named.items() if value})
    page = reverse("admin:plans_approval_region", args=[clinic.pk, region])
    return f"{page}?{query}" if query else page


def kinds_of_page(clinic: Clinic, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return name, address and whether it is shown, of each kind that a page may be narrowed to."""
    names = {"": _("Everything"), **kind_names()}
    return [
        (name, address_of(clinic, asked.region, kind=kind, show=asked.show), kind == asked.kind)
        for kind, name in names.items()
    ]


def shows_of_page(clinic: Clinic, asked: Asked, queue: Queue) -> list[tuple[str, int, str, bool]]:
    shows = [
        (_("Waiting"), len(queue.waiting), Show.WAITING),
        (_("Sent back"), len(queue.sent_back), Show.SENT_BACK),
        (_("All"), len(queue.entries), Show.ALL),
    ]
    return [
        (name, count, address_of(clinic, asked.region, kind=asked.kind, show=show), show is asked.show)
        for name, count, show in shows
    ]


def page_context(
    clinic: Clinic, asked: Asked, queue: Queue, entry: Entry | None, last: Entry | None
) -> dict[str, Any]:
    """Return how far a reviewer is on a page, and where its keys lead; `last` was decided on just before."""

    def at(one: Entry | None) -> str:
        return address_of(clinic, asked.region, kind=asked.kind, show=asked.show, entry=one) if one else ""

    return {
        "asked": asked,
        "queue": queue,
        "place": region_name(asked.region),
        "address": at(entry) or address_of(clinic, asked.region, kind=asked.kind, show=asked.show),
        "decide": reverse("admin:plans_approval_decide", args=[clinic.pk, asked.region]),
        "kinds": kinds_of_page(clinic, asked),
        "shows": shows_of_page(clinic, asked, queue),
        "number": queue.number_of(entry) if entry else None,
        "next": at(queue.after(entry)) if entry else "",
        "previous": at(queue.before(entry)) if entry else "",
        "last": at(last),
    }
