"""A plan that its patient has opened, and whether they may use it: not one that was stopped or is paused."""

from dataclasses import dataclass

from django.http import HttpRequest

from plans.content import PlanContent, from_json
from plans.languages import Language, get_language
from plans.models import Device, DownloadLink, Publication
from plans.portal.files import newest_publication
from plans.portal.responses import link_path, speak
from plans.portal.session import Visit, visit_of
from plans.queries.pauses import open_pause


@dataclass(frozen=True, kw_only=True)
class OpenedPlan:
    """The newest version behind a link, with its content and the language of its pages; `home` is their path.

    `device` is the remembered one that opened it; a session has none.
    """

    link: DownloadLink
    publication: Publication
    content: PlanContent
    language: Language
    home: str
    device: Device | None = None

    def place_of(self, number: int) -> int | None:
        """Return where the exercise of this number stands in the list, from 0."""
        return next((place for place, item in enumerate(self.content.items) if item.number == number), None)


def opened_plan(request: HttpRequest, token: str) -> OpenedPlan | None:
    """Return what this browser has opened; None where the link's page has to ask, or to say that there is nothing."""
    visit = visit_of(request, token)
    return open_plan_behind(request, visit, token=token) if visit else None


def open_plan_behind(request: HttpRequest, visit: Visit, *, token: str) -> OpenedPlan | None:
    """Return what is behind an opened link; None where it is closed or nothing was published."""
    return None if is_closed(visit.link) else plan_behind(request, visit, token=token)


def is_closed(link: DownloadLink) -> bool:
    """Whether the plan was stopped or is paused, of which the link's page tells."""
    return bool(link.plan.stopped_on or open_pause(link.plan))


def plan_behind(request: HttpRequest, visit: Visit, *, token: str) -> OpenedPlan | None:
    """Return what is behind an opened link, also if it is closed; None where nothing was published."""
    publication = newest_publication(visit.link.plan)
    if publication is None:
        return None
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    speak(request, language)
    return OpenedPlan(
        link=visit.link,
        publication=publication,
        content=content,
        language=language,
        home=link_path(token),
        device=visit.device,
    )
