"""A figure that is saved is one that everybody can do; whoever is refused is told the line and the body."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from plans.admin.base.requests import person_of, state_of
from plans.admin.base.uploads import PictureUploadAdmin
from plans.admin.library.exercises.bodies import check_everybody
from plans.admin.library.exercises.figure_editor import poses_of
from plans.drawer import FigureFileError, check_figure
from plans.exceptions import PlansError
from plans.models import ExerciseRevision


class FigureSavingAdmin(PictureUploadAdmin):
    """A page whose form has poses."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Pose the figure first: on all bodies that takes seconds, and in the transaction all others would wait."""
        state_of(request).figure_refusal = self._try_figure(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.figure_refusal = state_of(request).figure_refusal
        return form

    def _try_figure(self, request: HttpRequest, object_id: str | None) -> PlansError | None:
        may = self.has_add_permission(request) if object_id is None else self.has_change_permission(request)
        text = poses_of(request.POST.get("figure", ""))
        if request.method != "POST" or not may or not text or self._is_kept(request, text):
            return None
        try:
            check_figure(text)
            check_everybody(text)
        except FigureFileError as error:
            return error
        return None

    def _is_kept(self, request: HttpRequest, text: str) -> bool:
        """Whether an exercise that the person sees has these poses already: then they were tried before."""
        seen = self.rows_of(person_of(request))
        rows = ExerciseRevision.objects.filter(newest=True, exercise__in=seen, figure__in=[text, f"{text}\n"])
        return rows.exists()
