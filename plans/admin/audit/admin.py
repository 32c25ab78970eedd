"""Who did what: each clinic's audit rows for its leads, the others for who runs the service."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date as date_format
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import audit, permissions
from plans.admin.audit.filters import PersonFilter, SubjectFilter
from plans.admin.audit_labels import words_of
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.led import clinics_led
from plans.admin.base.requests import person_of
from plans.models import AuditEvent, AuditVerb, Patient, User

UNTOLD = frozenset({"content", "by_command"})
"""Details that are kept for programs, or that the words of the act say already."""


@admin.register(AuditEvent)
class AuditAdmin(DeskAdmin):
    """The trail of the clinics that the person leads; for who runs the service, what belongs to no clinic.

    To read it is recorded as well.
    """

    list_display = ["when", "who", "did", "whom", "whose", "details"]
    list_display_links = None
    list_filter = [("created_at", admin.DateFieldListFilter), SubjectFilter, PersonFilter]
    list_select_related = ["created_by", "person"]
    search_fields = ["patient_search_text"]
    search_help_text = _lazy("Patient's name or record number")
    fields = ["created_at", "created_by", "verb", "object_type", "object_id", "detail"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        about = Patient.objects.filter(pk=OuterRef("patient_id"))
        seen = Q(clinic__in=clinics_led(person))
        if permissions.may_run_the_service(person):
            seen |= Q(clinic=None)
        return AuditEvent.objects.filter(seen).annotate(
            patient_name=Subquery(about.values("name")),
            patient_search_text=Subquery(about.values("search_text")),
        )

    def may_see(self, person: User, obj: Any | None) -> bool:
        runs = permissions.may_run_the_service(person)
        if obj is None or obj.clinic_id is None:
            return runs or (obj is None and permissions.may_lead(person))
        return permissions.may_keep_access(person, obj.clinic_id)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        if answer.status_code == 200:
            person = person_of(request)
            for clinic in clinics_led(person):
                audit.append(verb=AuditVerb.AUDIT_LISTED, by=person, what=clinic, clinic=clinic)
            if permissions.may_run_the_service(person):
                audit.append(verb=AuditVerb.AUDIT_LISTED, by=person, what=person)
        return answer

    @admin.display(description=_lazy("When"), ordering="created_at")
    def when(self, obj: AuditEvent) -> str:
        return format_html(
            '<span class="desk-whole">{}</span>',
            date_format(timezone.localtime(obj.created_at), "j M Y, H:i:s"),
        )

    @admin.display(description=_lazy("Who"))
    def who(self, obj: AuditEvent) -> str:
        if obj.created_by is not None:
            return str(obj.created_by)
        return (
            _("the patient")
            if obj.verb in (AuditVerb.LINK_OPENED, AuditVerb.LINK_DOWNLOADED)
            else _("the service")
        )

    @admin.display(description=_lazy("Did what"))
    def did(self, obj: AuditEvent) -> str:
        return words_of(obj)

    @admin.display(description=_lazy("Whom"))
    def whom(self, obj: AuditEvent) -> str:
        return str(obj.person) if obj.person else ""

    @admin.display(description=_lazy("Patient"))
    def whose(self, obj: Any) -> str:
        if not obj.patient_name:
            return ""
        address = reverse("admin:plans_patient_change", args=[obj.patient_id])
        return format_html('<a class="desk-link" href="{}">{}</a>', address, obj.patient_name)

    @admin.display(description=_lazy("Details"))
    def details(self, obj: AuditEvent) -> str:
        said = (f"{name} {_said(value)}" for name, value in obj.detail.items() if name not in UNTOLD)
        return ", ".join(said).replace("_", " ")


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
