"""A plan's page in a real browser saves by itself, and loses nothing: offline, signed out, by a colleague, by undo."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import DraftChange, Plan, Reason
from tests import factories
from tests.admin.browser import ROWS, add, drag_first_below_second, opener, sign_in, unfold

STATE = "[data-draft-status]"


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


@pytest.fixture
def plan(therapist, clinic, patient):
    names = ("pelvic-tilt", "glute-bridge", "heel-slide")
    return factories.plan(
        therapist, of=patient, exercises=[factories.approved_exercise(clinic, name) for name in names]
    )


@pytest.fixture
def go(page, live_server, therapist):
    return opener(page, live_server, therapist)


@pytest.fixture
def their_page(browser, live_server, clinic):
    """A colleague's browser, with the clinic's lead in it."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    lead = factories.lead(clinic, first_name="Sam", last_name="Lee")
    yield opener(page, live_server, lead)
    context.close()
    assert problems == []


def is_saved(page):
    expect(page.locator(STATE)).to_have_text("Saved")


def would_be_lost(page):
    """Whether the page asks before it is left."""
    return page.evaluate("window.desk.holdsUnsent()")


def field(page, row, name):
    return unfold(page, row).locator(f"[name$='-{name}']")


def unfold_more(page):
    page.locator("summary", has_text="Goals, note to the patient").click()


def codes(plan):
    rows = plan.items.select_related("revision__exercise")
    return [item.revision.exercise.code for item in rows]


def test_what_is_typed_is_saved_by_itself_and_the_keyboard_stays_where_it_is(go, plan):
    page = go("plans_plan_change", plan.pk)
    is_saved(page)
    title = page.locator("#id_title")
    title.fill("")
    title.press_sequentially("  Knee plan ")
    expect(page.locator(STATE)).to_have_text("Saved")

    expect(title).to_be_focused()
    expect(title).to_have_value("  Knee plan ")
    field(page, 0, "repetitions").fill("12 - 15")
    field(page, 0, "sets").focus()
    is_saved(page)
    expect(field(page, 0, "repetitions")).to_have_value("12-15")
    plan.refresh_from_db()
    first = plan.items.first()
    assert (plan.title, first.repetitions_min, first.repetitions_max) == ("Knee plan", 12, 15)
    assert not plan.publications.exists()


def test_a_new_plan_is_a_draft_with_an_address_at_once(go, patient, clinic):
    factories.approved_exercise(clinic, "glute-bridge")
    page = go("plans_plan_add", query=f"?patient={patient.pk}")

    expect(page.locator("#id_title")).to_have_value("Your exercises")
    plan = Plan.objects.get()
    page.wait_for_url(f"**/{plan.pk}/change/")
    add(page, "bridge")
    is_saved(page)
    page.reload()
    expect(page.locator(ROWS)).to_have_count(1)
    assert Plan.objects.count() == 1


def test_rows_are_added_moved_removed_and_each_is_undone(go, plan, clinic):
    factories.approved_exercise(clinic, "wall-squat")
    page = go("plans_plan_change", plan.pk)
    add(page, "squat")
    is_saved(page)
    assert codes(plan)[-1] == "wall-squat"
    drag_first_below_second(page)
    is_saved(page)
    assert codes(plan)[:2] == ["glute-bridge", "pelvic-tilt"]
    page.locator(ROWS).nth(2).locator(".desk-remove").click()
    is_saved(page)
    assert codes(plan) == ["glute-bridge", "pelvic-tilt", "wall-squat"]
    field(page, 0, "sets").fill("4")
    page.locator("h2", has_text="Exercises").first.click()
    is_saved(page)

    page.keyboard.press("Control+z")
    expect(field(page, 0, "sets")).not_to_have_value("4")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-draft-note]")).to_contain_text("Undone: Exercise 3")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-draft-note]")).to_contain_text("the order")
    page.get_by_role("button", name="Undo").click()
    is_saved(page)
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide"]

    page.get_by_role("button", name="Redo").press("Control+Shift+Z")
    is_saved(page)
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide", "wall-squat"]


def test_the_network_is_cut_in_mid_edit_and_comes_back(go, page, plan):
    go("plans_plan_change", plan.pk)
    is_saved(page)
    page.context.set_offline(True)
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator(STATE)).to_have_text("Not saved: offline, will send")
    field(page, 1, "sets").fill("3")
    page.locator(ROWS).nth(2).locator(".desk-remove").click()
    assert Plan.objects.get().title == "Back plan"
    assert "Knee" not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")

    page.context.set_offline(False)

    is_saved(page)
    assert Plan.objects.get().title == "Knee plan"
    assert codes(plan) == ["pelvic-tilt", "glute-bridge"]
    assert plan.items.last().sets_min == 3


def test_an_answer_that_was_lost_counts_once(go, page, plan, clinic):
    factories.approved_exercise(clinic, "wall-squat")
    go("plans_plan_change", plan.pk)
    is_saved(page)
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/changes/", lose)
    add(page, "squat")
    expect(page.locator(STATE)).to_have_text("Not saved: offline, will send")
    assert lost == [200]

    is_saved(page)
    assert codes(plan).count("wall-squat") == 1


def test_an_ended_session_is_told_and_what_was_typed_is_sent_when_the_person_is_back(
    go, page, live_server, therapist, plan
):
    go("plans_plan_change", plan.pk)
    is_saved(page)
    Session.objects.all().delete()
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator(STATE)).to_have_text("Not saved: you were signed out")
    expect(page.get_by_text("sign in in a new tab")).to_be_visible()

    sign_in(page, live_server, therapist)
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    is_saved(page)
    expect(page.get_by_text("sign in in a new tab")).to_be_hidden()
    assert Plan.objects.get().title == "Knee plan"


def test_what_one_typed_is_never_saved_by_another_who_signed_in(
    go, page, live_server, therapist, clinic, plan
):
    go("plans_plan_change", plan.pk)
    is_saved(page)
    sign_in(page, live_server, factories.lead(clinic))
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator(STATE)).to_have_text("Not saved: somebody else has signed in")
    assert Plan.objects.get().title == "Back plan"

    sign_in(page, live_server, therapist)
    page.evaluate("window.dispatchEvent(new Event('focus'))")

    is_saved(page)
    assert DraftChange.objects.get().created_by == therapist
    assert Plan.objects.get().title == "Knee plan"


def test_an_old_token_is_renewed_without_a_word(go, page, live_server, therapist, plan):
    go("plans_plan_change", plan.pk)
    is_saved(page)
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    page.locator("#id_title").fill("Knee plan")

    is_saved(page)
    assert Plan.objects.get().title == "Knee plan"


def test_two_at_one_plan_join_and_where_both_wrote_the_same_both_are_shown(go, their_page, plan):
    mine, theirs = go("plans_plan_change", plan.pk), their_page("plans_plan_change", plan.pk)
    is_saved(mine)
    is_saved(theirs)
    theirs.locator("#id_title").fill("Hip plan")
    field(theirs, 2, "sets").fill("5")
    theirs.locator("#picker-search").focus()
    is_saved(theirs)

    field(mine, 0, "sets").fill("2")
    expect(mine.locator("#id_title")).to_have_value("Hip plan")
    expect(field(mine, 2, "sets")).to_have_value("5")
    expect(mine.locator("[data-draft-note]")).to_contain_text("Sam Lee changed meanwhile: Title, Exercise 3")
    is_saved(mine)

    theirs.locator("#id_title").fill("Neck plan")
    is_saved(theirs)
    mine.locator("#id_title").fill("Knee plan")
    expect(mine.locator(STATE)).to_contain_text("Changed meanwhile by Sam Lee: Title.")
    conflict = mine.locator("[data-conflict]")
    expect(conflict).to_contain_text("Yours: Knee plan")
    expect(conflict).to_contain_text("Theirs: Neck plan")
    assert Plan.objects.get().title == "Neck plan"
    mine.get_by_role("button", name="Look and publish").click()
    expect(mine.get_by_role("button", name="Keep mine: Title")).to_be_focused()

    mine.get_by_role("button", name="Keep mine: Title").click()

    is_saved(mine)
    expect(conflict).to_have_count(0)
    assert Plan.objects.get().title == "Knee plan"
    unfold_more(theirs)
    theirs.locator("#id_goals").fill("Stairs")
    expect(theirs.locator("#id_title")).to_have_value("Knee plan")
    is_saved(theirs)
    assert Plan.objects.get().goals == "Stairs"


def test_a_row_that_one_removed_and_the_other_edited(go, their_page, plan):
    mine, theirs = go("plans_plan_change", plan.pk), their_page("plans_plan_change", plan.pk)
    is_saved(mine)
    theirs.locator(ROWS).nth(1).locator(".desk-remove").click()
    is_saved(theirs)
    field(mine, 1, "sets").fill("3")
    expect(mine.locator("[data-conflict]")).to_contain_text("Theirs: removed")

    mine.get_by_role("button", name="Bring it back as I have it").click()

    is_saved(mine)
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide"]
    assert plan.items.all()[1].sets_min == 3
    theirs.locator("#id_title").fill("Hip plan")
    is_saved(theirs)
    expect(theirs.locator(".desk-removed")).to_have_count(0)
    expect(field(theirs, 1, "sets")).to_have_value("3")
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide"]


def test_a_row_that_one_edited_and_the_other_removed(go, their_page, plan):
    mine, theirs = go("plans_plan_change", plan.pk), their_page("plans_plan_change", plan.pk)
    is_saved(mine)
    field(theirs, 1, "sets").fill("3")
    is_saved(theirs)
    mine.locator(ROWS).nth(1).locator(".desk-remove").click()
    expect(mine.locator("[data-conflict]")).to_contain_text("Sets 3")
    assert "glute-bridge" in codes(plan)

    mine.get_by_role("button", name="Keep it as it is now").click()

    is_saved(mine)
    expect(field(mine, 1, "sets")).to_have_value("3")
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide"]


def test_in_a_text_that_is_being_written_undo_is_the_browsers_own(go, page, plan):
    go("plans_plan_change", plan.pk)
    field(page, 0, "sets").fill("4")
    title = page.locator("#id_title")
    title.press("End")
    title.press_sequentially(" x")

    title.press("Control+z")

    expect(title).not_to_have_value("Back plan x")
    expect(field(page, 0, "sets")).to_have_value("4")


def test_undo_leaves_what_somebody_else_wrote(go, their_page, plan):
    mine, theirs = go("plans_plan_change", plan.pk), their_page("plans_plan_change", plan.pk)
    is_saved(mine)
    mine.locator("#id_title").fill("Knee plan")
    field(mine, 0, "sets").focus()
    is_saved(mine)
    is_saved(theirs)
    theirs.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(theirs.locator("#id_title")).to_have_value("Knee plan")
    theirs.locator("#id_title").fill("Hip plan")
    is_saved(theirs)
    mine.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(mine.locator("#id_title")).to_have_value("Hip plan")
    expect(field(mine, 0, "sets")).to_be_focused()

    mine.get_by_role("button", name="Undo").click()

    expect(mine.locator("[data-draft-note]")).to_contain_text("changed by somebody else")
    assert Plan.objects.get().title == "Hip plan"


def test_a_reason_is_kept_when_it_is_whole_and_none_is_asked_for(go, page, clinic, therapist):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    go("plans_plan_change", plan.pk)
    page.locator("#id_title").fill("Knee plan")
    is_saved(page)
    assert not Reason.objects.exists()

    assert not would_be_lost(page)
    page.get_by_label("Your reason for going on").first.fill("Eased in the clinic.")
    assert would_be_lost(page)
    page.locator("#id_title").focus()

    is_saved(page)
    assert not would_be_lost(page)
    assert Reason.objects.get().words == "Eased in the clinic."


def test_what_is_typed_before_there_is_a_draft_would_be_lost(go, page, patient):
    go("plans_plan_add")
    page.wait_for_url("**/plan/new/**")
    assert not would_be_lost(page)
    page.locator("#id_title").fill("Plan of today")
    assert would_be_lost(page)

    page.route("**/changes/", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    go("plans_plan_add", query=f"?patient={patient.pk}")
    expect(page.locator(STATE)).to_have_text("Not saved: offline, will send")
    assert not would_be_lost(page)
    page.locator("#id_title").fill("Plan of today")
    assert would_be_lost(page)
    page.unroute("**/changes/")

    is_saved(page)
    assert not would_be_lost(page)
    assert Plan.objects.get().title == "Plan of today"


def test_ten_thousand_characters_are_not_cut_off_but_told(go, page, plan):
    go("plans_plan_change", plan.pk)
    unfold_more(page)
    goals = page.locator("#id_goals")
    goals.fill("x" * 10_000)
    expect(page.locator(STATE)).to_contain_text(
        "Goals: Ensure this value has at most 600 characters (it has 10000)."
    )
    page.locator("#id_title").fill("Knee plan")
    expect(page.locator("#id_title")).to_have_value("Knee plan")
    page.get_by_role("button", name="Look and publish").click()
    expect(goals).to_be_focused()
    expect(goals).to_have_value("x" * 10_000)

    goals.fill("Stairs")

    is_saved(page)
    plan.refresh_from_db()
    assert (plan.title, plan.goals) == ("Knee plan", "Stairs")


def test_clocks_that_differ_by_hours_change_nothing(go, page, their_page, plan):
    page.clock.set_fixed_time("2031-01-01T03:00:00")
    mine, theirs = go("plans_plan_change", plan.pk), their_page("plans_plan_change", plan.pk)
    is_saved(theirs)
    theirs.locator("#id_title").fill("Hip plan")
    is_saved(theirs)
    mine.locator("#id_title").fill("Knee plan")

    expect(mine.locator("[data-conflict]")).to_contain_text("Sam Lee")
    expect(mine.locator("[data-conflict]")).not_to_contain_text("2031")


def test_a_plan_that_was_handed_over_says_so_and_keeps_what_was_typed(go, page, clinic, patient, plan):
    go("plans_plan_change", plan.pk)
    is_saved(page)
    patient.therapist = factories.therapist(clinic)
    patient.save()
    page.locator("#id_title").fill("Knee plan")

    expect(page.locator(STATE)).to_contain_text("its patient was handed over")
    expect(page.locator("#id_title")).to_have_value("Knee plan")
    assert Plan.objects.get().title == "Back plan"
