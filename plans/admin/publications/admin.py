"""A published version: its files as they are made, its link, who opened it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import audit, permissions
from plans.admin.publications.forms import FormatsForm, as_choices
from plans.admin.publications.presenters.differences import differences_of
from plans.admin.publications.presenters.files import files_of
from plans.admin.publications.presenters.giving import giving_context
from plans.admin.publications.presenters.link import link_context
from plans.admin.publications.views.actions import PublicationViews
from plans.handout.formats import Format
from plans.models import AuditVerb, Publication, User
from plans.queries.pauses import open_pause
from plans.queries.sheets import plain_code


@admin.register(Publication)
class PublicationAdmin(PublicationViews):
    """Published versions of the own caseload."""

    list_display = ["plan", "patient", "number", "issued_on", "published_by", "log"]
    list_select_related = ["plan__patient", "published_by"]
    search_fields = ["plan__search_text", "plan__patient__search_text", "sheet_code"]
    search_help_text = _lazy("Title, patient or the code on a sheet")
    read_verb = AuditVerb.PUBLICATION_VIEWED

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        code = plain_code(search_term)
        if code and (sheet := queryset.filter(sheet_code=code)).exists():
            return sheet, False
        return super().get_search_results(request, queryset, search_term)

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.publications_of(person).select_related(
            "plan__patient__clinic", "published_by", "content", "record"
        )

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_have_patients(person)
        return permissions.may_care_for(person, obj.plan.patient)

    def place_of(self, obj: Publication) -> audit.Place:
        return audit.place_of(obj.plan.patient)

    @admin.display(description=_lazy("Patient"))
    def patient(self, obj: Publication) -> str:
        return obj.plan.patient.name

    @admin.display(description=_lazy("Log"))
    def log(self, obj: Publication) -> str:
        address = reverse("admin:plans_publication_log", args=[obj.pk])
        return format_html(
            '<a class="desk-link" href="{}">{}</a>', address, _("Key in the log of this sheet")
        )

    def show(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        self.note_reading(request, publication)
        pause, others = open_pause(publication.plan), list(publication.plan.publications.order_by("-number"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version %(number)s") % {"number": publication.number},
            "opts": self.opts,
            "original": publication,
            "plan": publication.plan,
            "pause": pause,
            "files": files_of(publication),
            "form": FormatsForm(initial=as_choices([Format.from_key(key) for key in publication.formats])),
            "others": others,
            "differences": differences_of(publication),
            **link_context(publication),
            **giving_context(publication, newest=others[0], pause=pause),
        }
        return TemplateResponse(request, "desk/publish/publication.html", context)
