"""The short sessions of browsers that opened a personal link."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plans.models import DownloadLink, LinkSession
from plans.queries.links import SESSION_IDLE, SESSION_TIME

USED_EVERY = SESSION_IDLE / 12


@transaction.atomic
def start_session(*, link: DownloadLink) -> LinkSession:
    """Let one browser read the link's pages. What ended by its time is cleared away, so a link has few."""
    now = timezone.now()
    over = Q(created_at__lt=now - SESSION_TIME) | Q(used_at__lt=now - SESSION_IDLE)
    LinkSession.objects.filter(over, link=link).delete()
    return LinkSession.objects.create(link=link, used_at=now)


def use_session(*, session_id: UUID, used_at: datetime) -> None:
    """Note that it is used still, every few minutes: a page that is read writes nothing else."""
    now = timezone.now()
    if used_at <= now - USED_EVERY:
        LinkSession.objects.filter(pk=session_id).update(used_at=now)


def end_session(*, session_id: UUID) -> None:
    """End it for whoever holds its cookie; one that has ended already is as good."""
    LinkSession.objects.filter(pk=session_id).delete()
