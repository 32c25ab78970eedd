"""A figure that somebody cannot do is refused where it was typed, before anything waits for it."""

import pytest
from django.db import connection

from plans.admin.library.exercises import saving
from plans.drawer import FigureFileError
from plans.models import Exercise
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted
from tests.admin.library.exercises.test_admin import ADD, exercise_fields, page_of
from tests.admin.library.exercises.test_figure_editor import POSES

FAR = POSES.replace("joints: {right hip flexion: 20}", "contacts: [right palm on right elbow]")
FIGHT = POSES.replace(
    "joints: {right hip flexion: 20}", "contacts: [right palm on right knee, right palm on floor]"
)
INSIDE = POSES.replace("panels:", "props: [{wall: {where: left, distance: 0}}]\npanels:")


@pytest.fixture
def admin_client(clinic):
    return signed_in(factories.library_admin(clinic))


@pytest.fixture
def tried(monkeypatch):
    """The poses that everybody was asked to do, each with the depth of the transaction it was in."""
    asked = []

    def check(text):
        asked.append((text, len(connection.savepoint_ids)))

    monkeypatch.setattr(saving, "check_everybody", check)
    return asked


@pytest.mark.parametrize("poses", [FAR, FIGHT, INSIDE], ids=["out of reach", "fight", "inside"])
def test_what_no_body_can_do_is_refused_by_line_and_nothing_is_lost(admin_client, poses):
    answer = admin_client.post(ADD, exercise_fields(figure=poses))

    errors = answer.context["adminform"].form.errors["figure"]
    assert "Line 7: " in errors[0] or "Line 5: " in errors[0]
    assert "(pregnant30, " in errors[0]
    assert errors[0].splitlines()[0] in " ".join(errors_of(answer))
    assert answer.context["adminform"].form["figure"].value() == poses
    assert not Exercise.objects.exists()


def test_everybody_is_asked_before_the_transaction_and_only_about_new_poses(admin_client, tried):
    sent = POSES.replace("\n", "\r\n")
    admin_client.post(ADD, exercise_fields(figure=sent))
    exercise = Exercise.objects.get()
    kept = exercise.revisions.get().figure

    assert tried == [(POSES.strip(), 0)]
    assert kept == POSES.strip()

    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", source="another", figure=sent))
    assert len(tried) == 1
    assert exercise.revisions.get(newest=True).source == "another"
    assert exercise.revisions.get(newest=True).figure == kept


def test_poses_of_the_shared_library_are_copied_without_being_tried(admin_client, tried):
    shared = factories.exercise("bridge", figure=POSES).exercise
    data = posted(admin_client.get(ADD, {"copy": str(shared.pk)}), "exercise_form")

    admin_client.post(f"{ADD}?copy={shared.pk}", data)

    assert tried == []
    assert Exercise.objects.get(code="bridge-own").revisions.get().figure == POSES


def test_what_cannot_be_read_is_not_posed(admin_client, tried):
    answer = admin_client.post(ADD, exercise_fields(figure="nonsense: 1"))

    assert "Line 1: " in answer.context["adminform"].form.errors["figure"][0]
    assert tried == []


def test_nobody_who_may_not_write_has_a_figure_posed(client, clinic, tried):
    client.force_login(factories.therapist(clinic))

    assert client.post(ADD, {"figure": POSES}).status_code == 403
    assert tried == []


def test_the_refusal_of_one_request_is_not_the_next_ones(admin_client, monkeypatch):
    def refuse(text):
        raise FigureFileError.of(["figure:3: out of reach"])

    with monkeypatch.context() as patched:
        patched.setattr(saving, "check_everybody", refuse)
        assert "Line 3: out of reach" in errors_of(admin_client.post(ADD, exercise_fields(figure=POSES)))
    admin_client.post(ADD, exercise_fields(figure=""))

    assert Exercise.objects.exists()
