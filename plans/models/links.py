"""The patient's personal link and every use of it."""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import User
from plans.models.plans import Plan
from plans.models.publications import Rendering


class DownloadLink(Identified):
    """A plan's personal link. The token is a keyed hash of the random id; only its digest is stored.

    `blocked_at` is when too many wrong birth dates ended it; it stays the plan's link until somebody renews it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField()
    blocked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(revoked_at=None), name="link_one_open_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="link_revoked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.created_at:%Y-%m-%d}"


class LinkSession(Identified):
    """A browser that gave the birth date and may read the link's pages for a while."""

    link = models.ForeignKey(DownloadLink, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"session of {self.created_at:%Y-%m-%d}"


class LinkUse(models.TextChoices):
    """What someone did with a link."""

    OPENED = "opened", "opened with the birth date"
    DOWNLOADED = "downloaded", "downloaded the PDF"
    REFUSED = "refused", "refused"
    SLOWED = "slowed", "refused, too many tries"


class LinkOpening(Identified, WrittenOnce):
    """One use of a link, or a try. Addresses and tokens stand here as keyed digests only."""

    link = models.ForeignKey(DownloadLink, on_delete=models.CASCADE, null=True, related_name="openings")
    use = models.CharField(max_length=10, choices=LinkUse)
    rendering = models.ForeignKey(
        Rendering, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    token_digest = models.CharField(max_length=64)
    address_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["created_at"]),
            models.Index(fields=["token_digest", "created_at"]),
            models.Index(fields=["address_digest", "created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.use}"
