"""Who read a PDF, by the desk, the API, or a personal link: recorded for any byte of it.

A viewer fetches a file in ranges, so those of one file and one reader within SAME_READING are one row.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from plans import audit, tokens
from plans.models import AuditEvent, AuditVerb, DownloadLink, LinkOpening, LinkUse, Rendering, User

SAME_READING = timedelta(minutes=10)


@transaction.atomic
def record_reading(*, rendering: Rendering, by: User, part: bool) -> None:
    """Note that the person, or the system, got the file; `part` for a range of it."""
    _one_at_a_time(rendering)
    lately = AuditEvent.objects.filter(
        verb=AuditVerb.RENDERING_OPENED,
        created_by=by,
        object_id=str(rendering.pk),
        created_at__gte=timezone.now() - SAME_READING,
    )
    if not (part and lately.exists()):
        audit.append(
            verb=AuditVerb.RENDERING_OPENED,
            by=by,
            what=rendering,
            **audit.place_of(rendering.content.plan.patient),
        )


@transaction.atomic
def record_download(*, link: DownloadLink, rendering: Rendering, address: str, part: bool) -> None:
    """Note that the patient got the file; `part` for a range of it."""
    _one_at_a_time(rendering)
    source = tokens.address_digest(address)
    lately = link.openings.filter(
        use=LinkUse.DOWNLOADED,
        address_digest=source,
        rendering=rendering,
        created_at__gte=timezone.now() - SAME_READING,
    )
    if part and lately.exists():
        return
    LinkOpening.objects.create(
        link=link,
        use=LinkUse.DOWNLOADED,
        rendering=rendering,
        token_digest=link.token_digest,
        address_digest=source,
    )
    audit.append(verb=AuditVerb.LINK_DOWNLOADED, by=None, what=link, **audit.place_of(link.plan.patient))


def _one_at_a_time(rendering: Rendering) -> None:
    # Two ranges that come at once must not both find that there is no row yet.
    Rendering.objects.select_for_update().filter(pk=rendering.pk).values("pk").first()
