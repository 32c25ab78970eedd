"""Personal links: which one opens, and whether someone is guessing."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from plans.models import DownloadLink, LinkOpening, LinkUse

SESSION_TIME = timedelta(minutes=20)
TRY_WINDOW = timedelta(minutes=15)
TRIES_PER_LINK = 5
TRIES_PER_ADDRESS = 20
GUESS_WINDOW = timedelta(days=1)
GUESSES_PER_LINK = 100
"""Wrong tries of a day from all addresses: 36,500 birth dates of a century outlast the link."""


def usable_link(token_digest: str) -> DownloadLink | None:
    """The link of this token if it is neither revoked nor expired and its plan was published."""
    return _usable(token_digest).first()


def link_of_session(token_digest: str, *, session_id: UUID) -> DownloadLink | None:
    """The same link, for a browser whose session neither ended nor was ended."""
    begun_after = timezone.now() - SESSION_TIME
    return _usable(token_digest).filter(sessions=session_id, sessions__created_at__gt=begun_after).first()


def _usable(token_digest: str) -> QuerySet[DownloadLink]:
    return DownloadLink.objects.filter(
        Q(revoked_at=None),
        token_digest=token_digest,
        expires_on__gte=timezone.localdate(),
        plan__publications__isnull=False,
    ).select_related("plan__patient__clinic")


def too_many_tries(*, token_digest: str, address_digest: str) -> bool:
    """Whether this link, or this address, had too many wrong tries lately.

    Only wrong tries count, not those refused while slowed, so that waiting always ends it.
    """
    now = timezone.now()
    wrong = LinkOpening.objects.filter(use=LinkUse.REFUSED, at__gte=now - TRY_WINDOW)
    of_link = LinkOpening.objects.filter(token_digest=token_digest)
    if wrong.filter(address_digest=address_digest).count() >= TRIES_PER_ADDRESS:
        return True
    # A stranger who holds the sheet and guesses must not shut the patient out: tries count per link and address.
    if wrong.filter(token_digest=token_digest, address_digest=address_digest).count() >= TRIES_PER_LINK:
        return True
    # Who guesses from many addresses would go through all birth dates in a week; so the link's tries of a day
    # have an end, except for an address that has opened it before: the patient's own.
    guessed = of_link.filter(use=LinkUse.REFUSED, at__gte=now - GUESS_WINDOW)
    if guessed.count() < GUESSES_PER_LINK:
        return False
    return not of_link.filter(use=LinkUse.OPENED, address_digest=address_digest).exists()
