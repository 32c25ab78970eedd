"""The page before publishing: the plan as the patient will read it, what the rules say, the formats."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plans import audit, permissions
from plans.actions.publishing import (
    AlreadyPublished,
    Prepared,
    PublishRefused,
    last_publication,
    prepare,
    publish,
)
from plans.actions.reasons import take_back_reasons
from plans.actions.recording import record_conditions
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.pictures import picture_address
from plans.admin.base.requests import person_of
from plans.admin.base.throttle import refuse_too_many
from plans.admin.plans.offered_reasons import recent_reasons
from plans.admin.plans.presenters import overview, show_cards
from plans.admin.plans.reason_fields import TAKE_BACK, posted_reasons, to_take_back
from plans.admin.publications.forms import FormatsForm, preset
from plans.admin.publications.presenters.differences import differences_from
from plans.admin.publications.presenters.files import LAST_ANSWER, NOTHING_NEW, FileLine, file_line
from plans.admin.publications.presenters.giving import GIVING
from plans.admin.words.findings import in_words
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.handout.html import preview_html
from plans.models import AuditVerb, Plan, Publication, Rendering, User
from plans.queries.checks import PlanCheck, check_plan
from plans.queries.pauses import open_pause


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The plan as it would be printed, or why it cannot be."""

    html: str = ""
    file: FileLine | None = None
    problem: str = ""


class PublishViews(DeskAdmin):
    """Look over a plan and publish it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:plan_id>/publish/", view(self.publish_page), name="plans_plan_publish"),
            path("<uuid:plan_id>/publish/preview/", view(self.preview_page), name="plans_plan_preview"),
            path("<uuid:plan_id>/next/", view(require_GET(self.next_page)), name="plans_plan_next"),
            path("<uuid:plan_id>/sheet/", view(require_GET(self.sheet_page)), name="plans_plan_sheet"),
            path(
                "<uuid:plan_id>/publish/file/<uuid:rendering_id>/",
                view(require_GET(self.preview_file)),
                name="plans_plan_preview_file",
            ),
            *super().get_urls(),
        ]

    def publish_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._plan_to_publish(request, plan_id)
        # A preview is made here too; what is posted acts, and is never refused for it.
        if request.method != "POST" and (too_many := refuse_too_many(request)):
            return too_many
        form = self._formats(request, plan)
        if request.method == "POST" and (codes := request.POST.get("_record")):
            try:
                record_conditions(patient=plan.patient, codes=codes.split(), by=person_of(request))
            except PlansError as error:
                messages.error(request, str(error))
        elif request.method == "POST" and TAKE_BACK in request.POST:
            self._take_back(request, plan)
        elif request.method == "POST":
            try:
                return self._publish(request, plan, form)
            except AlreadyPublished as error:
                if error.publication.published_by == person_of(request):
                    # Clicked twice, or in two windows: the version is there, which is what the click was for.
                    messages.info(
                        request,
                        _("You have published version %(number)s already.")
                        % {"number": error.publication.number},
                    )
                    return _to_publication(error.publication)
                messages.warning(request, _who_was_faster(error.publication))
            except PublishRefused as error:
                messages.error(request, _refusal(error))
            except PlansError as error:
                messages.error(request, str(error))
        else:
            audit.append(
                verb=AuditVerb.PLAN_LOOKED_OVER, by=person_of(request), what=plan, **self.place_of(plan)
            )
        return self._show(request, plan, form)

    def preview_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        plan = self._plan_to_publish(request, plan_id)
        if too_many := refuse_too_many(request):
            return too_many
        formats = self._formats(request, plan).formats()
        prepared, problem = self._prepare(plan, person_of(request), formats)
        preview = self._preview(prepared, problem, formats)
        return TemplateResponse(request, "desk/publish/preview.html", {"preview": preview, "plan": plan})

    def sheet_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Show the sheet as the draft is now, beside it; a PDF is asked for by whoever looks at PDFs."""
        plan = self._plan_to_publish(request, plan_id)
        if too_many := refuse_too_many(request):
            return too_many
        formats = self._formats(request, plan).formats()
        wants_pdf = "pdf" in request.GET
        prepared, problem = self._prepare(plan, person_of(request), formats if wants_pdf else [])
        preview = self._preview(prepared, problem, formats)
        stopped = bool(wants_pdf and prepared and prepared.check.stops)
        context = {"preview": preview, "plan": plan, "wants_pdf": wants_pdf, "stopped": stopped}
        return TemplateResponse(request, "desk/shelf/sheet.html", context)

    def next_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Show what the draft changes, with the way to publish that; nothing while something stands in the way."""
        plan = self._plan_to_publish(request, plan_id)
        if too_many := refuse_too_many(request):
            return too_many
        last, context = last_publication(plan), {}
        if last and not plan.stopped_on and not open_pause(plan):
            prepared = self._prepare(plan, person_of(request), [])[0]
            if prepared and prepared.check.may_go_to_patient:
                context = {
                    "plan": plan,
                    "number": last.number + 1,
                    "differences": differences_from(last, prepared.issue.content),
                    "expected_hash": prepared.expected_hash,
                    "formats": preset(plan.patient, last),
                }
        return TemplateResponse(request, "desk/plan/next.html", context)

    def preview_file(self, request: HttpRequest, plan_id: UUID, rendering_id: UUID) -> HttpResponse:
        """Tell how far the preview's PDF is, if it is further than the page shows."""
        plan = self._plan_to_publish(request, plan_id)
        row = Rendering.objects.filter(pk=rendering_id, content__plan=plan).first()
        file = file_line(row) if row else None
        if file and not file.final and request.GET.get("seen") == file.stand:
            return HttpResponse(status=NOTHING_NEW)
        status = None if file and not file.final else LAST_ANSWER
        context = {"file": file, "plan": plan}
        return TemplateResponse(request, "desk/publish/preview_file.html", context, status=status)

    def _take_back(self, request: HttpRequest, plan: Plan) -> None:
        try:
            take_back_reasons(plan=plan, reasons=to_take_back(request.POST), by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))

    def _publish(self, request: HttpRequest, plan: Plan, form: FormatsForm) -> HttpResponse:
        published = publish(
            plan=plan,
            expected_hash=request.POST.get("expected_hash", ""),
            by=person_of(request),
            formats=form.formats(),
            reasons=posted_reasons(request.POST),
        )
        return _to_publication(published.publication)

    def _show(self, request: HttpRequest, plan: Plan, form: FormatsForm) -> HttpResponse:
        person = person_of(request)
        prepared, problem = self._prepare(plan, person, form.formats())
        check = prepared.check if prepared else check_plan(plan)
        last = last_publication(plan)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Look and publish"),
            "opts": self.opts,
            "plan": plan,
            "form": form,
            "publish_form": True,
            "preview": self._preview(prepared, problem, form.formats()),
            "expected_hash": prepared.expected_hash if prepared else "",
            "last": last,
            "differences": differences_from(last, prepared.issue.content) if prepared else None,
            "pause": open_pause(plan),
            "news": bool(prepared and prepared.issue.content.changes),
            **_told(check, request, person),
        }
        return TemplateResponse(request, "desk/publish/page.html", context)

    def _prepare(self, plan: Plan, person: User, formats: list[Format]) -> tuple[Prepared | None, str]:
        try:
            return prepare(plan=plan, by=person, formats=formats), ""
        except PlansError as error:
            return None, str(error)

    def _preview(self, prepared: Prepared | None, problem: str, formats: list[Format]) -> Preview:
        if prepared is None:
            return Preview(problem=problem)
        try:
            html = preview_html(prepared.issue.content, formats[0], address=picture_address)
        except PlansError as error:
            return Preview(problem=str(error))
        row = next((row for row in prepared.files if row.format == formats[0].key), None)
        return Preview(html=html, file=file_line(row) if row else None)

    def _formats(self, request: HttpRequest, plan: Plan) -> FormatsForm:
        if request.method == "POST":
            return FormatsForm(request.POST)
        return FormatsForm(initial=preset(plan.patient, last_publication(plan)))

    def _plan_to_publish(self, request: HttpRequest, plan_id: UUID) -> Plan:
        plan: Plan | None = self.rows_of(person_of(request)).filter(pk=plan_id).first()
        if plan is None or not permissions.may_publish(person_of(request), plan):
            raise Http404
        return plan


def _told(check: PlanCheck, request: HttpRequest, person: User) -> dict[str, Any]:
    posted = posted_reasons(request.POST)
    recent = recent_reasons(person) if any(finding.takes_reason for finding in check.findings) else {}
    return {
        "cards": show_cards(check, check.cards, posted=posted, recent=recent),
        "overview": overview(check, posted=posted),
    }


def _to_publication(publication: Publication) -> HttpResponse:
    return HttpResponseRedirect(f"{_address(publication)}{GIVING}")


def _refusal(error: PublishRefused) -> str:
    """Tell of a plan without exercises in words; all else is on the page, each with its card."""
    empty = next((one for one in error.findings if one.code == "plan_empty"), None)
    return f"{in_words(empty.message)} {in_words(empty.action)}" if empty else str(error)


def _who_was_faster(publication: Publication) -> str:
    """Tell of the version that a colleague issued while this page was open."""
    return format_html(
        _(
            '{} published <a class="desk-link" href="{}">version {}</a> of this plan at {}, after you had opened '
            "this page. What it is now is shown below."
        ),
        publication.published_by,
        _address(publication),
        publication.number,
        f"{timezone.localtime(publication.published_at):%H:%M}",
    )


def _address(publication: Publication) -> str:
    return reverse("admin:plans_publication_change", args=[publication.pk])
