"""The pages of the review: regions with what waits, and one entry after another of a region."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans.actions.library_review import EntryChanged, approve_shown, keep_place, send_back, undo_review
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.admin.library.presenters import reviewer_roles
from plans.admin.library.review.addresses import page_context, read_asked, region_name
from plans.admin.library.review.overview import overview, queue_of
from plans.admin.library.review.presenters import draw_ahead, entry_context
from plans.admin.library.review.queue import Asked, Queue
from plans.exceptions import PlansError
from plans.models import Membership, ReviewPlace
from plans.queries.review_entries import Entry
from plans.queries.review_state import entries_of

READ = "review_read"
"""Where the session holds the languages that the reviewer reads; before it is said, that of the desk alone."""
AHEAD = 2
UNDO, SEND_BACK = "undo", "send_back"


class ReviewViews(DeskAdmin):
    """The addresses of the review; each names the clinic for which it is done."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        region = "review/<uuid:clinic_id>/<slug:region>/"
        return [
            path("review/", view(require_GET(self.review_page)), name="plans_approval_review"),
            path(region, view(require_GET(self.region_page)), name="plans_approval_region"),
            path(f"{region}decide/", view(require_POST(self.decide)), name="plans_approval_decide"),
            path("review/languages/", view(require_POST(self.languages)), name="plans_approval_languages"),
            *super().get_urls(),
        ]

    def review_page(self, request: HttpRequest) -> HttpResponse:
        roles = list(reviewer_roles(person_of(request)))
        if not roles:
            raise PermissionDenied
        unread = _unread(request)
        pages = [overview(role.clinic, unread) for role in roles]
        written = {language for page in pages for language in page.languages}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review of the library"),
            "opts": self.opts,
            "pages": pages,
            "read": [
                (code, name, code not in unread) for code, name in settings.LANGUAGES if code in written
            ],
        }
        return TemplateResponse(request, "desk/review/overview.html", context)

    def languages(self, request: HttpRequest) -> HttpResponse:
        """Keep which languages the person reads, for this session."""
        if not reviewer_roles(person_of(request)).exists():
            raise PermissionDenied
        request.session[READ] = request.POST.getlist("reads")
        return HttpResponseRedirect(reverse("admin:plans_approval_review"))

    def region_page(self, request: HttpRequest, clinic_id: UUID, region: str) -> HttpResponse:
        role, asked = _role(request, clinic_id), read_asked(region, request.GET)
        queue = _queue(request, role, asked)
        place = ReviewPlace.objects.filter(
            clinic=role.clinic, person=person_of(request), page=asked.page
        ).first()
        return self._show(request, role, asked, queue, queue.shown(asked.at, place))

    def decide(self, request: HttpRequest, clinic_id: UUID, region: str) -> HttpResponse:
        """Approve or send back what was shown, and go on with what comes next; stay where that is refused."""
        role, asked = _role(request, clinic_id), read_asked(region, request.POST)
        queue = _queue(request, role, asked)
        here = next((entry for entry in queue.entries if entry.key == asked.at), None)
        if here is None:  # retired, or withdrawn by the library, since it was shown
            return self._show(request, role, asked, queue, queue.shown("", None), refusal=str(EntryChanged()))
        try:
            said = _decided(request, role, here)
        except PlansError as error:
            now = _queue(request, role, asked)
            return self._show(request, role, asked, now, now.shown(here.key, None), refusal=str(error))
        goal = here if request.POST.get("decision") == UNDO else queue.after(here)
        now = _queue(request, role, asked)
        entry = now.shown(goal.key if goal else "", None)
        return self._show(request, role, asked, now, entry, said=said, last=here)

    def _show(
        self,
        request: HttpRequest,
        role: Membership,
        asked: Asked,
        queue: Queue,
        entry: Entry | None,
        *,
        said: str = "",
        refusal: str = "",
        last: Entry | None = None,
    ) -> HttpResponse:
        """Show an entry, alone where the page is there already; without scripts a decision leads back to the page."""
        if entry is not None:
            keep_place(page=asked.page, entry=entry, clinic=role.clinic, by=person_of(request))
            draw_ahead(queue.coming(entry, AHEAD))
        context = {
            **page_context(role.clinic, asked, queue, entry, last),
            "role": role,
            "person": person_of(request),
            "said": said,
            "refusal": refusal,
        }
        is_swap = "HX-Request" in request.headers
        if request.method == "POST" and not is_swap:
            messages.add_message(request, messages.ERROR if refusal else messages.SUCCESS, refusal or said)
            return HttpResponseRedirect(context["address"])
        if entry is not None:
            context |= entry_context(entry, role.clinic, unread=queue.unread)
        if is_swap:
            answer = render(request, "desk/review/entry.html", context)
            answer["HX-Push-Url"] = context["address"]
            return answer
        page = {
            **self.admin_site.each_context(request),
            "title": _("Review: %(region)s") % {"region": region_name(asked.region)},
            "opts": self.opts,
        }
        return TemplateResponse(request, "desk/review/page.html", {**page, **context})


def _role(request: HttpRequest, clinic_id: UUID) -> Membership:
    role: Membership = get_object_or_404(reviewer_roles(person_of(request)), clinic=clinic_id)
    return role


def _unread(request: HttpRequest) -> list[str]:
    read = request.session.get(READ, [get_language()])
    return [code for code, _name in settings.LANGUAGES if code not in read]


def _queue(request: HttpRequest, role: Membership, asked: Asked) -> Queue:
    return queue_of(entries_of(role.clinic), asked, _unread(request))


def _decided(request: HttpRequest, role: Membership, entry: Entry) -> str:
    """Do what the reviewer decided, and say it. Raises what the actions refuse."""
    by, decision = person_of(request), request.POST.get("decision")
    if decision == UNDO:
        undo_review(kind=entry.kind, pk=entry.pk, clinic=role.clinic, by=by)
        return _("It waits again: %(code)s") % {"code": entry.code}
    seen = request.POST.get("seen", "")
    if decision == SEND_BACK:
        words = request.POST.get("words", "")
        send_back(kind=entry.kind, pk=entry.pk, seen=seen, words=words, clinic=role.clinic, by=by)
        return _("Sent back: %(code)s") % {"code": entry.code}
    languages = request.POST.getlist("languages")
    approve_shown(kind=entry.kind, pk=entry.pk, seen=seen, languages=languages, clinic=role.clinic, by=by)
    return _("Approved: %(code)s") % {"code": entry.code}
