"""The work on files, for who runs the service and for leads: what waits, what failed and why, and start it again.

No patient's name and no file: the reason is told by its code, as the check's own words may quote the plan.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from plans import permissions
from plans.actions.renderings import queue_again, queue_all_again
from plans.admin.accounts.admin.roles import clinics_led
from plans.admin.base.readonly import ReadPage
from plans.admin.base.requests import person_of
from plans.admin.publications.forms import in_words
from plans.admin.publications.presenters import WORDS, reason_in_words
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.models import Clinic, Rendering, RenderingState, User
from plans.queries.renderings import NOT_READY, PAUSED, backlog, stuck
from plans.rendering.versions import engine_version, template_version

EVERYTHING = "all"


class StateFilter(SimpleListFilter):
    """How far it is; what is ready is left out until it is asked for, as that is nearly all."""

    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((state.value, state.label) for state in RenderingState), (EVERYTHING, "everything")]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "not ready"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == EVERYTHING:
            return queryset
        return queryset.filter(state__in=[self.value()] if self.value() in RenderingState else NOT_READY)


class ReasonFilter(SimpleListFilter):
    """Why it is stuck."""

    title, parameter_name = "reason", "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = stuck(model_admin.get_queryset(request)).order_by("reason")
        return [(code, code) for code in rows.values_list("reason", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Only what is offered: another value may be none that the database takes.
        if self.value() not in {value for value, _ in self.lookup_choices}:
            return queryset
        return stuck(queryset).filter(reason=self.value())


class ClinicFilter(SimpleListFilter):
    """Whose it is."""

    title, parameter_name = "clinic", "clinic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        person = person_of(request)
        clinics = Clinic.objects.all() if permissions.may_run_the_service(person) else clinics_led(person)
        return [(str(one.pk), one.name) for one in clinics]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        # Only what is offered: another value is no id, or a foreign clinic.
        if self.value() not in {value for value, _ in self.lookup_choices}:
            return queryset
        return queryset.filter(content__clinic=self.value())


@admin.register(Rendering)
class RenderingAdmin(ReadPage):
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
        lines = [(one, reason_in_words(one.reason), _span(one.oldest)) for one in work.stuck]
        waits = {"oldest": _span(work.oldest), "oldest_bulk": _span(work.oldest_bulk)}
        return super().changelist_view(request, {"work": work, "stuck": lines, **waits})

    def show(self, request: HttpRequest, rendering: Rendering) -> HttpResponse:
        """Show what is known of the work on one file."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Rendering",
            "opts": self.opts,
            "original": rendering,
            "is_stuck": stuck(Rendering.objects.filter(pk=rendering.pk)).exists(),
            "facts": self._facts(rendering),
        }
        return TemplateResponse(request, "desk/renderings/page.html", context)

    def again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue one again."""
        rendering = self.rows_of(person_of(request)).filter(pk=pk).first()
        if rendering is None:
            raise Http404
        try:
            queue_again(rendering=rendering, by=person_of(request))
            messages.success(request, "Queued again.")
        except PlansError as error:
            messages.warning(request, str(error))
        return HttpResponseRedirect(self.page_of(rendering))

    def all_again(self, request: HttpRequest) -> HttpResponse:
        """Queue again all that is stuck for one reason."""
        person = person_of(request)
        if not permissions.may_watch_renderings(person):
            raise Http404
        count = queue_all_again(reason=request.POST.get("reason", ""), by=person)
        messages.success(request, f"{count} queued again.")
        return HttpResponseRedirect(reverse("admin:plans_rendering_changelist"))

    @admin.display(description="Format", ordering="format")
    def kind(self, obj: Rendering) -> str:
        return _whole(in_words(Format.from_key(obj.format)))

    @admin.display(description="Clinic")
    def clinic(self, obj: Rendering) -> str:
        return obj.content.clinic.name

    @admin.display(description="State", ordering="state")
    def stand(self, obj: Rendering) -> str:
        word, icon = WORDS[RenderingState(obj.state)]
        return format_html(
            '<span class="desk-badge desk-whole">'
            '<span class="material-symbols-outlined" aria-hidden="true">{}</span>{}</span>',
            icon,
            word,
        )

    @admin.display(description="Reason")
    def reason(self, obj: Rendering) -> str:
        return _whole(_reason_of(obj))

    @admin.display(description="Queued", ordering="queued_at")
    def queued(self, obj: Rendering) -> str:
        return _whole(_moment(obj.queued_at))

    @admin.display(description="Waited")
    def waited(self, obj: Rendering) -> str:
        return _whole(_span(obj.queued_at, obj.finished_at))

    @admin.display(description="Made with", ordering="template_version")
    def made_with(self, obj: Rendering) -> str:
        today = (obj.template_version, obj.engine_version) == (template_version(), engine_version())
        return _whole("today's templates" if today else "other templates")

    def _facts(self, obj: Rendering) -> list[tuple[str, object]]:
        pause = _pause_of(obj)
        return [
            ("Clinic", self.clinic(obj)),
            ("Format", self.kind(obj)),
            ("State", self.stand(obj)),
            ("Reason", f"{reason_in_words(_reason_of(obj))} ({_reason_of(obj)})" if _reason_of(obj) else ""),
            ("Attempts", obj.attempts),
            ("Workers lost", obj.workers_lost),
            ("Errors of the storage", obj.storage_errors),
            ("Queued", self.queued(obj)),
            ("Waited", self.waited(obj)),
            ("Next try", _moment(pause) if pause else ""),
            ("Made with", f"{obj.template_version}, {obj.engine_version}"),
            ("Id, as in the logs", obj.pk),
        ]


def _reason_of(obj: Rendering) -> str:
    return PAUSED if _pause_of(obj) else obj.error_code


def _pause_of(obj: Rendering) -> datetime | None:
    waits = obj.state == RenderingState.QUEUED and obj.not_before and obj.not_before > timezone.now()
    return obj.not_before if waits else None


def _whole(words: str) -> str:
    return format_html('<span class="desk-whole">{}</span>', words)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def _span(since: datetime | None, until: datetime | None = None) -> str:
    """Say how long it took, or takes by now, in the largest unit of which there are two."""
    if since is None:
        return ""
    seconds = max(0, int(((until or timezone.now()) - since).total_seconds()))
    units = ((86_400, "days"), (3_600, "h"), (60, "min"))
    return next((f"{seconds // size} {unit}" for size, unit in units if seconds >= 2 * size), f"{seconds} s")
