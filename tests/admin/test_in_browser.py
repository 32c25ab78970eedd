"""The plan's page in a real browser: adding, sorting, findings that come and go, reasons that stay."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from plans.libraryfiles import Level, Position
from plans.models import Drawing, Plan, Reason
from plans.rendering import drawings
from tests import factories
from tests.admin.browser import NAMES, ROWS, add, drag_first_below_second, opener, unfold, unfold_facts
from tests.queries.test_exercise_pictures import FIGURE

PLACEHOLDER_WIDTH = 850


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, has=("sciatica",))


@pytest.fixture
def exercises(clinic):
    factories.approved_rule(clinic, movements=("bending",), level=Level.AVOID, rationale="bending hurts")
    return [
        factories.approved_exercise(clinic, "glute-bridge"),
        factories.approved_exercise(clinic, "cat-cow", position=Position.HANDS_AND_KNEES),
        factories.approved_exercise(clinic, "knee-to-chest", movements=("bending",)),
    ]


@pytest.fixture
def open_page(page, live_server, therapist):
    """Open an address of the desk as the therapist."""
    return opener(page, live_server, therapist)


def test_a_plan_is_built_by_keyboard(open_page, patient, exercises):
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    page.locator("#id_title").fill("Back plan")
    page.locator("#id_times_per_day").fill("1")
    page.locator("#id_days_per_week").fill("7")
    page.locator("#id_review_on").fill(str(factories.in_days(28)))
    add(page, "bridge")
    add(page, "knee to")
    expect(page.locator("#id_items-0-repetitions")).to_have_value("8-10")
    second = page.locator(ROWS).nth(1)
    expect(second).to_contain_text("bending hurts")
    expect(page.locator("#plan-overview")).to_contain_text("1 reason missing")
    cards = page.locator("#plan-findings")
    cards.get_by_label("Your reason for going on").fill("Eased in the clinic.")
    unfold(page, 0)
    page.locator("#id_items-0-sets").fill("2")
    expect(cards).to_contain_text("Several sets without a rest")
    expect(cards).to_contain_text("“Eased in the clinic.”")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("#plan-overview")).to_contain_text("May be published")
    assert Reason.objects.get().words == "Eased in the clinic."
    assert [item.dose.sets.low for item in Plan.objects.get().items.all()] == [2, 1]


def test_enter_takes_what_was_typed_and_not_what_the_list_still_shows(open_page, patient, exercises):
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    add(page, "bridge")

    def lag(route):
        return route.abort() if "hx-target" in route.request.headers else route.continue_()

    page.route("**/offer/**", lag)
    page.get_by_label("Add an exercise").fill("knee to")
    page.keyboard.press("Enter")
    expect(page.locator(NAMES)).to_have_text(["Glute bridge", "Knee to chest"])
    page.get_by_label("Add an exercise").fill("trampoline")
    page.keyboard.press("Enter")
    expect(page.locator("#items [data-picker-said]")).to_have_text("Nothing is named trampoline.")
    expect(page.locator(ROWS)).to_have_count(2)


def test_enter_in_an_empty_search_adds_nothing(open_page, patient, exercises):
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    page.get_by_label("Add an exercise").focus()
    expect(page.locator("#picker-list [role=option]")).to_have_count(3)
    page.keyboard.press("Enter")
    add(page, "cat")
    expect(page.locator(NAMES)).to_have_text(["Cat cow"])


def test_rows_are_dragged_moved_and_put_in_a_better_order(open_page, therapist, patient, exercises):
    bridge, cat, knee = exercises
    plan = factories.plan(therapist, of=patient, exercises=[bridge, cat, knee])
    page = open_page("plans_plan_change", plan.pk)
    drag_first_below_second(page)
    expect(page.locator(NAMES)).to_have_text(["Cat cow", "Glute bridge", "Knee to chest"])
    page.get_by_role("button", name="Move Cat cow down").click()
    expect(page.locator(NAMES)).to_have_text(["Glute bridge", "Cat cow", "Knee to chest"])
    page.get_by_role("button", name="Better order").click()
    expect(page.locator(NAMES)).to_have_text(["Glute bridge", "Knee to chest", "Cat cow"])
    expect(page.get_by_role("button", name="Better order")).to_have_count(0)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(NAMES)).to_have_text(["Glute bridge", "Knee to chest", "Cat cow"])


def test_a_removed_row_can_be_kept_until_it_is_saved(open_page, therapist, patient, exercises):
    plan = factories.plan(therapist, of=patient, exercises=exercises[:2])
    page = open_page("plans_plan_change", plan.pk)
    remove = page.locator(ROWS).first.locator("[name$=-DELETE]")
    remove.check(force=True)
    expect(page.locator("#plan-overview")).to_contain_text("1 exercise,")
    remove.uncheck(force=True)
    expect(page.locator("#plan-overview")).to_contain_text("2 exercises,")
    remove.check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(NAMES)).to_have_text(["Cat cow"])


def test_a_row_that_was_added_and_removed_again_is_not_saved(open_page, patient, exercises):
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    page.locator("#id_title").fill("Back plan")
    add(page, "bridge")
    add(page, "cat")
    page.locator(ROWS).first.locator("[name$=-DELETE]").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(NAMES)).to_have_text(["Cat cow"])


def test_findings_are_told_by_word_icon_and_colour(open_page, therapist, patient, exercises):
    plan = factories.plan(therapist, of=patient, exercises=exercises[2:])
    page = open_page("plans_plan_change", plan.pk)
    row = unfold(page, 0)
    expect(row.locator(".desk-item-mark.desk-level-avoid .desk-level")).to_contain_text("1 finding, Avoid")
    row.locator(".desk-mark.desk-level-avoid").click()
    finding = page.locator("#plan-findings .desk-finding.desk-level-avoid").first
    expect(finding.locator(".desk-level")).to_contain_text("Avoid")
    expect(finding.locator(".desk-level .material-symbols-outlined")).to_have_count(1)
    finding.get_by_text("Why", exact=True).click()
    expect(finding.get_by_text("Rests on opinion: ours.")).to_be_visible()


def test_conditions_are_added_without_reloading(open_page, patient):
    factories.condition("herniated_disc")
    page = unfold_facts(open_page("plans_patient_change", patient.pk))
    page.get_by_role("button", name="Add a condition").click()
    page.locator("#id_conditions-1-condition").select_option(label="herniated_disc")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert patient.conditions.count() == 2


@pytest.mark.parametrize(
    ("clipboard", "old_way", "words"),
    [
        ("{writeText: () => Promise.resolve()}", "false", "Copied"),
        ("{writeText: () => Promise.reject()}", "true", "Copied"),
        ("undefined", "true", "Copied"),
        ("undefined", "false", "Press Ctrl+C"),
    ],
)
def test_copied_is_said_only_of_what_was_copied(open_page, page, therapist, clipboard, old_way, words):
    page.add_init_script(
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}});"
        f"document.execCommand = () => {old_way};"
    )
    publication = factories.publication(therapist)
    button = open_page("plans_publication_change", publication.pk).locator("[data-copy=link-address]")
    button.click()
    expect(button.locator("[data-copy-words]")).to_have_text(words)


def test_a_tick_looks_like_one(open_page, patient):
    page = unfold_facts(open_page("plans_patient_change", patient.pk))
    for name in ("pain_control_first", "large_print"):
        look = page.locator(f"#id_{name}").evaluate(
            "tick => [getComputedStyle(tick).appearance, tick.offsetWidth, getComputedStyle(tick, '::after').content]"
        )
        assert look == ["auto", 24, "none"]


def test_the_preview_is_the_plan(open_page, therapist, patient, exercises):
    plan = factories.plan(therapist, of=patient, exercises=exercises[:1])
    page = open_page("plans_plan_publish", plan.pk)
    paper = page.frame_locator("iframe.desk-paper")
    expect(paper.get_by_text("Slide your heel up.")).to_be_visible()
    page.get_by_label("Large print (18 pt)").check()
    expect(page.frame_locator("iframe.desk-paper").get_by_text("Slide your heel up.")).to_be_visible()


def test_a_figure_appears_on_the_page_as_soon_as_it_is_drawn(open_page, therapist, clinic, patient):
    exercise = factories.approved_exercise(clinic, "stand", figure=FIGURE)
    page = open_page("plans_plan_publish", factories.plan(therapist, of=patient, exercises=[exercise]).pk)
    picture = page.frame_locator("iframe.desk-paper").locator("p.figure img")
    expect(picture).to_have_js_property("naturalWidth", PLACEHOLDER_WIDTH)

    drawings.work(Drawing.objects.get().pk)

    expect(picture).to_have_js_property("naturalWidth", Drawing.objects.get().picture.width)


@pytest.mark.parametrize("width", [1280, 600])
def test_nothing_sticks_out_of_the_page(open_page, therapist, patient, exercises, width):
    plan = factories.plan(therapist, of=patient, exercises=exercises)
    for name in ("plans_plan_change", "plans_plan_publish"):
        page = open_page(name, plan.pk)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_who_was_signed_out_loses_nothing(open_page, therapist, patient, exercises, live_server):
    plan = factories.plan(therapist, of=patient, exercises=exercises[:1])
    page = open_page("plans_plan_change", plan.pk)
    Session.objects.all().delete()
    page.locator("#id_title").fill("Typed before and kept")
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    other = page.context.new_page()
    other.goto(live_server.url + reverse("admin:login"))
    other.get_by_label("Username").fill(therapist.username)
    other.get_by_label("Password").fill("a long pass phrase")
    other.keyboard.press("Enter")
    expect(other.get_by_text("Patients").first).to_be_visible()
    other.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("You were signed out.")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    plan.refresh_from_db()
    assert plan.title == "Typed before and kept"


def test_a_condition_named_in_free_words_is_recorded_with_one_click(open_page, therapist, exercises):
    factories.condition("disc_herniation", name="Herniated disc", also=["slipped disc"], icd10=["M51.16"])
    factories.condition("radiculopathy", name="Pinched nerve", icd10=["M51.16"])
    patient = factories.patient(therapist, diagnoses="M51.16\ngout")
    page = open_page("plans_plan_change", factories.plan(therapist, of=patient, exercises=exercises[:1]).pk)
    page.locator("#id_title").fill("Typed and not saved")
    findings = page.locator("#plan-findings")
    expect(findings).to_contain_text("“M51.16” names Herniated disc and Pinched nerve")
    findings.get_by_role("button", name="Record all of them").click()
    expect(findings).not_to_contain_text("“M51.16” names")
    expect(page.locator("#plan-facts")).to_contain_text("Herniated disc")
    expect(findings).to_contain_text("“gout” matches no condition: unchecked.")
    expect(page.locator("#id_title")).to_have_value("Typed and not saved")
    assert patient.conditions.count() == 3
