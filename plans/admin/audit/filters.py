"""Filters of the trail: what an act was about, and who did it."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.admin.base.led import clinics_led
from plans.admin.base.requests import person_of
from plans.models import User

SUBJECTS = {
    "patient": (_lazy("Patients"), ["patient"]),
    "plan": (
        _lazy("Plans and versions"),
        ["plan", "plans", "publication", "protocol", "log", "follow_up", "measure"],
    ),
    "file": (_lazy("PDFs and personal links"), ["rendering", "link", "device", "mail", "reminders"]),
    "library": (_lazy("Library and approvals"), ["library", "exercise", "rule", "vocabulary"]),
    "service": (_lazy("People, roles, systems"), ["clinic", "person", "role", "system", "webhook"]),
    "audit": (_lazy("Reading of this list"), ["audit"]),
}
"""What can be asked for, by the words with which the verbs begin."""


class SubjectFilter(SimpleListFilter):
    """What an act was about."""

    title, parameter_name = _lazy("what about"), "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, str(title)) for code, (title, _) in SUBJECTS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in SUBJECTS:
            return queryset
        beginnings = "|".join(SUBJECTS[str(self.value())][1])
        return queryset.filter(verb__regex=rf"^({beginnings})\.")


class PersonFilter(SimpleListFilter):
    """Who did it: the people of the led clinics."""

    title, parameter_name = "who", "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        person = person_of(request)
        known = Q(memberships__clinic__in=clinics_led(person))
        if permissions.may_run_the_service(person):
            known |= Q(is_superuser=True)
        people = User.objects.filter(known).distinct()
        return [(str(user.pk), str(user)) for user in people.order_by("last_name", "first_name", "username")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Only what is offered: another value is no id, or somebody else's.
        if self.value() not in {value for value, _ in self.lookup_choices}:
            return queryset
        return queryset.filter(created_by=self.value())
