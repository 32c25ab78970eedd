"""A figure is seen moving where it is written and where it is read; whoever may not see it is refused."""

import base64
from io import BytesIO

import pytest
from django.urls import reverse
from lxml import html
from PIL import Image

from plans.admin.library.exercises.moving import moves, moving_context
from plans.drawer import PEOPLE
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.admin.library.exercises.test_figure_editor import FIGURE, POSES

ONE = POSES.replace("  - joints: {right hip flexion: 20}\n", "")
FAR = POSES.replace("joints: {right hip flexion: 20}", "contacts: [right palm on right elbow]")


def moving_of(exercise):
    return reverse("admin:plans_exercise_moving", args=[exercise.pk])


def frames_in(answer):
    page = html.fromstring(answer.content.decode())
    kind, data = page.xpath("//picture//img/@src")[0].split(";base64,")
    assert kind == "data:image/webp"
    assert page.xpath("//picture/source/@media") == ["(prefers-reduced-motion: reduce)"]
    assert page.xpath("//picture/source/@srcset")[0].startswith("data:image/png;base64,")
    return Image.open(BytesIO(base64.b64decode(data))).n_frames


def test_who_writes_a_figure_sees_it_moving(clinic):
    client = signed_in(factories.library_admin(clinic))

    assert frames_in(client.post(FIGURE, {"figure": POSES, "moving": "1"})) == 12
    assert "single panel" in text_of(client.post(FIGURE, {"figure": ONE, "moving": "1"}))
    assert "single panel" in text_of(client.post(FIGURE, {"figure": "nonsense: 1", "moving": "1"}))
    assert "Line 7: " in text_of(client.post(FIGURE, {"figure": FAR, "moving": "1", "body": PEOPLE[3]}))
    assert signed_in(factories.therapist(clinic)).post(FIGURE, {"moving": "1"}).status_code == 403


def test_look_and_side_are_those_of_the_preview():
    looks = ({}, {"mirrored": True}, {"grey": True})
    shown = [moving_context(POSES, body=PEOPLE[0], **look)["moving"] for look in looks]

    assert len(set(shown)) == 3


def test_who_reads_an_exercise_sees_it_moving(clinic, django_assert_max_num_queries):
    exercise = factories.exercise("slide", figure=POSES).exercise
    client = signed_in(factories.therapist(clinic))
    assert "Show it moving" in text_of(client.get(reverse("admin:plans_exercise_change", args=[exercise.pk])))

    with django_assert_max_num_queries(12):
        assert frames_in(client.get(moving_of(exercise))) == 12


@pytest.mark.parametrize("figure", ["", ONE], ids=["none", "one panel"])
def test_what_does_not_move_offers_nothing(clinic, figure):
    exercise = factories.exercise("slide", figure=figure).exercise
    client = signed_in(factories.therapist(clinic))

    assert not moves(exercise.revisions.get())
    page = client.get(reverse("admin:plans_exercise_change", args=[exercise.pk]))
    assert "Show it moving" not in text_of(page)
    assert client.get(moving_of(exercise)).status_code == 404


def test_the_exercise_of_another_clinic_is_absent(clinic):
    other = factories.clinic()
    exercise = factories.exercise(
        "slide", figure=POSES, clinic=other, by=factories.library_admin(other)
    ).exercise

    assert signed_in(factories.therapist(clinic)).get(moving_of(exercise)).status_code == 404
    assert signed_in(factories.person()).get(moving_of(exercise)).status_code == 403
