"""Pictures of a plan: those that its newest version names, small enough for a phone, kept by nobody on the way."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from plans.actions import plans as plan_actions
from plans.content import PictureContent
from plans.models import Drawing, DrawingState
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.rendering import drawings, phone_pictures
from plans.rendering.keep_drawn import keep_drawn
from tests import factories
from tests.portal.whole_plan import full_plan, put
from tests.queries.test_exercise_pictures import FIGURE


@pytest.fixture(autouse=True)
def make_anew():
    phone_pictures._made.cache_clear()


def show(issued, picture, *, language="en"):
    """Publish a plan with this picture at its first exercise, and return the picture's address."""
    content = full_plan(language)
    first, *others = (replace(item, picture=None) for item in content.items)
    put(issued.publication, replace(content, items=(replace(first, picture=picture), *others)))
    return f"{issued.path}picture/{picture.name}"


def photograph(clinic, **size):
    picture = factories.uploaded_picture(clinic, **size)
    return PictureContent(sha256=picture.sha256, alt="A photograph.", media_type="image/jpeg")


def figure(clinic, monkeypatch):
    monkeypatch.setattr(drawings, "draw", lambda *_, **__: drawn_bytes())
    revision = factories.approved_exercise(clinic, "bridge", figure=FIGURE)
    return PictureContent(drawing=drawing_for(revision.kept_figure_id, viewer=Viewer()), alt="A figure.")


def drawn_bytes():
    out = BytesIO()
    Image.new("L", (100, 40), 90).save(out, "PNG")
    return out.getvalue()


def test_a_photograph_comes_as_a_phone_needs_it(issued, opened, django_assert_max_num_queries):
    address = show(issued, photograph(issued.clinic, width=1400, height=1000))

    with django_assert_max_num_queries(4):
        answer = opened.get(address)
    in_list = opened.get(f"{address}?list")

    for one, size in ((answer, (800, 571)), (in_list, (240, 171))):
        shown = Image.open(BytesIO(one.content))
        assert (one.status_code, one["Content-Type"], shown.format, shown.size) == (
            200,
            "image/webp",
            "WEBP",
            size,
        )
        assert one["Cache-Control"] == "no-store, private"
        assert one["X-Content-Type-Options"] == "nosniff"


def test_a_figure_comes_as_it_was_drawn(issued, opened, monkeypatch, django_assert_max_num_queries):
    picture = figure(issued.clinic, monkeypatch)
    drawings.drawn([picture.drawing], grey=False)
    address = show(issued, picture)

    with django_assert_max_num_queries(4):
        answer = opened.get(address)

    assert (answer["Content-Type"], answer.content) == ("image/png", drawn_bytes())


def test_a_figure_that_nobody_drew_yet_is_drawn(issued, opened, monkeypatch):
    picture = figure(issued.clinic, monkeypatch)
    address = show(issued, picture)
    assert not Drawing.objects.filter(pk=picture.drawing.id_in(grey=False)).exists()

    assert opened.get(address).content == drawn_bytes()


def test_a_figure_that_cannot_be_drawn_leads_back(issued, opened, monkeypatch):
    picture = figure(issued.clinic, monkeypatch)
    monkeypatch.setattr(drawings, "draw", lambda *_, **__: 1 // 0)

    assert opened.get(show(issued, picture)).status_code == 303


def test_a_figure_whose_file_is_lost_is_drawn_again(issued, opened, monkeypatch):
    picture = figure(issued.clinic, monkeypatch)
    (kept,) = drawings.drawn([picture.drawing], grey=False).values()
    default_storage.delete(kept.file.name)
    address = show(issued, picture)

    assert opened.get(address).status_code == 303
    assert Drawing.objects.get(pk=picture.drawing.id_in(grey=False)).state == DrawingState.QUEUED
    assert opened.get(address).content == drawn_bytes()


def test_only_what_the_newest_version_names_is_given(issued, opened):
    named, other = photograph(issued.clinic), photograph(issued.clinic, width=500)
    address = show(issued, named)

    assert opened.get(address).status_code == 200
    for name in (other.name, "x", "..", "%00"):
        answer = opened.get(f"{issued.path}picture/{name}")
        assert (answer.status_code, answer["Location"]) == (303, issued.path)
    show(issued, other)
    assert opened.get(address).status_code == 303


def test_another_clinics_picture_of_that_name_is_not_given(issued, opened):
    address = show(issued, photograph(factories.clinic()))

    assert opened.get(address).status_code == 303


def test_without_a_session_or_of_a_stopped_plan_there_is_none(client, issued, opened):
    address = show(issued, photograph(issued.clinic))

    assert client.get(address).status_code == 303
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)
    assert opened.get(address).status_code == 303


def test_pages_address_it(issued, opened):
    address = show(issued, photograph(issued.clinic))

    assert (
        f'<img src="{address}?list" alt="" width="240" height="180" loading="lazy">'
        in opened.get(issued.path).content.decode()
    )
    assert (
        f'<img src="{address}" alt="A photograph." width="640" height="480">'
        in opened.get(f"{issued.path}exercise/1/").content.decode()
    )


def test_a_page_keeps_room_for_a_figure_as_it_is_drawn(
    issued, opened, monkeypatch, django_assert_max_num_queries
):
    picture = figure(issued.clinic, monkeypatch)
    show(issued, picture)
    path = f"{issued.path}exercise/1/"

    assert 'alt="A figure.">' in opened.get(path).content.decode()
    drawings.drawn([picture.drawing], grey=False)
    with django_assert_max_num_queries(8):
        assert 'alt="A figure." width="100" height="40">' in opened.get(path).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_figure_that_was_kept_for_a_plan_from_right_to_left_ends_at_the_left(issued, opened, language):
    out = BytesIO()
    picture = Image.new("L", (1004, 300), 255)
    for left, shade in ((20, 0), (522, 120)):
        picture.paste(shade, (left, 0, left + 30, 30))
        picture.paste(shade, (left, 60, left + 400, 260))
    picture.save(out, "PNG")
    kept = keep_drawn(out.getvalue() if language == "en" else mirrored(out.getvalue()))
    address = show(issued, PictureContent(sha256=kept.sha256, alt="A figure."), language=language)

    shown = Image.open(BytesIO(opened.get(f"{address}?list").content)).convert("L")

    assert abs(shown.getpixel((shown.width // 2, shown.height // 2)) - 120) < 10


def mirrored(data):
    out = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        ImageOps.mirror(picture).save(out, "PNG")
    return out.getvalue()
