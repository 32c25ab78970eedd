"""The work on files, for who runs the service and for leads: what waits, what failed and why, and start it again.

No patient's name and no file: the reason is told by its code, as the check's own words may quote the plan.
"""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from plans import permissions
from plans.actions.renderings import queue_again, queue_all_again
from plans.admin.base.readonly import ReadOnlyAdmin
from plans.admin.base.requests import person_of
from plans.admin.publications.forms import in_words
from plans.admin.publications.presenters.files import WORDS, reason_in_words
from plans.admin.renderings.filters import ClinicFilter, ReasonFilter, StateFilter
from plans.admin.renderings.presenters import moment, pause_of, reason_of, time_between, unbroken
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.models import Rendering, RenderingState, User
from plans.queries.renderings import backlog, stuck
from plans.rendering.versions import engine_version, template_version


@admin.register(Rendering)
class RenderingAdmin(ReadOnlyAdmin):
    """Renderings as work: read-only, but for starting one again."""

    list_display = ["kind", "clinic", "stand", "reason", "attempts", "queued", "waited", "made_with"]
    list_filter = [StateFilter, ReasonFilter, ClinicFilter]
    ordering = ["state", "-queued_at"]
    list_before_template = "desk/renderings/stuck.html"

    def rows_of(self, person: User) -> QuerySet[Any]:
        rows = permissions.renderings_of(person)
        return rows.select_related("clinic", "content__clinic").defer("content__json", "error_details")

    def may_see(self, person: User, obj: Any | None) -> bool:
        return permissions.may_watch_renderings(person, obj.content.clinic_id if obj else None)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("again/", view(require_POST(self.all_again)), name="plans_rendering_all_again"),
            path("<uuid:pk>/again/", view(require_POST(self.again)), name="plans_rendering_again"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        work = backlog(permissions.renderings_of(person_of(request)))
        lines = [(row, reason_in_words(row.reason), time_between(row.oldest)) for row in work.stuck]
        waits = {"oldest": time_between(work.oldest), "oldest_bulk": time_between(work.oldest_bulk)}
        return super().changelist_view(request, {"work": work, "stuck": lines, **waits})

    def show(self, request: HttpRequest, rendering: Rendering) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Rendering"),
            "opts": self.opts,
            "original": rendering,
            "is_stuck": stuck(Rendering.objects.filter(pk=rendering.pk)).exists(),
            "facts": self._facts(rendering),
        }
        return TemplateResponse(request, "desk/renderings/page.html", context)

    def again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rendering = self.rows_of(person_of(request)).filter(pk=pk).first()
        if rendering is None:
            raise Http404
        try:
            queue_again(rendering=rendering, by=person_of(request))
            messages.success(request, _("Queued again."))
        except PlansError as error:
            messages.warning(request, str(error))
        return HttpResponseRedirect(self.page_of(rendering))

    def all_again(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        if not permissions.may_watch_renderings(person):
            raise Http404
        count = queue_all_again(reason=request.POST.get("reason", ""), by=person)
        messages.success(request, _("%(count)s queued again.") % {"count": count})
        return HttpResponseRedirect(reverse("admin:plans_rendering_changelist"))

    @admin.display(description=_lazy("Format"), ordering="format")
    def kind(self, obj: Rendering) -> str:
        return unbroken(in_words(Format.from_key(obj.format)))

    @admin.display(description=_lazy("Clinic"))
    def clinic(self, obj: Rendering) -> str:
        return obj.content.clinic.name

    @admin.display(description=_lazy("State"), ordering="state")
    def stand(self, obj: Rendering) -> str:
        word, icon = WORDS[RenderingState(obj.state)]
        return format_html(
            '<span class="desk-badge desk-whole">'
            '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
            icon,
            word,
        )

    @admin.display(description=_lazy("Reason"))
    def reason(self, obj: Rendering) -> str:
        return unbroken(reason_of(obj))

    @admin.display(description=_lazy("Queued"), ordering="queued_at")
    def queued(self, obj: Rendering) -> str:
        return unbroken(moment(obj.queued_at))

    @admin.display(description=_lazy("Waited"))
    def waited(self, obj: Rendering) -> str:
        return unbroken(time_between(obj.queued_at, obj.finished_at))

    @admin.display(description=_lazy("Made with"), ordering="template_version")
    def made_with(self, obj: Rendering) -> str:
        today = (obj.template_version, obj.engine_version) == (template_version(), engine_version())
        return unbroken("today's templates" if today else _("other templates"))

    def _facts(self, obj: Rendering) -> list[tuple[str, object]]:
        pause = pause_of(obj)
        return [
            (_("Clinic"), self.clinic(obj)),
            (_("Format"), self.kind(obj)),
            (_("State"), self.stand(obj)),
            (_("Reason"), f"{reason_in_words(reason_of(obj))} ({reason_of(obj)})" if reason_of(obj) else ""),
            (_("Attempts"), obj.attempts),
            (_("Workers lost"), obj.workers_lost),
            (_("Errors of the storage"), obj.storage_errors),
            (_("Queued"), self.queued(obj)),
            (_("Waited"), self.waited(obj)),
            (_("Next try"), moment(pause) if pause else ""),
            (_("Made with"), f"{obj.template_version}, {obj.engine_version}"),
            (_("Id, as in the logs"), obj.pk),
        ]
