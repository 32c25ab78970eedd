"""A figure that is saved is one that everybody can do; whoever is refused is told the line and the body."""

from typing import Any

from django.http import HttpRequest

from plans.admin.base.requests import person_of, state_of
from plans.admin.base.uploads import PictureUploadAdmin
from plans.admin.library.exercises.bodies import check_everybody
from plans.admin.library.exercises.figure_editor import poses_of
from plans.drawer import FigureFileError, check_figure
from plans.exceptions import PlansError
from plans.models import ExerciseRevision


class FigureSavingAdmin(PictureUploadAdmin):
    """A page whose form has poses."""

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        state_of(request).figure_refusal = self._try_figure(request)

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.figure_refusal = state_of(request).figure_refusal
        return form

    def _try_figure(self, request: HttpRequest) -> PlansError | None:
        text = poses_of(request.POST.get("figure", ""))
        if not text or self._is_kept(request, text):
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
