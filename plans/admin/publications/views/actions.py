"""What is done with a version: further formats, its link renewed or revoked, its review closed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans import permissions
from plans.actions.links import renew_link, revoke_link
from plans.actions.publishing import ask_formats
from plans.actions.reviewing import close_review
from plans.actions.teaching import record_teaching, take_back_teaching
from plans.admin.base.pictures import show_drawing
from plans.admin.base.requests import person_of
from plans.admin.publications.forms import FormatsForm
from plans.admin.publications.presenters.files import LAST_ANSWER, NOTHING_NEW, files_of
from plans.admin.publications.presenters.giving import GIVING
from plans.admin.publications.views.files import open_rendering, show_picture
from plans.admin.publications.views.log import LogViews
from plans.admin.publications.views.mails import MailViews
from plans.exceptions import PlansError
from plans.handout.formats import Format
from plans.models import Review


class PublicationViews(MailViews, LogViews):
    """The addresses below a publication's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        post = {
            "again": self.try_again,
            "formats": self.more_formats,
            "link/revoke": self.revoke,
            "link/renew": self.renew,
            "taught": self.taught,
            "not-taught": self.not_taught,
        }
        return [
            path("review/<uuid:pk>/close/", view(require_POST(self.close)), name="plans_review_close"),
            path("file/<uuid:rendering_id>/", view(require_GET(open_rendering)), name="plans_file"),
            path(
                "picture/<slug:sha256>/",
                view(require_GET(show_picture), cacheable=True),
                name="plans_picture",
            ),
            path(
                "drawing/<uuid:drawing_id>/",
                view(require_GET(show_drawing), cacheable=True),
                name="plans_drawing",
            ),
            path("<uuid:pk>/files/", view(require_GET(self.files_page)), name="plans_publication_files"),
            *(
                path(f"<uuid:pk>/{way}/", view(require_POST(page)), name=f"plans_publication_{way}")
                for way, page in post.items()
            ),
            *super().get_urls(),
        ]

    def files_page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        files = files_of(publication)
        if request.GET.get("seen") == files.digest and not files.final:
            return HttpResponse(status=NOTHING_NEW)
        context = {"files": files, "original": publication}
        status = LAST_ANSWER if files.final else None
        return TemplateResponse(request, "desk/publish/files.html", context, status=status)

    def try_again(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        lines = files_of(publication).lines
        formats = [Format.from_key(line.rendering.format) for line in lines if line.stands_still]
        ask_formats(publication=publication, formats=formats, by=person_of(request))
        return self.back(publication)

    def more_formats(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        formats = FormatsForm(request.POST).formats()
        ask_formats(publication=publication, formats=formats, by=person_of(request))
        return self.back(publication)

    def revoke(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        try:
            revoke_link(plan=publication.plan, by=person_of(request))
            messages.success(request, _("The link is revoked: it opens nothing any more."))
        except PlansError as error:
            messages.error(request, str(error))
        return self.back(publication)

    def renew(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        renew_link(plan=publication.plan, by=person_of(request))
        messages.warning(
            request,
            _(
                "There is a new link. Codes printed before lead nowhere now: publish again to print the new one."
            ),
        )
        return self.back_from(request, publication)

    def close(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        own = permissions.publications_of(person_of(request))
        review = get_object_or_404(Review, pk=pk, publication__in=own)
        try:
            close_review(review=review, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:index"))

    def taught(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        record_teaching(publication=publication, by=person_of(request))
        return self.back(publication, to=GIVING)

    def not_taught(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        try:
            take_back_teaching(publication=publication, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
        return self.back(publication, to=GIVING)
