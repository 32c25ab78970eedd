"""What was issued: frozen contents, publications, and the files rendered from them."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import Clinic, User
from plans.models.leased import LeasedInTurn, running_has_lease
from plans.models.plans import Plan
from plans.pictures import printed_size


class Picture(Identified, WrittenOnce):
    """A picture's bytes, named by their sha256 in private storage; drawn by us or re-encoded by us.

    Each clinic keeps its own, also of equal bytes: what one has must not show in what another may open.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="pictures", max_length=200)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=Q(clinic=None), name="picture_once_shared"),
            models.UniqueConstraint(
                fields=["clinic", "sha256"], condition=~Q(clinic=None), name="picture_once_in_clinic"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="picture_sha256")]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def printed_mm(self) -> tuple[int, int]:
        """Width and height on paper, as an exercise's picture."""
        return printed_size(self.width, self.height)


def new_sheet_code() -> str:
    """Make the code that a sheet answers by: 12 letters and digits that are not mistaken for each other."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(12))


class Reservation(models.Model):
    """What the next version will print and does not yet know, so that it can be rendered before the click."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, primary_key=True, related_name="reservation")
    publication_id = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveIntegerField()
    sheet_code = models.CharField(max_length=12, default=new_sheet_code)
    issued_on = models.DateField()
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"version {self.number}"


class FrozenContent(WrittenOnce):
    """A content as canonical JSON, named by its sha256.

    `seen_as_draft_at` is when a person last looked at it on the way to publishing; empty once it is issued.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="contents")
    json = models.TextField()
    schema = models.PositiveSmallIntegerField()
    seen_as_draft_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["seen_as_draft_at"],
                condition=Q(seen_as_draft_at__isnull=False),
                name="content_draft_seen",
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Publication(Identified, WrittenOnce):
    """An issued version of a plan; inserted once, its content never changes.

    `content` is what the patient reads. `record` is the same with findings and reasons, for the clinician's
    copy; so a rule's text or a reason cannot reach a patient's file even by mistake. `fingerprints` name the
    findings of that day, to tell when the rules begin to say something else. Until `followed_until`, some time after
    the plan's end, its sheet may say that it is right, so the rules look at it. Only `reviewed_at` and
    `review_tried_at` change: when the rules last looked at it, and when they last began to.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    content = models.OneToOneField(FrozenContent, on_delete=models.PROTECT, related_name="publication")
    record = models.OneToOneField(FrozenContent, on_delete=models.PROTECT, related_name="publication_record")
    substance = models.CharField(max_length=64)
    sheet_code = models.CharField(max_length=12, unique=True)
    formats = models.JSONField()
    fingerprints = models.JSONField(default=list)
    issued_on = models.DateField()
    followed_until = models.DateField(editable=False, db_index=True)
    published_at = models.DateTimeField(auto_now_add=True)
    reviewed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    review_tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_at"]
        indexes = [models.Index(fields=["published_at"])]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="publication_number_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def renderings(self) -> list["Rendering"]:
        """The files of both contents, which may be one, newest first. Two queries, unless they were fetched before."""
        files = {row.pk: row for row in (*self.content.renderings.all(), *self.record.renderings.all())}
        return sorted(files.values(), key=lambda row: row.queued_at, reverse=True)

    @property
    def teaching(self) -> "Teaching | None":
        """That it was shown and taught back. A query, unless they were fetched before."""
        return next((row for row in self.teachings.all() if row.taken_back_at is None), None)


class Teaching(Identified):
    """A version was shown and taught back on a day, as somebody recorded; taken back if that was a mistake."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="teachings")
    taught_on = models.DateField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"], condition=Q(taken_back_at=None), name="teaching_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="teaching_taken_back_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"taught back on {self.taught_on:%Y-%m-%d}"


class PublishedRevision(Identified, WrittenOnce):
    """An issued version holds this revision of an exercise: a recall asks which plans to issue again."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="published_revisions")
    revision = models.ForeignKey(
        "plans.ExerciseRevision", on_delete=models.CASCADE, related_name="published_revisions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "revision"], name="published_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.revision} in {self.publication}"


class Review(Identified):
    """The rules say something else of an issued version than on the day of its issue; its therapist looks at it.

    `appeared` and `gone` are findings as `code fingerprint`; the same difference is listed once. `stops` and
    `unanswered` count the findings that stop the plan, and those that still ask for a reason. `unchecked` when the
    last check failed: what the rules say now is not known, and the counts are of the check before.
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="reviews")
    difference = models.CharField(max_length=64)
    appeared = models.JSONField()
    gone = models.JSONField()
    stops = models.PositiveSmallIntegerField(default=0)
    unanswered = models.PositiveSmallIntegerField(default=0)
    unchecked = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["created_at"])]
        constraints = [
            models.UniqueConstraint(fields=["publication", "difference"], name="review_once"),
            models.UniqueConstraint(
                fields=["publication"], condition=Q(closed_at=None), name="review_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.publication}"


class RenderingState(models.TextChoices):
    """Where a rendering stands; the row is the truth, a message only a wake-up."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    READY = "ready", "ready"
    FAILED = "failed", "failed"


def _turn_indexes() -> list[models.Index]:
    """Return what tells whose turn it is, at each claim, however many files wait and have been made.

    One for either band: a database compares with "not bulk", which no index on the column serves.
    """
    bands = {"": Q(bulk=False), "_bulk": Q(bulk=True)}
    queued, served = Q(state=RenderingState.QUEUED), Q(started_at__isnull=False)
    found = [
        models.Index(fields=["clinic"], condition=Q(state=RenderingState.RUNNING), name="rendering_running")
    ]
    for name, band in bands.items():
        waiting = models.Index(
            fields=["clinic", "workers_lost", "queued_at"],
            condition=queued & band,
            name=f"rendering_waiting{name}",
        )
        last = models.Index(
            fields=["clinic", "-started_at"], condition=served & band, name=f"rendering_served{name}"
        )
        found += [waiting, last]
    return found


class Rendering(Identified, LeasedInTurn):
    """One file for a content and a format; queued with an `error_code` it waits for the storage."""

    content = models.ForeignKey(FrozenContent, on_delete=models.CASCADE, related_name="renderings")
    format = models.CharField(max_length=48)
    template_version = models.CharField(max_length=16)
    engine_version = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=RenderingState, default=RenderingState.QUEUED)
    bulk = models.BooleanField(default=False)
    workers_lost = models.PositiveSmallIntegerField(default=0)
    storage_errors = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=48, blank=True)
    error_details = models.CharField(max_length=400, blank=True)
    file = models.FileField(max_length=200, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    queued_at = models.DateTimeField(db_default=Now())
    task_sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-queued_at"]
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["finished_at"]),
            *_turn_indexes(),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content", "format", "template_version", "engine_version"], name="rendering_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=RenderingState.READY) | (~Q(file="") & ~Q(sha256="") & Q(size__gt=0)),
                name="rendering_ready_has_file",
            ),
            running_has_lease("rendering_running_has_lease"),
            models.CheckConstraint(
                condition=~Q(state=RenderingState.FAILED) | ~Q(error_code=""),
                name="rendering_failed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format}, {self.state}"
