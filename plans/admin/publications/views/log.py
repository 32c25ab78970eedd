"""The log of a sheet, keyed in at the desk week by week."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from plans import audit
from plans.actions.logs.paper import CellsRefused, KeyedCell, KeyedIn, key_in_log
from plans.admin.base.requests import person_of
from plans.admin.publications.log_form import as_typed, read_log
from plans.admin.publications.presenters.log import (
    Sheet,
    Typed,
    make_grid,
    read_sheet,
    say_day,
    title_of,
)
from plans.admin.publications.views.base import VersionAdmin
from plans.models import AuditVerb
from plans.queries.log_weeks import LogWeek
from plans.queries.told_cells import Row, told_cells


class LogViews(VersionAdmin):
    """The address of a version's log."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.log_page))
        return [path("<uuid:pk>/log/", page, name="plans_publication_log"), *super().get_urls()]

    def log_page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        sheet = read_sheet(self.own(request, pk))
        week = sheet.weeks.at(_read_day((request.POST or request.GET).get("week", "")))
        if request.method == "POST":
            return self._key_in(request, sheet, week)
        audit.append(
            verb=AuditVerb.LOG_VIEWED,
            by=person_of(request),
            what=sheet.publication,
            **self.place_of(sheet.publication),
        )
        return self._show(request, sheet, week, Typed())

    def _key_in(self, request: HttpRequest, sheet: Sheet, week: LogWeek) -> HttpResponse:
        keyed = read_log(sheet, week, request.POST)
        problems = keyed.problems
        if not problems:
            try:
                done = key_in_log(publication=sheet.publication, cells=keyed.cells, by=person_of(request))
            except CellsRefused as refused:
                names = {cell: name for name, cell in sheet.names(week).items()}
                problems = {names[cell]: str(error) for cell, error in refused.problems.items()}
            else:
                return self._go_on(request, sheet, week, keyed.cells, done)
        return self._show(request, sheet, week, as_typed(sheet, week, request.POST, problems))

    def _go_on(
        self, request: HttpRequest, sheet: Sheet, week: LogWeek, cells: Sequence[KeyedCell], done: KeyedIn
    ) -> HttpResponse:
        """Say what was kept and lead to the next week; to the same one if others wrote into it meanwhile."""
        _say_kept(request, week, done)
        _say_alarms(request, sheet, cells)
        following = week if done.meanwhile else sheet.weeks.after(week)
        address = reverse("admin:plans_publication_log", args=[sheet.publication.pk])
        return HttpResponseRedirect(f"{address}?week={following.first}")

    def _show(self, request: HttpRequest, sheet: Sheet, week: LogWeek, typed: Typed) -> HttpResponse:
        told = told_cells(sheet.publication.plan_id, first=week.first, last=week.last)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Log of a sheet"),
            "opts": self.opts,
            "original": sheet.publication,
            "plan": sheet.publication.plan,
            "sheet": sheet,
            "week": week,
            "week_title": title_of(week),
            "weeks": [(one.first.isoformat(), title_of(one), one == week) for one in sheet.weeks.weeks],
            "days": [(place, say_day(day)) for place, day in enumerate(week.days, start=1)],
            "grid": make_grid(sheet, week, told, typed),
        }
        status = HTTPStatus.BAD_REQUEST if typed.problems else HTTPStatus.OK
        return TemplateResponse(request, "desk/log/page.html", context, status=status)


def _read_day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _say_kept(request: HttpRequest, week: LogWeek, done: KeyedIn) -> None:
    said = {"week": title_of(week), "count": done.changed}
    if not done.changed:
        messages.info(request, _("%(week)s: nothing was changed.") % said)
    else:
        kept = ngettext(
            "%(week)s: %(count)s cell is kept.", "%(week)s: %(count)s cells are kept.", done.changed
        )
        messages.success(request, kept % said)
    if done.meanwhile:
        others = ngettext(
            "Meanwhile somebody else filled in %(count)s cell of this week. It is shown now.",
            "Meanwhile somebody else filled in %(count)s cells of this week. They are shown now.",
            done.meanwhile,
        )
        messages.warning(request, others % {"count": done.meanwhile})


def _say_alarms(request: HttpRequest, sheet: Sheet, cells: Sequence[KeyedCell]) -> None:
    """Say which of what was keyed in now a therapist should look at; pain by the value that stands on the sheet."""
    limit = sheet.content.clinic.pain_guide.ease_off_to
    new = [one for one in cells if one.value is not None and one.value != one.seen]
    hurt = [one.cell.day for one in new if one.cell.row is Row.PAIN and int(str(one.value)) > limit]
    signs = [one.cell.day for one in new if one.cell.row is Row.SIGNS]
    if hurt:
        said = {"limit": limit, "days": "; ".join(map(say_day, hurt))}
        messages.warning(request, _("Pain over %(limit)s: %(days)s. Tell the therapist.") % said)
    if signs:
        days = {"days": "; ".join(map(say_day, signs))}
        messages.warning(request, _("Warning signs: %(days)s. Tell the therapist today.") % days)
