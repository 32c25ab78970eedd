"""No page of the patient's, in no state, language or light, hinders who sees, hears or moves in another way."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.portal.every_page import Page, Shelf, Walk
from tests.portal.judges import failures, lighthouse, read_aloud

pytestmark = [
    pytest.mark.xdist_group("judges"),  # a browser of their own beside that of the other tests
    pytest.mark.edge,  # pages, however their rows are kept
    pytest.mark.spared,
]
FOLDER = Path(settings.BASE_DIR) / "templates" / "portal"
# One state of each is enough where only the words are others: English and Arabic, from right to left, show all.
WHOLE = ["en", "ar"]
BAD = """<!doctype html><html lang="en"><head><title>Bad</title><style>
p { color: #333; background: #fff } @media (prefers-color-scheme: dark) { p { color: #ccc } }</style></head>
<body><main><h1>Bad</h1><p>Pale words</p><img src="/one.png">
<form action="/a"><button>A</button></form><form action="/b"><button>B</button></form></main></body></html>"""


@pytest.fixture
def shelf(browser):
    opened = Shelf(browser)
    yield opened
    opened.context.close()


@pytest.fixture
def walk(issued, broker):
    """A function that walks through all pages in a language."""
    return lambda language: Walk(issued, language)()


def one_of_a_kind(pages):
    """Return the first page of those that are made of the same templates."""
    kinds = {}
    for name, page in pages.items():
        kinds.setdefault(page.templates, name)
    return {name: pages[name] for name in kinds.values() if not name.isdecimal()}


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_no_judge_finds_anything_on_any_page(walk, shelf, language):
    pages = walk(language)
    found = {}
    for name, shown in (pages if language in WHOLE else one_of_a_kind(pages)).items():
        page = shelf.open(shown)
        found[name] = failures(page)
        if name == "exercise":
            for deed in ("start", "done"):
                page.locator(f"[data-do={deed}]").tap()
                found[f"{name}, {deed}"] = failures(page)

    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_walk_leaves_no_page_out(walk):
    pages = walk("en")

    shown = {name for page in pages.values() for name in page.templates}
    assert {f"portal/{file.relative_to(FOLDER)}" for file in FOLDER.rglob("*.html")} <= shown
    assert {"404.html", "429.html"} <= shown
    assert {page.status for page in pages.values()} == {200, 400, 403, 404, 413, 429, 500, 503}


def test_the_judges_see_what_is_wrong(shelf):
    found = failures(shelf.open(Page(path="/", status=200, html=BAD, headers={}, templates=frozenset())))

    rules = {fault.partition(":")[0] for fault in found}
    assert {"image-alt", "aria_form_label_unique", "color-contrast", "text_contrast_sufficient"} <= rules
    assert "heard without a name: image" in found


SPOKEN = {
    "question": [
        "document", "main", "heading, Your exercise plan, level 1", "group, When were you born?",
        "textbox, Month, Only you and your clinic know this. It opens your plan. Write it in numbers, "
        "for example: 3 27 1950",
        "textbox, Day,", "textbox, Year,", "checkbox, Remember this device, Tick this only on your own phone",
        "button, Open my plan", "link, I prefer one line, also with words", "heading, How to get help, level 2",
        "link, +1 (555) 010-4477",
        "end of document",
    ],
    "plan": [
        "navigation, On every page", "link, Warning signs", "main",
        "heading, Your plan for back and leg pain, level 1", "Check first each day:", "heading, What to do, level 2",
        "link, Play my plan", "Do not bend with weight.", "heading, Your exercises, level 2",
        "listitem, level 1, position 1, set size 8", "link, 1. Pelvic tilt", "2 to 3 sets · 8 to 12 times",
        "link, 8. Walking", "heading, How much pain is fine?, level 2", "heading, If something is wrong, level 2",
        "link, 911", "link, Download your plan (PDF)", "region, This device", "button, Lock this page,",
        "button, This is not me,", "end of document",
    ],
    "exercise": [
        "navigation, On every page", "link, All exercises", "link, Warning signs", "main", "Exercise 1 of 8",
        "heading, 1. Pelvic tilt, level 1", "image, Two pictures of pelvic tilt: the start and the end.",
        "2 to 3 sets", "heading, Set 1 of 2, left leg, level 2",
        "button, Start the timer", "button, Done with this set", "switch, Sound, checked", "link, Who reads this?",
        "heading, How to do it, level 2", "2 to 3 sets", "Lie on your back.",
        "listitem, level 1, position 1, set size 4", "Take care:", "heading, How did it go?, level 2",
        "Who reads this?", "button, I did it, all, 1. Pelvic tilt", "navigation, Next exercise",
        "link, Next Single knee to chest", "link, Skip this one today", "end of document",
    ],
    "warnings": [
        "link, Back to the exercise", "main", "heading, Warning signs, level 1",
        "heading, Call 911 now if you have:, level 2", "listitem, level 1, position 1, set size 6",
        "link, Call 911", "heading, Also call 911 now if:, level 2",
        "heading, Stop, and call a doctor today if you have:, level 2", "heading, How much pain is fine?, level 2",
        "end of document",
    ],
    "first log": [
        "link, Warning signs", "main", "heading, How did it go?, level 1", "Who reads this?",
        "button, I did it all as planned", "heading, 1. Pelvic tilt, level 2", "button, I did it, all, 1. Pelvic tilt",
        "link, Not done, or say more, 1. Pelvic tilt", "button, I did it, all, 8. Walking",
        "heading, How was today?, level 2", "group, Your worst pain", "radio, 0, 0 is no pain. 10 is the worst pain.",
        "button, Save", "end of document",
    ],
    "alarm: now": [
        "main", "heading, How did it go?, level 1", "alert", "heading, Call 911 now, level 2", "link, 911",
        "Nobody reads this page right now.", "end of alert", "button, I did it",
    ],
}  # fmt: skip
"""What is heard one after the other, with anything between; each begins like this."""


def test_a_screen_reader_hears_everything_in_its_order(walk, shelf):
    pages = walk("en")
    missed = {name: unheard(order, read_aloud(shelf.open(pages[name]))) for name, order in SPOKEN.items()}

    assert missed == dict.fromkeys(SPOKEN, "")


def unheard(order, spoken):
    """Return the first phrase of the order that does not follow those before it; empty where all do."""
    rest = iter(spoken)
    return next((phrase for phrase in order if not any(said.startswith(phrase) for said in rest)), "")


def test_lighthouse_gives_the_full_score(walk):
    pages = walk("en")

    assert lighthouse([pages[name] for name in SPOKEN]) == [([100], [])] * len(SPOKEN)
