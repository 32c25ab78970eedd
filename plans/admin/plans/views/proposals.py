"""A protocol beside a plan: chosen, held against the plan and its patient, and begun from."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET

from plans import permissions
from plans.actions.apply_protocol import start_plan
from plans.admin.base.fields import row_field
from plans.admin.base.requests import person_of, read_uuid
from plans.admin.plans.proposals.lines import ProposalPage, proposal_page
from plans.admin.plans.proposals.words import window_line
from plans.admin.plans.views.editor import PlanEditorViews
from plans.admin.plans.views.protocol import tell_joined
from plans.exceptions import PlansError
from plans.models import LibraryProtocol, Patient, PhaseBegan, Plan, Protocol
from plans.queries.exercises import chosen_revisions
from plans.queries.phase_windows import check_windows
from plans.queries.programmes import AnyProtocol, Programme, find_programme, fitting, programmes_of
from plans.queries.proposals import propose

MAX_OFFERS = 3


class StartForm(forms.Form):
    """For whom a plan is begun."""

    patient = forms.ModelChoiceField(Patient.objects.none(), label=_lazy("Patient"))

    def __init__(self, *args: Any, person: Any, site: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = row_field(self, "patient")
        field.queryset = permissions.patients_of(person).select_related("clinic")
        field.widget = AutocompleteSelect(Plan._meta.get_field("patient"), site)
        field.widget.choices = field.choices


class PlanProposalViews(PlanEditorViews):
    """None of these writes but the one that begins a plan: what joins a draft is written by its page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("start/<uuid:key>/", view(self.start_page), name="plans_plan_start"),
            path(
                "<uuid:plan_id>/protocols/",
                view(require_GET(self.protocols_page)),
                name="plans_plan_protocols",
            ),
            path(
                "<uuid:plan_id>/protocols/<uuid:key>/",
                view(require_GET(self.proposal_page)),
                name="plans_plan_proposal",
            ),
            *super().get_urls(),
        ]

    def protocols_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """List what may join, what is for this patient first; for an empty plan the few that fit today."""
        plan = self._draft(request, plan_id)
        patient, today = plan.patient, plan.patient.clinic.today()
        found = programmes_of(patient.clinic, language=patient.language)
        fits = fitting(found, patient)
        checks = check_windows(fits, patient, on=plan.start_on or today)
        lines = [(one, window_line(one, check)) for one, check in zip(fits, checks, strict=True)]
        lines.sort(key=lambda line: not line[1].fits)
        if "offers" in request.GET:
            offers = [one for one, window in lines if window.fits][:MAX_OFFERS]
            return render(request, "desk/proposal/offers.html", {"offers": offers})
        held = {phase.protocol for phase in plan.phases}
        context = {"fitting": lines, "others": [one for one in found if one not in fits], "held": held}
        return render(request, "desk/proposal/list.html", context)

    def proposal_page(self, request: HttpRequest, plan_id: UUID, key: UUID) -> HttpResponse:
        plan = self._draft(request, plan_id)
        programme, before = self._programme(plan.patient, key), None
        if goes_on := read_uuid(request.GET.get("goes_on")):
            before = self._programme(plan.patient, goes_on)
        page = proposal_page(plan, propose(plan, programme, instead_of=before))
        context = {
            "page": page,
            "before": before,
            "rows": self._rows(request, plan, page),
            "reasons": PhaseBegan.choices if before else (),
        }
        return render(request, "desk/proposal/dialog.html", context)

    def start_page(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Ask for the patient, show what the plan would hold for them, begin it."""
        person = person_of(request)
        if not permissions.may_have_patients(person):
            raise PermissionDenied
        protocol = self._protocol(request, key)
        given = request.POST if request.method == "POST" else request.GET
        form = StartForm(given if "patient" in given else None, person=person, site=self.admin_site)
        page, plan = None, None
        if form.is_valid():
            plan = self._new_plan(form.cleaned_data["patient"])
            programme = self._programme(plan.patient, key)
            if request.method == "POST":
                return self._start(request, plan, protocol)
            page = proposal_page(plan, propose(plan, programme))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Start a plan"),
            "opts": self.opts,
            "form": form,
            "media": form.media,
            "page": page,
            "plan": plan,
            "protocol": protocol,
            "protocol_title": page.proposal.programme.title if page else self._title(protocol),
        }
        return TemplateResponse(request, "desk/proposal/start.html", context)

    def _start(self, request: HttpRequest, plan: Plan, protocol: AnyProtocol) -> HttpResponse:
        chosen = [key for key in map(read_uuid, request.POST.getlist("take")) if key]
        try:
            joined = start_plan(
                protocol=protocol,
                patient=plan.patient,
                start_on=plan.start_on,
                review_on=plan.review_on,
                take=chosen,
                by=person_of(request),
            )
        except PlansError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(request.get_full_path())
        tell_joined(request, joined)
        return HttpResponseRedirect(self.page_of(joined.plan))

    def _new_plan(self, patient: Patient) -> Plan:
        today = patient.clinic.today()
        return Plan(
            patient=patient, start_on=today, review_on=today + timedelta(days=patient.clinic.review_days)
        )

    def _rows(self, request: HttpRequest, plan: Plan, page: ProposalPage) -> list[Any]:
        """Return the new exercises as rows of the plan's form, numbered on from those that are there."""
        index = request.GET.get("index", "0")
        first = int(index) if index.isdecimal() else 0
        items = [line.item for line in page.joins if line.item]
        patient = plan.patient
        chosen = chosen_revisions(
            {item.revision_id for item in items}, clinic=patient.clinic, language=patient.language
        )
        formset = self.items_formset(request, plan)
        rows = []
        for number, item in enumerate(items, start=first):
            form = formset.new_row(number, chosen)
            form.show(item.revision_id, item.dose)
            form.initial.update(
                note=item.note, extra_caution=item.extra_caution, offers_easier=item.offers_easier
            )
            rows.append(form)
        return rows

    def _draft(self, request: HttpRequest, plan_id: UUID) -> Plan:
        plan: Plan | None = self.rows_of(person_of(request)).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        return plan

    def _programme(self, patient: Patient, key: UUID) -> Programme:
        found = find_programme(key, clinic=patient.clinic, language=patient.language)
        if found is None:
            raise Http404
        return found

    def _protocol(self, request: HttpRequest, key: UUID) -> AnyProtocol:
        person = person_of(request)
        own = permissions.protocols_of(person).filter(pk=key, retired_on=None).first()
        if own is not None:
            return own
        shared: LibraryProtocol | None = (
            permissions.entries_of(person, LibraryProtocol).filter(pk=key, retired_on=None).first()
        )
        if shared is None:
            raise Http404
        return shared

    def _title(self, protocol: AnyProtocol) -> str:
        if isinstance(protocol, Protocol):
            return protocol.title
        return str(protocol.revisions.filter(newest=True).first())
