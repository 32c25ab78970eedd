"""Who gets a moving figure: whoever opened the plan that names it, in its newest version, and nobody else."""

import re
import uuid

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from plans.actions import pausing
from plans.actions.links import revoke_link
from plans.content import from_json
from plans.drawer import MOTION_VERSION
from plans.models import Drawing, DrawingState, Plan
from plans.rendering import drawings, storage
from tests import factories
from tests.portal.conftest import BIRTH_DATE, token_of
from tests.rendering.test_moving import LIFT, strip

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(therapist, clinic, monkeypatch):
    monkeypatch.setattr(drawings, "draw_motion", lambda text, **how: strip())
    exercise = factories.approved_exercise(clinic, figure=LIFT)
    plan = factories.plan(therapist, exercises=[exercise])
    issued = factories.publication(therapist, of_plan=plan)
    drawing = from_json(issued.content.json).items[0].picture.drawing
    drawings.ask_moving([drawing])
    drawings.work(drawing.id_moving(MOTION_VERSION))
    return f"/p/{token_of(plan.links.get())}/motion/{drawing.id_moving(MOTION_VERSION)}"


@pytest.fixture
def browser(address):
    opened = Client()
    assert opened.post(home(address), BIRTH_DATE).status_code == 303
    return opened


def home(address):
    return address.partition("motion/")[0]


def refused(answer, address):
    return (answer.status_code, answer["Location"], answer.content) == (303, home(address), b"")


def test_whoever_opened_the_plan_gets_the_strip_and_no_copy_stays_on_the_way(
    address, browser, django_assert_max_num_queries
):
    with django_assert_max_num_queries(5):
        answer = browser.get(address)

    assert (answer.status_code, answer.content) == (200, strip())
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_without_the_birth_date_it_looks_like_any_other_address(address):
    other = f"{home(address)}motion/{uuid.uuid4()}"

    for path in (address, other):
        assert refused(Client().get(path), address)


def test_what_the_newest_version_does_not_name_is_not_given(address, browser):
    assert refused(browser.get(f"{home(address)}motion/{uuid.uuid4()}"), address)
    still = Drawing.objects.exclude(pk=address.rpartition("/")[2]).values_list("pk", flat=True)
    assert still
    for pk in still:
        assert refused(browser.get(f"{home(address)}motion/{pk}"), address)


def test_a_paused_plan_and_a_revoked_link_show_nothing(address, browser, therapist):
    plan = Plan.objects.get()
    pausing.pause_plan(plan=plan, by=therapist)
    assert refused(browser.get(address), address)

    pausing.resume_plan(plan=plan, by=therapist)
    revoke_link(plan=plan, by=therapist)
    assert refused(browser.get(address), address)


def test_a_lost_file_is_drawn_again(address, browser):
    row = Drawing.objects.select_related("picture").exclude(motion="").get()
    default_storage.delete(row.picture.file.name)

    assert refused(browser.get(address), address)
    row.refresh_from_db()
    assert row.state == DrawingState.QUEUED


def test_a_storage_that_is_away_shows_nothing_and_loses_nothing(address, browser, monkeypatch):
    def away(name):
        raise storage.StorageFailed(problem="away")

    monkeypatch.setattr(storage, "read", away)

    assert refused(browser.get(address), address)
    assert Drawing.objects.exclude(motion="").get().state == DrawingState.READY


def test_nothing_is_written_there(address, browser):
    assert browser.post(address).status_code == 405


def test_the_exercise_moves_on_its_page_as_soon_as_it_is_drawn(
    address, browser, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        page = browser.get(f"{home(address)}exercise/1/").content.decode()

    assert f'<div class="moving-window"><img src="{address}"' in page
    assert re.search(r'<img class="moving-still[^>]+picture/drawing-', page)
    assert re.search(r'<link rel="stylesheet" href="[^"]*portal/exercise[^"]*.css">', page)


def test_until_it_is_drawn_the_page_shows_the_still_picture_and_asks_for_the_moving_one(address, browser):
    Drawing.objects.exclude(motion="").delete()

    page = browser.get(f"{home(address)}exercise/1/").content.decode()

    assert "moving-window" not in page
    assert "picture/drawing-" in page
    assert Drawing.objects.exclude(motion="").get().state == DrawingState.QUEUED
