"""Figures by the name of their poses, and what was drawn of them."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from plans.models.base import WrittenOnce
from plans.models.leased import Leased, running_has_lease


class Figure(WrittenOnce):
    """The poses of an exercise as YAML, named by their sha256: what was issued is drawn from them for ever."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class DrawingState(models.TextChoices):
    """Where a drawing stands; drawn, it is kept."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    READY = "ready", "ready"
    FAILED = "failed", "failed"


class Drawing(Leased):
    """A figure as one body, drawn by one version of the drawer. Its id is made from all of that: there is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="drawings")
    body = models.CharField(max_length=40)
    mirrored = models.BooleanField(default=False)
    right_to_left = models.BooleanField(default=False)
    grey = models.BooleanField(default=False)
    drawer = models.CharField(max_length=16)
    motion = models.CharField(max_length=8, blank=True, default="", db_default="")
    """Of a moving picture the version of how frames are made and laid out; empty: the still picture."""
    picture = models.ForeignKey(
        "plans.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_code = models.CharField(max_length=48, blank=True)
    error_details = models.CharField(max_length=400, blank=True)
    queued_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at"], condition=Q(state__in=["queued", "running"]), name="drawing_waiting"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "body", "mirrored", "right_to_left", "grey", "drawer"],
                name="drawing_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawingState.READY) | Q(picture__isnull=False),
                name="drawing_ready_has_picture",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawingState.FAILED) | ~Q(error_code=""), name="drawing_failed_has_reason"
            ),
            running_has_lease("drawing_running_has_lease"),
        ]

    def __str__(self) -> str:
        return f"{self.figure_id[:12]}, {self.body}, {self.state}"
