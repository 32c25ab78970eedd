"""Rows of a plan in a real browser: one line each, numbers by buttons, several at once, undone in one step."""

import pytest
from playwright.sync_api import expect

from plans.models import Exercise
from tests import factories
from tests.admin.browser import NAMES, ROWS, opener, unfold

STATE = "[data-draft-status]"
CODES = ("pelvic-tilt", "glute-bridge", "heel-slide", "bird-dog", "cat-cow", "wall-squat", "dead-bug", "clam")


@pytest.fixture
def plan(therapist, clinic):
    exercises = [factories.approved_exercise(clinic, code) for code in CODES]
    of = factories.patient(therapist, name="Robin Rivers")
    return factories.plan(therapist, of=of, exercises=exercises, title="Back plan")


@pytest.fixture
def page(page, live_server, therapist, plan):
    page = opener(page, live_server, therapist)("plans_plan_change", plan.pk)
    expect(page.locator(STATE)).to_have_text("Saved")
    return page


def sets_of(plan):
    return [item.dose.sets.low for item in plan.items.all()]


def codes_of(plan):
    return [item.revision.exercise.code for item in plan.items.select_related("revision__exercise")]


def dose(page, row):
    return page.locator(f"#items-{row}-dose")


def test_eight_exercises_stand_on_one_screen(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    foot = page.locator("#submit-row").bounding_box()["y"]
    places = [page.locator(ROWS).nth(number).bounding_box() for number in range(8)]
    assert all(place["y"] + place["height"] <= foot for place in places)
    expect(page.locator("#items-0-dose")).to_have_text("1 × 8–10, once a day, every day")
    expect(page.locator(ROWS).first.locator(".desk-thumb")).to_be_visible()


def test_a_row_unfolds_and_keeps_the_focus_and_opens_where_something_is_wrong(page):
    row = page.locator(ROWS).first
    sets = row.locator("[name$='-sets']")
    expect(sets).to_be_hidden()
    row.locator("[data-unfold]").press("Enter")
    expect(row.locator("[data-unfold]")).to_have_attribute("aria-expanded", "true")
    sets.fill("3 to 4")
    expect(dose(page, 0)).to_have_text("3–4 × 8–10, once a day, every day")
    sets.focus()
    page.evaluate("desk.unfold(document.querySelector('#item-rows [data-row]'), false)")
    expect(row.locator("[data-unfold]")).to_be_focused()

    page.evaluate(
        "document.querySelector('#id_items-1-hold').value = '5 to';"
        "desk.tidy(document.getElementById('items'))"
    )
    second = page.locator(ROWS).nth(1)
    expect(second.locator("[data-row-errors]")).to_contain_text("Hold: A range needs both of its ends")
    expect(second.locator("[name$='-hold']")).to_be_visible()
    expect(second.locator("[name$='-hold']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(STATE)).to_contain_text("Exercise 2, Glute bridge: Hold")


def test_numbers_go_by_buttons_and_arrows_and_ranges_keep_their_width(page):
    row = unfold(page, 0)
    repetitions = row.get_by_role("spinbutton", name="Repetitions")
    expect(repetitions).to_have_attribute("aria-valuetext", "8 to 10")
    row.get_by_role("button", name="Repetitions: more").click()
    expect(repetitions).to_have_value("9-11")
    repetitions.press("ArrowDown")
    repetitions.press("PageDown")
    expect(repetitions).to_have_value("3-5")
    expect(dose(page, 0)).to_have_text("1 × 3–5, once a day, every day")
    for _ in range(4):
        repetitions.press("ArrowDown")
    expect(repetitions).to_have_value("1-3")
    rest = row.get_by_role("spinbutton", name="Rest")
    rest.press("ArrowDown")
    expect(rest).to_have_value("")
    rest.press("ArrowUp")
    expect(rest).to_have_value("5")


def test_several_rows_are_set_doubled_and_removed_each_undone_in_one_step(page, plan):
    ticks = page.locator("[data-select]")
    ticks.nth(1).check()
    ticks.nth(3).click(modifiers=["Shift"])
    expect(page.locator("[data-bulk-count]")).to_have_text("3 selected")
    page.get_by_label("What to set").select_option(label="Sets")
    page.locator("[data-bulk-value]").fill("many")
    page.locator("[data-bulk-value]").press("Enter")
    expect(page.locator("[data-rows-said]")).to_contain_text("A whole number or a range")
    page.locator("[data-bulk-value]").fill("4")
    page.locator("[data-bulk-value]").press("Enter")
    expect(page.locator(STATE)).to_have_text("Saved")
    assert sets_of(plan) == [1, 4, 4, 4, 1, 1, 1, 1]

    page.get_by_role("button", name="Add again").click()
    expect(page.locator(ROWS)).to_have_count(11)
    expect(page.locator(STATE)).to_have_text("Saved")
    assert codes_of(plan)[1:7] == ["glute-bridge", "heel-slide", "bird-dog"] * 2
    assert sets_of(plan)[:7] == [1, 4, 4, 4, 4, 4, 4]

    page.locator("[data-bulk-remove]").click()
    expect(page.locator(STATE)).to_have_text("Saved")
    assert codes_of(plan)[:4] == ["pelvic-tilt", "glute-bridge", "heel-slide", "bird-dog"]
    expect(page.locator("[data-bulk]")).to_be_hidden()
    expect(ticks.first).to_be_focused()

    for rows in (11, 8):
        page.keyboard.press("Control+z")
        expect(page.locator(f"{ROWS}:not(.desk-removed)")).to_have_count(rows)
    page.keyboard.press("Control+z")
    expect(page.locator(STATE)).to_have_text("Saved")
    assert sets_of(plan) == [1] * 8
    assert codes_of(plan) == list(CODES)


def test_all_are_selected_in_the_list_and_a_text_keeps_its_own(page):
    page.locator("[data-select]").first.focus()
    page.keyboard.press("Control+a")
    expect(page.locator("[data-bulk-count]")).to_have_text("8 selected")
    page.get_by_role("button", name="Select none").click()
    title = page.locator("#id_title")
    title.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Knee plan")
    expect(title).to_have_value("Knee plan")
    expect(page.locator("[data-bulk]")).to_be_hidden()
    expect(page.locator(NAMES)).to_have_count(8)


def test_a_row_is_replaced_in_its_place_and_undone(page, plan):
    easy, bridge = (Exercise.objects.get(code=code) for code in ("clam", "glute-bridge"))
    bridge.easier = easy
    bridge.save()
    row = unfold(page, 1)
    row.get_by_role("spinbutton", name="Repetitions").fill("18 to 20")
    with page.expect_request("**/replacements/") as asked:
        row.get_by_role("button", name="Replace").click()
    # The head of a multipart part holds 1,024 bytes, and a card of many rows has a field with a longer name.
    assert asked.value.headers["content-type"].startswith("application/x-www-form-urlencoded")
    offer = row.locator("[data-replacement]")
    expect(offer).to_contain_text("Clam")
    expect(offer).to_contain_text("The dose stays.")
    offer.get_by_role("button", name="Take Clam").click()
    expect(row.locator(".desk-item-name")).to_have_text("Clam")
    expect(page.locator("[data-rows-said]")).to_contain_text(
        "Glute bridge: replaced by Clam. The dose stays."
    )
    expect(page.locator(STATE)).to_have_text("Saved")
    assert codes_of(plan)[1] == "clam"
    assert plan.items.all()[1].dose.repetitions.low == 18
    page.keyboard.press("Control+z")
    expect(row.locator(".desk-item-name")).to_have_text("Glute bridge")
    expect(page.locator(STATE)).to_have_text("Saved")
    assert codes_of(plan)[1] == "glute-bridge"


def test_the_list_of_exercises_marks_what_the_plan_has_and_closes_when_the_keyboard_leaves(page):
    search, found = page.get_by_label("Add an exercise"), page.locator("#picker-list")
    search.fill("pelvic tilt")
    expect(found.locator("[role=option]").first).to_contain_text("In the plan: 1")
    search.press("Tab")
    expect(search).not_to_be_focused()
    expect(found).to_be_hidden()
    expect(search).to_have_attribute("aria-expanded", "false")
