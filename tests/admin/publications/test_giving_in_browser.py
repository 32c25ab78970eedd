"""The panel after publishing, in a real browser: keyboard, print, code, clipboard."""

import io

import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from plans import tokens
from plans.models import DownloadLink, Rendering
from tests import factories
from tests.admin.browser import opener
from tests.admin.conftest import make_ready
from tests.axe import failures

NOTE_PRINTS = """
Object.defineProperty(navigator, "pdfViewerEnabled", { get: () => true });
window.print = () => { window.top.printed = [...(window.top.printed ?? []), location.pathname]; };
"""


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)


@pytest.fixture
def go(page, live_server, therapist, publication):
    page.add_init_script(NOTE_PRINTS)
    # A viewer of PDFs is no page of ours: here a page stands in for it, which notes that its print was called.
    page.route("**/file/*/", lambda route: route.fulfill(body="<p>The PDF</p>", content_type="text/html"))
    return opener(page, live_server, therapist)


def printed(page):
    return page.evaluate("window.printed ?? []")


def test_publishing_takes_the_keyboard_to_the_panel(page, live_server, therapist):
    plan = factories.plan(therapist)
    opener(page, live_server, therapist)("plans_plan_publish", plan.pk)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#give")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show the code large")).to_be_focused()


def test_print_opens_the_pdfs_print(page, go, publication):
    rendering = Rendering.objects.get()
    make_ready(rendering)
    go("plans_publication_change", publication.pk)
    page.get_by_role("button", name="Print").click()
    expect(page.locator("[data-print-status]")).to_have_text("The print is open.")
    assert printed(page) == [reverse("admin:plans_file", args=[rendering.pk])]


def test_print_waits_for_the_pdf_and_says_so(page, go, publication):
    go("plans_publication_change", publication.pk)
    page.get_by_role("button", name="Print").click()
    expect(page.locator("[data-print-status]")).to_contain_text("opens by itself as soon as it is")
    assert printed(page) == []
    make_ready(Rendering.objects.get())
    expect(page.locator("[data-print-status]")).to_have_text("The print is open.")
    assert len(printed(page)) == 1


def test_the_code_is_large_and_leads_to_the_link(page, go, publication):
    link = DownloadLink.objects.get()
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    page.emulate_media(color_scheme="dark")
    go("plans_publication_change", publication.pk)
    page.get_by_role("button", name="Show the code large").click()
    code = page.get_by_role("dialog").get_by_role("img")
    expect(code).to_be_visible()
    assert code.bounding_box()["width"] >= 500
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert read.text.endswith(f"/p/{token}/")
    assert failures(page) == []
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()


def test_the_text_for_the_record_is_copied(page, go, publication):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    go("plans_publication_change", publication.pk)
    page.get_by_role("button", name="Copy text for the record").click()
    expect(page.locator(".desk-give-record [data-copy-words]")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Home exercise plan: Back plan")
