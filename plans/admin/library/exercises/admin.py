"""Exercises: looked up by everyone, written by library admins of the own clinic, approved by reviewers."""

from collections.abc import Sequence
from gettext import NullTranslations
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from plans import audit, permissions
from plans.actions.approving import approve_exercises
from plans.actions.exercises import delete_exercise, recall_exercise, retire_exercise, write_exercise
from plans.actions.pictures import add_picture
from plans.admin.base.requests import person_of
from plans.admin.base.throttle import refuse_too_many
from plans.admin.base.uploads import PictureUploads
from plans.admin.library.base import ApprovingPage, reviewer_roles
from plans.admin.library.changes import Change, changes_of_exercises, safe_words
from plans.admin.library.exercises.forms import ExerciseForm
from plans.admin.library.exercises.previews import figure_preview, reading_of
from plans.admin.library.filters import KindFilter, PositionFilter, StateFilter, with_state
from plans.admin.library.presenters import clinic_of, clinics_shown, reviewed
from plans.admin.programmes.inlines import read_uuid
from plans.dose import phrases
from plans.exceptions import PlansError
from plans.models import Approval, Clinic, Exercise, ExerciseRevision, ExerciseText, Role, User
from plans.pictures import PHOTOGRAPH
from plans.queries.exercises import offered_revisions, revisions_in_use


@admin.register(Exercise)
class ExerciseAdmin(PictureUploads, ApprovingPage):
    """The exercises of the shared library and of the own clinics."""

    form = ExerciseForm
    picture_bounds = PHOTOGRAPH
    change_form_template = "desk/library/exercise_form.html"
    list_display = ["name", "kind", "position", "review", "owner", "retired_on"]
    list_filter = [StateFilter, KindFilter, PositionFilter]
    list_select_related = ["clinic"]
    search_fields = ["code", "revisions__texts__search_text"]
    search_help_text = "Name or code"
    fieldsets = [(None, {"fields": ["code", "clinic"]})]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.exercises_of(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        texts = ExerciseText.objects.filter(language="en")
        shown = offered_revisions(clinics_shown(person_of(request))).prefetch_related(
            Prefetch("texts", queryset=texts, to_attr="english")
        )
        rows = with_state(super().get_queryset(request), request, of="exercise")
        return rows.prefetch_related(Prefetch("revisions", queryset=shown, to_attr="shown"))

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)

    def may_add(self, person: User) -> bool:
        return permissions.may_keep_a_library(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_keep_a_library(person)
        return permissions.may_edit_library(person, obj.clinic_id)

    # --- The list -------------------------------------------------------------------------------------

    @admin.display(description="Exercise", ordering="code")
    def name(self, obj: Any) -> str:
        revision = _shown(obj)
        texts = revision.english if revision else []
        return str(texts[0].name if texts else obj.code)

    @admin.display(description="Kind")
    def kind(self, obj: Any) -> str:
        revision = _shown(obj)
        return revision.get_kind_display() if revision else ""

    @admin.display(description="Position")
    def position(self, obj: Any) -> str:
        revision = _shown(obj)
        return revision.get_position_display() if revision else ""

    @admin.display(description="Review")
    def review(self, obj: Any) -> str:
        revision = _shown(obj)
        if revision and not revision.newest:
            return "a change waits" if obj.waits else "approved"
        return "needs review" if obj.waits else "approved"

    @admin.display(description="Library")
    def owner(self, obj: Exercise) -> str:
        return str(obj.clinic) if obj.clinic else "shared"

    # --- Approving ------------------------------------------------------------------------------------

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        rows = ExerciseRevision.objects.filter(exercise__in=queryset, newest=True)
        return list(rows.select_related("exercise").prefetch_related("texts", "movements"))

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        return changes_of_exercises(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve_exercises(revisions=revisions, clinic=clinic, by=by)

    # --- One exercise ---------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("reading/", view(require_POST(self.reading_page)), name="plans_exercise_reading"),
            path("figure/", view(require_POST(self.figure_page)), name="plans_exercise_figure"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_exercise_retire"),
            path(
                "<uuid:pk>/recall/<uuid:clinic_id>/",
                view(require_POST(self.recall)),
                name="plans_exercise_recall",
            ),
            path(
                "<uuid:pk>/use/<uuid:revision_id>/", view(require_POST(self.use)), name="plans_exercise_use"
            ),
            path("<uuid:pk>/remove/", view(require_POST(self.remove)), name="plans_exercise_remove"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the exercise; `?edit` shows the form to those who may write it."""
        exercise = self.get_queryset(request).filter(pk=object_id).first() if _is_uuid(object_id) else None
        edits = "edit" in request.GET and self.has_change_permission(request, exercise)
        if exercise is None or edits or request.method == "POST":
            return super().change_view(request, object_id, form_url, extra_context)
        return TemplateResponse(request, "desk/library/exercise.html", self._shown(request, exercise))

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person = person_of(request)
        copied = request.GET.get("copy", "")
        if obj is None and _is_uuid(copied):
            form.copied = self.rows_of(person_of(request)).filter(pk=copied).first()
        return form

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        clinic = obj.clinic
        photo = form.kept_photo()
        if uploaded := form.uploaded():
            photo = add_picture(picture=uploaded, clinic=clinic, by=by)
        revision, _ = write_exercise(
            data=form.data_of(), figure=form.cleaned_data["figure"], photo=photo, clinic=clinic, by=by
        )
        return revision.exercise

    def reading_page(self, request: HttpRequest) -> HttpResponse:
        """Say how easily the typed texts read."""
        self._check_writer(request)
        if too_many := refuse_too_many(request):
            return too_many
        return render(request, "desk/library/reading.html", {"readings": reading_of(request.POST)})

    def figure_page(self, request: HttpRequest) -> HttpResponse:
        """Draw the typed poses, or say what is wrong with them."""
        self._check_writer(request)
        if too_many := refuse_too_many(request):
            return too_many
        return render(request, "desk/library/figure.html", figure_preview(request.POST.get("figure", "")))

    def retire(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Offer it no more."""
        exercise = self._own(request, pk)
        retire_exercise(exercise=exercise, by=person_of(request))
        messages.success(request, "Retired: new plans cannot take it any more.")
        return HttpResponseRedirect(self.page_of(exercise))

    def recall(self, request: HttpRequest, pk: UUID, clinic_id: UUID) -> HttpResponse:
        """Stop its use in a clinic at once."""
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        clinic = get_object_or_404(_recalling(person_of(request)), pk=clinic_id)
        recall_exercise(exercise=exercise, clinic=clinic, by=person_of(request))
        messages.success(request, "Recalled: no plan may take it until a reviewer approves a revision again.")
        return HttpResponseRedirect(self.page_of(exercise))

    def use(self, request: HttpRequest, pk: UUID, revision_id: UUID) -> HttpResponse:
        """Go back to a revision that the clinic approved before."""
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        role = get_object_or_404(reviewer_roles(request), pk=read_uuid(request.POST.get("role")))
        approved = exercise.revisions.filter(approvals__clinic=role.clinic).distinct()
        revision = get_object_or_404(approved, pk=revision_id)
        approve_exercises(revisions=[revision], clinic=role.clinic, by=person_of(request))
        messages.success(request, f"Plans and lists go on with revision {revision.number}.")
        return HttpResponseRedirect(self.page_of(exercise))

    def remove(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Delete it, if no plan names it."""
        exercise = self._own(request, pk)
        try:
            delete_exercise(exercise=exercise, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.page_of(exercise))
        messages.success(request, "Deleted.")
        return HttpResponseRedirect("../../")

    def place_of(self, obj: Exercise) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def _check_writer(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _own(self, request: HttpRequest, pk: Any) -> Exercise:
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        if not self.has_change_permission(request, exercise):
            raise Http404
        return exercise

    def _shown(self, request: HttpRequest, exercise: Any) -> dict[str, Any]:
        person = person_of(request)
        clinic = clinic_of(person)
        newest = exercise.revisions.filter(newest=True).prefetch_related("movements", "texts").first()
        in_use = revisions_in_use([exercise.pk], clinic=clinic).get(exercise.pk) if clinic else None
        revision = in_use or newest
        texts = list(revision.texts.all()) if revision else []
        changes = (
            changes_of_exercises([newest], clinic=clinic) if in_use and clinic and in_use != newest else []
        )
        approved = Approval.objects.filter(clinic=clinic, revision=OuterRef("pk"))
        revisions = list(exercise.revisions.order_by("-number").annotate(was_approved=Exists(approved)))
        return {
            **self.admin_site.each_context(request),
            "title": self.name(exercise),
            "opts": self.opts,
            "original": exercise,
            "revision": revision,
            "alt": next((text.alt for text in texts if text.language == "en"), ""),
            "picture": revision.pictures.select_related("picture").first() if revision else None,
            "revision_review": reviewed([revision], kind="revision", clinic=clinic)[0] if revision else None,
            "texts": reviewed(texts, kind="text", clinic=clinic),
            "dose": phrases(revision.dose, words=NullTranslations()) if revision else (),
            "safe": safe_words(revision) if revision else (),
            "revisions": revisions,
            "change": changes[0] if changes else None,
            "in_use_id": in_use.pk if in_use else None,
            "is_in_use": in_use is not None,
            "was_withdrawn": in_use is None and any(one.was_approved for one in revisions),
            "person": person,
            "reviewer_roles": list(reviewer_roles(request)),
            "recalling_clinics": _recalling(person).filter(approvals__in=_standing(exercise)).distinct(),
            "led_clinics": Clinic.objects.filter(pk__in=permissions.clinics_with(person, Role.LEAD)),
            "may_edit": self.has_change_permission(request, exercise),
            "may_copy": self.has_add_permission(request),
            "may_review": reviewer_roles(request).exists(),
        }


def _recalling(person: User) -> QuerySet[Clinic]:
    """Return the clinics in which the person may recall an exercise."""
    return Clinic.objects.filter(pk__in=permissions.clinics_with(person, *permissions.RECALLERS))


def _standing(exercise: Exercise) -> QuerySet[Approval]:
    return Approval.objects.filter(revision__exercise=exercise, withdrawn_at=None)


def _shown(exercise: Any) -> Any | None:
    """Return the revision that the list shows of an exercise."""
    found = getattr(exercise, "shown", None)
    return found[0] if found else None


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and text.replace("-", "").isalnum()
