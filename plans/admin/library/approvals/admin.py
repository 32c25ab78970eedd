"""What a clinic's reviewers have approved, taken back by them; and the handout's fixed words."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve_wording, withdraw
from plans.admin.base.requests import person_of
from plans.admin.library.presenters import reviewer_roles
from plans.admin.library.review.views import ReviewViews
from plans.exceptions import PlansError
from plans.languages import get_language
from plans.models import Approval, Clinic, Role, User
from plans.models.approvals import THINGS
from plans.queries.wording import language_ready, words_to_read

LANGUAGES = settings.LANGUAGES


@admin.register(Approval)
class ApprovalAdmin(ReviewViews):
    """Approvals of the own clinics: a record, with the one act of taking back."""

    list_display = ["what", "approved_by", "licence_number", "approved_at", "withdrawn_at"]
    list_select_related = [
        "approved_by",
        "revision__exercise",
        "text",
        "rule__rule",
        "sentence__revision__rule",
        "advice",
        "leaflet",
        "measure",
        "sign",
        "protocol__protocol",
        "vocabulary__movement",
        "vocabulary__condition",
        "vocabulary__symptom",
    ]
    fields = ["clinic", "approved_by", "licence_number", "approved_at", "withdrawn_at", "withdrawn_by"]
    actions = ["take_back"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return Approval.objects.filter(clinic__in=permissions.clinics_with(person, Role.REVIEWER))

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return bool(permissions.clinics_with(person, Role.REVIEWER))
        return permissions.may_review(person, obj.clinic_id)

    @admin.display(description=_lazy("What"))
    def what(self, obj: Approval) -> str:
        things = (getattr(obj, name) for name in THINGS)
        thing = next((one for one in things if one), None)
        return str(thing) if thing else _("fixed words, %(value)s") % {"value": obj.wording.partition(":")[0]}

    def has_review_permission(self, request: HttpRequest) -> bool:
        return reviewer_roles(person_of(request)).exists()

    @admin.action(permissions=["review"], description=_lazy("Take back"))
    def take_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        try:
            approvals = queryset.select_related("clinic", "revision__exercise", "text__revision__exercise")
            count = withdraw(approvals=approvals, by=person_of(request))
            messages.success(request, _("%(count)s approval(s) taken back.") % {"count": count})
        except PlansError as error:
            messages.error(request, str(error))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("wording/", view(self.wording_page), name="plans_approval_wording"), *super().get_urls()]

    def wording_page(self, request: HttpRequest) -> HttpResponse:
        roles = list(reviewer_roles(person_of(request)))
        if not roles:
            raise PermissionDenied
        if request.method == "POST":
            return self._approve_wording(request, roles)
        context = {
            **self.admin_site.each_context(request),
            "title": _("The handout's fixed words"),
            "opts": self.opts,
            "person": person_of(request),
            "roles": [
                (role, [_language(role.clinic, *language) for language in LANGUAGES]) for role in roles
            ],
        }
        return TemplateResponse(request, "desk/library/wording.html", context)

    def _approve_wording(self, request: HttpRequest, roles: list[Any]) -> HttpResponse:
        role = next((row for row in roles if str(row.pk) == request.POST.get("role")), None)
        language = request.POST.get("language", "")
        if role is None or language not in dict(LANGUAGES):
            raise PermissionDenied
        approve_wording(language=language, clinic=role.clinic, by=person_of(request))
        messages.success(request, _("Approved."))
        return HttpResponseRedirect(reverse("admin:plans_approval_wording"))


def _language(clinic: Clinic, code: str, name: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "ready": language_ready(clinic, code),
        "draft": get_language(code).is_draft,
        "words": words_to_read(code),
    }
