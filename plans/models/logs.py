"""What comes back from the patient: what was done, how it went, and what was corrected. It changes no publication.

Ids, days, what was done, pain and answers are plain columns; `words` is private, so nothing is ordered, filtered or
searched by it.
"""

from django.db import models
from django.db.models import Q

from plans.models.base import Identified, WrittenOnce
from plans.models.clinics import User
from plans.models.devices import Device
from plans.models.plans import Plan
from plans.models.publications import Publication

MAX_PAIN = 10
MAX_WORDS = 500
MAX_SESSIONS = 10
MAX_INTENTION = 200


class Outcome(models.TextChoices):
    """How much of one session of an exercise was done."""

    ALL = "all", "all"
    PART = "part", "a part"
    SKIPPED = "skipped", "skipped"


class SkipReason(models.TextChoices):
    """Why it was skipped."""

    PAIN = "pain", "pain"
    TIME = "time", "no time"
    TOO_HARD = "too_hard", "too hard"
    UNWELL = "unwell", "unwell"
    FORGOT = "forgot", "forgotten"
    OTHER = "other", "another reason"


class Feel(models.TextChoices):
    """How it went, in the words of the log on paper, and one more."""

    TOO_EASY = "too_easy", "too easy"
    RIGHT = "right", "just right"
    TOO_HARD = "too_hard", "too hard"
    HURT = "hurt", "it hurt"
    CANNOT = "cannot", "I cannot do it"


class LogSource(models.TextChoices):
    """Where it was told."""

    PAGE = "page", "on the page"
    PAPER = "paper", "on paper, keyed in by the clinic"
    API = "api", "through the API"


def _pain_column() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """Pain from 0 to 10; blank means that it was not said."""
    return models.PositiveSmallIntegerField(null=True, blank=True)


def _is_pain(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__lte": MAX_PAIN})


class _Told(Identified):
    """Columns of whatever a patient told of a day of a plan; `day` is the clinic's, `words` are private."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    feel = models.CharField(max_length=8, choices=Feel, blank=True)
    words = models.CharField(max_length=MAX_WORDS, blank=True)
    source = models.CharField(max_length=5, choices=LogSource)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    device = models.ForeignKey(Device, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class LogEntry(_Told):
    """One session of one exercise on one day, as it was told last. `item_key` is the plan item's, in every version."""

    item_key = models.UUIDField()
    session = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=7, choices=Outcome)
    reason = models.CharField(max_length=8, choices=SkipReason, blank=True)
    pain_before = _pain_column()
    pain_after = _pain_column()

    class Meta:
        ordering = ["-day", "session"]
        verbose_name_plural = "log entries"
        constraints = [
            # Two devices that tick the same session tell of one session.
            models.UniqueConstraint(fields=["plan", "day", "item_key", "session"], name="log_entry_once"),
            models.CheckConstraint(
                condition=Q(session__gte=1, session__lte=MAX_SESSIONS), name="log_entry_session_of_a_day"
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(outcome=Outcome.SKIPPED), name="log_entry_reason_of_skipping"
            ),
            models.CheckConstraint(
                condition=_is_pain("pain_before") & _is_pain("pain_after"), name="log_entry_pain_to_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.day}"


class DayEntry(_Told):
    """What was told of a day as a whole: the worst pain, and the warning signs that were ticked, by their codes."""

    pain = _pain_column()
    signs = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-day"]
        verbose_name_plural = "day entries"
        constraints = [
            models.UniqueConstraint(fields=["plan", "day"], name="day_entry_once"),
            models.CheckConstraint(condition=_is_pain("pain"), name="day_entry_pain_to_ten"),
        ]

    def __str__(self) -> str:
        return f"day {self.day}"


class LogChange(Identified, WrittenOnce):
    """One telling as it came, kept when it is corrected. The client makes `client_id`, so that repeating is harmless.

    It stays without an entry when that was taken back, so a late repeat brings nothing back.
    `told_at` is the client's clock, which may be wrong by a year: nothing is decided by it. `values` hold words too.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="log_changes")
    client_id = models.UUIDField()
    entry = models.ForeignKey(
        LogEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    day_entry = models.ForeignKey(
        DayEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes"
    )
    values = models.JSONField()
    source = models.CharField(max_length=5, choices=LogSource)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "client_id"], name="log_change_once"),
            models.CheckConstraint(
                condition=Q(entry=None) | Q(day_entry=None),
                name="log_change_of_one_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"told {self.created_at:%Y-%m-%d}"


class Intention(Identified):
    """When and where a patient means to exercise, and what for, in their own words, which are private."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="intention")
    when_and_where = models.CharField(max_length=MAX_INTENTION, blank=True)
    goal = models.CharField(max_length=MAX_INTENTION, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return "intention"
