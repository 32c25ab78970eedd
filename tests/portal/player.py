"""A phone on pages of exercises, each with the player and nothing else; its clock stands until a test moves it."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from django.contrib.staticfiles import finders
from django.template import Context, Engine
from django.utils import translation

from plans.languages import get_language
from plans.portal.player_words import player
from plans.portal.responses import HEADERS
from tests.content.samples import bridge, plan

SITE = "https://plan.test"
START = datetime(2026, 11, 20, 9, tzinfo=UTC)
MORE_THAN_TWICE = 500
SIZE = {"width": 390, "height": 844}
KINDS = (
    ("css", '<link rel="stylesheet" href="/all.css">', r'<link rel="stylesheet" href="/static/([^"]+)">'),
    ("js", '<script defer src="/all.js"></script>', r'<script defer src="/static/([^"]+)"></script>'),
)
TYPES = {"/all.css": "text/css", "/all.js": "text/javascript"}
PAGE = """{% extends "portal/base.html" %}{% load static %}
{% block title %}Exercise{% endblock %}
{% block styles %}<link rel="stylesheet" href="{% static "portal/exercise.css" %}">{% endblock %}
{% block main %}<nav><a href="/">All exercises</a></nav>
<h1>{{ item.name }}</h1>
<ol>{% for step in item.steps %}<li>{{ step }}</li>{% endfor %}</ol>
{% include "portal/parts/player.html" %}
{% if tell %}<section id="tell">
{% include "portal/parts/log_done.html" with row=tell back=item.number %}</section>{% endif %}
{% if next %}<nav><a rel="next" href="{{ next.address }}">Next</a></nav>{% endif %}
{% endblock %}"""
# What the phone has and does, as a test finds it in `seen`.
DEVICE = """
window.seen = { tones: 0, shakes: 0, asked: 0, released: 0, audio: 0, spoken: [], cancelled: 0 };
window.AudioContext = class {
  constructor() { seen.audio += 1; this.currentTime = 0; this.destination = {}; }
  resume() { return Promise.resolve(); }
  createOscillator() {
    return { frequency: {}, connect: (to) => to, start: () => { seen.tones += 1; }, stop() {} };
  }
  createGain() {
    return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (to) => to };
  }
};
Navigator.prototype.vibrate = () => { seen.shakes += 1; return true; };
Object.defineProperty(Navigator.prototype, "wakeLock", { configurable: true, value: {
  request: async () => {
    seen.asked += 1;
    const lock = new EventTarget();
    lock.release = async () => { seen.released += 1; lock.dispatchEvent(new Event("release")); };
    window.lock = lock;
    return lock;
  },
} });
window.voices = [];
const speech = new EventTarget();
speech.getVoices = () => window.voices;
speech.speak = (said) => seen.spoken.push(said);
speech.cancel = () => { seen.cancelled += 1; };
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
let isHidden = false;
Object.defineProperty(document, "hidden", { get: () => isHidden });
window.turn = (hidden) => { isHidden = hidden; document.dispatchEvent(new Event("visibilitychange")); };
"""


TOLD = """<!doctype html><title>Exercise</title><main><section id="tell"><p class="status">Done</p></section></main>"""
TELL = {"client_id": "a8e2ff8c-7c0c-4bd4-a1de-4b6a08ff8d9c", "key": "b1", "next_session": 1}


def exercise_page(item, *, language="en", last=True, tells=False):
    language = get_language(language)
    with translation.override(language.code):
        context = {
            "language": language,
            "item": item,
            "home": "/",
            "next": None if last else {"address": f"/exercise/{item.number + 1}/"},
            "player": player(item, plan(), language),
            "tell": TELL if tells else None,
        }
        return Engine.get_default().from_string(PAGE).render(Context(context))


@cache
def bundle(names):
    return "\n".join(Path(finders.find(name)).read_text() for name in names)


def bundled(html):
    """The page with its styles in one file and its scripts in another, for each request of a test takes its time."""
    files = {}
    for kind, tag, pattern in KINDS:
        files[f"/all.{kind}"] = tuple(re.findall(pattern, html))
        html = re.sub(pattern, "", html).replace("</head>", tag + "</head>")
    return html, files


class Phone:
    """A phone with the pages of some doses, on the first of them."""

    def __init__(self, browser, *doses, device="", has_scripts=True, pages=None, **options):
        self.context = browser.new_context(viewport=SIZE, **{"has_touch": True, "is_mobile": True, **options})
        self.has_scripts = has_scripts
        self.problems = []
        self.context.route(f"{SITE}/**", self._answer)
        self.context.add_init_script(DEVICE + device)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on(
            "console", lambda said: self.problems.append(said.text) if said.type == "error" else None
        )
        self.page.clock.install(time=START)
        self.page.clock.pause_at(START.replace(minute=1))
        self.turns = 0
        self.show(*doses, **(pages or {}))

    def show(self, *doses, language="en", limb="", tells=False):
        """Open the pages of these doses as somebody does who was never on them."""
        items = [
            replace(bridge(), number=number, dose=dose, limb=limb, name=f"Exercise {number}")
            for number, dose in enumerate(doses, start=1)
        ]
        options = {"language": language, "tells": tells}
        made = {
            f"/exercise/{item.number}/": bundled(exercise_page(item, last=item is items[-1], **options))
            for item in items
        }
        self.files = dict(file for _, files in made.values() for file in files.items())
        self.pages = {path: html for path, (html, _) in made.items()}
        self.pages["/"] = "<!doctype html><title>All</title><h1>All exercises</h1>"
        self.is_offline = False
        self.told = []
        self.open("/exercise/1/")

    def leave(self):
        """Forget what this tab keeps, and how the screen was set."""
        self.page.evaluate("sessionStorage.clear()")
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        self.page.set_viewport_size(SIZE)

    def _answer(self, route):
        path = route.request.url.removeprefix(SITE)
        if route.request.method == "POST":
            self._take(route)
        elif path.endswith(".js") and not self.has_scripts:
            route.abort()
        elif path in self.files:
            route.fulfill(body=bundle(self.files[path]), content_type=TYPES[path])
        elif path in self.pages:
            route.fulfill(body=self.pages[path], content_type="text/html; charset=utf-8", headers=HEADERS)
        else:
            route.fulfill(path=finders.find(path.removeprefix("/static/")))

    def _take(self, route):
        if self.is_offline:
            route.abort()
            return
        self.told.append(dict(parse_qsl(route.request.post_data, keep_blank_values=True)))
        route.fulfill(body=TOLD, content_type="text/html; charset=utf-8")

    def open(self, path):
        self.page.goto(SITE + path)

    def tap(self, name):
        """Tap a button as a calm hand does."""
        self.wait(MORE_THAN_TWICE / 1000)
        self.page.get_by_role("button", name=name, exact=True).tap()

    def tap_next(self, shown):
        """Tap on from what is shown, in whichever language."""
        deed = {"todo": "start", "work": "done", "rest": "done"}[shown]
        self.wait(MORE_THAN_TWICE / 1000)
        self.page.locator(f"[data-do={deed}]").tap()

    def wait(self, seconds):
        self.turns += 1
        self.page.clock.run_for(int(seconds * 1000))

    def sleep(self, seconds, *, steady=True):
        """Turn the screen off and on again; the steady clock of some phones stands still meanwhile."""
        self.page.evaluate("turn(true)")
        if steady:
            self.page.clock.fast_forward(int(seconds * 1000))
        else:
            self.page.clock.set_system_time(self.page.evaluate("Date.now()") / 1000 + seconds)
        self.page.evaluate("turn(false)")

    def text(self, part):
        found = self.page.locator(f"[data-{part}]")
        return found.inner_text() if found.is_visible() else ""

    def digits(self):
        return (
            self.page.locator("[data-digits]").inner_text()
            if self.page.locator(".clock").is_visible()
            else ""
        )

    def buttons(self):
        return [
            found.inner_text()
            for found in self.page.locator("section[data-player] :is(button, a)").all()
            if found.is_visible()
        ]

    def seen(self, what):
        return self.page.evaluate(f"seen.{what}")
