"""A plan that its patient has opened, and whether they may use it: not one that was stopped or is paused."""

from dataclasses import dataclass

from django.http import HttpRequest

from plans.content import PlanContent, from_json
from plans.languages import Language, get_language
from plans.models import DownloadLink, Publication
from plans.portal.files import newest_publication
from plans.portal.responses import link_path
from plans.portal.session import session_link
from plans.queries.pauses import open_pause


@dataclass(frozen=True, kw_only=True)
class OpenedPlan:
    """The newest version behind a link, with its content and the language of its pages; `home` is their path."""

    link: DownloadLink
    publication: Publication
    content: PlanContent
    language: Language
    home: str

    def place_of(self, number: int) -> int | None:
        """Return where the exercise of this number stands in the list, from 0."""
        return next((place for place, item in enumerate(self.content.items) if item.number == number), None)


def opened_plan(request: HttpRequest, token: str) -> OpenedPlan | None:
    """Return what this browser has opened; None where the link's page has to ask, or to say that there is nothing."""
    link = session_link(request, token)
    return None if link is None or is_closed(link) else plan_behind(link, token=token)


def is_closed(link: DownloadLink) -> bool:
    """Whether the plan was stopped or is paused, of which the link's page tells."""
    return bool(link.plan.stopped_on or open_pause(link.plan))


def plan_behind(link: DownloadLink, *, token: str) -> OpenedPlan | None:
    """Return what is behind an opened link, also if it is over; None where nothing was published."""
    publication = newest_publication(link.plan)
    if publication is None:
        return None
    content = from_json(publication.content.json)
    return OpenedPlan(
        link=link,
        publication=publication,
        content=content,
        language=get_language(content.language, locale=content.clinic.locale),
        home=link_path(token),
    )
