"""A plan that its patient has opened and may use: not one that was stopped or is paused."""

from dataclasses import dataclass

from django.http import HttpRequest

from plans.content import PlanContent, from_json
from plans.languages import Language, get_language
from plans.models import Device, DownloadLink, Publication
from plans.portal.files import newest_publication
from plans.portal.responses import link_path, speak
from plans.portal.session import visit_of
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
    link = visit.link if visit else None
    publication = newest_publication(link.plan) if link else None
    if visit is None or link is None or publication is None or link.plan.stopped_on or open_pause(link.plan):
        return None
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    speak(request, language)
    return OpenedPlan(
        link=link,
        publication=publication,
        content=content,
        language=language,
        home=link_path(token),
        device=visit.device,
    )
