"""The dialog in a browser: few actions from the first page to a plan of a new patient."""

from playwright.sync_api import expect

from plans.models import Patient, Plan
from tests import factories
from tests.admin.browser import opener


def test_from_the_first_page_to_the_plan_in_five_actions(page, live_server, clinic, therapist):
    factories.condition("sciatica", name="Sciatica", dates=["onset"])
    factories.condition("acl", name="ACL tear", dates=["surgery"])
    opener(page, live_server, therapist)("index")
    page.get_by_role("button", name="New plan").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Robin New")
    page.get_by_label("Birth date").fill("1970-02-03")
    page.get_by_label("What do they have?").fill("sciatica, onset 3 weeks ago\nACL tear")
    expect(page.locator("#new-patient-reading")).to_contain_text("Operated? When?")
    page.get_by_label("What do they have?").press("Control+Enter")
    page.wait_for_url("**/plan/**/?patient=*")
    assert Patient.objects.get().conditions.count() == 2
    expect(page.locator("#plan-facts")).to_contain_text("Sciatica")
    expect(page.locator("[data-draft-status]")).to_have_text("Saved")
    assert Plan.objects.get().patient == Patient.objects.get()
