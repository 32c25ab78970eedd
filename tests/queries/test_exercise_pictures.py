import pytest
from django.db import IntegrityError, transaction

from plans.content import from_json
from plans.dose import Dose, Side, Span
from plans.drawer import DRAWER_VERSION, PEOPLE, name_of_figure
from plans.models import Drawing, PictureBody, RevisionPicture, Sex
from plans.queries.bodies import Seen
from plans.queries.exercise_pictures import PictureNotDrawn, Viewer, drawings_offered, picture_for
from tests import factories

FIGURE = "figure: f\nstart: standing\nalt: {en: A person stands.}\npanels:\n  - {}\n"


@pytest.fixture
def exercise(therapist):
    texts = {code: factories.exercise_text() for code in ("en", "ar")}
    return factories.approved_exercise(therapist.memberships.get().clinic, figure=FIGURE, texts=texts)


@pytest.fixture
def kept(clinic):
    """An exercise of release 0.2.0: its figures were drawn when it was written."""
    revision = factories.approved_exercise(clinic)
    for number, body in enumerate((PictureBody.SLENDER, PictureBody.STURDY)):
        picture = factories.drawn_picture(number)
        RevisionPicture.objects.create(revision=revision, body=body, picture=picture)
    return revision


def printed(therapist, exercise, *, side=None, **patient):
    plan = factories.plan(therapist, of=factories.patient(therapist, **patient), exercises=[exercise])
    item = plan.items.get()
    item.dose = Dose(sets=Span(1, 1), repetitions=Span(5, 6), side=side)
    item.save()
    issued = factories.publication(therapist, of_plan=plan)
    return from_json(issued.content.json).items[0].picture


def test_publishing_names_pose_body_mirror_and_drawer_and_draws_nothing(therapist, exercise):
    picture = printed(therapist, exercise, sex=Sex.FEMALE)

    assert picture.sha256 is None
    assert picture.drawing.figure == name_of_figure(FIGURE) == exercise.kept_figure_id
    assert picture.drawing.drawer == DRAWER_VERSION
    assert not picture.drawing.mirrored
    assert not Drawing.objects.exclude(picture=None).exists()


def test_two_patients_get_two_bodies(therapist, exercise):
    hers = printed(therapist, exercise, sex=Sex.FEMALE)
    his = printed(therapist, exercise, sex=Sex.MALE)

    assert hers.drawing.body != his.drawing.body
    assert hers.name != his.name


@pytest.mark.parametrize(
    ("side", "mirrored"), [(Side.LEFT, True), (Side.RIGHT, False), (Side.EACH, False), (None, False)]
)
def test_the_figure_works_on_the_side_that_the_dose_says(therapist, exercise, side, mirrored):
    assert printed(therapist, exercise, side=side).drawing.mirrored is mirrored


def test_the_side_and_the_reading_direction_are_two_things(therapist, exercise):
    left = printed(therapist, exercise, side=Side.LEFT, language="ar").drawing
    right = printed(therapist, exercise, side=Side.RIGHT, language="ar").drawing

    assert (left.mirrored, left.right_to_left) == (True, True)
    assert (right.mirrored, right.right_to_left) == (False, True)


@pytest.mark.parametrize("sex", Sex)
def test_whatever_is_recorded_has_a_body(exercise, sex):
    assert picture_for(exercise, [], viewer=Viewer(seen=Seen(sex=sex)), exercise="f").body in PEOPLE


def test_a_program_is_offered_each_body_for_either_side(exercise):
    offered = drawings_offered(exercise.kept_figure_id)

    assert {one.body for one in offered} == set(PEOPLE)
    assert len({one.id_in(grey=False) for one in offered}) == 2 * len(PEOPLE)


def test_what_was_drawn_for_an_exercise_of_0_2_0_is_printed_as_it_is(therapist, kept):
    his = printed(therapist, kept, sex=Sex.MALE)

    assert his.drawing is None
    assert his.sha256 == kept.pictures.get(body=PictureBody.STURDY).picture.sha256


def test_a_kept_figure_that_is_missing_is_an_error_and_no_other_figure(kept):
    rows = [row for row in kept.pictures.all() if row.body != "sturdy"]

    with pytest.raises(PictureNotDrawn, match="Heel slide has no picture of the sturdy figure"):
        picture_for(kept, rows, viewer=Viewer(seen=Seen(sex=Sex.MALE)), exercise="Heel slide")


def test_an_exercise_without_pictures_prints_none(db):
    assert picture_for(factories.exercise(), [], viewer=Viewer(), exercise="f") is None


def test_a_picture_of_an_unknown_body_cannot_be_kept(kept):
    picture = kept.pictures.first().picture

    with pytest.raises(IntegrityError, match="revision_picture_body_known"), transaction.atomic():
        RevisionPicture.objects.create(revision=kept, body="a", picture=picture)
