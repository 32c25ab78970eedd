"""The link by mail: asked for, how far it is, consent withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans.actions.mails.asking import mail_link
from plans.actions.mails.consents import withdraw_consent
from plans.admin.base.requests import person_of
from plans.admin.publications.presenters.files import LAST_ANSWER, NOTHING_NEW
from plans.admin.publications.presenters.giving import GIVING
from plans.admin.publications.presenters.mails import mails_of
from plans.admin.publications.views.base import VersionAdmin
from plans.exceptions import PlansError


class MailViews(VersionAdmin):
    """The addresses about a version's mails."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        post = {"mail": self.mail, "mail/withdraw": self.withdraw}
        return [
            path("<uuid:pk>/mails/", view(require_GET(self.mails_page)), name="plans_publication_mails"),
            *(
                path(f"<uuid:pk>/{way}/", view(require_POST(page)), name=f"plans_publication_{way}")
                for way, page in post.items()
            ),
            *super().get_urls(),
        ]

    def mails_page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        mails = mails_of(publication)
        if request.GET.get("seen") == mails.digest and not mails.final:
            return HttpResponse(status=NOTHING_NEW)
        status = LAST_ANSWER if mails.final else None
        context = {"mails": mails, "original": publication}
        return TemplateResponse(request, "desk/publish/mails.html", context, status=status)

    def mail(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        if request.POST.get("last", "") != mails_of(publication).last:
            # Clicked twice, or in two windows: what the second click wants is on its way.
            messages.info(request, _("A mail was asked for meanwhile: see below how far it is."))
            return self.back_from(request, publication, to=GIVING)
        try:
            mail_link(
                publication=publication,
                address=request.POST.get("address", "").strip(" "),
                consented="consented" in request.POST,
                by=person_of(request),
            )
        except PlansError as error:
            messages.error(request, str(error))
        return self.back_from(request, publication, to=GIVING)

    def withdraw(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        publication = self.own(request, pk)
        try:
            withdraw_consent(patient=publication.plan.patient, by=person_of(request))
            messages.success(request, _("The patient gets no mails any more, also none that waited."))
        except PlansError as error:
            messages.error(request, str(error))
        return self.back_from(request, publication, to=GIVING)
