"""The personal link of a publication's plan, with its address and who used it."""

from typing import Any

from plans.handout.qr import qr_data_uri
from plans.models import DownloadLink, LinkUse, Publication
from plans.queries.links import MAX_WRONG, address_of_link, printed_code

MAX_OPENINGS = 20


def link_context(publication: Publication) -> dict[str, Any]:
    rows = DownloadLink.objects.filter(plan=publication.plan).select_related("plan__patient__clinic")
    links = list(rows.prefetch_related("openings"))
    link = next((row for row in links if row.revoked_at is None), None)
    openings = sorted(
        (use for row in links for use in row.openings.all()), key=lambda use: use.created_at, reverse=True
    )
    address = address_of_link(link) if link else ""
    return {
        "link": link,
        "most_wrong": MAX_WRONG,
        "link_address": address,
        "printed_code": printed_code(link) if link else "",
        "link_code": qr_data_uri(address) if address else "",
        "openings": openings[:MAX_OPENINGS],
        "opened": sum(use.use == LinkUse.OPENED for use in openings),
        "refused": sum(use.use in (LinkUse.REFUSED, LinkUse.SLOWED) for use in openings),
    }
