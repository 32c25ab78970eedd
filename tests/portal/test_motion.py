"""The moving figure of an exercise: where it comes from, and how the page shows it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from plans.content import PictureContent, from_json
from plans.drawer import FRAME_WIDTH, MOTION_VERSION
from plans.figures.draw.strip import STEPS, steps
from plans.portal.motion import Motion, find_motion, motion_of
from plans.rendering import drawings
from tests import factories
from tests.rendering.test_moving import LIFT, strip

CSS = Path(settings.BASE_DIR) / "static" / "portal" / "exercise.css"
HOME = "/p/token/"


@pytest.fixture
def content(therapist, clinic, monkeypatch):
    monkeypatch.setattr(drawings, "draw_motion", lambda text, **how: strip())
    exercise = factories.approved_exercise(clinic, figure=LIFT)
    issued = factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[exercise]))
    return from_json(issued.content.json)


@pytest.mark.django_db
def test_a_figure_has_its_strip_as_soon_as_it_is_drawn(content, django_assert_num_queries):
    (item,) = content.items
    name = item.picture.drawing.id_moving(MOTION_VERSION)
    assert motion_of(item, home=HOME) is None
    assert find_motion(content, name) is None

    drawings.work(name)

    with django_assert_num_queries(1):
        motion = motion_of(item, home=HOME)
    assert motion == Motion(address=f"/p/token/motion/{name}", frames=8, width=8 * FRAME_WIDTH, height=400)
    assert find_motion(content, name).width == 8 * FRAME_WIDTH


@pytest.mark.django_db
def test_what_the_content_does_not_name_is_not_found(content):
    (item,) = content.items
    drawings.work(item.picture.drawing.id_moving(MOTION_VERSION))
    other = replace(item.picture.drawing, mirrored=True)
    drawings.ask_moving([other])
    drawings.work(other.id_moving(MOTION_VERSION))

    assert find_motion(content, other.id_moving(MOTION_VERSION)) is None


@pytest.mark.django_db
@pytest.mark.parametrize("picture", [None, PictureContent(alt="A photograph.", sha256="0" * 64)])
def test_no_pose_in_the_content_means_no_motion(content, picture, django_assert_num_queries):
    item = replace(content.items[0], picture=picture)

    with django_assert_num_queries(0):
        assert motion_of(item, home=HOME) is None


def shown(motion):
    picture = PictureContent(alt="Two pictures of a person.", portrait=True)
    context = {"motion": motion, "picture": picture, "still": "/p/token/picture/drawing-1"}
    return render_to_string("portal/parts/figure.html", context)


def test_the_page_shows_the_strip_with_a_visible_stop_and_the_still_picture_behind_it():
    html = shown(Motion(address="/p/token/motion/1", frames=9, width=9 * FRAME_WIDTH, height=400))

    assert '<div class="moving moving-9">' in html
    assert (
        f'src="/p/token/motion/1" width="{9 * FRAME_WIDTH}" height="400" alt="Two pictures of a person."'
        in html
    )
    still = 'src="/p/token/picture/drawing-1" alt="Two pictures of a person." loading="lazy"'
    assert f'<img class="moving-still portrait" {still}>' in html
    assert '<label for="stop-moving">Stop the moving picture</label>' in html
    assert '<input type="checkbox" id="stop-moving"' in html
    assert "style=" not in html


def test_without_a_strip_the_still_picture_stays():
    html = shown(None)

    still = 'src="/p/token/picture/drawing-1" alt="Two pictures of a person."'
    assert html.strip() == f'<img class="portrait" {still}>'


@pytest.mark.parametrize("panels", STEPS)
def test_the_style_goes_through_as_many_frames_as_a_strip_has_and_rests_at_its_panels(panels):
    css, count = CSS.read_text(), len(steps(panels))

    assert f".moving-{count} img {{\n  width: {count}00%;\n  animation-name: moving-{count};" in css
    frames = css[css.index(f"@keyframes moving-{count}") :].split("\n}")[0]
    stops = re.findall(r"calc\(-100% \* (\d+) / (\d+)\)", frames)
    each = STEPS[panels]
    assert stops == [(str(stop * each), str(count)) for stop in range(1, panels)]
    assert re.findall(r"steps\((\d+), jump-none\)", frames) == [str(each + 1)] * (panels - 1)


@pytest.mark.parametrize("medium", ["(prefers-reduced-motion: reduce)", "print"])
def test_where_nothing_may_move_the_still_picture_is_shown(medium):
    block = CSS.read_text().split(f"@media {medium} {{")[1].split("\n}")[0]

    assert re.search(r"\.moving-window,\s+\.moving-stop,\s+\.moving label \{\s+display: none;", block)
    assert re.search(r"\.moving \.moving-still \{\s+display: block;", block)
