"""A photograph is cut out in a real browser, by keys, hand and numbers; what is sent is what was seen."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.browser import opener
from tests.axe import failures
from tests.pictures.samples import photo


@pytest.fixture
def form(page, live_server, clinic, tmp_path):
    """The page of a new exercise with a photograph of 4 : 3."""
    page = opener(page, live_server, factories.library_admin(clinic))("plans_exercise_add")
    (tmp_path / "lying.jpg").write_bytes(photo(1600, 1200))
    page.locator("#id_new_photo").set_input_files(tmp_path / "lying.jpg")
    expect(page.locator("#photo-frame")).to_be_visible()
    yield page
    page.evaluate("window.onbeforeunload = null")


def numbers(page):
    return [
        float(page.locator(f"#id_crop_{side}").input_value()) for side in ("left", "top", "width", "height")
    ]


def frame_of(page):
    """Where the frame stands on the photograph, in per cent of it."""
    shown = page.locator("#photo-canvas").bounding_box()
    frame = page.locator("#photo-frame").bounding_box()
    return [
        100 * (frame["x"] - shown["x"]) / shown["width"],
        100 * (frame["y"] - shown["y"]) / shown["height"],
        100 * frame["width"] / shown["width"],
        100 * frame["height"] / shown["height"],
    ]


def test_the_largest_part_of_the_shape_is_framed_and_moved_by_keys(form):
    left, top, width, height = numbers(form)
    assert (left, width) == (0, 100)
    assert height == pytest.approx(100 * (4 / 3) * (28 / 91), abs=0.02)
    assert top == pytest.approx((100 - height) / 2, abs=0.02)
    assert frame_of(form) == pytest.approx([left, top, width, height], abs=1.5)

    form.locator("#photo-frame").focus()
    form.keyboard.press("-")
    form.keyboard.press("ArrowRight")
    form.keyboard.press("Shift+ArrowUp")
    assert numbers(form)[:3] == pytest.approx([1, top - 10, 98], abs=0.02)
    for _ in range(3):
        form.keyboard.press("Shift+ArrowRight")
    assert numbers(form)[0] == pytest.approx(2, abs=0.02)
    expect(form.locator("#photo-crop-said")).to_contain_text("Left 2 %")
    assert failures(form) == []
    form.emulate_media(color_scheme="dark")
    assert failures(form) == []


def test_it_is_dragged_and_typed_and_stays_inside_in_its_shape(form):
    form.get_by_label("Shape").select_option("45:60")
    assert numbers(form)[3] == pytest.approx(100, abs=0.02)
    form.locator("#id_crop_width").fill("30")
    form.locator("#id_crop_width").press("Tab")
    left, top, width, height = numbers(form)
    assert height == pytest.approx(30 * (4 / 3) * (60 / 45), abs=0.02)

    shown = form.locator("#photo-canvas").bounding_box()
    frame = form.locator("#photo-frame").bounding_box()
    form.mouse.move(frame["x"] + 20, frame["y"] + 20)
    form.mouse.down()
    form.mouse.move(frame["x"] + 20 + shown["width"] / 10, frame["y"] + 20, steps=4)
    form.mouse.up()
    assert numbers(form)[0] == pytest.approx(left + 10, abs=1)

    frame = form.locator("#photo-frame").bounding_box()
    form.mouse.move(frame["x"] + frame["width"] - 8, frame["y"] + frame["height"] - 8)
    form.mouse.down()
    form.mouse.move(shown["x"] + shown["width"] * 3, shown["y"] + shown["height"] * 3, steps=4)
    form.mouse.up()
    left, top, width, height = numbers(form)
    assert width > 30
    assert left + width <= 100
    assert top + height <= 100


def test_the_whole_photograph_has_no_numbers_and_another_file_begins_anew(form, tmp_path):
    form.get_by_label("Shape").select_option("The whole photograph")
    expect(form.locator("#photo-frame")).to_be_hidden()
    assert form.locator("#id_crop_width").input_value() == ""

    (tmp_path / "standing.png").write_bytes(photo(1200, 1600, kind="PNG"))
    form.locator("#id_new_photo").set_input_files(tmp_path / "standing.png")
    expect(form.locator("#photo-shape")).to_have_value("45:60")
    assert numbers(form) == pytest.approx([0, 0, 100, 100], abs=0.02)

    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    form.locator("#id_new_photo").set_input_files(tmp_path / "broken.jpg")
    expect(form.get_by_text("This browser cannot show the picture.")).to_be_visible()
    assert form.locator("#id_crop_width").input_value() == ""
