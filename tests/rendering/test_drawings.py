"""Figures are drawn when they are needed, once, and kept."""

import threading
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from celery import current_app
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from PIL import Image

from plans.content import DRAWING, from_json
from plans.drawer import DRAWER_VERSION
from plans.models import Drawing, DrawingState, Picture, Rendering, RenderingState
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.rendering import draft_drawings, drawings, job, storage
from plans.rendering.keep_drawn import keep_drawn
from tests import factories
from tests.queries.test_exercise_pictures import FIGURE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A drawer in no time; returns how often it drew, and with what."""
    calls = []

    def draw(text, **how):
        calls.append(how)
        return png(how)

    monkeypatch.setattr(drawings, "draw", draw)
    return calls


def png(how):
    out = BytesIO()
    shade = 40 + 20 * how["mirrored"] + 50 * how["grey"] + len(how["body"])
    Image.new("L", (100, 40), shade).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def exercise(clinic):
    return factories.approved_exercise(clinic, figure=FIGURE)


@pytest.fixture
def wanted(exercise):
    return drawing_for(exercise.kept_figure_id, viewer=Viewer())


def row_of(wanted, *, grey=False):
    return Drawing.objects.get(pk=wanted.id_in(grey=grey))


def sent(monkeypatch):
    messages = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **how: messages.append((name, *how["args"])))
    return messages


def test_asked_for_twice_it_is_told_a_worker_once(wanted, monkeypatch, django_capture_on_commit_callbacks):
    messages = sent(monkeypatch)

    with django_capture_on_commit_callbacks(execute=True):
        drawings.ask([wanted])
        drawings.ask([wanted])

    assert messages == [("plans.draw", str(wanted.id_in(grey=False)))]


def test_it_is_drawn_once_and_kept(wanted, quick):
    drawings.ask([wanted])

    for _ in range(2):
        drawings.work(wanted.id_in(grey=False))

    row = row_of(wanted)
    assert (row.state, len(quick)) == (DrawingState.READY, 1)
    assert storage.sha256_of(storage.read(row.picture.file.name)) == row.picture.sha256
    assert (row.picture.width, row.picture.height) == (100, 40)


def test_whoever_comes_while_it_is_drawn_leaves_it_to_the_first(wanted, quick, monkeypatch):
    drawings.ask([wanted])
    first = drawings._take(wanted.id_in(grey=False))

    drawings.work(wanted.id_in(grey=False))

    assert quick == []
    drawings._work_on(first)
    assert row_of(wanted).state == DrawingState.READY


def test_a_task_holds_nothing_but_an_id():
    current_app.loader.import_default_modules()

    assert current_app.tasks["plans.draw"].apply(args=("6c5c41b6-4c3c-4b5c-9b0e-3a1f2c7f1d55",), throw=True)


def test_a_draft_has_its_figures_asked_for_while_it_is_written(
    therapist, exercise, monkeypatch, django_capture_on_commit_callbacks
):
    messages = sent(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        plan = factories.plan(therapist, exercises=[exercise])
    assert ("plans.draw_plan", str(plan.pk)) in messages

    draft_drawings.ask_for(plan)

    assert [row.figure_id for row in Drawing.objects.all()] == [exercise.kept_figure_id]


def test_a_rendering_draws_what_is_missing_and_keeps_it(therapist, exercise, quick):
    issued = factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[exercise]))
    rendering = Rendering.objects.get(content=issued.content)

    job.work(rendering.pk)

    rendering.refresh_from_db()
    assert (rendering.state, rendering.error_code) == (RenderingState.READY, "")
    assert Drawing.objects.get().state == DrawingState.READY
    assert len(quick) == 1
    content = from_json(issued.content.json)
    assert list(job.pictures_of(content, clinic_id=therapist.memberships.get().clinic_id, grey=False)) == [
        f"{DRAWING}{Drawing.objects.get().pk}"
    ]
    assert len(quick) == 1


def test_grey_print_has_a_drawing_of_its_own_under_the_name_on_the_page(therapist, exercise, quick):
    issued = factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[exercise]))
    content = from_json(issued.content.json)
    name = content.items[0].picture.name

    made = {
        grey: job.pictures_of(content, clinic_id=issued.content.clinic_id, grey=grey)
        for grey in (False, True)
    }

    assert list(made[False]) == list(made[True]) == [name]
    assert made[False] != made[True]
    assert [how["grey"] for how in quick] == [False, True]


def test_what_another_is_drawing_is_waited_for(wanted, quick, monkeypatch):
    drawings.ask([wanted])
    first = drawings._take(wanted.id_in(grey=False))
    monkeypatch.setattr(drawings.time, "sleep", lambda _: drawings._work_on(first))

    found = drawings.drawn([wanted], grey=False)

    assert (found[wanted], len(quick)) == (row_of(wanted).picture, 1)


def test_whoever_holds_it_for_ever_does_not_hold_up_the_rendering(wanted, quick, monkeypatch):
    drawings.ask([wanted])
    drawings._take(wanted.id_in(grey=False))
    monkeypatch.setattr(drawings, "PATIENCE_SECONDS", 0)

    assert drawings.drawn([wanted], grey=False)[wanted].width == 100


def test_a_lost_file_is_drawn_again(therapist, exercise, quick):
    content = from_json(
        factories.publication(therapist, of_plan=factories.plan(therapist, exercises=[exercise])).content.json
    )
    how = {"clinic_id": therapist.memberships.get().clinic_id, "grey": False}
    first = job.pictures_of(content, **how)
    keep_drawn(png({"mirrored": True, "grey": True, "body": "another"}))
    default_storage.delete(Drawing.objects.get().picture.file.name)
    job._picture.cache_clear()

    assert job.pictures_of(content, **how) == first
    assert len(quick) == 2
    assert Picture.objects.count() == 2


def test_equal_bytes_are_kept_once(wanted):
    data = png({"mirrored": False, "grey": False, "body": "x"})

    assert keep_drawn(data) == keep_drawn(data)


def test_a_figure_that_cannot_be_drawn_fails_with_its_reason(wanted, monkeypatch):
    def broken(text, **how):
        raise ZeroDivisionError

    monkeypatch.setattr(drawings, "draw", broken)

    with pytest.raises(drawings.FigureNotDrawn, match="ZeroDivisionError"):
        drawings.drawn([wanted], grey=False)

    assert (row_of(wanted).state, row_of(wanted).error_code) == (DrawingState.FAILED, "drawer_broke")


def test_whoever_asks_for_the_file_again_has_it_tried_again(wanted, quick):
    drawings.ask([wanted])
    Drawing.objects.update(state=DrawingState.FAILED, error_code="drawer_broke", started_at=Now())

    assert drawings.drawn([wanted], grey=False)[wanted].width == 100


@pytest.mark.parametrize(("minutes", "again"), [(5, False), (11, True)])
def test_a_page_has_what_failed_tried_again_after_a_while(
    wanted, minutes, again, monkeypatch, django_capture_on_commit_callbacks
):
    drawings.ask([wanted])
    failed = Now() - timedelta(minutes=minutes)
    Drawing.objects.update(state=DrawingState.FAILED, error_code="drawer_broke", started_at=failed)
    messages = sent(monkeypatch)

    with django_capture_on_commit_callbacks(execute=True):
        drawings.ask([wanted])

    assert bool(messages) is again


def test_a_storage_that_fails_leaves_it_for_later(wanted, monkeypatch):
    def full(*_):
        raise storage.StorageFailed(problem="full")

    monkeypatch.setattr(storage, "keep", full)
    drawings.ask([wanted])

    with pytest.raises(storage.StorageFailed):
        drawings.work(wanted.id_in(grey=False))

    row = row_of(wanted)
    assert (row.state, row.not_before is not None) == (DrawingState.QUEUED, True)


def test_of_a_former_drawer_the_kept_file_is_printed_in_grey_too(wanted, quick):
    former = replace(wanted, drawer="0")
    kept = keep_drawn(png({"mirrored": False, "grey": False, "body": "former"}))
    drawings.ask([former])
    Drawing.objects.filter(pk=former.id_in(grey=False)).update(state=DrawingState.READY, picture=kept)

    assert drawings.drawn([former], grey=False)[former] == kept
    assert drawings.drawn([former], grey=True)[former] == kept
    assert quick == []


def test_what_a_former_drawer_never_drew_is_drawn_by_the_one_in_use(wanted, quick):
    former = replace(wanted, drawer="0")

    assert drawings.drawn([former], grey=False)[former] == row_of(wanted).picture
    assert len(quick) == 1


def test_the_sweep_frees_what_a_lost_worker_held_and_wakes_what_waits(
    wanted, monkeypatch, django_capture_on_commit_callbacks
):
    drawings.ask([wanted])
    drawings._take(wanted.id_in(grey=False))
    Drawing.objects.update(lease_until=Now() - timedelta(seconds=1), queued_at=Now() - timedelta(minutes=1))
    messages = sent(monkeypatch)

    with django_capture_on_commit_callbacks(execute=True):
        drawings.sweep_drawings()

    assert row_of(wanted).state == DrawingState.QUEUED
    assert messages == [("plans.draw", str(row_of(wanted).pk))]


@pytest.mark.django_db(transaction=True)
def test_two_that_draw_at_once_keep_one(clinic):
    exercise = factories.approved_exercise(clinic, figure=FIGURE)
    wanted = drawing_for(exercise.kept_figure_id, viewer=Viewer())
    drawings.ask([wanted])
    threads = [threading.Thread(target=work_and_close, args=(wanted.id_in(grey=False),)) for _ in range(2)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert row_of(wanted).attempts == 1
    assert row_of(wanted).drawer == DRAWER_VERSION
    assert Picture.objects.count() == 1


def work_and_close(drawing_id):
    from django.db import connection

    try:
        drawings.work(drawing_id)
    finally:
        connection.close()
