"""Exercises at the desk: written as revisions, approved by name and licence number, shared ones read-only."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from lxml import html

from plans.actions.approving import withdraw
from plans.admin.base import throttle, uploads
from plans.dose import Span
from plans.models import Approval, Exercise, ExerciseRevision
from plans.pictures import ConvertedPicture
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted, text_of
from tests.pictures.samples import photo

ADD = reverse("admin:plans_exercise_add")
LIST = reverse("admin:plans_exercise_changelist")
RIGHTS = {"photo_consent_by": "Kim", "photo_consent_on": "2026-01-02", "photo_licence": "own photograph"}


def page_of(exercise, way="change"):
    return reverse(f"admin:plans_exercise_{way}", args=[exercise.pk])


def exercise_fields(**fields):
    factories.movement("supine")
    return {
        "code": "heel-slide",
        "kind": "mobility",
        "position": "supine",
        "targets": ["L5-S1"],
        "movements": ["supine"],
        "equipment": ["mat"],
        "sets": "1",
        "repetitions": "8-10",
        "safe_repetitions": "1-20",
        "source": "ours",
        "safe_source": "ours",
        "en-name": "Heel slide",
        "en-purpose": "This makes your leg move with ease.",
        "en-start": "Lie on your back.",
        "en-steps": "Slide your heel up.\nSlide it back down.",
        "en-cautions": "Stop if it hurts.",
        "en-alt": "Two pictures. Start: the leg is straight. End: the knee is bent.",
        **fields,
    }


@pytest.fixture
def admin_client(clinic):
    return signed_in(factories.library_admin(clinic))


@pytest.fixture
def rita(clinic):
    return factories.reviewer(clinic, first_name="Rita")


def test_a_new_exercise_waits_for_review(admin_client, clinic):
    answer = admin_client.post(ADD, exercise_fields())
    exercise = Exercise.objects.get()
    assert answer["Location"] == page_of(exercise)
    revision = exercise.revisions.get()
    assert (exercise.clinic, revision.number, revision.equipment) == (clinic, 1, ["mat"])
    assert (revision.dose.repetitions, revision.safe) == (Span(8, 10), {"repetitions": [1, 20]})
    assert revision.texts.get().steps == ["Slide your heel up.", "Slide it back down."]
    assert "needs review" in text_of(admin_client.get(page_of(exercise)))


def test_limb_pace_and_breathing_are_written_shown_and_kept(admin_client):
    told = {"one_sided": "on", "limb": "leg", "side": "each", "out": "2", "back": "3-4", "safe_out": "1-5"}
    admin_client.post(ADD, exercise_fields(**told, **{"en-breathing": "Breathe out as you slide."}))
    exercise = Exercise.objects.get()
    revision = exercise.revisions.get()
    assert (revision.limb, revision.dose.out_seconds, revision.dose.back_seconds) == (
        "leg",
        Span(2, 2),
        Span(3, 4),
    )
    assert revision.texts.get().breathing == "Breathe out as you slide."
    words = text_of(admin_client.get(page_of(exercise)))
    assert "yes, each leg" in words
    assert "10 times, each leg" in words
    assert "2 seconds there, 3 to 4 seconds back" in words
    assert "Breathing: Breathe out as you slide." in words
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    admin_client.post(page_of(exercise), posted(shown, "exercise_form"))
    assert exercise.revisions.count() == 1, "saved as it was shown, it is no other exercise"


def test_a_change_is_a_new_revision(admin_client):
    admin_client.post(ADD, exercise_fields())
    exercise = Exercise.objects.get()
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    data = posted(shown, "exercise_form", **{"en-name": "Heel slide, slow"})
    assert admin_client.post(page_of(exercise), data).status_code == 302
    assert list(exercise.revisions.values_list("number", "newest")) == [(2, True), (1, False)]
    assert exercise.revisions.get(newest=True).texts.get().name == "Heel slide, slow"


def test_saving_what_is_shown_is_no_revision(admin_client):
    admin_client.post(ADD, exercise_fields())
    exercise = Exercise.objects.get()
    admin_client.post(
        page_of(exercise), posted(admin_client.get(page_of(exercise), {"edit": "1"}), "exercise_form")
    )
    assert exercise.revisions.count() == 1


def test_what_the_sources_disagree_about_is_shown_and_kept(admin_client, clinic):
    said = factories.disagreement()
    admin = factories.library_admin(clinic)
    exercise = factories.exercise("press-up", clinic=clinic, by=admin, disagreement=said).exercise
    words = text_of(admin_client.get(page_of(exercise)))
    assert "Guide A recommends it." in words
    assert "Guide B warns of it." in words
    assert "What would justify going on the pain draws back." in words
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", source="a better guide"))
    newest = exercise.revisions.get(newest=True)
    assert (newest.number, newest.source, newest.disagreement) == (2, "a better guide", said)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"movements": []}, "This field is required."),
        ({"limb": "leg"}, "This exercise works both sides at once."),
        ({"out": "31"}, "Time there: 31 is above 30 seconds."),
        ({"en-breathing": "x" * 121}, "At most 120 characters."),
        ({"movements": ["flying"]}, "Select a valid choice"),
        ({"en-cautions": ""}, "This is needed."),
        ({"en-steps": ""}, "This is needed."),
        ({"en-steps": "\n".join("Step." for _ in range(9))}, "At most 8 lines."),
        ({"en-steps": "x" * 161}, "Line 1 is longer than 160 characters."),
        ({"en-name": "x" * 71}, "At most 70 characters."),
        ({"repetitions": "30"}, "30 is outside the safe range 1-20."),
        ({"repetitions": "0"}, "Repetitions: 0 is below 1."),
        ({"code": "not a code"}, "valid “slug”"),
        ({"source": ""}, "This field is required."),
        ({"targets": []}, "This field is required."),
    ],
)
def test_what_cannot_be_is_told(admin_client, fields, words):
    answer = admin_client.post(ADD, exercise_fields(**fields))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Exercise.objects.exists()


def test_without_any_text_it_is_told(admin_client):
    blank = {name: "" for name in exercise_fields() if name.startswith("en-")}
    answer = admin_client.post(ADD, exercise_fields(**blank))
    assert "Write the text in at least one language." in errors_of(answer)


def test_a_code_is_used_once_in_a_clinic(admin_client):
    admin_client.post(ADD, exercise_fields())
    assert "The clinic has an exercise with this code." in errors_of(
        admin_client.post(ADD, exercise_fields())
    )


def test_a_figure_that_cannot_be_drawn_is_told(admin_client):
    answer = admin_client.post(ADD, exercise_fields(figure="panels: [nonsense"))
    assert any(error.startswith("Line 1: ") for error in errors_of(answer))
    assert not Exercise.objects.exists()


def test_a_megabyte_of_poses_is_refused_before_it_is_read(admin_client, monkeypatch):
    monkeypatch.setattr("plans.yaml_nodes.yaml.parse", None)
    much = "panels:\n" + "  - pose: {position: standing}\n" * 33_000

    preview = admin_client.post(reverse("admin:plans_exercise_figure"), {"figure": much})
    saved = admin_client.post(ADD, exercise_fields(figure=much))

    assert "at most 10000 are read" in text_of(preview)
    assert "at most 10000 are read" in text_of(saved)
    assert not Exercise.objects.exists()


def test_one_person_gets_so_many_previews_a_minute_of_all_kinds_together(
    admin_client, clinic, broker, monkeypatch
):
    monkeypatch.setattr(throttle, "PREVIEWS_A_MINUTE", 2)
    cache.clear()
    other = signed_in(factories.library_admin(clinic))
    figure, reading, touched = (
        reverse(f"admin:plans_{name}") for name in ("exercise_figure", "exercise_reading", "rule_touched")
    )

    answers = [admin_client.post(page) for page in (figure, reading, touched, figure)]

    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert "Too many previews in this minute." in answers[2].content.decode()
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert other.post(figure).status_code == 200


def test_one_person_has_so_many_pictures_read_a_minute(admin_client, broker, monkeypatch):
    monkeypatch.setattr(throttle, "PICTURES_A_MINUTE", 0)
    monkeypatch.setattr(uploads, "convert_picture", None)
    cache.clear()

    answer = admin_client.post(
        ADD, exercise_fields(new_photo=SimpleUploadedFile("x.jpg", b"x", "image/jpeg"))
    )

    assert "Another picture is being read just now. Try again in a moment." in errors_of(answer)


def test_a_photograph_takes_the_figures_place_and_stays(admin_client):
    upload = SimpleUploadedFile("name of a patient.png", photo(540, 960, kind="PNG"), "image/png")
    admin_client.post(ADD, exercise_fields(new_photo=upload, **RIGHTS))
    exercise = Exercise.objects.get()
    assert exercise.revisions.get().pictures.get().body == "photo"
    assert "As printed on A4: 34 x 60 mm." in text_of(admin_client.get(page_of(exercise)))
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    assert "As printed on A4: 34 x 60 mm." in text_of(shown)
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", source="another"))
    assert exercise.revisions.get(newest=True).pictures.get().body == "photo"
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", drop_photo="on"))
    assert not exercise.revisions.get(newest=True).pictures.exists()


def test_a_broken_photograph_is_told(admin_client):
    upload = SimpleUploadedFile("x.png", b"not a picture", "image/png")
    answer = admin_client.post(ADD, exercise_fields(new_photo=upload))
    assert (
        "The file is not a picture that can be read, or it is damaged. Use JPEG, PNG or WebP."
        in errors_of(answer)
    )
    assert not Exercise.objects.exists()


def test_a_photograph_is_read_before_the_transaction_that_others_wait_for(admin_client, monkeypatch):
    seen = []

    def convert(upload, *, bounds, crop):
        seen.append(len(connection.savepoint_ids))
        return ConvertedPicture(data=photo(), width=640, height=480)

    monkeypatch.setattr(uploads, "convert_picture", convert)
    upload = SimpleUploadedFile("x.jpg", b"x", "image/jpeg")
    admin_client.post(ADD, exercise_fields(new_photo=upload, **RIGHTS))

    assert seen == [0]
    assert Exercise.objects.exists()


def test_nobody_who_may_not_write_has_a_picture_read(client, clinic, monkeypatch):
    monkeypatch.setattr(uploads, "convert_picture", None)
    client.force_login(factories.therapist(clinic))

    assert client.post(ADD, {"new_photo": SimpleUploadedFile("x.jpg", b"x")}).status_code == 403


def test_a_shared_exercise_is_copied_and_not_changed(admin_client, clinic):
    shared = factories.exercise("bridge").exercise
    assert admin_client.post(page_of(shared), exercise_fields()).status_code == 403
    data = posted(admin_client.get(ADD, {"copy": str(shared.pk)}), "exercise_form")
    assert data["code"] == "bridge-own"
    admin_client.post(ADD, data)
    copy = Exercise.objects.get(code="bridge-own")
    assert (copy.clinic, copy.revisions.get().texts.get().name) == (clinic, "Bridge")
    assert shared.revisions.count() == 1


def easier_choices(answer):
    page = html.fromstring(answer.content.decode())
    return [option.text_content() for option in page.xpath("//select[@name='easier']/option")]


def test_the_easier_exercise_is_chosen_shown_kept_and_copied(admin_client, clinic):
    easy = factories.approved_exercise(clinic, "tilt").exercise
    factories.exercise("slide")
    assert easier_choices(admin_client.get(ADD)) == ["none", "Tilt (tilt)"]
    admin_client.post(ADD, exercise_fields(easier=str(easy.pk)))
    own = Exercise.objects.get(clinic=clinic)
    assert own.easier == easy
    shown = admin_client.get(page_of(own))
    assert "EasierTilt" in text_of(shown)
    assert page_of(easy) in shown.content.decode()
    form = posted(admin_client.get(page_of(own), {"edit": 1}), "exercise_form")
    admin_client.post(page_of(own), form)
    own.refresh_from_db()
    assert (own.easier, own.revisions.count()) == (easy, 1)
    admin_client.post(ADD, posted(admin_client.get(ADD, {"copy": str(own.pk)}), "exercise_form"))
    assert Exercise.objects.get(code="heel-slide-own").easier == easy
    admin_client.post(page_of(own), {**form, "easier": ""})
    own.refresh_from_db()
    assert (own.easier, own.revisions.count()) == (None, 1)


def test_an_easier_exercise_that_cannot_be_is_told_at_its_field(admin_client, clinic):
    easy = factories.approved_exercise(clinic, "tilt").exercise
    waits = factories.exercise("slide").exercise
    admin_client.post(ADD, exercise_fields())
    own = Exercise.objects.get(clinic=clinic)
    address = page_of(own)
    form = posted(admin_client.get(address, {"edit": 1}), "exercise_form")
    for other in (waits, own):
        refused = admin_client.post(address, {**form, "easier": str(other.pk)})
        assert errors_of(refused) == ["Choose another exercise, one that the clinic has approved."]
    Exercise.objects.filter(pk=easy.pk).update(easier=own)
    refused = admin_client.post(address, {**form, "easier": str(easy.pk), "source": "another guide"})
    assert errors_of(refused) == ["tilt cannot be the easier exercise: it leads back to this exercise."]
    own.refresh_from_db()
    assert (own.easier, own.revisions.count()) == (None, 1)


def test_an_easier_exercise_that_was_retired_stays_a_choice(admin_client, clinic):
    easy = factories.approved_exercise(clinic, "tilt").exercise
    admin_client.post(ADD, exercise_fields(easier=str(easy.pk)))
    Exercise.objects.filter(pk=easy.pk).update(retired_on="2026-01-01")
    own = Exercise.objects.get(clinic=clinic)
    shown = admin_client.get(page_of(own), {"edit": 1})
    assert easier_choices(shown) == ["none", "Tilt (tilt, retired)"]
    admin_client.post(page_of(own), posted(shown, "exercise_form", source="another guide"))
    own.refresh_from_db()
    assert (own.easier, own.revisions.count()) == (easy, 2)


def test_a_therapist_reads_and_cannot_write(desk, clinic):
    own = factories.exercise("own", clinic=clinic, by=factories.library_admin(clinic)).exercise
    assert "Slide your heel up." in text_of(desk.get(page_of(own)))
    assert "Edit" not in text_of(desk.get(page_of(own)))
    assert desk.post(page_of(own), exercise_fields()).status_code == 403


def test_retire_and_delete(admin_client, therapist):
    admin_client.post(ADD, exercise_fields())
    exercise = Exercise.objects.get()
    factories.plan(therapist, exercises=[exercise.revisions.get()])
    refused = admin_client.post(page_of(exercise, "remove"), follow=True)
    assert "is in 1 plan(s) and protocol(s), so it cannot be deleted" in text_of(refused)
    admin_client.post(page_of(exercise, "retire"))
    exercise.refresh_from_db()
    assert exercise.retired_on is not None


def test_deleting_what_no_plan_names(admin_client):
    admin_client.post(ADD, exercise_fields())
    admin_client.post(page_of(Exercise.objects.get(), "remove"))
    assert not Exercise.objects.exists()


def test_how_easily_it_reads_is_told_while_typing(admin_client):
    reading = reverse("admin:plans_exercise_reading")
    hard = {
        "en-steps": "Immediately accentuate lumbopelvic differentiation.",
        "en-purpose": "Rehabilitation.",
    }
    assert "accentuate" in text_of(admin_client.post(reading, hard))
    assert "is the aim" in text_of(admin_client.post(reading, hard))


def test_a_figure_is_drawn_while_typing(admin_client):
    figure = reverse("admin:plans_exercise_figure")
    assert "printed without a picture" in text_of(admin_client.post(figure, {"figure": ""}))
    wrong = admin_client.post(figure, {"figure": "<script>alert(1)</script>"})
    assert b"<script>" not in wrong.content
    with open("plans/library/figures/pelvic-tilt.yaml") as poses:
        drawn = admin_client.post(figure, {"figure": poses.read()})
    assert b"data:image/png;base64," in drawn.content


def test_approving_shows_name_and_licence_first(rita, clinic):
    revisions = [factories.exercise(code) for code in ("one", "two")]
    client = signed_in(rita)
    chosen = {"action": "approve", "_selected_action": [str(row.exercise_id) for row in revisions]}
    asked = client.post(LIST, chosen)
    assert f"Approve for {clinic} as {rita}, licence PT-1" in text_of(asked)
    assert not Approval.objects.exists()
    role = rita.memberships.get()
    client.post(LIST, {**chosen, "confirmed": str(role.pk), "seen": [str(row.pk) for row in revisions]})
    approvals = Approval.objects.filter(clinic=clinic)
    assert {one.licence_number for one in approvals} == {"PT-1"}
    assert approvals.exclude(revision=None).count() == approvals.exclude(text=None).count() == 2


def test_another_clinics_role_cannot_be_named(rita):
    revision = factories.exercise("one")
    other = factories.reviewer(factories.clinic()).memberships.get()
    chosen = {
        "action": "approve",
        "_selected_action": [str(revision.exercise_id)],
        "confirmed": str(other.pk),
    }
    signed_in(rita).post(LIST, chosen)
    assert not Approval.objects.exists()


def test_only_a_reviewer_approves(desk, admin_client):
    revision = factories.exercise("one")
    for client in (desk, admin_client):
        client.post(LIST, {"action": "approve", "_selected_action": [str(revision.exercise_id)]})
    assert not Approval.objects.exists()


def test_the_list_is_filtered(desk, clinic):
    factories.approved_exercise(clinic, "done-one")
    factories.exercise("open-one", kind="stretch", position="prone")
    assert "Done one" not in text_of(desk.get(LIST, {"review": "waits"}))
    assert "Open one" not in text_of(desk.get(LIST, {"review": "done"}))
    assert "Open one" in text_of(desk.get(LIST, {"kind": "stretch", "position": "prone"}))
    assert "Done one" not in text_of(desk.get(LIST, {"kind": "stretch"}))
    assert "Done one" in text_of(desk.post(LIST, {"q": "done one"}, follow=True))


def test_queries(desk, clinic, django_assert_max_num_queries):
    for number in range(12):
        factories.exercise(f"exercise-{number}")
    with django_assert_max_num_queries(14):
        desk.get(LIST)
    with django_assert_max_num_queries(22):
        desk.get(page_of(ExerciseRevision.objects.first().exercise))


def test_its_equipment_and_targets_are_named_in_words(therapist, clinic):
    revision = factories.approved_exercise(
        clinic, "press", equipment=("light_weight",), targets=("rotator_cuff",)
    )
    words = text_of(signed_in(therapist).get(page_of(revision.exercise)))
    assert "Equipmentlight weight" in words  # a term and what it says
    assert "Targetsrotator cuff" in words


def test_a_change_is_shown_beside_what_is_in_use(admin_client, clinic):
    factories.approved_exercise(clinic, "slide", clinic=clinic, by=factories.library_admin(clinic))
    texts = {"en": factories.exercise_text(name="Slide", purpose="This is new.")}
    pending = factories.exercise("slide", clinic=clinic, equipment=("light_weight",), texts=texts)
    page = page_of(pending.exercise)
    rita = factories.reviewer(clinic)
    chosen = {"action": "approve", "_selected_action": [str(pending.exercise_id)]}
    for answer in (admin_client.get(page), signed_in(rita).post(LIST, chosen)):
        words = text_of(answer)
        assert "In force (version 1) Waits for review (version 2)" in words
        assert "Equipment none light weight" in words
        assert "Purpose en This makes your leg move with ease. This is new." in words
    words = text_of(admin_client.get(page))
    assert "Plans and lists go on with revision 1 until a reviewer approves the change." in words
    assert "a change waits" in text_of(admin_client.get(LIST))


def test_going_back_to_an_older_revision(rita, clinic):
    first = factories.approved_exercise(clinic, "slide")
    second = factories.approved_exercise(clinic, "slide", source="second")
    withdraw(approvals=Approval.objects.filter(revision=second), by=rita)
    client = signed_in(rita)
    page = page_of(first.exercise)
    shown = text_of(client.get(page))
    assert "Approval withdrawn: no plan may take it" in shown
    assert f"Go back to revision 1 in {clinic}, as {rita}, licence PT-1" in shown
    role = {"role": str(rita.memberships.get().pk)}
    use = reverse("admin:plans_exercise_use", args=[first.exercise_id, first.pk])
    assert "go on with revision 1" in text_of(client.post(use, role, follow=True))
    assert "in use" in text_of(client.get(page))
    never = factories.exercise("slide", source="third")
    refused = reverse("admin:plans_exercise_use", args=[first.exercise_id, never.pk])
    assert client.post(refused, role).status_code == 404
    assert signed_in(factories.library_admin(clinic)).post(use, role).status_code == 404


def test_recalling(admin_client, clinic):
    revision = factories.approved_exercise(clinic, "slide")
    page = page_of(revision.exercise)
    assert f"Recall it in {clinic}" in text_of(admin_client.get(page))
    recall = reverse("admin:plans_exercise_recall", args=[revision.exercise_id, clinic.pk])
    answer = admin_client.post(recall, follow=True)
    assert "Recalled: no plan may take it" in text_of(answer)
    assert "Approval withdrawn: no plan may take it" in text_of(answer)
    assert f"Recall it in {clinic}" not in text_of(answer)
    elsewhere = reverse("admin:plans_exercise_recall", args=[revision.exercise_id, factories.clinic().pk])
    assert admin_client.post(elsewhere).status_code == 404


def test_a_new_exercise_is_read_whole_before_it_is_approved(clinic, reviewer):
    text = factories.exercise_text(steps=("Slide your heel up slowly.",), cautions=("Stop if it burns.",))
    exercise = factories.exercise("slide", texts={"en": text}).exercise
    chosen = {"action": "approve", "_selected_action": [str(exercise.pk)]}
    shown = text_of(signed_in(reviewer).post(LIST, chosen))
    for words in ("Slide your heel up slowly.", "Stop if it burns.", "mobility", "Safe range"):
        assert words in shown
