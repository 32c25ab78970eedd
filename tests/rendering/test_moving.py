"""Moving pictures are drawn by the worker, once, and kept; until then, and where nothing moves, there is none."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from celery import current_app
from django.db.models.functions import Now
from PIL import Image

from plans import tasks
from plans.content import from_json
from plans.drawer import DRAWER_VERSION, FRAME_WIDTH, MOTION_VERSION, StillFigure
from plans.models import Drawing, DrawingState
from plans.queries.exercise_pictures import Viewer, as_kept, drawing_for
from plans.rendering import drawings, moving, storage
from tests import factories
from tests.queries.test_exercise_pictures import FIGURE

pytestmark = pytest.mark.django_db
LIFT = FIGURE + "  - {free: [right leg], joints: {right knee flexion: 60}}\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A drawer of strips in no time; returns with what it drew."""
    calls = []

    def draw_motion(text, **how):
        calls.append(how)
        return strip()

    monkeypatch.setattr(drawings, "draw_motion", draw_motion)
    return calls


def strip():
    out = BytesIO()
    Image.new("RGB", (8 * FRAME_WIDTH, 400), "white").save(out, "WEBP", lossless=True)
    return out.getvalue()


@pytest.fixture
def exercise(clinic):
    return factories.approved_exercise(clinic, figure=LIFT)


@pytest.fixture
def wanted(exercise):
    return drawing_for(exercise.kept_figure_id, viewer=Viewer(right_to_left=True, left=True))


@pytest.fixture
def messages(monkeypatch):
    sent = []
    monkeypatch.setattr(
        current_app, "send_task", lambda name, **how: sent.append((name, how["args"][0], how["queue"]))
    )
    return sent


def row_of(wanted):
    return Drawing.objects.get(pk=wanted.id_moving(MOTION_VERSION))


def test_the_first_page_asks_and_gets_none_and_the_next_gets_what_was_drawn(wanted, quick):
    assert moving.moving_picture_of(wanted) is None

    drawings.work(wanted.id_moving(MOTION_VERSION))

    row = moving.moving_picture_of(wanted)
    assert row is not None
    assert (row.picture.media_type, row.picture.width) == ("image/webp", 8 * FRAME_WIDTH)
    assert row.picture.file.name.endswith(".webp")
    assert storage.read(row.picture.file.name) == strip()
    assert quick == [{"body": wanted.body, "mirrored": True}]


def test_asked_for_twice_a_worker_is_told_once_behind_all_still_pictures(
    wanted, messages, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        moving.moving_picture_of(wanted)
        moving.moving_picture_of(wanted)

    assert messages == [("plans.draw", str(wanted.id_moving(MOTION_VERSION)), "bulk")]


def test_the_order_of_printed_panels_makes_no_other_moving_picture(wanted):
    printed = replace(wanted, right_to_left=False)

    assert wanted.id_moving("1") == printed.id_moving("1")
    assert len({wanted.id_moving("1"), wanted.id_moving("2"), wanted.id_in(grey=False)}) == 3
    assert replace(wanted, drawer="0").id_moving("1") != wanted.id_moving("1")


def test_what_is_better_left_still_is_told_once_and_not_tried_again(
    wanted, monkeypatch, messages, django_capture_on_commit_callbacks
):
    def still(text, **how):
        raise StillFigure(reason="It has a single panel.")

    monkeypatch.setattr(drawings, "draw_motion", still)
    moving.moving_picture_of(wanted)
    drawings.work(wanted.id_moving(MOTION_VERSION))
    Drawing.objects.update(started_at=Now() - timedelta(hours=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert moving.moving_picture_of(wanted) is None

    row = row_of(wanted)
    assert (row.state, row.error_code) == (DrawingState.FAILED, "still_figure")
    assert messages == []


def test_what_the_drawer_failed_at_is_tried_again_after_a_while(
    wanted, messages, django_capture_on_commit_callbacks
):
    moving.moving_picture_of(wanted)
    failed = Now() - timedelta(minutes=11)
    Drawing.objects.update(state=DrawingState.FAILED, error_code="drawer_broke", started_at=failed)

    with django_capture_on_commit_callbacks(execute=True):
        moving.moving_picture_of(wanted)

    assert row_of(wanted).state == DrawingState.QUEUED
    assert len(messages) == 1


def test_of_a_former_drawer_the_kept_one_stays_and_what_it_never_drew_is_drawn_today(wanted):
    former = replace(wanted, drawer="0")

    assert moving.moving_picture_of(former) is None
    assert row_of(wanted).drawer.startswith(DRAWER_VERSION)
    drawings.work(wanted.id_moving(MOTION_VERSION))
    assert moving.moving_picture_of(former).pk == wanted.id_moving(MOTION_VERSION)

    drawings.ask_moving([former])
    kept = Drawing.objects.filter(pk=former.id_moving(MOTION_VERSION))
    kept.update(state=DrawingState.READY, picture=row_of(wanted).picture)
    assert moving.moving_picture_of(former) == kept.get()
    assert moving.ids_of([former]) == {former.id_moving(MOTION_VERSION), wanted.id_moving(MOTION_VERSION)}


def test_a_worker_leaves_alone_what_another_version_lays_out(wanted, quick):
    moving.moving_picture_of(wanted)
    Drawing.objects.update(drawer=f"{DRAWER_VERSION}-moving-other", motion="other")

    drawings.work(wanted.id_moving(MOTION_VERSION))

    assert quick == []


def test_a_worker_of_a_release_without_moving_pictures_takes_none(wanted):
    moving.moving_picture_of(wanted)

    assert not Drawing.objects.filter(drawer=DRAWER_VERSION).exists(), "all that such a worker asks for"


def test_of_a_former_drawer_a_moving_picture_does_not_pass_for_the_still_one(wanted):
    former = replace(wanted, drawer="0", right_to_left=False)
    drawings.ask_moving([former])
    moving.moving_picture_of(wanted)
    drawings.work(wanted.id_moving(MOTION_VERSION))
    Drawing.objects.update(state=DrawingState.READY, picture=row_of(wanted).picture)

    assert as_kept([former]) == {former: replace(former, drawer=DRAWER_VERSION)}


def test_the_sweep_wakes_workers_for_still_pictures_first(
    wanted, messages, django_capture_on_commit_callbacks
):
    moving.moving_picture_of(wanted)
    drawings.ask([wanted])
    Drawing.objects.update(queued_at=Now() - timedelta(minutes=1))

    with django_capture_on_commit_callbacks(execute=True):
        drawings.sweep_drawings()

    assert [queue for _, _, queue in messages] == ["default", "bulk"]


def test_a_version_has_its_moving_pictures_asked_for_when_it_is_issued(
    therapist, exercise, messages, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        issued = factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[exercise]))
    assert ("plans.draw_moving", str(issued.pk), "bulk") in messages

    tasks.draw_moving(str(issued.pk))

    (item,) = from_json(issued.content.json).items
    assert row_of(item.picture.drawing).state == DrawingState.QUEUED


def test_a_lost_file_is_drawn_again(wanted, quick):
    moving.moving_picture_of(wanted)
    drawings.work(wanted.id_moving(MOTION_VERSION))

    moving.draw_again(wanted.id_moving(MOTION_VERSION))
    drawings.work(wanted.id_moving(MOTION_VERSION))

    assert len(quick) == 2
    assert moving.kept_picture(wanted.id_moving(MOTION_VERSION)) is not None


def test_a_still_drawing_is_no_moving_picture(wanted):
    drawings.ask([wanted])

    assert moving.kept_picture(wanted.id_in(grey=False)) is None
    moving.draw_again(wanted.id_in(grey=False))
    assert Drawing.objects.get().state == DrawingState.QUEUED


def test_poses_that_are_not_here_move_nothing_and_break_no_page(wanted):
    assert moving.moving_picture_of(replace(wanted, figure="0" * 64)) is None

    assert not Drawing.objects.exists()
