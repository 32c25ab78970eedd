"""What is asked of one exercise: help while it is typed, and the buttons of its page."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans.actions.approving import approve_exercises
from plans.actions.exercises import delete_exercise, recall_exercise, retire_exercise
from plans.actions.favourites import add_favourite, remove_favourite
from plans.admin.base.requests import person_of, read_uuid, state_of
from plans.admin.base.throttle import refuse_too_many
from plans.admin.base.thumbnails import show_thumbnail
from plans.admin.library.base import RevisedAdmin
from plans.admin.library.exercises.figure_editor import edited, moving_as_asked, on_person
from plans.admin.library.exercises.moving import moves, moving_of
from plans.admin.library.exercises.presenters import recalling_clinics, revision_shown
from plans.admin.library.exercises.typing_help import reading_of
from plans.admin.library.presenters import reviewer_roles
from plans.drawer import BodyName
from plans.exceptions import PlansError
from plans.models import Exercise
from plans.permissions import exercises_of


class ExerciseViews(RevisedAdmin):
    """The addresses below an exercise's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("reading/", view(require_POST(self.reading_page)), name="plans_exercise_reading"),
            path("figure/", view(require_POST(self.figure_page)), name="plans_exercise_figure"),
            path(
                "picture/<uuid:revision_id>/<slug:version>/",
                view(require_GET(show_thumbnail), cacheable=True),
                name="plans_exercise_thumbnail",
            ),
            path("<uuid:pk>/moving/", view(require_GET(self.moving_page)), name="plans_exercise_moving"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_exercise_retire"),
            path(
                "<uuid:pk>/recall/<uuid:clinic_id>/",
                view(require_POST(self.recall)),
                name="plans_exercise_recall",
            ),
            path(
                "<uuid:pk>/use/<uuid:revision_id>/", view(require_POST(self.use)), name="plans_exercise_use"
            ),
            path(
                "<uuid:pk>/favourite/",
                view(require_POST(self.favourite)),
                name="plans_exercise_favourite",
            ),
            path("<uuid:pk>/remove/", view(require_POST(self.remove)), name="plans_exercise_remove"),
            *super().get_urls(),
        ]

    def reading_page(self, request: HttpRequest) -> HttpResponse:
        self._check_writer(request)
        if too_many := refuse_too_many(request):
            return too_many
        return render(request, "desk/library/reading.html", {"readings": reading_of(request.POST)})

    def figure_page(self, request: HttpRequest) -> HttpResponse:
        self._check_writer(request)
        if too_many := refuse_too_many(request):
            return too_many
        asked = request.POST.dict()
        if asked.get("moving"):
            return render(request, "desk/library/moving.html", moving_as_asked(asked))
        if asked.get("person") in set(BodyName):
            return render(request, "desk/library/figure_body.html", on_person(asked))
        return render(request, "desk/library/figure.html", edited(asked))

    def moving_page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Show the figure of the revision that the exercise's page shows, moving."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        revision = revision_shown(exercise, clinic=state_of(request).clinic)
        if revision is None or not moves(revision):
            raise Http404
        if too_many := refuse_too_many(request):
            return too_many
        return render(request, "desk/library/moving.html", moving_of(revision))

    def retire(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        exercise = self.row_to_change(request, pk)
        retire_exercise(exercise=exercise, by=person_of(request))
        messages.success(request, _("Retired: new plans cannot take it any more."))
        return HttpResponseRedirect(self.page_of(exercise))

    def recall(self, request: HttpRequest, pk: UUID, clinic_id: UUID) -> HttpResponse:
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        clinic = get_object_or_404(recalling_clinics(person_of(request)), pk=clinic_id)
        recall_exercise(exercise=exercise, clinic=clinic, by=person_of(request))
        messages.success(
            request, _("Recalled: no plan may take it until a reviewer approves a revision again.")
        )
        return HttpResponseRedirect(self.page_of(exercise))

    def use(self, request: HttpRequest, pk: UUID, revision_id: UUID) -> HttpResponse:
        exercise: Exercise = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        roles = reviewer_roles(person_of(request))
        role = get_object_or_404(roles, pk=read_uuid(request.POST.get("role")))
        approved = exercise.revisions.filter(approvals__clinic=role.clinic).distinct()
        revision = get_object_or_404(approved, pk=revision_id)
        approve_exercises(revisions=[revision], clinic=role.clinic, by=person_of(request))
        messages.success(
            request, _("Plans and lists go on with revision %(number)s.") % {"number": revision.number}
        )
        return HttpResponseRedirect(self.page_of(exercise))

    def favourite(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Mark it as one's own favourite, or take the mark away."""
        exercise: Exercise = get_object_or_404(exercises_of(person_of(request)), pk=pk)
        write = add_favourite if request.POST.get("on") else remove_favourite
        write(exercise=exercise, by=person_of(request))
        return HttpResponse(status=HTTPStatus.NO_CONTENT)

    def remove(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        exercise = self.row_to_change(request, pk)
        try:
            delete_exercise(exercise=exercise, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self.page_of(exercise))
        messages.success(request, _("Deleted."))
        return HttpResponseRedirect(reverse("admin:plans_exercise_changelist"))

    def _check_writer(self, request: HttpRequest) -> None:
        if not self.has_add_permission(request):
            raise PermissionDenied
