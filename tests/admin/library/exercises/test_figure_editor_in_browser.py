"""The figure's editor in a real browser: sliders and words by keyboard, faults by line, judged by axe."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.browser import opener
from tests.axe import failures


def test_a_figure_is_begun_bent_mended_and_completed_by_keyboard(page, live_server, clinic):
    page = opener(page, live_server, factories.library_admin(clinic))("plans_exercise_add")
    text, said = page.locator("#id_figure"), page.locator("#figure-said")
    page.get_by_label("Start pose").select_option("standing")
    expect(said).to_have_text("Drawn.")
    page.get_by_role("tab", name="Panel 1").click()
    page.get_by_text("Right leg", exact=True).click()
    slider = page.get_by_label("right knee: extension to flexion")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(text).to_have_value(
        'figure: new-figure\nstart: standing\nalt:\n  en: "Say here what the picture shows."\n'
        "panels:\n  - {joints: {right knee flexion: 2}}\n"
    )
    expect(slider).to_have_attribute("aria-valuetext", "2 degrees flexion")
    assert failures(page) == []
    text.press("Control+End")
    page.keyboard.type("feet: sho")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert text.input_value().endswith("\nfeet: shoes")
    page.keyboard.type("x")
    expect(page.locator(".desk-code-wrong")).to_have_text("! 7")
    expect(said).to_contain_text("Line 7:")
    expect(page.locator("#figure-preview img")).to_have_count(0)
    page.get_by_role("button", name="Line 7").click()
    page.keyboard.type("feet: bare")
    expect(said).to_have_text("Drawn.")
    page.evaluate("window.onbeforeunload = null")


@pytest.fixture
def editor(page, live_server, clinic):
    """The page of a new exercise, standing, with the sliders of its first panel."""
    page = opener(page, live_server, factories.library_admin(clinic))("plans_exercise_add")
    page.get_by_label("Start pose").select_option("standing")
    expect(page.locator("#figure-said")).to_have_text("Drawn.")
    page.get_by_role("tab", name="Panel 1").click()
    page.get_by_text("Right leg", exact=True).click()
    yield page
    page.evaluate("window.onbeforeunload = null")


def test_a_number_is_typed_a_panel_added_and_all_of_it_seen_moving_in_the_dark(editor):
    page = editor
    page.emulate_media(color_scheme="dark")
    text, said = page.locator("#id_figure"), page.locator("#figure-said")
    typed = page.get_by_label("right knee flexion, degrees")
    typed.fill("90.5")
    expect(text).to_have_value(re.compile("right knee flexion: 90.5"))
    expect(page.get_by_label("right knee: extension to flexion")).to_have_attribute(
        "aria-valuetext", "90.5 degrees flexion"
    )
    typed.fill("400")
    expect(said).to_contain_text("nobody's joint goes that far")
    typed.blur()
    expect(typed).to_have_value("90.5")
    page.get_by_role("button", name="Add a panel").click()
    expect(page.get_by_role("tab", name="Panel 2")).to_have_attribute("aria-selected", "true")
    expect(typed).to_have_value("0")
    page.get_by_role("button", name="Show it moving").click()
    expect(page.locator("#figure-moving img")).to_be_visible()
    assert failures(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.get_by_text("It stands still, as your system asks")).to_be_visible()
    shown = page.locator("#figure-moving img").evaluate("image => image.currentSrc")
    assert shown.startswith("data:image/png")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#figure-moving img")).to_have_count(0)
    expect(page.get_by_role("button", name="Show it moving")).to_be_focused()


def test_what_is_typed_while_a_slider_is_answered_stays(editor):
    page = editor
    text = page.locator("#id_figure")
    held, may_go = [], []

    def hold(route):
        if may_go:
            route.continue_()
        else:
            held.append(route)

    page.route("**/exercise/figure/", hold)
    page.get_by_label("right knee: extension to flexion").focus()
    with page.expect_request("**/exercise/figure/"):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    text.press("Control+End")
    page.keyboard.type("feet: bare\n")
    may_go.append(True)
    for route in held:
        route.continue_()

    expect(text).to_have_value(re.compile(r"right knee flexion: 2\}\}\nfeet: bare\n$"))
    expect(page.locator("#figure-said")).to_have_text("Drawn.")


def test_everybody_is_drawn_and_who_misses_something_is_told(editor):
    page = editor
    page.get_by_role("button", name="Draw it on all bodies").click()
    expect(page.locator("#figure-said")).to_have_text("All can do it.", timeout=60_000)
    expect(page.locator("#figure-bodies img")).to_have_count(7)


WORDS = {
    "start: ": "hands and knees",
    "joints: {right hip fle": "right hip flexion",
    "contacts: [right pal": "right palm",
    "contacts: [right palm on flo": "floor",
    "props: [pill": "pillow",
    "camera: fro": "front",
    "arrows: [{kind: hel": "held",
    "marks: [bre": "breathe in",
    "panels:\n  - conta": "contacts",
    "cam": "camera",
}
"""What is typed, and a word that fits there."""


def test_words_fit_where_they_are_typed(editor):
    page = editor
    offered = page.locator("#figure-words [role=option]")
    for typed, word in WORDS.items():
        page.locator("#id_figure").fill("figure: x\n")
        page.locator("#id_figure").press("Control+End")
        page.keyboard.insert_text(typed)
        page.keyboard.press("Control+Space")
        expect(offered.filter(has_text=re.compile(f"^{word}$"))).to_have_count(1)
    page.keyboard.press("Escape")
    expect(offered.first).to_be_hidden()
