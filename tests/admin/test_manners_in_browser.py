"""Every page of the desk, once in a real browser: axe in light and dark, focus, targets, landmarks, icons, dragging.

The list of pages is that of tests/admin/test_access.py, which fails when an address of the desk has no line there.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests import axe
from tests.admin.conftest import signed_in
from tests.admin.test_access import GET, address

CHECKS = (Path(__file__).parent / "manners.js").read_text(encoding="utf-8")
WHO = ("therapist", "lead", "library_admin", "reviewer", "root")
FINGER, POINTER = 44, 24
TOUCHED = (820, 390)


def pages_by_person(world):
    """Give who opens which pages; what only pages ask for has no frame of the desk and is passed over."""
    found = defaultdict(list)
    for name, allowed in GET.items():
        who = next((one for one in WHO if one in allowed), None)
        if who:
            found[who].append(address(name, world))
    for who in ("therapist", "lead"):
        found[who].insert(0, reverse("admin:index"))
    return found


class Visitor:
    """A browser that is one of the people, with a mouse or under a finger."""

    def __init__(self, page, live_server):
        self.page, self.live_server = page, live_server
        self.screen = page.context.new_cdp_session(page)

    def become(self, person):
        cookie = signed_in(person).cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": self.live_server.url}]
        )

    def open(self, address):
        """Open a page; give whether it is one, and not a part of one or a file."""
        self.wear(1280, touch=False)
        self.page.emulate_media(color_scheme="light")
        answer = signed_in_get(self.page, self.live_server.url + address)
        return "text/html" in answer.headers.get("content-type", "") and "<html" in answer.text()

    def wear(self, width, *, touch):
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": touch}
        self.screen.send("Emulation.setDeviceMetricsOverride", metrics)
        self.screen.send("Emulation.setTouchEmulationEnabled", {"enabled": touch})

    def look(self):
        """Give what is wrong with the page as it is open."""
        found = axe.failures(self.page)
        found += self.page.evaluate(CHECKS, {"smallest": POINTER, "touch": False})
        self.page.emulate_media(color_scheme="dark")
        found += [f"dark {line}" for line in axe.failures(self.page, rules=["color-contrast"])]
        for width in TOUCHED:
            self.wear(width, touch=True)
            assert self.page.evaluate("matchMedia('(pointer: coarse)').matches")
            found += [
                f"{width} {line}" for line in self.page.evaluate(CHECKS, {"smallest": FINGER, "touch": True})
            ]
        return found


def signed_in_get(page, url):
    answer = page.request.get(url, max_redirects=3)
    if "text/html" in answer.headers.get("content-type", "") and "<html" in answer.text():
        page.goto(url, wait_until="load")
        page.wait_for_function("!document.querySelector('.htmx-request')")
    return answer


@pytest.mark.timeout(600)
def test_every_page(world, page, live_server):
    visitor = Visitor(page, live_server)
    wrong = defaultdict(list)
    for who, addresses in pages_by_person(world).items():
        visitor.become(world.people[who])
        for one in addresses:
            if visitor.open(one):
                for line in visitor.look():
                    wrong[line].append(one)
    told = [f"{line}   ({len(pages)} pages, such as {pages[0]})" for line, pages in sorted(wrong.items())]
    assert not told, "\n".join(told)
