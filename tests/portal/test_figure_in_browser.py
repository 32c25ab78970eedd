"""The moving figure in a real browser: what moves, what stops it, and what is fetched, all without scripts."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image

from plans.content import PictureContent
from plans.drawer import FRAME_WIDTH
from plans.figures.draw.strip import STEPS, steps
from plans.portal.motion import Motion

PORTAL = Path(settings.BASE_DIR) / "static" / "portal"
SITE = "http://portal.test/"
HEIGHT = 340
PAGE = (
    '<!doctype html><html lang="en" dir="{direction}"><link rel="stylesheet" href="/css"><main>{part}</main>'
)
LEFT_EDGE = "() => document.querySelector('.moving-window img').getBoundingClientRect().left"
AT = """time => document.querySelector('.moving-window img').getAnimations().forEach(one => {
  one.pause();
  one.currentTime = time;
})"""


def picture(count, kind):
    """As many frames, each in a grey of its own."""
    image = Image.new("RGB", (count * FRAME_WIDTH, HEIGHT))
    for number in range(count):
        image.paste((20 * number,) * 3, (number * FRAME_WIDTH, 0, (number + 1) * FRAME_WIDTH, HEIGHT))
    out = io.BytesIO()
    image.save(out, kind, lossless=True)
    return out.getvalue()


@pytest.fixture
def look(browser):
    """A function that shows a figure of so many panels on a phone; returns the page and what it fetched."""
    contexts = []

    def open_figure(panels=2, *, direction="ltr", **options):
        count = len(steps(panels))
        motion = Motion(address="/strip", frames=count, width=count * FRAME_WIDTH, height=HEIGHT)
        part = render_to_string(
            "portal/parts/figure.html",
            {"motion": motion, "picture": PictureContent(alt="Two pictures."), "still": "/still"},
        )
        css = "".join((PORTAL / name).read_text() for name in ("portal.css", "exercise.css"))
        files = {
            "": ("text/html", PAGE.format(direction=direction, part=part)),
            "css": ("text/css", css),
            "strip": ("image/webp", picture(count, "WEBP")),
            "still": ("image/png", picture(1, "PNG")),
        }
        context = browser.new_context(viewport={"width": 390, "height": 844}, **options)
        contexts.append(context)
        page, fetched = context.new_page(), []

        def answer(route):
            name = route.request.url.removeprefix(SITE)
            fetched.append(name)
            kind, body = files.get(name, ("text/plain", ""))
            route.fulfill(content_type=kind, body=body)

        page.route("**/*", answer)
        page.goto(SITE)
        return page, fetched

    yield open_figure
    for context in contexts:
        context.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("panels", STEPS)
def test_one_frame_is_seen_at_a_time_from_the_first_to_the_last(look, panels, direction):
    page, fetched = look(panels, direction=direction)
    window = page.locator(".moving-window").bounding_box()
    count = len(steps(panels))
    length = page.evaluate(
        "document.querySelector('.moving-window img').getAnimations()[0].effect.getTiming().duration"
    )

    edges = []
    for time in range(0, int(length), 50):
        page.evaluate(AT, time)
        edges.append((window["x"] - page.evaluate(LEFT_EDGE)) / window["width"])

    shown = [round(edge) for edge in edges]
    assert max(abs(edge - frame) for edge, frame in zip(edges, shown, strict=True)) < 0.01
    assert shown == sorted(shown)
    assert set(shown) == set(range(count))
    assert "still" not in fetched
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_stop_puts_the_still_picture_in_its_place_and_lets_it_move_again(look):
    page, fetched = look()
    stop = page.get_by_label("Stop the moving picture")
    page.get_by_alt_text("Two pictures.").and_(page.locator("[src='/strip']")).wait_for()
    assert min(stop.bounding_box()["height"], page.locator(".moving label").bounding_box()["height"]) >= 44

    stop.check()
    page.locator(".moving-still").wait_for()
    assert not page.locator(".moving-window").is_visible()
    assert "still" in fetched

    stop.uncheck()
    page.locator(".moving-window").wait_for()
    assert not page.locator(".moving-still").is_visible()


def test_it_is_still_where_less_motion_is_asked_for_and_the_strip_is_not_even_fetched(look):
    page, fetched = look(reduced_motion="reduce")
    page.locator(".moving-still").wait_for()

    assert not page.locator(".moving-window").is_visible()
    assert not page.locator(".moving-stop").is_visible()
    assert page.evaluate("document.getAnimations().length") == 0
    assert "strip" not in fetched
