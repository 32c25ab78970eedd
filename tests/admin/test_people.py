"""Clinics, people and roles, kept by those who run the service."""

from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from plans.models import AuditEvent, Clinic, Membership, User
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import posted, text_of

PASSWORD = "seven green bicycles"


@pytest.fixture
def root(db):
    return signed_in(User.objects.create_superuser("root", password="a long pass phrase"))


def person_fields(**fields):
    data = {"username": "sam", "first_name": "Sam", "last_name": "New", "is_active": "on"}
    return {**data, "password_1": PASSWORD, "password_2": PASSWORD, **fields}


def test_a_clinic(root):
    add = reverse("admin:plans_clinic_add")
    root.post(
        add, posted(root.get(add), "clinic_form", name="Riverside", pain_go_on_to="2", pain_ease_off_to="4")
    )
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.pain_go_on_to) == ("Riverside", 2)
    assert AuditEvent.objects.filter(verb="clinic.made").count() == 1


def test_a_logo_is_kept_and_taken_away(root):
    clinic = factories.clinic()
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    out = BytesIO()
    Image.new("RGB", (60, 20), "navy").save(out, "PNG")
    logo = SimpleUploadedFile("logo.png", out.getvalue(), "image/png")
    root.post(page, {**posted(root.get(page), "clinic_form"), "new_logo": logo})
    clinic.refresh_from_db()
    assert (clinic.logo.width, clinic.logo.clinic) == (60, clinic)
    root.post(page, posted(root.get(page), "clinic_form", drop_logo="on"))
    clinic.refresh_from_db()
    assert clinic.logo is None


def test_a_logo_that_is_no_picture_is_told(root):
    clinic = factories.clinic()
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    logo = SimpleUploadedFile("logo.png", b"<svg/>", "image/png")
    answer = root.post(page, {**posted(root.get(page), "clinic_form"), "new_logo": logo})
    assert "not a picture" in text_of(answer)


def test_a_pain_guide_that_falls_is_told(root):
    add = reverse("admin:plans_clinic_add")
    fields = {"name": "Riverside", "pain_go_on_to": "6", "pain_ease_off_to": "4"}
    assert root.post(add, posted(root.get(add), "clinic_form", **fields)).status_code == 200
    assert not Clinic.objects.exists()


def test_a_person_can_sign_in(root, client):
    root.post(reverse("admin:plans_user_add"), person_fields())
    sam = User.objects.get(username="sam")
    assert sam.check_password(PASSWORD)
    assert sam.is_staff
    assert not sam.is_superuser


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password_2": "another one"}, "The two passwords differ."),
        ({"password_1": "short", "password_2": "short"}, "This password is too short."),
        ({"username": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_told(root, fields, words):
    assert words in text_of(root.post(reverse("admin:plans_user_add"), person_fields(**fields)))
    assert not User.objects.filter(username="sam").exists()


def test_a_blank_password_leaves_the_old_one(root):
    sam = factories.person(None)
    page = reverse("admin:plans_user_change", args=[sam.pk])
    root.post(page, posted(root.get(page), "user_form", last_name="Renamed"))
    sam.refresh_from_db()
    assert (sam.last_name, sam.check_password("a long pass phrase")) == ("Renamed", True)


def test_nobody_becomes_a_superuser_here(root):
    root.post(reverse("admin:plans_user_add"), person_fields(is_superuser="on"))
    assert not User.objects.get(username="sam").is_superuser


def test_a_role_is_given_and_taken(root):
    sam, clinic = factories.person(None), factories.clinic()
    data = {"person": str(sam.pk), "clinic": str(clinic.pk), "role": "therapist"}
    root.post(reverse("admin:plans_membership_add"), data)
    role = Membership.objects.get()
    root.post(reverse("admin:plans_membership_delete", args=[role.pk]), {"post": "yes"})
    assert not Membership.objects.exists()
    assert AuditEvent.objects.filter(verb="role.taken").count() == 1


def test_a_reviewer_needs_a_licence_number(root):
    sam, clinic = factories.person(None), factories.clinic()
    data = {"person": str(sam.pk), "clinic": str(clinic.pk), "role": "reviewer", "licence_number": " "}
    assert "licence number" in text_of(root.post(reverse("admin:plans_membership_add"), data))
    assert not Membership.objects.exists()


def test_the_frameworks_log_holds_nothing(root, desk):
    root.post(reverse("admin:plans_user_add"), person_fields())
    assert not LogEntry.objects.exists()
