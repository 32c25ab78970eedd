import pytest
from django.db import IntegrityError, transaction

from plans.content import from_json
from plans.figures_1 import BODIES
from plans.models import PictureBody, RevisionPicture, Sex
from plans.queries.exercise_pictures import PictureNotDrawn, picture_for
from tests import factories

FIGURE = "figure: f\nalt: {en: A person stands.}\npanels:\n  - pose: {position: standing}\n"


@pytest.fixture
def exercise(therapist):
    texts = {code: factories.exercise_text() for code in ("en", "ar")}
    return factories.approved_exercise(therapist.memberships.get().clinic, figure=FIGURE, texts=texts)


def printed_picture(therapist, exercise, **patient):
    plan = factories.plan(therapist, of=factories.patient(therapist, **patient), exercises=[exercise])
    issued = factories.publication(therapist, of_plan=plan)
    return from_json(issued.content.json).items[0].picture.sha256


def drawn(exercise, body, *, mirrored=False):
    return exercise.pictures.get(body=body, mirrored=mirrored).picture.sha256


def test_two_patients_get_two_bodies(therapist, exercise):
    hers = printed_picture(therapist, exercise, sex=Sex.FEMALE)
    his = printed_picture(therapist, exercise, sex=Sex.MALE)

    assert hers == drawn(exercise, "slender")
    assert his == drawn(exercise, "sturdy")
    assert hers != his


def test_the_body_and_the_reading_direction_are_chosen_together(therapist, exercise):
    his = printed_picture(therapist, exercise, sex=Sex.MALE, language="ar")

    assert his == drawn(exercise, "sturdy", mirrored=True)


def test_every_body_that_can_be_drawn_is_drawn_and_named(exercise):
    assert {row.body for row in exercise.pictures.all()} == set(BODIES)
    assert set(PictureBody.values) == {*BODIES, "photo"}


@pytest.mark.parametrize("sex", Sex)
def test_whatever_is_recorded_has_a_body(exercise, sex):
    assert picture_for(exercise.pictures.all(), sex=sex, mirrored=False, exercise="f")


def test_a_figure_that_was_not_drawn_is_an_error_and_no_other_figure(exercise):
    rows = [row for row in exercise.pictures.all() if row.body != "sturdy"]

    with pytest.raises(PictureNotDrawn, match="Heel slide has no picture of the sturdy figure"):
        picture_for(rows, sex=Sex.MALE, mirrored=False, exercise="Heel slide")


def test_an_exercise_without_pictures_prints_none(db):
    assert picture_for([], sex=Sex.MALE, mirrored=False, exercise="f") is None


def test_a_picture_of_an_unknown_body_cannot_be_kept(exercise):
    picture = exercise.pictures.first().picture

    with pytest.raises(IntegrityError, match="revision_picture_body_known"), transaction.atomic():
        RevisionPicture.objects.create(revision=exercise, body="a", picture=picture)
