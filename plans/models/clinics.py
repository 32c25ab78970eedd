"""People, clinics, and who does what where."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from plans.languages import DESK, LANGUAGES, get_language
from plans.models.base import Identified


class User(AbstractUser, Identified):
    """A person who signs in, or a system. What it may do comes from memberships, not from here."""

    BOOKKEEPING = frozenset({"last_login"})

    title = models.CharField(
        max_length=40, blank=True, help_text='Printed after the name on handouts, such as "PT, DPT".'
    )
    desk_language = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        choices=[(code, LANGUAGES[code].name) for code in DESK],
        help_text="The language of these pages. Blank: the browser's.",
    )
    on_behalf_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    """Of a system in the therapist role: the therapist whose caseload it works in. It never does more than they may."""

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()


def default_time_zone() -> str:
    """Return the zone of the service, in which a clinic lies that names none."""
    return settings.TIME_ZONE


MAX_REVIEW_DAYS = 180
"""A later review would be more than the rules let pass without a word."""


MAX_DEVICE_DAYS = 365
MAX_SILENT_DAYS = 90
"""A silence that is noticed later has outlasted most plans."""


class FollowUpKind(models.TextChoices):
    """Why a therapist should look at a patient's plan again."""

    PAIN = "pain", "pain over the clinic's value"
    HURTS = "hurts", "an exercise hurt, or could not be done, twice"
    SIGN = "sign", "a warning sign"
    SILENT = "silent", "nothing was logged"
    EASY = "easy", "all done, and easy"


ALL_KINDS = [kind.value for kind in FollowUpKind]


def all_kinds() -> list[str]:
    """Return what a new clinic follows up: everything."""
    return list(ALL_KINDS)


class Clinic(Identified):
    """A clinic: its branding, its emergency number, where it lies, and all that belongs to it."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    emergency_number = models.CharField(max_length=20, default="911")
    colour = models.CharField(
        max_length=7, default="#1f4e79", help_text="#rrggbb, dark enough for white paper"
    )
    logo = models.ForeignKey(
        "plans.Picture", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    time_zone = models.CharField(
        max_length=64,
        default=default_time_zone,
        help_text="Such as America/Chicago. The days on handouts and in the windows of rules are those of this zone.",
    )
    locale = models.CharField(
        max_length=16,
        default="en-US",
        help_text="Language and country, such as en-NZ: how handouts write a date, and a new patient's first language.",
    )
    disclaimer = models.CharField(
        max_length=300,
        blank=True,
        help_text="Printed where the clinic has no disclaimer in the sheet's language.",
    )
    disclaimers = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="The disclaimer on handouts, by language."
    )
    titles = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text="Titles of plans and people in other languages: by language, then by the title as it was typed.",
    )
    week_starts_on = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        choices=list(WEEKDAYS.items()),
        help_text="The first day in the log of handouts. Blank: as the language of the handout has it.",
    )
    pain_go_on_to = models.PositiveSmallIntegerField(default=3)
    pain_ease_off_to = models.PositiveSmallIntegerField(default=5)
    link_days = models.PositiveSmallIntegerField(
        default=90, help_text="How many days after a plan's end its personal link still opens."
    )
    device_days = models.PositiveSmallIntegerField(
        default=90,
        db_default=90,
        help_text="How many days a patient's own device opens the plan without the birth date. 0: it always asks.",
    )
    asks_code = models.BooleanField(
        default=False,
        db_default=False,
        verbose_name="ask for the printed code",
        help_text="A 6-digit code is printed on the handout and asked beside the birth date.",
    )
    follow_up_kinds = models.JSONField(
        default=all_kinds,
        db_default=ALL_KINDS,
        blank=True,
        help_text="For which reasons a patient comes on the follow-up list.",
    )
    silent_days = models.PositiveSmallIntegerField(
        default=7,
        db_default=7,
        help_text="After how many days without a log a patient comes on the follow-up list.",
    )
    stock_reasons = models.JSONField(
        null=True,
        blank=True,
        help_text="Reasons for going on that are offered beside one's own. None: the service's.",
    )
    review_days = models.PositiveSmallIntegerField(
        default=28, db_default=28, help_text="In how many days a new plan is reviewed."
    )
    usual_times_per_day = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="How often a day a new plan is done."
    )
    usual_days_per_week = models.PositiveSmallIntegerField(
        default=7, db_default=7, help_text="On how many days a week a new plan is done."
    )
    usual_equipment = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text="Ticked for a new patient: what nearly everybody has at home.",
    )
    crisis_contact = models.CharField(
        max_length=80,
        blank=True,
        default="",
        db_default="",
        verbose_name="who answers thoughts of ending one's life",
        help_text="At any hour, such as a crisis line. Printed with that warning sign, which is left out without it.",
    )
    crisis_phone = models.CharField(
        max_length=40, blank=True, default="", db_default="", verbose_name="their telephone"
    )
    demonstration = models.BooleanField(
        default=False, help_text="Every handout carries the line that it is not for patients."
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pain_go_on_to__lt=models.F("pain_ease_off_to"), pain_ease_off_to__lt=10),
                name="clinic_pain_guide_rises",
            ),
            models.CheckConstraint(
                condition=models.Q(week_starts_on=None) | models.Q(week_starts_on__lt=7),
                name="clinic_week_starts_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(review_days__gte=1, review_days__lte=MAX_REVIEW_DAYS),
                name="clinic_reviews_within_half_a_year",
            ),
            models.CheckConstraint(
                condition=models.Q(usual_times_per_day__gte=1, usual_times_per_day__lte=10)
                & models.Q(usual_days_per_week__gte=1, usual_days_per_week__lte=7),
                name="clinic_usual_frequency_can_be_done",
            ),
            models.CheckConstraint(
                condition=models.Q(crisis_contact="", crisis_phone="")
                | ~models.Q(crisis_contact="") & ~models.Q(crisis_phone=""),
                name="clinic_crisis_contact_has_phone",
            ),
            models.CheckConstraint(condition=models.Q(silent_days__gte=1), name="clinic_silence_is_a_day"),
            models.CheckConstraint(
                condition=models.Q(device_days__lte=MAX_DEVICE_DAYS), name="clinic_devices_end"
            ),
            models.CheckConstraint(condition=~models.Q(time_zone=""), name="clinic_has_time_zone"),
            models.CheckConstraint(condition=~models.Q(locale=""), name="clinic_has_locale"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def language(self) -> str:
        """The language of the locale, by its code among the service's: `zh-hans` of `zh-Hans-SG`."""
        return self.locale.rpartition("-")[0].lower()

    def disclaimer_in(self, language: str) -> str:
        """Return what the clinic says in this language, or where it says nothing in it, what it says in any."""
        said: str = self.disclaimers.get(language) or self.disclaimer
        return said

    @property
    def said_disclaimers(self) -> list[dict[str, str]]:
        return [{"language": code, "words": words} for code, words in self.disclaimers.items()]

    @property
    def said_titles(self) -> list[dict[str, str]]:
        return [
            {"language": code, "title": title, "words": words}
            for code, titles in self.titles.items()
            for title, words in titles.items()
        ]

    def title_in(self, language: str, title: str) -> str:
        """Return a title of a plan or a person in this language, where the clinic has words for it."""
        said: str = self.titles.get(language, {}).get(title, title)
        return said

    @property
    def names_who_answers(self) -> bool:
        """Whether somebody answers those who think of ending their life."""
        return bool(self.crisis_contact and self.crisis_phone)

    def week_start_in(self, language: str) -> int:
        """Return the first day of the week, 0 for Monday: the clinic's, or that of the language."""
        if self.week_starts_on is not None:
            return self.week_starts_on
        return get_language(language, locale=self.locale).week_starts_on

    def today(self) -> date:
        return timezone.localdate(timezone=self.zone)

    def day_of(self, moment: datetime) -> date:
        return timezone.localdate(moment, timezone=self.zone)


class Role(models.TextChoices):
    """What a person does in a clinic; a person may hold several."""

    THERAPIST = "therapist", "therapist"
    LEAD = "lead", "lead therapist"
    LIBRARY_ADMIN = "library_admin", "library admin"
    REVIEWER = "reviewer", "reviewer"


class Membership(Identified):
    """One role of one person in one clinic; a reviewer's carries the licence number that approvals copy."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    licence_number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["clinic", "person", "role"]
        constraints = [
            models.UniqueConstraint(fields=["person", "clinic", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.REVIEWER) | ~models.Q(licence_number=""),
                name="membership_reviewer_has_licence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.clinic}"
