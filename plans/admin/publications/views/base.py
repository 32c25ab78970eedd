"""What all addresses below a version's own share: whose it is, and the way back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from plans.admin.base.readonly import ReadOnlyAdmin
from plans.admin.base.requests import person_of
from plans.models import Publication


class VersionAdmin(ReadOnlyAdmin):
    """Finds a version of the own caseload, and leads back to its page."""

    def own(self, request: HttpRequest, pk: UUID) -> Publication:
        publication: Publication | None = self.rows_of(person_of(request)).filter(pk=pk).first()
        if publication is None:
            raise Http404
        return publication

    def back(self, publication: Publication, *, to: str = "") -> HttpResponse:
        return HttpResponseRedirect(self.page_of(publication) + to)

    def back_from(self, request: HttpRequest, publication: Publication, *, to: str = "") -> HttpResponse:
        """Lead back to where it was asked for: the patient's links, or the version."""
        if request.POST.get("back") != "patient":
            return self.back(publication, to=to)
        patient = reverse("admin:plans_patient_change", args=[publication.plan.patient_id])
        return HttpResponseRedirect(f"{patient}#links-heading")
