"""Each page that a patient can meet, in one language, as the service answers it: a walk through all their states."""

from dataclasses import dataclass
from unittest.mock import patch

from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import override_settings

from plans.actions.pausing import pause_plan
from plans.actions.plans import save_plan, stop_plan
from plans.languages import get_language
from plans.models import Clinic, DayEntry, DownloadLink, Occasion, Patient, Plan, Publication
from plans.portal import throttle
from plans.portal.motion import Motion
from plans.portal.views import link as link_views
from plans.queries.links import printed_code
from plans.rendering.storage import StorageFailed
from tests import factories
from tests.handout.samples import draw
from tests.logs import keys_of, tell, tell_day
from tests.measures import tell as tell_measure
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE, make_ready
from tests.portal.views.test_reminders import confirm_path, stop_path
from tests.portal.whole_plan import full_plan, put

PICTURE = draw(1)
SIGNS = {"now": ["heart"], "today": ["wound"], "pain": []}
MOTION = Motion(address="/strip.webp", frames=8, width=3200, height=400)
# The judges look at each of the 400 for long, and they are all alike.
ZONES, FEW_ZONES = "plans.portal.reminders_page.zones_of_regions", (("America", ("America/Lima",)),)
ADDRESS = {"action": "on", "hour": "18", "to": "typed", "address": "robin@example.org"}


@dataclass(frozen=True)
class Page:
    """An answer as a browser gets it, with the templates that made it."""

    path: str
    status: int
    html: str
    headers: dict
    templates: frozenset

    @classmethod
    def of(cls, answer):
        return cls(
            path=answer.request["PATH_INFO"],
            status=answer.status_code,
            html=answer.content.decode(),
            headers={name: value for name, value in answer.headers.items() if name != "Content-Length"},
            templates=frozenset(one.name for one in answer.templates if one.name),
        )


class Shelf:
    """A phone on which the pages of a walk are opened without a server."""

    SITE = "https://plan.test"

    def __init__(self, browser):
        # What moves is judged as it stands.
        self.context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
        )
        self.context.route(f"{self.SITE}/**", self._answer)
        self.page, self.shown = self.context.new_page(), None

    def open(self, page):
        self.shown = page
        self.page.goto(self.SITE + page.path)
        return self.page

    def _answer(self, route):
        path = route.request.url.removeprefix(self.SITE)
        if route.request.is_navigation_request():
            route.fulfill(status=self.shown.status, body=self.shown.html, headers=self.shown.headers)
        elif path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        else:
            route.fulfill(body=PICTURE, content_type="image/png")


class Walk:
    """Goes through the pages of one published plan, and keeps each under a name of its own."""

    def __init__(self, issued, language):
        self.issued, self.language = issued, get_language(language)
        self.path = issued.path
        self.pages = {}
        self.browser = self._browser()
        self.content = full_plan(language, version=1)
        put(issued.publication, self.content)
        self.publication = Publication.objects.get()
        Patient.objects.update(language=language)

    def __call__(self):
        with override_settings(PORTAL_HELP="Front desk: +1 (555) 010-4477\nhttps://example.org/help"):
            self._before_the_door()
            self._at_the_code()
        self._plan()
        self._log()
        self._kept()
        self._progress()
        self._measures()
        self._reminders()
        self._sheets()
        self._ends()
        self._errors()
        return self.pages

    def _browser(self):
        return Client(headers={"Accept-Language": self.language.tag}, raise_request_exception=False)

    def _keep(self, name, answer, status=200):
        page = Page.of(answer)
        assert page.status == status, name
        assert name not in self.pages
        self.pages[name] = page

    def _see(self, name, path, status=200, **query):
        self._keep(name, self.browser.get(path, query), status)

    def _before_the_door(self):
        self._see("question", self.path)
        self._see("question in one line", self.path, date="")
        self._keep("no date", self.browser.post(f"{self.path}?date", {"date": "31.2.1968"}), 400)
        self._keep("which day", self.browser.post(f"{self.path}?date", {"date": "4/12/1968"}))
        self._keep("refused", self.browser.post(self.path, WRONG_DATE), 403)
        self._see("missing, not opened", f"{self.path}nothing/", 404)

    def _at_the_code(self):
        Clinic.objects.update(asks_code=True)
        DownloadLink.objects.update(has_code=True)
        path = f"/p/{self.issued.token}.code/"
        link = DownloadLink.objects.select_related("plan__patient__clinic").get(pk=self.issued.link.pk)
        code = printed_code(link)
        self._see("question with code", path)
        self._keep("no code", self.browser.post(path, BIRTH_DATE | {"code": "12345"}), 400)
        wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
        self._keep("refused with code", self.browser.post(path, BIRTH_DATE | {"code": wrong}), 403)
        self._keep("refused, may have a code", self.browser.post(self.path, WRONG_DATE), 403)
        Clinic.objects.update(asks_code=False)
        DownloadLink.objects.update(has_code=False)

    def _plan(self):
        assert self.browser.post(self.path, BIRTH_DATE).status_code == 303
        self._see("plan, PDF awaited", self.path)
        make_ready(self.publication)
        self._see("plan", self.path)
        with patch.object(link_views, "open_pdf", side_effect=StorageFailed(problem="away")):
            file = next(part for part in self.pages["plan"].html.split('"') if part.endswith(".pdf"))
            self._see("plan, PDF lost", file, 503)
        self._see("exercise", f"{self.path}exercise/1/")
        with patch("plans.portal.screens.motion_of", return_value=MOTION):
            self._see("exercise that moves", f"{self.path}exercise/2/")
        self._see("last exercise", f"{self.path}exercise/{len(self.content.items)}/")
        self._see("warnings", f"{self.path}warnings/", **{"from": "1"})
        self._see("missing", f"{self.path}nothing/", 404)
        self.browser.post(f"{self.path}devices/", {"do": "remember"})
        self._see("plan on a remembered device", self.path)

    def _log(self):
        path, publication = f"{self.path}log/", self.publication
        first, second = keys_of(publication)[:2]
        self._see("first log", path)
        self._see("log of an exercise", f"{path}1/")
        self._keep("log, pain of 11", self.browser.post(path, {"about": "day", "pain": "11"}), 400)
        asked = {"about": "exercise", "whole": "1", "item": str(first), "session": "1"}
        answer = self.browser.post(path, asked | {"outcome": "all", "pain_after": "11"})
        self._keep("log of an exercise, pain of 11", answer, 400)
        self._keep("log, too large", self.browser.post(path, {"words": "x" * 70_000}), 413)
        tell(publication, first, outcome="skipped", reason="pain", pain_after=8, words="It hurts.")
        tell(publication, second)
        self._see("log, told", path, saved="")
        self._see("log of an exercise, told", f"{path}1/")
        self._see("exercise, told", f"{self.path}exercise/1/")
        self._see("log of yesterday", path, yesterday="")
        for name, signs in SIGNS.items():
            tell_day(publication, pain=8, signs=signs, whole=True)
            self._see(f"alarm: {name}", path)

    def _kept(self):
        for part in ("", "exercise/1/", "warnings/", "log/", "log/1/"):
            self._see(f"kept: {part}", self.path + part, kept="")
        self._see("kept: long without contact", f"{self.path}kept/late/")
        self._see("kept: not on this phone", f"{self.path}kept/away/")

    def _measures(self):
        path, clinic = f"{self.path}measures/", self.issued.clinic
        self._see("measures, none", path)
        factories.approved_measures(clinic)
        self._see("plan that asks measures", self.path)
        self._see("measures", path)
        self._keep("measures, 11", self.browser.post(path, {"m0": "11", "m1_1": "12"}), 400)
        self.browser.post(path, {"m0": "7", "m1_words_1": "Climb the stairs", "m1_1": "3"})
        self._see("measures, told", path)
        words = ["Climb the stairs"]
        for occasion, pain, activity in ((Occasion.START, 7, 3), (Occasion.REVIEW, 3, 8)):
            asked = {"occasion": occasion, "by": self.issued.therapist}
            tell_measure(self.issued.plan, "pain", pain, **asked)
            tell_measure(self.issued.plan, "function", activity, words=words, **asked)
        self._see("progress with measures", f"{self.path}progress/")

    def _progress(self):
        path = f"{self.path}progress/"
        self._see("progress", path, saved="")
        self._keep("progress, too long", self.browser.post(path, {"goal": "x" * 500}), 400)
        DayEntry.objects.all().delete()
        self._see("progress without pain", path)

    def _reminders(self):
        path = f"{self.path}reminders/"
        with patch(ZONES, lambda: FEW_ZONES):
            self._see("reminders without a server", path)
        with override_settings(EMAIL_HOST="mail.example.org"), patch(ZONES, lambda: FEW_ZONES):
            self._see("reminders", path)
            factories.mail(self.issued.therapist, of=self.publication)
            self._see("reminders, address known", path)
            wrong = ADDRESS | {"address": "robin@@example.org"}
            self._keep("reminders, no address", self.browser.post(path, wrong), 400)
            self.browser.post(path, ADDRESS)
            self._see("reminders, asked", path)
            confirm, stop = confirm_path(), stop_path()
            self._see("reminders, confirm", confirm)
            self._keep("reminders, confirmed", self.browser.post(confirm))
            self._see("reminders, on", path)
            self._see("reminders, stop", stop)
            self._keep("reminders, stopped", self.browser.post(stop))
            self._see("reminders, confirmed too late", confirm, 404)
            self._see("reminders, stop of nothing", "/p/none/reminders/stop/", 404)

    def _sheets(self):
        sheet = f"/sheet/{self.publication.sheet_code}/"
        self._see("sheet", "/sheet/")
        self._see("sheet, current", sheet)
        with override_settings(PORTAL_HELP="Front desk: +1 (555) 010-4477"):
            self._see("sheet, unknown", "/sheet/NONE/", 404)
            with patch.object(throttle, "MAX_IN_WINDOW", 0):
                self._see("sheet, slowed", sheet, 429)
        newer = self._issue_again()
        self._see("sheet, replaced", sheet)
        put(newer, full_plan(self.language.code))

    def _issue_again(self):
        """Publish the next version: in English, the language of the exercises that factories make."""
        Patient.objects.update(language="en")
        plan = Plan.objects.get()
        plan.note = "Once more."
        save_plan(plan=plan, by=self.issued.therapist)
        newer = factories.publication(self.issued.therapist, of_plan=plan)
        Patient.objects.update(language=self.language.code)
        return newer

    def _ends(self):
        sheet = f"/sheet/{self.issued.plan.publications.latest('number').sheet_code}/"
        pause_plan(plan=self.issued.plan, by=self.issued.therapist)
        self._see("paused", self.path)
        self._see("sheet, paused", sheet)
        stop_plan(plan=self.issued.plan, by=self.issued.therapist)
        self._see("stopped", self.path)
        self._see("sheet, stopped", sheet)

    def _errors(self):
        """What is answered where no page of the portal does, in English alone."""
        self._see("404", "/nothing", 404)
        self._keep("413", self.browser.post(self.path, {"day": "1" * 9_000_000}), 413)
        with patch("plans.sign_in.count_try", return_value=40):
            self._keep("429", self.browser.post("/admin/login/", {"username": "pat", "password": "x"}), 429)
        with patch.object(link_views, "plan_page", side_effect=RuntimeError):
            self._see("500", self.path, 500)
