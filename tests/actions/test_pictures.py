"""Pictures of clinics: whose they are."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from plans.models import Picture
from plans.permissions import NotAllowed
from plans.rendering.storage import read
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_clinics():
    return factories.clinic(), factories.clinic()


def test_equal_bytes_of_two_clinics_are_a_picture_of_each(two_clinics):
    ours, theirs = two_clinics

    first, second = factories.uploaded_picture(ours), factories.uploaded_picture(theirs)

    assert first.sha256 == second.sha256
    assert (first.clinic, second.clinic) == two_clinics
    assert first.file.name != second.file.name
    assert read(first.file.name) == read(second.file.name)


def test_each_clinic_sees_its_own_and_learns_nothing_of_the_other(two_clinics):
    ours, theirs = two_clinics
    photo, here, there = factories.uploaded_picture(ours), Client(), Client()
    address = f"/admin/plans/publication/picture/{photo.sha256}/"
    here.force_login(factories.therapist(ours))
    there.force_login(factories.therapist(theirs))

    assert (here.get(address).status_code, there.get(address).status_code) == (200, 404)

    factories.uploaded_picture(theirs)

    assert (here.get(address).status_code, there.get(address).status_code) == (200, 200)


def test_an_exercise_copied_from_another_clinic_gets_a_photograph_of_its_own(two_clinics):
    ours, theirs = two_clinics
    photo = factories.uploaded_picture(ours)

    copied = factories.exercise("copied", photo=photo, clinic=theirs, by=factories.library_admin(theirs))

    assert copied.pictures.get().picture.clinic == theirs


@pytest.mark.parametrize("shared", [True, False])
def test_a_picture_is_kept_once(two_clinics, shared):
    clinic = None if shared else two_clinics[0]
    kind = "picture_once_shared" if shared else "picture_once_in_clinic"
    row = {"sha256": "ab" * 32, "media_type": "image/png", "width": 1, "height": 1, "clinic": clinic}
    Picture.objects.create(**row)

    with pytest.raises(IntegrityError, match=f"{kind}|UNIQUE"), transaction.atomic():
        Picture.objects.create(**row)


def test_equal_pictures_of_a_clinic_are_kept_once(two_clinics):
    assert factories.uploaded_picture(two_clinics[0]) == factories.uploaded_picture(two_clinics[0])


def test_who_keeps_no_library_of_the_clinic_adds_no_picture_to_it(two_clinics):
    ours, theirs = two_clinics
    with pytest.raises(NotAllowed):
        factories.uploaded_picture(ours, by=factories.library_admin(theirs))
