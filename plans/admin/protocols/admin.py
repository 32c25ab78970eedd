"""The clinic's protocols: a list, a page to read, a form for those who write them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from plans import permissions
from plans.actions.protocols import restore_protocol, retire_protocol, save_protocol
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.inlines import changed_rows, removed_rows
from plans.admin.base.requests import person_of
from plans.admin.programmes.inlines import DoseRowInline, read_uuid
from plans.admin.programmes.picker import offer
from plans.admin.protocols.forms import (
    LANGUAGE,
    ProtocolForm,
    ProtocolItemForm,
    ProtocolItemFormSet,
    written_by,
)
from plans.admin.protocols.presenters import say, shown_items, therapies_of
from plans.dose import Dose
from plans.exceptions import PlansError
from plans.models import Clinic, Protocol, ProtocolItem, User
from plans.models.base import Identified
from plans.queries.exercises import chosen_revisions


class UseFilter(SimpleListFilter):
    """Whether it is offered; the retired ones come when they are asked for."""

    title, parameter_name = "use", "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("retired", "retired")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        return iter([{**first, "display": "in use"}, *others])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(retired_on__isnull=self.value() != "retired")


class ProtocolItemInline(DoseRowInline):
    """The protocol's exercises."""

    model = ProtocolItem
    form = ProtocolItemForm
    formset = ProtocolItemFormSet
    fields = ["order", "side", "load", "note", "extra_caution"]


@admin.register(Protocol)
class ProtocolAdmin(DeskAdmin):
    """Protocols of the own clinics."""

    form = ProtocolForm
    change_form_template = "desk/protocol/form.html"
    list_display = ["title", "condition", "exercises", "clinic", "retired_on", "changed_at"]
    list_select_related = ["condition", "clinic"]
    list_filter = [UseFilter]
    search_fields = ["search_text", "condition__search_text"]
    search_help_text = "Title or condition"
    ordering = ["title"]
    inlines = [ProtocolItemInline]
    fieldsets = [
        (None, {"fields": ["clinic", "title", "condition", "guidance", "goals", "note"]}),
    ]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.protocols_of(person).select_related("clinic", "condition")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "plans_protocol_changelist":
            counted = counted.annotate(item_count=Count("items"))
        return counted

    def may_see(self, person: User, obj: Any | None) -> bool:
        own = permissions.clinics_with(person)
        return bool(own) if obj is None else obj.clinic_id in own

    def may_add(self, person: User) -> bool:
        return permissions.may_keep_protocols(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_keep_protocols(person)
        return permissions.may_write_protocols(person, obj.clinic_id)

    def shown_rows(self, obj: Protocol) -> Iterable[Identified]:
        return chain([obj], obj.items.all(), obj.therapies.all())

    @admin.display(description="Exercises", ordering="item_count")
    def exercises(self, obj: Any) -> int:
        return int(obj.item_count)

    # --- One protocol -----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("offer/", view(require_GET(self.offer_page)), name="plans_protocol_offer"),
            path("row/", view(require_GET(self.row_page)), name="plans_protocol_row"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_protocol_retire"),
            path("<uuid:pk>/restore/", view(require_POST(self.restore)), name="plans_protocol_restore"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the protocol; `?edit` shows the form to those who may write it."""
        key = read_uuid(object_id)
        protocol = self.get_queryset(request).filter(pk=key).first() if key else None
        edits = "edit" in request.GET and self.has_change_permission(request, protocol)
        if protocol is None or edits or request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "title": protocol.title,
            "opts": self.opts,
            "original": protocol,
            "items": shown_items(protocol),
            "often": say(Dose().with_frequency(protocol.frequency)),
            "therapies": therapies_of(protocol),
            "may_edit": self.has_change_permission(request, protocol),
            "may_use": permissions.may_have_patients(person_of(request)) and protocol.retired_on is None,
        }
        return TemplateResponse(request, "desk/protocol/page.html", context)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person = person_of(request)
        return form

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        items = formsets[0]
        return save_protocol(
            protocol=obj,
            items=changed_rows(items),
            removed=removed_rows(items),
            therapies=form.chosen_therapies(),
            by=by,
        )

    def retire(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Offer it no more."""
        protocol = retire_protocol(protocol=self._own(request, pk), by=person_of(request))
        messages.success(request, "Retired: it is offered no more. Plans that were made from it stay.")
        return HttpResponseRedirect(self.page_of(protocol))

    def restore(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Offer it again."""
        protocol = self._own(request, pk)
        try:
            restore_protocol(protocol=protocol, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "In use again.")
        return HttpResponseRedirect(self.page_of(protocol))

    # --- Pieces of the form: none of them writes ------------------------------------------------------------

    def offer_page(self, request: HttpRequest) -> HttpResponse:
        """Give the exercises in which the typed words occur."""
        words = request.GET.get("q", "")[:80]
        found = offer(clinic=self._clinic(request), language=LANGUAGE, words=words, taken=frozenset())
        return render(
            request, "desk/plan/offer.html", {"offered": found, "row_page": "admin:plans_protocol_row"}
        )

    def row_page(self, request: HttpRequest) -> HttpResponse:
        """Give a row for an exercise, with its default dose."""
        clinic = self._clinic(request)
        revision_id = read_uuid(request.GET.get("revision"))
        chosen = chosen_revisions({revision_id} if revision_id else (), clinic=clinic, language=LANGUAGE)
        one = chosen.get(revision_id) if revision_id else None
        own = (None, clinic.pk)
        if one is None or not one.is_offered or one.revision.exercise.clinic_id not in own:
            raise Http404
        index = request.GET.get("index", "0")
        formsets, _ = self._create_formsets(request, Protocol(clinic=clinic), change=False)
        formset: ProtocolItemFormSet = formsets[0]
        form = formset.new_row(int(index) if index.isdecimal() else 0, chosen)
        form.show(one.revision.pk, one.revision.dose)
        return render(request, "desk/plan/item.html", {"form": form, "formset": formset})

    def _clinic(self, request: HttpRequest) -> Clinic:
        """The clinic that the form names, if the person writes its protocols; else the first one."""
        clinics: QuerySet[Clinic] = written_by(person_of(request))
        named = read_uuid(request.GET.get("clinic"))
        clinic = clinics.filter(pk=named).first() if named else clinics.first()
        if clinic is None:
            raise Http404
        return clinic

    def _own(self, request: HttpRequest, pk: UUID) -> Protocol:
        protocol: Protocol = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        if not self.has_change_permission(request, protocol):
            raise Http404
        return protocol
