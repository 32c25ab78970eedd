"""The photograph of an exercise at the desk: cut out, with consent and licence, refused in words at its fields."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from plans.models import Exercise
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted, text_of
from tests.admin.library.exercises.test_admin import ADD, RIGHTS, exercise_fields, page_of
from tests.factories import in_days
from tests.pictures.samples import photo

CROP = {"crop_left": "50", "crop_top": "0", "crop_width": "50", "crop_height": "50"}


@pytest.fixture
def admin_client(clinic):
    return signed_in(factories.library_admin(clinic))


def upload(width=1200, height=1600):
    return SimpleUploadedFile("x.jpg", photo(width, height), "image/jpeg")


def field_errors(answer):
    return answer.context["adminform"].form.errors


def test_what_is_cut_out_is_what_is_kept_with_its_rights(admin_client):
    admin_client.post(ADD, exercise_fields(new_photo=upload(), **CROP, **RIGHTS))

    row = Exercise.objects.get().revisions.get().pictures.get()
    assert (row.picture.width, row.picture.height) == (600, 800)
    assert (row.consent_by, row.consent_on.isoformat(), row.licence) == (
        "Kim",
        "2026-01-02",
        "own photograph",
    )
    page = text_of(admin_client.get(page_of(Exercise.objects.get())))
    assert "As printed on A4: 45 x 60 mm." in page
    assert "Photograph: Kim agreed on 2 January 2026. Licence: own photograph." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"crop_height": ""}, "needs four numbers"),
        ({"crop_left": "60"}, "lies outside of the picture"),
        ({"crop_height": "40"}, "none of the two shapes"),
    ],
)
def test_a_cut_out_that_is_none_is_refused_at_the_photograph(admin_client, wrong, words):
    answer = admin_client.post(ADD, exercise_fields(new_photo=upload(), **{**CROP, **RIGHTS, **wrong}))

    assert words in " ".join(field_errors(answer)["new_photo"])
    assert answer.context["adminform"].form["crop_width"].value() == "50"
    assert not Exercise.objects.exists()


@pytest.mark.parametrize("missing", sorted(RIGHTS))
def test_an_uploaded_photograph_needs_each_of_its_rights(admin_client, missing):
    answer = admin_client.post(ADD, exercise_fields(new_photo=upload(), **{**RIGHTS, missing: ""}))

    assert field_errors(answer)[missing] == ["A photograph needs this."]
    assert "A photograph needs this." in errors_of(answer)
    assert not Exercise.objects.exists()


def test_nobody_agrees_tomorrow(admin_client):
    later = {**RIGHTS, "photo_consent_on": in_days(1).isoformat()}
    answer = admin_client.post(ADD, exercise_fields(new_photo=upload(), **later))

    assert field_errors(answer)["photo_consent_on"] == ["This day is still to come."]
    today = {**RIGHTS, "photo_consent_on": timezone.localdate().isoformat()}
    admin_client.post(ADD, exercise_fields(new_photo=upload(), **today))
    assert Exercise.objects.exists()


def test_without_a_photograph_nothing_of_it_is_asked(admin_client):
    admin_client.post(ADD, exercise_fields())

    assert not Exercise.objects.get().revisions.get().pictures.exists()


def test_a_kept_photograph_keeps_its_rights_or_gets_others(admin_client):
    admin_client.post(ADD, exercise_fields(new_photo=upload(), **RIGHTS))
    exercise = Exercise.objects.get()
    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    data = posted(shown, "exercise_form")
    assert {name: data[name] for name in RIGHTS} == RIGHTS

    admin_client.post(page_of(exercise), {**data, "source": "another"})
    assert exercise.revisions.get(newest=True).pictures.get().consent_by == "Kim"

    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", photo_licence="CC BY 4.0"))
    assert exercise.revisions.get(newest=True).pictures.get().licence == "CC BY 4.0"

    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    answer = admin_client.post(page_of(exercise), posted(shown, "exercise_form", photo_licence=""))
    assert field_errors(answer)["photo_licence"] == ["A photograph needs this."]


def test_a_photograph_of_an_earlier_release_says_so_until_its_rights_are_recorded(admin_client, clinic):
    admin = factories.library_admin(clinic)
    kept = factories.uploaded_picture(clinic, by=admin)
    exercise = factories.exercise("old", photo=kept, clinic=clinic, by=admin).exercise
    assert "consent and licence are not recorded" in text_of(admin_client.get(page_of(exercise)))
    shown = admin_client.get(page_of(exercise), {"edit": "1"})

    admin_client.post(page_of(exercise), posted(shown, "exercise_form", source="another"))
    assert exercise.revisions.get(newest=True).pictures.get().rights == "not_recorded"

    shown = admin_client.get(page_of(exercise), {"edit": "1"})
    half = admin_client.post(page_of(exercise), posted(shown, "exercise_form", photo_consent_by="Kim"))
    assert set(field_errors(half)) >= {"photo_consent_on", "photo_licence"}
    admin_client.post(page_of(exercise), posted(shown, "exercise_form", **RIGHTS))
    assert exercise.revisions.get(newest=True).pictures.get().rights == "recorded"
    assert "Kim agreed on 2 January 2026" in text_of(admin_client.get(page_of(exercise)))
