"""Every page of the desk, once in a real browser: axe in light and dark, focus, targets, landmarks, icons, dragging.

The list of pages is that of tests/admin/test_access.py, which fails when an address of the desk has no line there.
"""

from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Error, expect

from plans.libraryfiles import Level
from tests import axe, factories
from tests.admin.conftest import signed_in
from tests.admin.test_access import GET, address

CHECKS = (Path(__file__).parent / "manners.js").read_text(encoding="utf-8")
WHO = ("therapist", "lead", "library_admin", "reviewer", "root")
FINGER, POINTER = 44, 24
TOUCHED = (820, 390)
PAGES = 60
MENU = "#nav-sidebar"


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
        try:
            answer = self.page.goto(self.live_server.url + address, wait_until="load")
        except Error as error:
            if "Download is starting" in error.message or "ERR_ABORTED" in error.message:
                return False
            raise
        if "text/html" not in answer.headers.get("content-type", "") or "<html" not in answer.text():
            return False
        self.page.wait_for_function("!document.querySelector('.htmx-request')")
        return True

    def wear(self, width, *, touch):
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": touch}
        self.screen.send("Emulation.setDeviceMetricsOverride", metrics)
        self.screen.send("Emulation.setTouchEmulationEnabled", {"enabled": touch})

    def look(self, *, without):
        """Give what is wrong with the page as it is open."""
        found = axe.failures(self.page, without=without)
        found += self.check(POINTER, touch=False, without=without)
        self.page.emulate_media(color_scheme="dark")
        dark = axe.failures(self.page, rules=["color-contrast"], without=without)
        found += [f"dark {line}" for line in dark]
        for width in TOUCHED:
            self.wear(width, touch=True)
            assert self.page.evaluate("matchMedia('(pointer: coarse)').matches")
            found += [f"{width} {line}" for line in self.check(FINGER, touch=True, without=without)]
        return found

    def check(self, smallest, *, touch, without):
        return self.page.evaluate(CHECKS, {"smallest": smallest, "touch": touch, "without": without})


@pytest.mark.timeout(600)
def test_every_page(world, page, live_server):
    visitor = Visitor(page, live_server)
    wrong, seen = defaultdict(list), 0
    for who, addresses in pages_by_person(world).items():
        visitor.become(world.people[who])
        without = ":not(*)"
        for one in addresses:
            if visitor.open(one):
                for line in visitor.look(without=without):
                    wrong[line].append(one)
                without = MENU  # the same on every page that this person opens
                seen += 1
    assert seen >= PAGES, "pages that are no longer looked at"
    told = [f"{line}   ({len(pages)} pages, such as {pages[0]})" for line, pages in sorted(wrong.items())]
    assert not told, "\n".join(told)


@pytest.fixture
def plan(therapist, clinic):
    """A plan with something of all that opens on its page: cards, a harder exercise, a protocol."""
    harder, _easier = factories.easier_pair(clinic)
    factories.approved_rule(clinic, level=Level.AVOID, counter_evidence="a trial saw no harm")
    factories.approved_rule(clinic, "daily", movements=(), whole_plan=True)
    factories.approved_library_protocol(clinic, "early", exercises=("bridge", "little-bridge"))
    rows = [harder, factories.approved_exercise(clinic, "heel-slide")]
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=rows)


def open_cards(page):
    page.evaluate("for (const fold of document.querySelectorAll('[data-card] > details')) fold.open = true")


def open_a_row(page):
    page.locator("[data-unfold]").first.click()


def open_replacements(page):
    open_a_row(page)
    page.locator("[data-replace]").first.click()
    expect(page.locator("[data-replacement]").first).to_be_visible()


def open_list(page):
    page.get_by_label("Add an exercise").focus()
    expect(page.locator("#picker-list [role=option]").first).to_be_visible()


def press(key, shows):
    def opens(page):
        page.keyboard.press(key)
        expect(page.locator(shows).first).to_be_visible()

    return opens


def open_proposal(page):
    press("o", "#proposal[open] [data-choose]")(page)
    page.locator("#proposal[open] [data-choose]").first.click()
    expect(page.locator("#proposal[open] [data-apply]")).to_be_visible()


def open_new_patient(page):
    page.locator("[data-opens=new-patient]").first.click()
    expect(page.locator("#new-patient [name=name]")).to_be_visible()


ON_A_PLAN = {
    "cards": open_cards,
    "a row": open_a_row,
    "replacements": open_replacements,
    "the list of exercises": open_list,
    "the library": press("l", "#library-cards [data-card]"),
    "the protocols": press("o", "#proposal[open] [data-choose]"),
    "a proposal": open_proposal,
    "the palette": press("Control+k", "dialog#palette[open]"),
    "the keys": press("?", "dialog#keys[open]"),
}


@pytest.mark.timeout(300)
def test_what_opens_on_a_page_is_as_good_as_the_page(page, live_server, therapist, plan):
    visitor, wrong = Visitor(page, live_server), defaultdict(list)
    visitor.become(therapist)
    address = reverse("admin:plans_plan_change", args=[plan.pk])
    looks = [*((address, what, opens) for what, opens in ON_A_PLAN.items())]
    looks.append((reverse("admin:index"), "a new patient", open_new_patient))
    for where, what, opens in looks:
        assert visitor.open(where)
        opens(page)
        for line in visitor.look(without=MENU):
            wrong[line].append(what)
    told = [f"{line}   ({', '.join(whats)})" for line, whats in sorted(wrong.items())]
    assert not told, "\n".join(told)
