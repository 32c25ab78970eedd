"""Personal links: which one opens, and whether someone is guessing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from plans import tokens
from plans.models import Clinic, DownloadLink, LinkOpening, LinkUse, Plan, Publication

SESSION_IDLE, SESSION_TIME = timedelta(hours=1), timedelta(hours=4)
"""Without use, and in any case: a plan of an hour is done in one go, also a walk between two pages."""
TRY_WINDOW = timedelta(minutes=15)
TRIES_PER_LINK = 5
TRIES_PER_ADDRESS = 20
MAX_WRONG = 30
"""So many wrong tries since the last success end the link: nobody goes through 36,500 birth dates of a century."""


def address_of_link(link: DownloadLink) -> str:
    """Return the address to hand to the patient. Raises LinkKeyMissing."""
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    return tokens.link_address(token, asks_code=link.asks_code)


def printed_code(link: DownloadLink) -> str:
    """Return the code that it asks for as its sheets print it, in two halves; nothing if it asks for none."""
    return tokens.printed_code_of(link_id=link.pk, digest=link.token_digest) if link.asks_code else ""


def is_code_asked_anywhere() -> bool:
    """Whether some clinic of the service asks for printed codes: that says nothing of any link."""
    return Clinic.objects.filter(asks_code=True).exists()


def usable_link(token_digest: str) -> DownloadLink | None:
    """The link of this token if it is neither ended nor expired and its plan was published; locked until it is tried.

    Two wrong tries at once must count as two.
    """
    return open_today(links_that_open(token_digest).select_for_update(of=("self",)).first())


def link_of_session(token_digest: str, *, session_id: UUID) -> tuple[DownloadLink, datetime] | None:
    """The same link, for a browser whose session neither ended nor was ended, and when it was used last."""
    now = timezone.now()
    links = links_that_open(token_digest).filter(
        sessions=session_id,
        sessions__created_at__gt=now - SESSION_TIME,
        sessions__used_at__gt=now - SESSION_IDLE,
    )
    found = links.annotate(used_at=F("sessions__used_at")).first()  # of the session that was filtered by
    return (found, found.used_at) if found and open_today(found) else None


def links_that_open(token_digest: str) -> QuerySet[DownloadLink]:
    """The link of this token unless it was ended or leads to no plan; its last day is asked for by open_today."""
    return DownloadLink.objects.filter(
        Q(revoked_at=None, blocked_at=None),
        token_digest=token_digest,
        plan__publications__isnull=False,
    ).select_related("plan__patient__clinic")


def open_today(link: DownloadLink | None) -> DownloadLink | None:
    return link if link and link.expires_on >= link.plan.patient.clinic.today() else None


def is_slowed(uses: Sequence[str]) -> bool:
    """Whether these newest uses of one link from one address are so many wrong tries that it has to wait."""
    tries = [use for use in uses if use != LinkUse.SLOWED]
    return len(tries) >= TRIES_PER_LINK and set(tries[:TRIES_PER_LINK]) == {LinkUse.REFUSED}


def newest_uses(*, token_digest: str, address_digest: str) -> list[str]:
    """What was lately done with the link from this address, the newest first.

    A stranger who holds the sheet and guesses must not shut the patient out: these tries count per link and address.
    Those refused while it was slowed do not count, so that waiting always ends it; a success ends it as well.
    """
    rows = LinkOpening.objects.filter(
        token_digest=token_digest, address_digest=address_digest, created_at__gte=timezone.now() - TRY_WINDOW
    )
    tries = (LinkUse.REFUSED, LinkUse.OPENED, LinkUse.SLOWED)
    return list(
        rows.filter(use__in=tries).order_by("-created_at").values_list("use", flat=True)[: TRIES_PER_LINK + 2]
    )


def wrong_in_a_row(token_digest: str) -> int:
    """How many wrong tries there were since the last success, from wherever, and at most MAX_WRONG."""
    rows = LinkOpening.objects.filter(token_digest=token_digest, use__in=(LinkUse.REFUSED, LinkUse.OPENED))
    newest = list(rows.order_by("-created_at").values_list("use", flat=True)[:MAX_WRONG])
    return newest.index(LinkUse.OPENED) if LinkUse.OPENED in newest else len(newest)


def blocked_links(plans: QuerySet[Plan]) -> QuerySet[DownloadLink]:
    """The links of these plans that wrong birth dates have ended and nobody has renewed."""
    rows = DownloadLink.objects.filter(plan__in=plans, revoked_at=None, blocked_at__isnull=False)
    newest = Publication.objects.filter(plan=OuterRef("plan")).order_by("-number").values("pk")[:1]
    rows = rows.annotate(newest_publication=Subquery(newest))
    return rows.select_related("plan__patient").order_by("-blocked_at")
