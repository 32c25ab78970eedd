"""A published version: its files as they are made, its link, who opened it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from plans import audit, permissions, tokens
from plans.actions.links import renew_link, revoke_link
from plans.actions.plans import stop_plan
from plans.actions.publishing import ask_formats
from plans.actions.reviewing import close_review
from plans.admin.base.readonly import ReadPage
from plans.admin.base.requests import person_of
from plans.admin.publications.forms import FormatsForm, as_choices
from plans.admin.publications.presenters import LAST_ANSWER, NOTHING_NEW, files_of
from plans.admin.publications.views import open_rendering, show_picture
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.models import AuditVerb, DownloadLink, LinkUse, Publication, Review, User
from plans.queries.links import MAX_WRONG
from plans.queries.pauses import open_pause

OPENINGS_SHOWN = 20


@admin.register(Publication)
class PublicationAdmin(ReadPage):
    """Published versions of the own caseload."""

    list_display = ["plan", "patient", "number", "issued_on", "published_by"]
    list_select_related = ["plan__patient", "published_by"]
    search_fields = ["plan__search_text", "plan__patient__search_text", "sheet_code"]
    search_help_text = "Title, patient or the code on a sheet"
    read_verb = AuditVerb.PUBLICATION_VIEWED

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.publications_of(person).select_related(
            "plan__patient__clinic", "published_by", "content", "record"
        )

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_have_patients(person)
        return permissions.may_care_for(person, obj.plan.patient)

    def place_of(self, obj: Publication) -> audit.Place:
        return audit.place_of(obj.plan.patient)

    @admin.display(description="Patient")
    def patient(self, obj: Publication) -> str:
        return obj.plan.patient.name

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        post = {
            "again": self.try_again,
            "formats": self.more_formats,
            "link/revoke": self.revoke,
            "link/renew": self.renew,
            "stop": self.stop,
        }
        return [
            path("review/<uuid:pk>/close/", view(require_POST(self.close)), name="plans_review_close"),
            path("file/<uuid:rendering_id>/", view(require_GET(open_rendering)), name="plans_file"),
            path("picture/<slug:sha256>/", view(require_GET(show_picture)), name="plans_picture"),
            path("<uuid:pk>/files/", view(require_GET(self.files_page)), name="plans_publication_files"),
            *(
                path(f"<uuid:pk>/{way}/", view(require_POST(page)), name=f"plans_publication_{way}")
                for way, page in post.items()
            ),
            *super().get_urls(),
        ]

    def show(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        """Show the version; there is nothing to write on it."""
        self.note_reading(request, publication)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Version {publication.number}",
            "opts": self.opts,
            "original": publication,
            "plan": publication.plan,
            "pause": open_pause(publication.plan),
            "files": files_of(publication),
            "form": FormatsForm(initial=as_choices([Format.from_key(key) for key in publication.formats])),
            "others": publication.plan.publications.order_by("-number"),
            **_link_of(publication),
        }
        return TemplateResponse(request, "desk/publish/publication.html", context)

    def files_page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Give the files' lines, if they say something else than the page shows."""
        publication = self._own(request, pk)
        files = files_of(publication)
        if request.GET.get("seen") == files.digest and not files.final:
            return HttpResponse(status=NOTHING_NEW)
        context = {"files": files, "original": publication}
        status = LAST_ANSWER if files.final else None
        return TemplateResponse(request, "desk/publish/files.html", context, status=status)

    def try_again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Queue anew what failed, and end the pause of what rests."""
        publication = self._own(request, pk)
        lines = files_of(publication).lines
        formats = [Format.from_key(one.rendering.format) for one in lines if one.stands_still]
        ask_formats(publication=publication, formats=formats, by=person_of(request))
        return self._back(request, publication)

    def more_formats(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for further formats of an issued version."""
        publication = self._own(request, pk)
        formats = FormatsForm(request.POST).formats()
        ask_formats(publication=publication, formats=formats, by=person_of(request))
        return self._back(request, publication)

    def revoke(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Close the plan's personal link."""
        publication = self._own(request, pk)
        try:
            revoke_link(plan=publication.plan, by=person_of(request))
            messages.success(request, "The link is revoked: it opens nothing any more.")
        except PlansError as error:
            messages.error(request, str(error))
        return self._back(request, publication)

    def renew(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make a new personal link; sheets printed before lead nowhere."""
        publication = self._own(request, pk)
        renew_link(plan=publication.plan, by=person_of(request))
        messages.warning(
            request,
            "There is a new link. Codes printed before lead nowhere now: publish again to print the new one.",
        )
        return self._back(request, publication)

    def close(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Note that the therapist has looked at what the rules say anew."""
        own = permissions.publications_of(person_of(request))
        review = get_object_or_404(Review, pk=pk, publication__in=own)
        try:
            close_review(review=review, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:index"))

    def stop(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End the plan today."""
        publication = self._own(request, pk)
        stop_plan(plan=publication.plan, by=person_of(request))
        messages.success(request, "The plan is stopped. Its sheets say so when their code is read.")
        return self._back(request, publication)

    def _own(self, request: HttpRequest, pk: UUID) -> Publication:
        publication: Publication | None = self.rows_of(person_of(request)).filter(pk=pk).first()
        if publication is None:
            raise Http404
        return publication

    def _back(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        return HttpResponseRedirect(self.page_of(publication))


def _link_of(publication: Publication) -> dict[str, Any]:
    """Give the open link with its address, and the newest uses of the plan's links."""
    links = list(DownloadLink.objects.filter(plan=publication.plan).prefetch_related("openings"))
    link = next((one for one in links if one.revoked_at is None), None)
    openings = sorted(
        (use for one in links for use in one.openings.all()), key=lambda use: use.at, reverse=True
    )
    return {
        "link": link,
        "most_wrong": MAX_WRONG,
        "link_address": _address(link) if link else "",
        "openings": openings[:OPENINGS_SHOWN],
        "opened": sum(use.use == LinkUse.OPENED for use in openings),
        "refused": sum(use.use in (LinkUse.REFUSED, LinkUse.SLOWED) for use in openings),
    }


def _address(link: DownloadLink) -> str:
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    return f"{settings.PUBLIC_URL}/p/{token}/"
