"""The therapist's hands: what they do in the admin, by the words on the page."""

import re

from playwright.sync_api import expect


def sign_in(page, practice):
    page.goto(f"{practice.url}/admin/")
    page.get_by_label("Username").fill(practice.username)
    page.get_by_label("Password").fill(practice.password)
    page.get_by_role("button", name=re.compile("log in|sign in", re.IGNORECASE)).click()
    expect(page).to_have_url(f"{practice.url}/admin/")


def add_patient(page, practice, *, name, birth_date, language="en", conditions=()):
    """Record a patient with conditions, each a name and a day of onset."""
    page.goto(f"{practice.url}/admin/plans/patient/add/")
    page.locator("#id_name").fill(name)
    page.locator("#id_birth_date").fill(birth_date)
    page.locator("#id_language").select_option(language)
    for number, (condition, onset) in enumerate(conditions):
        page.get_by_role("button", name="Add a condition").click()
        page.locator(f"#id_conditions-{number}-condition").select_option(label=condition)
        page.locator(f"#id_conditions-{number}-onset").fill(onset)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="New plan")).to_be_visible()


def begin_plan(page, **fields):
    """Start a plan for the patient on the page, and fill fields by their names."""
    page.get_by_role("link", name="New plan").click()
    unfold(page, "note to the patient")
    for field, value in fields.items():
        page.locator(f"#id_{field}").fill(value)


def add_exercise(page, name, **dose):
    """Choose an exercise from the list, then type its dose: fields by their names on the form."""
    search = page.get_by_label("Add an exercise")
    search.fill(name)
    rows = page.locator("#item-rows [data-row]")
    count = rows.count()
    # The list of what was typed marks its first line; the list of the first focus marks none.
    expect(page.get_by_role("option", selected=True).filter(has_text=name)).to_be_visible()
    expect(page.locator(".htmx-settling")).to_have_count(0)
    search.press("Enter")
    expect(rows).to_have_count(count + 1)
    row = rows.nth(count)
    expect(row).to_contain_text(name)
    search.press("Escape")
    row.locator("[data-unfold]").click()
    unfold(row, "extra caution")
    for field, value in dose.items():
        row.locator(f"[name$='-{field}']").fill(value)
    return row


def unfold(place, words):
    """Open the fold of these words, if it is not: that of a dose with a pace opens by itself."""
    if not place.locator("details[open] > summary", has_text=words).count():
        place.locator("details:not([open]) > summary", has_text=words).click()


def give_reason(page, words):
    """Answer the one card of the page that asks for a reason."""
    field = page.locator("#plan-findings").get_by_label("Your reason for going on")
    field.fill(words)
    field.blur()


def look_and_publish(page, *, also=()):
    """Go from the plan's page to the publication's, choosing further formats by their words."""
    page.get_by_role("button", name="Look and publish").click()
    for words in also:
        page.get_by_label(words).check()
    page.get_by_role("button", name=re.compile("^Publish")).click()
    expect(page.get_by_role("heading", name="The patient's personal link")).to_be_visible()


def watch_until_ready(page, *, files):
    """Look at the files' states until all can be opened; the page must not have been loaded anew for it."""
    page.evaluate("window.neverLeft = true")
    expect(page.get_by_role("link", name="Open the PDF")).to_have_count(files, timeout=90_000)
    assert page.evaluate("window.neverLeft")


def copy_link(page):
    """Press "Copy link" and give what a paste would hold."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("[data-copy=link-address]")).to_contain_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")
