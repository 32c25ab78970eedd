"""Personal links: which one opens, and whether someone is guessing."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from plans.models import DownloadLink, LinkOpening, LinkUse

TRY_WINDOW = timedelta(minutes=15)
TRIES_PER_LINK = 5
TRIES_PER_ADDRESS = 20


def usable_link(token_digest: str) -> DownloadLink | None:
    """The link of this token if it is neither revoked nor expired and its plan was published."""
    return (
        DownloadLink.objects.filter(
            Q(revoked_at=None),
            token_digest=token_digest,
            expires_on__gte=timezone.localdate(),
            plan__publications__isnull=False,
        )
        .select_related("plan__patient__clinic")
        .first()
    )


def too_many_tries(*, token_digest: str, address_digest: str) -> bool:
    """Whether this link, or this address, had too many wrong tries lately.

    Only wrong tries count, not those refused while slowed, so that waiting always ends it.
    """
    since = timezone.now() - TRY_WINDOW
    wrong = LinkOpening.objects.filter(use=LinkUse.REFUSED, at__gte=since)
    if wrong.filter(address_digest=address_digest).count() >= TRIES_PER_ADDRESS:
        return True
    # A stranger who holds the sheet and guesses must not shut the patient out: tries count per link and address.
    return wrong.filter(
        token_digest=token_digest, address_digest=address_digest
    ).count() >= TRIES_PER_LINK or (wrong.filter(token_digest=token_digest).count() >= TRIES_PER_LINK * 10)
