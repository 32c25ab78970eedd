"""Webhooks of a clinic: made, changed, given a new secret, removed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from plans import audit, permissions
from plans.actions.encryption import encrypt
from plans.actions.webhooks.addresses import read_address
from plans.actions.webhooks.signing import new_secret
from plans.enqueue import enqueue_deliveries
from plans.exceptions import PlansError
from plans.models import (
    AuditVerb,
    Clinic,
    DeliveryState,
    Role,
    User,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from plans.permissions import NotAllowed

BOTH_SECRETS_FOR = timedelta(hours=24)
MAX_WEBHOOKS = 10
_PAUSE = ("paused_at", "failures_in_row")


class TooManyWebhooks(PlansError):
    """A clinic has at most {most} webhooks."""

    code = "too_many_webhooks"


@dataclass(frozen=True)
class MadeWebhook:
    """A webhook with its secret, which is told this once."""

    endpoint: WebhookEndpoint
    secret: str = field(repr=False)


@transaction.atomic
def make_webhook(
    *, clinic: Clinic, url: str, events: Collection[WebhookEvent], active: bool = True, by: User
) -> MadeWebhook:
    """Make a webhook that hears of what happens from now on, or from when it is made active.

    Raises NotAllowed, AddressRefused, TooManyWebhooks.
    """
    _check_allowed(clinic, by)
    read_address(url)
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    if clinic.webhooks.count() >= MAX_WEBHOOKS:
        raise TooManyWebhooks(most=MAX_WEBHOOKS)
    secret = new_secret()
    endpoint = WebhookEndpoint.objects.create(
        clinic=clinic, url=url, events=sorted(events), active=active, secret=encrypt(secret), created_by=by
    )
    audit.append(
        verb=AuditVerb.WEBHOOK_MADE, by=by, what=endpoint, clinic=clinic, detail={"events": endpoint.events}
    )
    return MadeWebhook(endpoint, secret)


@transaction.atomic
def change_webhook(
    *,
    endpoint: WebhookEndpoint,
    url: str | None = None,
    events: Collection[WebhookEvent] | None = None,
    active: bool | None = None,
    by: User,
) -> WebhookEndpoint:
    """Change what is given. A webhook that is made active again hears of what happens from now on.

    A pause ends with a new address, and when it is made active.
    """
    endpoint = _locked(endpoint, by)
    if url is not None:
        read_address(url)
        if url != endpoint.url:
            _resume(endpoint)
        endpoint.url = url
    if events is not None:
        endpoint.events = sorted(events)
    if active is not None:
        if active and not endpoint.active:
            WebhookEndpoint.objects.filter(pk=endpoint.pk).update(active_since=Now())
            _resume(endpoint)
        endpoint.active = active
    endpoint.save(update_fields=["url", "events", "active", *_PAUSE])
    audit.append(verb=AuditVerb.WEBHOOK_CHANGED, by=by, what=endpoint, clinic=endpoint.clinic)
    return endpoint


@transaction.atomic
def resume_webhook(*, endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    """End the pause of a webhook that failed too often: what waited is sent now. Without a pause nothing changes."""
    endpoint = _locked(endpoint, by)
    if endpoint.paused_at is None:
        return endpoint
    _resume(endpoint)
    endpoint.save(update_fields=_PAUSE)
    audit.append(verb=AuditVerb.WEBHOOK_RESUMED, by=by, what=endpoint, clinic=endpoint.clinic)
    enqueue_deliveries()
    return endpoint


@transaction.atomic
def renew_secret(*, endpoint: WebhookEndpoint, by: User) -> MadeWebhook:
    """Give a new secret; the old one signs beside it for a day."""
    endpoint = _locked(endpoint, by)
    secret = new_secret()
    endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, timezone.now() + BOTH_SECRETS_FOR
    endpoint.secret = encrypt(secret)
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    audit.append(verb=AuditVerb.WEBHOOK_SECRET_RENEWED, by=by, what=endpoint, clinic=endpoint.clinic)
    return MadeWebhook(endpoint, secret)


@transaction.atomic
def remove_webhook(*, endpoint: WebhookEndpoint, by: User) -> None:
    endpoint = _locked(endpoint, by)
    audit.append(verb=AuditVerb.WEBHOOK_REMOVED, by=by, what=endpoint, clinic=endpoint.clinic)
    endpoint.delete()


@transaction.atomic
def replay(*, delivery: WebhookDelivery, by: User) -> WebhookDelivery:
    """Deliver once more, whatever became of it; one that waits or is being sent stays as it is."""
    endpoint = _locked(delivery.endpoint, by)
    finished = (DeliveryState.DELIVERED, DeliveryState.FAILED)
    WebhookDelivery.objects.filter(pk=delivery.pk, state__in=finished).update(
        state=DeliveryState.QUEUED, attempts=0, not_before=Now(), finished_at=None
    )
    delivery.refresh_from_db()
    enqueue_deliveries()
    audit.append(verb=AuditVerb.WEBHOOK_REPLAYED, by=by, what=delivery, clinic=endpoint.clinic)
    return delivery


def may_keep_webhooks(by: User, clinic: Clinic) -> bool:
    """Make and change the clinic's webhooks and read their log: leads, and systems in that role."""
    return clinic.pk in permissions.clinics_with(by, Role.LEAD)


def _resume(endpoint: WebhookEndpoint) -> None:
    endpoint.paused_at, endpoint.failures_in_row = None, 0


def _check_allowed(clinic: Clinic, by: User) -> None:
    if not may_keep_webhooks(by, clinic):
        raise NotAllowed


def _locked(endpoint: WebhookEndpoint, by: User) -> WebhookEndpoint:
    rows = WebhookEndpoint.objects.select_for_update(of=("self",)).select_related("clinic")
    endpoint = rows.get(pk=endpoint.pk)
    _check_allowed(endpoint.clinic, by)
    return endpoint
