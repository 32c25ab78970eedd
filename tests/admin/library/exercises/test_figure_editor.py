"""The figure's editor: what its page asks and is answered; nothing of it is stored."""

import json

import pytest
from django.urls import reverse
from lxml import html

from plans.admin.library.exercises.figure_editor import edited, editor_context, on_person
from plans.models import Exercise, Figure
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.admin.library.exercises.test_admin import ADD, exercise_fields, page_of

FIGURE = reverse("admin:plans_exercise_figure")
POSES = """figure: slide
start: supine
alt:
  en: Start: straight. # mine
panels:
  - {}
  - joints: {right hip flexion: 20}
""".replace("Start: straight.", "The leg is straight.")


@pytest.fixture
def admin_client(clinic):
    return signed_in(factories.library_admin(clinic))


def state_of(answer):
    return json.loads(html.fromstring(answer.content.decode()).xpath("string(//*[@id='figure-state'])"))


def test_a_slider_writes_into_the_poses_and_nothing_is_stored(admin_client):
    moved = {"figure": POSES, "panel": "1", "joint": "right hip flexion", "degrees": "-10"}

    answer = admin_client.post(FIGURE, moved)

    assert state_of(answer)["text"] == POSES.replace("right hip flexion: 20", "right hip extension: 10")
    assert state_of(answer)["values"]["right hip flexion"] == -10
    assert state_of(answer)["panel"] == "1"
    assert b"data:image/png;base64," in answer.content
    assert not Figure.objects.exists()
    assert not Exercise.objects.exists()


def test_a_start_pose_changes_the_poses_or_begins_them():
    assert edited({"figure": POSES, "start": "prone"})["state"]["text"] == POSES.replace("supine", "prone")

    begun = edited({"figure": "", "start": "sitting", "code": "sit", "en-alt": 'Says "sit": sits'})

    assert begun["problems"] == ()
    assert begun["state"]["start"] == "sitting"
    assert begun["state"]["text"].startswith(
        'figure: sit\nstart: sitting\nalt:\n  en: "Says \\"sit\\": sits"\n'
    )


@pytest.mark.parametrize(
    ("poses", "line", "words"),
    [
        (POSES.replace("right hip flexion", "right hip flexoin"), 7, "flexoin"),
        (POSES.replace("flexion: 20", "flexion: 400"), 7, "400"),
        (POSES.replace("joints: {right hip flexion: 20}", "contacts: [right palm on right elbow]"), 7, ""),
    ],
)
def test_what_is_wrong_is_told_by_line_and_nothing_is_drawn(poses, line, words):
    answer = edited({"figure": poses, "body": "man50-average-medium"})

    assert line in [problem.line for problem in answer["problems"]]
    assert words in " ".join(problem.words for problem in answer["problems"])
    assert answer["address"] is None
    assert answer["state"]["text"] == poses


@pytest.mark.parametrize("degrees", ["400", "nan", "many", ""])
def test_a_slider_beyond_its_range_leaves_the_poses_as_they_were(degrees):
    answer = edited({"figure": POSES, "panel": "1", "joint": "right hip flexion", "degrees": degrees})

    assert answer["problems"]
    assert answer["state"]["text"] == POSES


def test_the_other_side_and_grey_are_other_pictures():
    looks = ({}, {"mirrored": "1"}, {"grey": "1"}, {"body": "man75-heavy-dark"}, {"body": "nobody"})
    drawn = [edited({"figure": POSES, **look})["address"] for look in looks]

    assert len(set(drawn)) == 4
    assert drawn[0] == drawn[4]


def test_each_person_says_in_which_builds_a_contact_is_missed(admin_client):
    kept = on_person({"figure": POSES, "person": "man50"})
    far = POSES.replace("joints: {right hip flexion: 20}", "contacts: [right palm on right elbow]")
    missed = on_person({"figure": far, "person": "man50"})

    assert kept["address"]
    assert not kept["misses"]
    assert [build for build, _ in missed["misses"]] == ["slender", "average", "heavy"]
    assert missed["misses"][0][1].line == 7
    answer = admin_client.post(FIGURE, {"figure": POSES, "person": "man50"})
    assert "every contact is kept" in text_of(answer)


def test_every_joint_has_a_slider_and_every_place_its_words():
    context = editor_context()
    sliders = [slider for _, large, fine in context["regions"] for slider in (*large, *fine)]
    hip = next(slider for slider in sliders if slider["name"] == "right hip flexion")

    assert len({slider["name"] for slider in sliders}) == len(sliders) > 100
    assert (hip["label"], hip["up"], hip["down"]) == ("right hip", "flexion", "extension")
    assert "hands and knees" in context["starts"]
    assert "right hip flexion" in context["vocabulary"]["joints"]


def test_a_preview_asks_the_database_for_session_and_roles_alone(admin_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        admin_client.post(FIGURE, {"figure": POSES})


def test_who_sends_it_to_review_stays_on_the_page(admin_client):
    answer = admin_client.post(ADD, exercise_fields(figure=POSES, to_review="1"), follow=True)

    exercise = Exercise.objects.get()
    assert answer.redirect_chain == [(f"{page_of(exercise)}?edit=1#picture", 302)]
    assert "It waits for review" in text_of(answer)
    assert 'id="figure-editor"' in answer.content.decode()
    assert not exercise.revisions.get().approvals.exists()


def test_faults_of_what_is_saved_stand_at_the_poses_and_nothing_typed_is_lost(admin_client):
    wrong = POSES.replace("20", "400")
    answer = admin_client.post(ADD, exercise_fields(figure=wrong, to_review="1"))

    assert "Line 7:" in " ".join(answer.context["adminform"].form.errors["figure"])
    assert (
        html.fromstring(answer.content.decode()).get_element_by_id("id_figure").value.strip() == wrong.strip()
    )
    assert not Exercise.objects.exists()


def test_a_panel_is_added_and_shown():
    answer = edited({"figure": POSES, "panel": "0", "add": "panel"})

    assert answer["state"]["text"] == POSES + "  - {}\n"
    assert answer["state"]["panels"] == 3
    assert answer["state"]["panel"] == "2"


def test_the_same_figure_is_sent_with_any_ends_of_lines():
    assert edited({"figure": POSES.replace("\n", "\r\n")})["state"]["text"] == POSES
