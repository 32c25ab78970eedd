"""The figure's editor in a real browser: sliders and words by keyboard, faults by line, judged by axe."""

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
