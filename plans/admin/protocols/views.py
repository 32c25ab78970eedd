"""What is asked of protocols besides their pages: exercises to choose from, a new row, retired and in use again."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans.actions.protocols import restore_protocol, retire_protocol
from plans.admin.base.readonly import ReadFirstAdmin
from plans.admin.base.requests import person_of, read_uuid
from plans.admin.base.throttle import refuse_too_many
from plans.admin.programmes.picker import find_exercises
from plans.admin.protocols.forms import LANGUAGE, ProtocolItemFormSet, clinics_written
from plans.exceptions import PlansError
from plans.models import Clinic, Protocol
from plans.queries.exercises import chosen_revisions


class ProtocolViews(ReadFirstAdmin):
    """The addresses below a protocol's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("offer/", view(require_GET(self.offer_page)), name="plans_protocol_offer"),
            path("row/", view(require_GET(self.row_page)), name="plans_protocol_row"),
            path("words/", view(require_POST(self.words_page)), name="plans_protocol_words"),
            path("<uuid:pk>/words/", view(require_POST(self.words_page)), name="plans_protocol_words"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_protocol_retire"),
            path("<uuid:pk>/restore/", view(require_POST(self.restore)), name="plans_protocol_restore"),
            *super().get_urls(),
        ]

    def offer_page(self, request: HttpRequest) -> HttpResponse:
        found = find_exercises(
            clinic=self._clinic(request), language=LANGUAGE, words=request.GET.get("q", "")
        )
        context = {"offered": found, "row_page": "admin:plans_protocol_row"}
        return render(request, "desk/plan/offer.html", context)

    def row_page(self, request: HttpRequest) -> HttpResponse:
        clinic = self._clinic(request)
        revision_id = read_uuid(request.GET.get("revision"))
        chosen = chosen_revisions({revision_id} if revision_id else (), clinic=clinic, language=LANGUAGE)
        exercise = chosen.get(revision_id) if revision_id else None
        own = (None, clinic.pk)
        if exercise is None or not exercise.is_offered or exercise.revision.exercise.clinic_id not in own:
            raise Http404
        index = request.GET.get("index", "0")
        formsets, _ = self._create_formsets(request, Protocol(clinic=clinic), change=False)
        formset: ProtocolItemFormSet = formsets[0]
        form = formset.new_row(int(index) if index.isdecimal() else 0, chosen)
        form.show(exercise.revision.pk, exercise.revision.dose)
        return render(request, "desk/plan/item.html", {"form": form, "formset": formset})

    def words_page(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Say the doses of a form that is being written in words, with what is wrong in them. Nothing is written."""
        protocol = self._own(request, pk) if pk else Protocol(clinic=self._clinic(request))
        if too_many := refuse_too_many(request):
            return too_many
        form = self.get_form(request, protocol, change=bool(pk))(request.POST, instance=protocol)
        form.is_valid()
        formsets, _ = self._create_formsets(request, form.instance, change=bool(pk))
        formset: ProtocolItemFormSet = formsets[0]
        formset.is_valid()
        return render(request, "desk/protocol/words.html", {"formset": formset})

    def retire(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        protocol = retire_protocol(protocol=self._own(request, pk), by=person_of(request))
        messages.success(request, _("Retired: it is offered no more. Plans that were made from it stay."))
        return HttpResponseRedirect(self.page_of(protocol))

    def restore(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        protocol = self._own(request, pk)
        try:
            restore_protocol(protocol=protocol, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("In use again."))
        return HttpResponseRedirect(self.page_of(protocol))

    def _clinic(self, request: HttpRequest) -> Clinic:
        """Return the clinic that the form names, if the person writes its protocols; else their first one."""
        clinics: QuerySet[Clinic] = clinics_written(person_of(request))
        named = read_uuid(request.GET.get("clinic") or request.POST.get("clinic"))
        clinic = clinics.filter(pk=named).first() if named else clinics.first()
        if clinic is None:
            raise Http404
        return clinic

    def _own(self, request: HttpRequest, pk: UUID) -> Protocol:
        protocol: Protocol = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        if not self.has_change_permission(request, protocol):
            raise Http404
        return protocol
