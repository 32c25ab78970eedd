"""Exercises: looked up by everyone, written by library admins of the own clinic, approved by reviewers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve_exercises
from plans.actions.edit_exercise import edit_exercise
from plans.admin.base.requests import person_of, read_uuid, state_of
from plans.admin.library.changes import Change, changes_of_exercises
from plans.admin.library.exercises.forms import ExerciseForm
from plans.admin.library.exercises.presenters import exercise_context
from plans.admin.library.exercises.saving import FigureSavingAdmin
from plans.admin.library.exercises.views import ExerciseViews
from plans.admin.library.filters import KindFilter, PositionFilter, ReviewStateFilter, with_review_state
from plans.admin.library.presenters import review_clinics
from plans.models import Clinic, Exercise, ExerciseRevision, ExerciseText, User
from plans.pictures import PHOTOGRAPH
from plans.queries.exercise_search import RELEVANCE, by_relevance
from plans.queries.exercises import offered_revisions

TO_REVIEW = "to_review"
SENT = _lazy("Saved. It waits for review; until a reviewer approves it, plans go on with what is approved.")


@admin.register(Exercise)
class ExerciseAdmin(FigureSavingAdmin, ExerciseViews):
    """The exercises of the shared library and of the own clinics."""

    form = ExerciseForm
    picture_bounds = PHOTOGRAPH
    change_form_template = "desk/library/exercise_form.html"
    list_display = ["name", "kind", "position", "review", "owner", "retired_on"]
    list_filter = [ReviewStateFilter, KindFilter, PositionFilter]
    search_fields = ["code"]  # that there is a search; get_search_results says what it looks in
    search_help_text = _lazy("Name, body part, condition or equipment")

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.exercises_of(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = ExerciseText.objects.filter(language="en")
        offered = offered_revisions(review_clinics(request)).prefetch_related(
            Prefetch("texts", queryset=texts, to_attr="english")
        )
        rows = with_review_state(super().get_queryset(request), request, of="exercise")
        return rows.prefetch_related(Prefetch("revisions", queryset=offered, to_attr="offered"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """Find exercises as the plan's page does, the best first unless the person orders by a column."""
        if not search_term.strip():
            return queryset, False
        clinics = permissions.clinics_with(person_of(request))
        found = by_relevance(queryset, search_term, clinics=clinics, language="en")
        return (found if ORDER_VAR in request.GET else found.order_by(f"-{RELEVANCE}", "code", "pk")), False

    @admin.display(description=_lazy("Exercise"), ordering="code")
    def name(self, obj: Any) -> str:
        revision = _offered(obj)
        texts = revision.english if revision else []
        return str(texts[0].name if texts else obj.code)

    @admin.display(description=_lazy("Kind"))
    def kind(self, obj: Any) -> str:
        revision = _offered(obj)
        return revision.get_kind_display() if revision else ""

    @admin.display(description=_lazy("Position"))
    def position(self, obj: Any) -> str:
        revision = _offered(obj)
        return revision.get_position_display() if revision else ""

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        revision = _offered(obj)
        if revision and not revision.newest:
            return _("a change waits") if obj.waits else _("approved")
        return _("needs review") if obj.waits else _("approved")

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        rows = ExerciseRevision.objects.filter(exercise__in=queryset, newest=True)
        return list(rows.select_related("exercise").prefetch_related("texts", "movements"))

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        return changes_of_exercises(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve_exercises(revisions=revisions, clinic=clinic, by=by)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None and (copied := read_uuid(request.GET.get("copy"))):
            form.copied = self.rows_of(person_of(request)).filter(pk=copied).first()
        return form

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        revision = edit_exercise(
            data=form.data_of(),
            figure=form.cleaned_data["figure"],
            photo=form.uploaded() or form.kept_photo(),
            rights=form.rights(),
            easier=form.chosen_easier(),
            clinic=obj.clinic,
            by=by,
        )
        return revision.exercise

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the page of whoever sends the exercise to review from its editor."""
        if TO_REVIEW not in request.POST:
            return super().after_save(request, obj)
        messages.success(request, SENT)
        return HttpResponseRedirect(f"{self.page_of(obj)}?edit=1#picture")

    def show(self, request: HttpRequest, exercise: Exercise) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": self.name(exercise),
            "opts": self.opts,
            "original": exercise,
            "may_edit": self.has_change_permission(request, exercise),
            "may_copy": self.has_add_permission(request),
            **exercise_context(exercise, clinic=state_of(request).clinic, person=person_of(request)),
        }
        return TemplateResponse(request, "desk/library/exercise.html", context)


def _offered(exercise: Any) -> Any | None:
    found = getattr(exercise, "offered", None)
    return found[0] if found else None
