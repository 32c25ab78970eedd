"""An exercise's small picture: who gets it, from what, and for how long a browser keeps it."""

import uuid
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from plans.admin.base.thumbnails import thumbnail_address
from plans.models import Drawing, DrawingState
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.rendering import drawings
from tests import factories
from tests.admin.conftest import signed_in
from tests.queries.test_exercise_pictures import FIGURE

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    return factories.exercise(figure=FIGURE)


def address(revision):
    return thumbnail_address(revision, revision.pictures.all())


def end(revision, state, **columns):
    wanted = drawing_for(revision.kept_figure_id, viewer=Viewer())
    drawings.ask([wanted])
    Drawing.objects.filter(pk=wanted.id_in(grey=False)).update(state=state, **columns)


def test_a_figure_that_nobody_asked_for_is_asked_for(desk, figure):
    answer = desk.get(address(figure))

    assert Drawing.objects.get().state == DrawingState.QUEUED
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b'width="850"' in answer.content


def test_a_figure_that_is_drawn_is_shown_and_kept(desk, figure):
    end(figure, DrawingState.READY, picture=factories.drawn_picture())

    answer = desk.get(address(figure))

    assert Image.open(BytesIO(answer.content)).format == "WEBP"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"


def test_one_that_cannot_be_drawn_is_not_looked_for_again_and_again(desk, figure):
    end(figure, DrawingState.FAILED, error_code="pose_missed")

    answer = desk.get(address(figure))

    assert answer["Content-Type"] == "image/svg+xml"
    assert b'width="850"' not in answer.content


def test_an_exercise_without_a_picture_has_no_address(desk):
    revision = factories.exercise()

    assert address(revision) == ""
    assert desk.get(reverse("admin:plans_exercise_thumbnail", args=[revision.pk, "0"])).status_code == 404


def test_the_address_names_what_is_shown(clinic, figure):
    photograph = factories.exercise(
        "photo", photo=factories.uploaded_picture(clinic), clinic=clinic, by=factories.library_admin(clinic)
    )

    assert address(figure) != address(photograph)
    assert photograph.pictures.get().picture.sha256[:16] in address(photograph)


def test_a_clinics_own_is_for_its_people_alone(clinic, desk):
    own = factories.exercise(
        "photo", photo=factories.uploaded_picture(clinic), clinic=clinic, by=factories.library_admin(clinic)
    )
    neighbour = signed_in(factories.therapist(factories.clinic()))

    assert [one.get(address(own)).status_code for one in (desk, neighbour)] == [200, 404]


def test_an_unknown_one_is_not_there(desk):
    assert desk.get(reverse("admin:plans_exercise_thumbnail", args=[uuid.uuid4(), "0"])).status_code == 404


def test_few_questions(desk, figure, django_assert_max_num_queries):
    end(figure, DrawingState.READY, picture=factories.drawn_picture())
    desk.get(address(figure))

    with django_assert_max_num_queries(7):
        desk.get(address(figure))
