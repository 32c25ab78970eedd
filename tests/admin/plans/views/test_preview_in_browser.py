"""The publish page's preview in a real browser: the PDF takes the page's place, unless somebody reads it."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Rendering
from plans.rendering import job
from tests import factories
from tests.admin.conftest import signed_in

PAGE, PDF = "#preview iframe[srcdoc]", "#preview iframe[src]"


@pytest.fixture
def plan(therapist, clinic):
    revisions = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(3)]
    return factories.plan(therapist, exercises=revisions)


@pytest.fixture
def look(page, live_server, therapist, plan):
    """Open the publish page, in a browser that shows PDFs or one that does not."""

    def go(*, viewer=True):
        cookie = signed_in(therapist).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        shows = "true" if viewer else "false"
        page.add_init_script(
            f"Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', {{get: () => {shows}}})"
        )
        page.goto(live_server.url + reverse("admin:plans_plan_publish", args=[plan.pk]))
        expect(page.locator("#preview")).to_contain_text("The PDF is being made.")
        return page

    return go


def make_all():
    for row in Rendering.objects.all():
        job.work(row.pk)


def test_the_pdf_takes_the_pages_place_as_soon_as_it_is_there(look):
    page = look()
    expect(page.locator(PAGE)).to_be_visible()
    make_all()
    expect(page.locator(PDF)).to_be_visible()
    expect(page.locator(PAGE)).to_be_hidden()
    page.get_by_role("button", name="Show as a web page").press("Enter")
    expect(page.locator(PAGE)).to_be_visible()
    expect(page.locator(PDF)).to_be_hidden()


def test_who_chose_the_web_page_keeps_it_with_another_format(look):
    page = look()
    make_all()
    page.get_by_role("button", name="Show as a web page").click()
    page.get_by_label("Large print (18 pt)").check()
    expect(page.locator("#preview")).to_contain_text("The PDF is being made.")
    make_all()
    expect(page.get_by_role("button", name="Show the PDF here")).to_be_visible()
    expect(page.locator(PAGE)).to_be_visible()


def test_a_page_that_is_being_read_is_not_taken_away(look):
    page = look()
    page.frame_locator(PAGE).locator("body").evaluate("() => window.scrollTo(0, 200)")
    make_all()
    button = page.get_by_role("button", name="Show the PDF here")
    expect(button).to_be_visible()
    expect(page.locator(PAGE)).to_be_visible()
    expect(page.locator(PDF)).to_have_count(0)
    button.click()
    expect(page.locator(PDF)).to_be_visible()


def test_a_browser_without_a_viewer_gets_the_link_and_saves_no_file_by_itself(look):
    page = look(viewer=False)
    saved = []
    page.on("download", lambda file: saved.append(file.url))
    make_all()
    expect(page.get_by_role("link", name="Open the PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Show the PDF here")).to_be_hidden()
    expect(page.locator(PAGE)).to_be_visible()
    expect(page.locator(PDF)).to_have_count(0)
    assert saved == []
