"""A drawer that draws otherwise asks for approval; until then what was approved is printed as it was kept."""

import sys

import pytest
from django.urls import reverse

from plans import drawer
from plans.actions import approving
from plans.content import from_json
from plans.models import (
    Approval,
    Drawing,
    DrawingState,
    ExerciseInUse,
    ExerciseRevision,
    PictureBody,
    RevisionPicture,
    Sex,
)
from plans.queries.approvals import exercise_work
from plans.queries.exercise_pictures import Viewer, drawing_for
from plans.rendering import drawings
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.queries.test_exercise_pictures import FIGURE

pytestmark = pytest.mark.django_db
OLD = "figure: f\nalt: {en: A person stands.}\npanels:\n  - pose: {position: standing}\n"


@pytest.fixture
def exercise(clinic):
    return factories.approved_exercise(clinic, figure=FIGURE)


@pytest.fixture
def next_drawer(monkeypatch):
    """A function that brings a release whose drawer draws otherwise."""

    def bring():
        for module in [one for name, one in sys.modules.items() if name.startswith("plans.")]:
            if hasattr(module, "DRAWER_VERSION"):
                monkeypatch.setattr(module, "DRAWER_VERSION", "next")

    return bring


def keep(wanted):
    """Have it drawn before the next drawer comes."""
    drawings.ask([wanted])
    row = Drawing.objects.filter(pk=wanted.id_in(grey=False))
    row.update(state=DrawingState.READY, picture=factories.drawn_picture(len(wanted.body)))
    return row.get()


def printed(therapist, exercise, **patient):
    plan = factories.plan(therapist, of=factories.patient(therapist, **patient), exercises=[exercise])
    return from_json(factories.publication(therapist, of_plan=plan).content.json).items[0].picture.drawing


def page_of(revision):
    return reverse("admin:plans_exercise_change", args=[revision.exercise_id])


def test_a_new_drawer_makes_the_exercise_wait_and_stay_in_use(clinic, exercise, next_drawer):
    assert not exercise_work(clinic).exists()

    next_drawer()

    assert exercise_work(clinic).get() == exercise
    assert ExerciseInUse.objects.get(clinic=clinic).revision == exercise
    assert Approval.objects.get(revision=exercise).withdrawn_at is None


def test_without_a_figure_nothing_waits(clinic, next_drawer):
    factories.approved_exercise(clinic)

    next_drawer()

    assert not exercise_work(clinic).exists()


def test_the_kept_file_is_printed_until_the_new_picture_is_approved(
    clinic, therapist, exercise, next_drawer, reviewer
):
    before = printed(therapist, exercise)
    keep(before)
    next_drawer()

    assert printed(therapist, exercise) == before
    assert approving.approve_exercises(revisions=[exercise], clinic=clinic, by=reviewer) == 1
    assert printed(therapist, exercise).drawer == "next"
    assert not exercise_work(clinic).exists()
    assert ExerciseInUse.objects.get(clinic=clinic).revision == exercise
    assert approving.approve_exercises(revisions=[exercise], clinic=clinic, by=reviewer) == 0


def test_of_a_body_that_was_never_drawn_another_kept_one_is_printed(therapist, exercise, next_drawer):
    kept = printed(therapist, exercise, sex=Sex.FEMALE)
    keep(kept)
    next_drawer()

    assert printed(therapist, exercise, sex=Sex.MALE) == kept


def test_the_same_person_comes_before_another(therapist, exercise, next_drawer):
    man = printed(therapist, exercise, sex=Sex.MALE, figure_skin="dark")
    for one in (man, drawing_for(exercise.kept_figure_id, viewer=Viewer())):
        keep(one)
    next_drawer()

    assert printed(therapist, exercise, sex=Sex.MALE) == man


def test_what_nobody_ever_saw_is_drawn_by_the_drawer_in_use(therapist, exercise, next_drawer):
    next_drawer()

    assert printed(therapist, exercise).drawer == "next"


def test_old_and_new_stand_side_by_side(clinic, exercise, next_drawer, reviewer):
    old = keep(drawing_for(exercise.kept_figure_id, viewer=Viewer()))
    next_drawer()
    new = drawing_for(exercise.kept_figure_id, viewer=Viewer()).id_in(grey=False)
    client = signed_in(reviewer)

    page = client.get(page_of(exercise))
    asked = client.post(
        reverse("admin:plans_exercise_changelist"),
        {"action": "approve", "_selected_action": [str(exercise.exercise_id)]},
    )

    assert "Waits for review: a new picture" in text_of(page)
    for answer in (page, asked):
        addresses = [reverse("admin:plans_drawing", args=[pk]) for pk in (old.pk, new)]
        assert [answer.content.decode().count(f'src="{one}"') > 0 for one in addresses] == [True, True]


def test_a_first_approval_shows_the_picture(clinic, reviewer):
    revision = factories.exercise(figure=FIGURE)

    asked = signed_in(reviewer).post(
        reverse("admin:plans_exercise_changelist"),
        {"action": "approve", "_selected_action": [str(revision.exercise_id)]},
    )

    assert "The picture that you approve" in asked.content.decode()


@pytest.fixture
def own(clinic):
    """A clinic's exercise of release 0.2.0, with poses in the language of then."""
    admin = factories.library_admin(clinic)
    revision = factories.exercise("own", clinic=clinic, by=admin)
    ExerciseRevision.objects.filter(pk=revision.pk).update(figure=OLD)
    for shade, body in enumerate((PictureBody.SLENDER, PictureBody.STURDY)):
        for mirrored in (False, True):
            picture = factories.drawn_picture(2 * shade + mirrored)
            RevisionPicture.objects.create(revision=revision, body=body, mirrored=mirrored, picture=picture)
    return revision, admin


def test_poses_of_the_first_drawer_keep_their_files_and_ask_to_be_redrawn(own):
    revision, admin = own

    assert "Redraw: the figure is kept as it was drawn" in text_of(signed_in(admin).get(page_of(revision)))


def test_other_words_for_it_keep_its_pictures(own, clinic):
    revision, admin = own

    changed = factories.exercise("own", clinic=clinic, by=admin, figure=OLD, source="another guide")

    assert changed.number == 2
    assert changed.kept_figure is None
    kept = {(row.body, row.mirrored, row.picture_id) for row in revision.pictures.all()}
    assert {(row.body, row.mirrored, row.picture_id) for row in changed.pictures.all()} == kept
    assert factories.exercise("own", clinic=clinic, by=admin, figure=OLD, source="another guide") == changed


def test_another_figure_in_the_old_language_is_refused_in_words(own, clinic):
    _, admin = own

    with pytest.raises(drawer.FigureFileError, match="language of an earlier release"):
        factories.exercise("own", clinic=clinic, by=admin, figure=OLD + "  - {}\n")


def test_redrawn_it_is_drawn_like_any_other(own, clinic):
    _, admin = own

    changed = factories.exercise("own", clinic=clinic, by=admin, figure=FIGURE)

    assert changed.kept_figure_id == drawer.name_of_figure(FIGURE)
    assert not changed.pictures.exists()
