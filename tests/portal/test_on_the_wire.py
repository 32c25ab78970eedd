"""What each screen asks the network for: few requests, all at once, none of which waits for another.

On a slow network each request that waits for another costs seconds. The page is the first; whatever else it needs
stands in it. Without HTTP/2 a browser opens six lines to a server, so what is more than that waits for the others.
"""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.portal.whole_plan import full_plan, put

LINES = 6
MAX_BYTES = 60_000
SCREENS = ("", "exercise/1/", "exercise/2/", "log/", "log/?yesterday", "log/1/", "progress/", "reminders/",
           "warnings/")  # fmt: skip
STYLES = sorted((Path(settings.BASE_DIR) / "static/portal").glob("*.css"))


class Wanted(HTMLParser):
    """The addresses that a page makes a browser load, and how."""

    def __init__(self, html):
        super().__init__()
        self.styles, self.scripts, self.waited_for, self.pictures, self.inline = [], [], [], [], []
        self.before_pictures, self.ahead, self.has_picture = [], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(given["href"])
        elif tag == "link" and given.get("rel") == "prefetch":
            self.ahead.append(given["href"])
        elif tag == "link" and given.get("rel") == "preload" and not self.has_picture:
            self.before_pictures.append(given["href"])
        elif tag == "script" and "src" in given:
            self.scripts.append(given["src"])
            if "defer" not in given:
                self.waited_for.append(given["src"])
        elif tag == "script" and given.get("type") != "application/json":
            self.inline.append(given)
        elif tag == "img":
            self.has_picture = True
            if given.get("loading") != "lazy":
                self.pictures.append(given["src"])


def size_of(address):
    """The bytes of a static file as the service gives it, once files are collected."""
    return len(gzip.compress(Path(finders.find(address.removeprefix("/static/"))).read_bytes()))


def wanted_by(answer):
    assert answer.status_code == 200
    return Wanted(answer.content.decode())


def weigh(answer, wanted):
    """The bytes of a screen without its pictures; pages are padded at random, so the longest padding counts."""
    return len(gzip.compress(answer.content)) + 100 + sum(map(size_of, [*wanted.styles, *wanted.scripts]))


def test_each_screen_asks_for_little_at_once(issued, opened, client):
    put(issued.publication, full_plan())
    client.cookies.clear()
    strangers = [issued.path, f"{issued.path}?date", f"/sheet/{issued.publication.sheet_code}/"]
    answers = {path: client.get(path) for path in strangers}
    answers |= {screen: opened.get(issued.path + screen) for screen in SCREENS}

    wanted = {screen: wanted_by(answer) for screen, answer in answers.items()}
    assert {screen: one for screen, one in wanted.items() if one.waited_for or one.inline} == {}
    many = {screen: len(one.styles) + len(one.scripts) for screen, one in wanted.items()}
    assert {screen: count for screen, count in many.items() if count > LINES} == {}
    weights = {screen: weigh(answers[screen], one) for screen, one in wanted.items()}
    assert {screen: weight for screen, weight in weights.items() if weight > MAX_BYTES / 2} == {}
    # A stranger's screens have no picture, and the exercise's has one: the others come when they are scrolled to.
    assert {screen: len(one.pictures) for screen, one in wanted.items() if len(one.pictures) > 1} == {}


@pytest.mark.parametrize("screen", ["", "exercise/1/"])
def test_scripts_are_asked_for_before_the_pictures_that_would_take_all_lines(issued, opened, screen):
    put(issued.publication, full_plan())

    wanted = wanted_by(opened.get(issued.path + screen))

    assert wanted.has_picture
    assert wanted.scripts
    assert set(wanted.scripts) == set(wanted.before_pictures)


def test_what_the_plan_runs_comes_while_the_birth_date_is_typed(issued, opened, client):
    client.cookies.clear()
    asking = wanted_by(client.get(issued.path))
    plan = wanted_by(opened.get(issued.path))

    assert set(plan.scripts) <= {*asking.scripts, *asking.ahead}
    assert len(asking.styles) + len(asking.scripts) + len(asking.ahead) <= LINES


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_style_asks_for_more(style):
    assert not re.search(r"@import|url\(", style.read_text())
