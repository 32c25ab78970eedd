"""The clinic's protocols: a list, a page to read, a form for those who write them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.protocols import save_protocol
from plans.admin.base.inlines import changed_rows, removed_rows
from plans.admin.base.requests import person_of
from plans.admin.programmes.inlines import DoseRowInline
from plans.admin.protocols.forms import ProtocolForm, ProtocolItemForm, ProtocolItemFormSet
from plans.admin.protocols.presenters import dose_in_words, protocol_lines, therapies_of, window_words
from plans.admin.protocols.views import ProtocolViews
from plans.dose import Dose
from plans.models import Protocol, ProtocolItem, User
from plans.models.base import Identified


class UseFilter(SimpleListFilter):
    """Whether it is offered; the retired ones come when they are asked for."""

    title, parameter_name = "use", "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("retired", "retired")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        return iter([{**first, "display": _("in use")}, *others])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(retired_on__isnull=self.value() != "retired")


class ProtocolItemInline(DoseRowInline):
    """The protocol's exercises."""

    model = ProtocolItem
    form = ProtocolItemForm
    formset = ProtocolItemFormSet
    fields = ["order", "side", "load", "note", "extra_caution", "offers_easier"]


@admin.register(Protocol)
class ProtocolAdmin(ProtocolViews):
    """Protocols of the own clinics."""

    form = ProtocolForm
    change_form_template = "desk/protocol/form.html"
    list_display = ["title", "condition", "exercises", "clinic", "retired_on", "updated_at"]
    list_select_related = ["condition", "clinic"]
    list_filter = [UseFilter]
    search_fields = ["search_text", "condition__search_text"]
    search_help_text = _lazy("Title or condition")
    ordering = ["title"]
    inlines = [ProtocolItemInline]
    fieldsets = [(None, {"fields": [*ProtocolForm.Meta.fields]})]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.protocols_of(person).select_related("clinic", "condition", "next", "kept_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "plans_protocol_changelist":
            counted = counted.annotate(item_count=Count("items"))
        return counted

    def may_see(self, person: User, obj: Any | None) -> bool:
        own = permissions.clinics_with(person)
        return bool(own) if obj is None else obj.clinic_id in own

    def may_add(self, person: User) -> bool:
        return permissions.may_keep_protocols(person) or permissions.may_have_patients(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return self.may_add(person)
        return permissions.may_write_protocol(person, obj)

    def rows_of_form(self, obj: Protocol) -> Iterable[Identified]:
        return chain([obj], obj.items.all(), obj.therapies.all())

    @admin.display(description=_lazy("Exercises"), ordering="item_count")
    def exercises(self, obj: Any) -> int:
        return int(obj.item_count)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        items = formsets[0]
        return save_protocol(
            protocol=obj,
            items=changed_rows(items),
            removed=removed_rows(items),
            therapies=form.chosen_therapies(),
            by=by,
        )

    def show(self, request: HttpRequest, protocol: Protocol) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": protocol.title,
            "opts": self.opts,
            "original": protocol,
            "items": protocol_lines(protocol),
            "often": dose_in_words(Dose().with_frequency(protocol.frequency)),
            "therapies": therapies_of(protocol),
            "window": window_words(protocol),
            "may_edit": self.has_change_permission(request, protocol),
            "may_use": permissions.may_have_patients(person_of(request)) and protocol.retired_on is None,
        }
        return TemplateResponse(request, "desk/protocol/page.html", context)
