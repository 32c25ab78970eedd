"""The sheet beside its draft in a real browser: it follows what is typed, and says which state it shows."""

import pytest
from playwright.sync_api import expect

from plans.models import Rendering
from plans.rendering import job
from tests import factories
from tests.admin.browser import opener
from tests.axe import failures

SAYS = "[data-sheet-state]"
PAGE, PDF = "[data-sheet-page]", "[data-sheet-pdf]"


@pytest.fixture
def plan(therapist, clinic):
    return factories.plan(therapist, exercises=[factories.approved_exercise(clinic, "heel-slide")])


@pytest.fixture
def beside(page, live_server, therapist, plan):
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', {get: () => true})")
    opener(page, live_server, therapist)("plans_plan_change", plan.pk)
    page.evaluate("localStorage.setItem('sidebarDesktopOpen', '0')")
    page.reload()
    page.keyboard.press("p")
    expect(page.locator(SAYS)).to_have_text("The web page of the draft as it is now.")
    return page


def sheet(page):
    return page.frame_locator(PAGE).locator("body")


def test_it_follows_what_is_typed_and_never_takes_the_keyboard(beside):
    page = beside
    expect(sheet(page)).to_contain_text("Back plan")
    assert failures(page) == []
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator(SAYS)).to_contain_text("As it was before your last change")

    expect(sheet(page)).to_contain_text("Knee plan")
    expect(page.locator(SAYS)).to_have_text("The web page of the draft as it is now.")
    expect(page.locator("#id_title")).to_be_focused()
    assert not Rendering.objects.exists()


def test_what_is_not_saved_is_said_to_be_older(beside):
    page = beside
    page.context.set_offline(True)
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator("[data-draft-status]")).to_contain_text("offline")

    expect(page.locator(SAYS)).to_have_text("As it was before your last change, which is not saved yet.")
    expect(sheet(page)).to_contain_text("Back plan")
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(sheet(page)).to_contain_text("Knee plan")


def test_the_pdf_comes_when_it_is_there_and_the_key_closes(beside):
    page = beside
    page.get_by_label("PDF", exact=True).check()
    expect(page.locator(SAYS)).to_contain_text("Its PDF is being made.")
    expect(page.locator(PAGE)).to_be_visible()
    for row in Rendering.objects.all():
        job.work(row.pk)
    expect(page.locator(PDF)).to_be_visible()
    expect(page.locator(PAGE)).to_be_hidden()
    expect(page.locator(SAYS)).to_have_text("The PDF of the draft as it is now.")

    # The one of before stays, and says that it is.
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator("#sheet #preview-file")).to_contain_text("The PDF is being made.")
    expect(page.locator(SAYS)).to_have_text("As it was before your last change. The new one is being made.")
    expect(page.locator(PDF)).to_be_visible()

    page.get_by_label("Web page").check()
    expect(page.locator(PAGE)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sheet")).not_to_be_visible()
    expect(page.locator("[data-side-open=sheet]")).to_be_focused()
