"""The palette and the keys in a real browser: by keyboard alone, also for a scanner, in light and dark and narrow."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories
from tests.admin.browser import opener
from tests.axe import failures

WORDS, OPTION = "#palette-words", "#palette-list [role=option]"


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, name="Robin Example")


@pytest.fixture
def open_page(page, live_server, therapist):
    return opener(page, live_server, therapist)


def path_of(page):
    return re.sub(r"^https?://[^/]+", "", page.url)


def test_the_whole_way_by_keyboard(open_page, patient):
    page = open_page("index")
    page.keyboard.press("Control+k")
    expect(page.locator(WORDS)).to_be_focused()
    expect(page.locator(OPTION).first).to_have_attribute("aria-selected", "true")
    page.keyboard.type("robin")
    first = page.locator(OPTION).first
    expect(first).to_contain_text("Robin Example")
    expect(page.locator(WORDS)).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(page.locator("#palette-said")).to_have_text(re.compile(r"\d+ found"))
    page.keyboard.press("Escape")
    if page.locator("#palette").is_visible():  # the first Escape empties a search field
        page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator(WORDS)).to_have_value("")
    page.keyboard.type("robin")
    expect(page.locator(OPTION).first).to_contain_text("Robin Example")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/patient/"))
    assert path_of(page) == reverse("admin:plans_patient_change", args=[patient.pk])


def test_a_scanner_that_is_faster_than_the_answer(open_page, therapist):
    publication = factories.publication(therapist)
    page = open_page("index")
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(publication.sheet_code)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/publication/"))
    assert path_of(page) == reverse("admin:plans_publication_change", args=[publication.pk])


def test_keys_are_buttons_and_are_listed(open_page, page, patient):
    open_page("plans_patient_changelist")
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).to_be_focused()
    page.keyboard.type("?/")
    expect(page.locator("#searchbar")).to_have_value("?/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+?")
    keys = page.locator("#keys")
    expect(keys).to_be_visible()
    told = [key.inner_text() for key in keys.locator("dt").all()]
    assert told == [one.get_attribute("data-key") for one in page.locator("[data-key]:visible").all()]
    page.set_viewport_size({"width": 390, "height": 844})
    page.keyboard.press("Escape")
    expect(page.locator("h1").first).to_be_in_viewport()
    page.keyboard.press("Shift+?")
    expect(keys).to_be_visible()
    assert {"Ctrl+K", "?", "/"} <= set(told)
    keys.get_by_label("Keys of a single sign").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator(WORDS)).to_be_focused()


def test_whoever_is_signed_out_is_told(open_page, page, patient):
    open_page("index")
    page.context.clear_cookies()
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#palette-said")).to_have_text(re.compile("signed out"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible(open_page, page, patient, clinic, scheme, width):
    factories.approved_exercise(clinic, "robin-slide")
    page.emulate_media(color_scheme=scheme)
    open_page("index")
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("button", name="Search").click()
    page.locator(WORDS).fill("robin")
    expect(page.locator(OPTION).first).to_contain_text("Robin Example")
    assert failures(page) == []
    box = page.locator(OPTION).first.bounding_box()
    assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#palette").get_by_role("button", name="Keys").click()
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#keys")).to_be_visible()
    assert failures(page) == []
