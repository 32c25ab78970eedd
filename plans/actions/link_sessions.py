"""The short sessions of browsers that opened a personal link."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans.models import DownloadLink, LinkSession
from plans.queries.links import SESSION_TIME


@transaction.atomic
def start_session(*, link: DownloadLink) -> LinkSession:
    """Let one browser read the link's pages. What ended by its time is cleared away, so a link has few."""
    LinkSession.objects.filter(link=link, created_at__lt=timezone.now() - SESSION_TIME).delete()
    return LinkSession.objects.create(link=link)


def end_session(*, session_id: UUID) -> None:
    """End it for whoever holds its cookie; one that has ended already is as good."""
    LinkSession.objects.filter(pk=session_id).delete()
