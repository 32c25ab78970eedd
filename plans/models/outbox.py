"""What happened in a clinic that its software may want to hear of, in the order in which it was written."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from plans.models.clinics import Clinic


class OutboxEvent(models.Model):
    """One event, written in the transaction that makes it, and then given to the webhooks that asked for its type.

    The key is the order of events. `uuid` is what receivers see: the same for all webhooks and for every try. `body` is
    what is sent, ids and codes only. `created_at` is by the database's clock, as is an endpoint's `active_since`.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+", db_index=False)
    type = models.CharField(max_length=48)  # a WebhookEvent; no migration for each new one
    body = models.TextField()
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())
    collected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(collected_at=None), name="outbox_not_collected"),
            models.Index(fields=["collected_at"], name="outbox_collected"),
        ]

    def __str__(self) -> str:
        return self.type
