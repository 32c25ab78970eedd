"""What a personal link shows to whom it has let in: the plan."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from plans.content import PlanContent, from_json
from plans.handout.bidi import isolate
from plans.handout.phrases import write_date
from plans.languages import Language, get_language
from plans.models import Occasion, Pause, Plan, Publication
from plans.portal.device_words import say_device
from plans.portal.done_today import say_done_today
from plans.portal.exercises import show_exercises
from plans.portal.files import PatientFiles, patient_files
from plans.portal.kept import is_for_keeping
from plans.portal.labels import say_format
from plans.portal.opened import plan_behind
from plans.portal.plan_words import say_pages
from plans.portal.responses import link_path, page
from plans.portal.session import Visit
from plans.portal.told import say_kept
from plans.queries.measures.asking import occasion_to_tell
from plans.queries.pauses import open_pause


def plan_page(
    request: HttpRequest, publication: Publication, *, token: str, visit: Visit, file_lost: bool = False
) -> HttpResponse:
    content = from_json(publication.content.json)
    language = get_language(content.language, locale=content.clinic.locale)
    shown = isolate(content, direction=language.direction)
    files, home = patient_files(publication), link_path(token)
    ended, pause = publication.plan.stopped_on, open_pause(publication.plan)
    asked = None if ended or pause else _asked(visit.link.plan, publication, content)
    is_told = not (ended or pause or is_for_keeping(request))
    with translation.override(language.code):
        items = show_exercises(shown, language, home=home)
        done = say_done_today(visit.link.plan if is_told else None, shown)
        context = say_pages(shown, language, home=home) | {
            "items": [(item, done.marks.get(item.content.key)) for item in items],
            "play": items[done.place].address if items else "",
            "play_words": done.play_words,
            "stopped_on": write_date(ended, language) if ended else "",
            "paused_on": _day_of(pause, language),
            "first": files.first.key if files.first in files.ready else "",
            "others": _say_others(files),
            "failed": files.failed,
            "file_lost": file_lost,
            "kept": is_for_keeping(request),
            "plan_key": publication.plan_id,
            "asks_measures": asked is not None,
            "is_review": asked is Occasion.REVIEW,
            **say_device(visit, language, closed=bool(ended or pause)),
        }
        if (ended or pause) and "saved" in request.GET and (plan := plan_behind(request, visit, token=token)):
            context |= say_kept(plan)
    status = HTTPStatus.SERVICE_UNAVAILABLE if file_lost else HTTPStatus.OK
    return page(
        request, "closed.html" if ended or pause else "plan.html", context, language=language, status=status
    )


def _asked(plan: Plan, publication: Publication, content: PlanContent) -> Occasion | None:
    return occasion_to_tell(plan, publication, content, today=plan.patient.clinic.today())


def _day_of(pause: Pause | None, language: Language) -> str:
    return write_date(pause.plan.patient.clinic.day_of(pause.paused_at), language) if pause else ""


def _say_others(files: PatientFiles) -> list[tuple[str, str]]:
    with_paper = len({form.paper for form in files.ready}) > 1
    return [(form.key, say_format(form, with_paper=with_paper)) for form in files.others]
