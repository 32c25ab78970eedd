"""The patient's personal link and every use of it."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

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
    has_code = models.BooleanField(default=False, db_default=False, editable=False)
    """Whether its sheets carry a code. A sheet of before the clinic asked has none, so whoever holds it could not come
    in: such a link asks from the first version on that prints it."""
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

    @property
    def asks_code(self) -> bool:
        """Whether it opens only with the printed code beside the birth date."""
        return self.has_code and self.plan.patient.clinic.asks_code


class LinkSession(Identified):
    """A browser that gave the birth date and may read the link's pages for a while."""

    link = models.ForeignKey(DownloadLink, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(db_default=Now())

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


class WrongDate(models.TextChoices):
    """How a refused birth date differs from the recorded one: what the therapist may tell, and no date itself.

    CODE: the date was right, and the printed code beside it was not.
    """

    SWAPPED = "swapped", "day and month the other way round"
    YEAR = "year", "another year"
    DAY = "day", "another day of that year"
    OTHER = "other", "another date altogether"
    CODE = "code", "the right date with a wrong code"


def how_wrong(tried: date, birth_date: date) -> WrongDate:
    if (tried.year, tried.day, tried.month) == (birth_date.year, birth_date.month, birth_date.day):
        return WrongDate.SWAPPED
    if (tried.day, tried.month) == (birth_date.day, birth_date.month):
        return WrongDate.YEAR
    return WrongDate.DAY if tried.year == birth_date.year else WrongDate.OTHER


class LinkOpening(Identified, WrittenOnce):
    """One use of a link, or a try. Addresses and tokens stand here as keyed digests only."""

    link = models.ForeignKey(DownloadLink, on_delete=models.CASCADE, null=True, related_name="openings")
    use = models.CharField(max_length=10, choices=LinkUse)
    wrong_date = models.CharField(
        max_length=8, choices=WrongDate, blank=True, default="", db_default="", editable=False
    )
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
