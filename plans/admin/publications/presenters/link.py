"""The personal link of a publication's plan, with its address and who used it."""

from typing import Any

from django.conf import settings

from plans import tokens
from plans.handout.qr import qr_data_uri
from plans.models import DownloadLink, LinkUse, Publication
from plans.queries.links import MAX_WRONG

MAX_OPENINGS = 20


def link_context(publication: Publication) -> dict[str, Any]:
    links = list(DownloadLink.objects.filter(plan=publication.plan).prefetch_related("openings"))
    link = next((row for row in links if row.revoked_at is None), None)
    openings = sorted(
        (use for row in links for use in row.openings.all()), key=lambda use: use.created_at, reverse=True
    )
    address = _address(link) if link else ""
    return {
        "link": link,
        "most_wrong": MAX_WRONG,
        "link_address": address,
        "link_code": qr_data_uri(address) if address else "",
        "openings": openings[:MAX_OPENINGS],
        "opened": sum(use.use == LinkUse.OPENED for use in openings),
        "refused": sum(use.use in (LinkUse.REFUSED, LinkUse.SLOWED) for use in openings),
    }


def _address(link: DownloadLink) -> str:
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    return f"{settings.PUBLIC_URL}/p/{token}/"
