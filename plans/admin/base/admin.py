"""What every page of the desk holds to: denied by default, own rows only, one action for each write."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from plans import audit
from plans.admin.audit_labels import events_of
from plans.admin.base.forms import DeskForm, FormOvertaken, fingerprint_of
from plans.admin.base.lookups import may_filter
from plans.admin.base.media import without_address_makers
from plans.admin.base.related import OwnRows
from plans.admin.base.requests import person_of, state_of
from plans.admin.base.search import remember_search, searched_words, searching
from plans.admin.base.theme import ThemedAdmin
from plans.admin_site import is_id
from plans.exceptions import PlansError
from plans.folding import fold
from plans.models import AuditVerb, User
from plans.models.base import Identified
from plans.permissions import NotAllowed


class DeskAdmin(OwnRows, ThemedAdmin):
    """The base of all pages. A subclass names its rows, who may do what, and the one action that writes."""

    form = DeskForm
    change_form_template = "desk/change_form.html"
    object_history_template = "desk/history.html"
    actions_on_bottom = False
    show_full_result_count = False
    list_per_page = 50
    read_verb: ClassVar[AuditVerb | None] = None
    """The audit verb of looking at one row; none where looking is not recorded."""

    @property
    def media(self) -> Media:
        """The framework's scripts but those that make web addresses from titles: 50 KB that no page of ours needs."""
        return without_address_makers(super().media)

    def rows_of(self, person: User) -> QuerySet[Any]:
        none: QuerySet[Any] = self.model._default_manager.none()
        return none

    def may_see(self, person: User, obj: Any | None) -> bool:
        return False

    def may_add(self, person: User) -> bool:
        return False

    def may_change(self, person: User, obj: Any | None) -> bool:
        return False

    def may_delete(self, person: User, obj: Any | None) -> bool:
        return False

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        """Call the one action that writes this form, and return what it returns; nothing else writes."""
        raise NotAllowed

    def row_of(self, result: Any) -> Any:
        return result

    def rows_of_form(self, obj: Any) -> Iterable[Identified]:
        """Return the rows that the object's form shows: it is not written over another person's change of one."""
        return [obj]

    # --- Who may ---------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return isinstance(request.user, User) and self.may_see(request.user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and self.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return isinstance(request.user, User) and self.may_change(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return isinstance(request.user, User) and self.may_delete(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.rows_of(person_of(request))
        return rows

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Let an address filter by the page's own filters only: others could ask about foreign rows."""
        filters = self.get_list_filter(request) if request else ()
        return may_filter(self.model, filters, lookup, value)

    # --- Searching -------------------------------------------------------------------------------------

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; a search is posted and then stands in the session."""
        if self.has_view_permission(request) and (answer := remember_search(request)):
            return answer
        return super().changelist_view(request, extra_context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        return searching(super().get_changelist(request, **kwargs), searched_words(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Find words however their accents are typed, where the page searches in columns that are folded."""
        folded = any(name.endswith("search_text") for name in self.get_search_fields(request))
        return super().get_search_results(request, queryset, fold(search_term) if folded else search_term)

    # --- Writing ---------------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any | None:
        """Read the row; one that is about to be written is locked until it is."""
        obj = super().get_object(request, object_id, from_field)
        if obj is not None and request.method == "POST" and self.has_change_permission(request, obj):
            self.model._default_manager.select_for_update().filter(pk=obj.pk).first()
        return obj

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        # Built for this request from the page's own form, so what is set on the class is of this request alone.
        form = cast(type[DeskForm], super().get_form(request, obj, change=change, **kwargs))
        form.fingerprint = fingerprint_of(self.rows_of_form(obj)) if obj is not None else ""
        form.refusal = state_of(request).refusal
        form.person = person_of(request)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new row with what the address names by id. Words stand in no address, so none are taken from it."""
        given = super().get_changeform_initial_data(request)
        return {name: value for name, value in given.items() if is_id(value)}

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or write the form. What the action refuses is shown on the same form, and nothing is written."""
        may = self.has_add_permission(request) if object_id is None else self.has_change_permission(request)
        if request.method == "POST" and may:
            self.prepare(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except PlansError as error:
            state_of(request).refuse(error)
        except IntegrityError:
            state_of(request).refuse(FormOvertaken())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def prepare(self, request: HttpRequest) -> None:
        """Do what takes a second or more before the transaction begins, in which all others would wait."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Write nothing yet: the action writes the row together with its related rows."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        for formset in formsets:
            formset.save(commit=False)
        by = person_of(request)
        result = self.write(obj=form.instance, form=form, formsets=formsets, by=by, change=change)
        state_of(request).result = result
        form.instance.pk = self.row_of(result).pk

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, dict[str, Any]]]:
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing: the log of the framework would hold names; the actions append audit rows."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write nothing, as above."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Write nothing, as above."""

    # --- Answers: without names, as messages travel in a cookie ---------------------------------------

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.after_save(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.after_save(request, obj)

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.page_of(obj))

    def page_of(self, obj: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])

    # --- Reading ---------------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and request.method == "GET":
            self.note_reading(request, obj)
        # The page's title stands in the browser's history and on its tabs: it names no patient.
        context["subtitle"] = None
        context.setdefault("show_save_and_continue", False)
        context.setdefault("show_save_and_add_another", False)
        return super().render_change_form(request, context, *args, **kwargs)

    def note_reading(self, request: HttpRequest, obj: Any) -> None:
        if self.read_verb is None:
            return
        audit.append(verb=self.read_verb, by=person_of(request), what=obj, **self.place_of(obj))

    def place_of(self, obj: Any) -> audit.Place:
        return audit.Place(clinic=getattr(obj, "clinic", None), patient_id=None)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Who did what"),
            "opts": self.opts,
            "object": obj,
            "events": events_of(obj),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)
