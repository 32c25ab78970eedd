"""Clinics and accounts by who runs the service; roles and passwords by leads; nobody gets at patients this way."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.actions.clinics import give_first_lead, give_role
from plans.actions.systems import make_system
from plans.models import AuditEvent, Clinic, User
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import posted, text_of
from tests.pictures.samples import logo, photo

PASSWORD = "seven green bicycles"
HOME = reverse("admin:index")
ADD = reverse("admin:plans_user_add")
ADD_ROLE = reverse("admin:plans_membership_add")


@pytest.fixture
def root(db):
    return signed_in(User.objects.create_superuser("root", password="a long pass phrase"))


def person_fields(**fields):
    return {"username": "sam", "first_name": "Sam", "last_name": "New", "is_active": "on", **fields}


@pytest.fixture
def leads_desk(lead):
    return signed_in(lead)


def member_fields(clinic, **fields):
    role = {"clinic": str(clinic.pk), "role": "therapist"}
    return person_fields(**role, password_1=PASSWORD, password_2=PASSWORD, **fields)


def test_a_clinic(root):
    add = reverse("admin:plans_clinic_add")
    root.post(
        add, posted(root.get(add), "clinic_form", name="Riverside", pain_go_on_to="2", pain_ease_off_to="4")
    )
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.pain_go_on_to) == ("Riverside", 2)
    assert AuditEvent.objects.filter(verb="clinic.made").count() == 1


def test_a_lead_says_where_the_clinic_lies_and_changes_nothing_else(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    fields = {"time_zone": "Pacific/Auckland", "locale": "en-NZ", "name": "Taken over", "link_days": "1"}
    name = clinic.name
    assert leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", **fields)).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.time_zone, clinic.locale, clinic.name, clinic.link_days) == (
        "Pacific/Auckland",
        "en-NZ",
        name,
        90,
    )
    wrong = leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", time_zone="Mars/Base"))
    assert "There is no time zone Mars/Base." in text_of(wrong)
    foreign = reverse("admin:plans_clinic_change", args=[factories.clinic().pk])
    assert leads_desk.get(foreign).status_code in (302, 404)


def test_a_lead_writes_the_clinics_own_words(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    fields = {
        "disclaimer-es": "Solo para usted.",
        "titles-es": "Physical therapist = Fisioterapeuta\n\nBack plan = Plan de espalda",
        "week_starts_on": "6",
    }
    assert leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", **fields)).status_code == 302
    clinic.refresh_from_db()
    assert clinic.disclaimers == {"es": "Solo para usted."}
    titles = {"Physical therapist": "Fisioterapeuta", "Back plan": "Plan de espalda"}
    assert (clinic.titles, clinic.week_starts_on) == ({"es": titles}, 6)
    shown = leads_desk.get(page)
    assert leads_desk.post(page, posted(shown, "clinic_form")).status_code == 302
    clinic.refresh_from_db()
    assert clinic.titles == {"es": titles}, "saved as it was shown, it says the same"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("disclaimer-es", "x" * 2001, "at most 2000 characters"),
        ("disclaimer-zh-hans", "x\n" * 40 + "x", "there are more than 40 lines, blank ones too"),
        ("disclaimer-en", "a\u202eb", "Disclaimer (English): there is a character that cannot be seen"),
        ("titles-es", "PT = Fisio\nDPT", "Line 2: Write: the title as it was typed"),
        ("titles-es", "PT = Fisio\nPT = Otra", "Line 2: PT stands there twice."),
        ("titles-es", "PT = " + "x" * 121, "Line 1: a title has at most 120 characters."),
    ],
)
def test_words_of_a_clinic_that_cannot_be_kept_are_told_at_their_field(
    leads_desk, clinic, field, value, said
):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    answer = leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", **{field: value}))
    assert said in text_of(answer)
    clinic.refresh_from_db()
    assert (clinic.disclaimers, clinic.titles) == ({}, {})


def test_a_lead_says_what_plans_begin_with_and_which_reasons_are_offered(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    form = posted(leads_desk.get(page), "clinic_form")
    given = {
        "review_days": "14",
        "usual_times_per_day": "2",
        "reasons": "Tried here.\n\nAgreed with the surgeon.",
    }
    assert leads_desk.post(page, {**form, **given}).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.review_days, clinic.usual_times_per_day, clinic.usual_days_per_week) == (14, 2, 7)
    assert clinic.stock_reasons == ["Tried here.", "Agreed with the surgeon."]
    form = posted(leads_desk.get(page), "clinic_form")
    refused = leads_desk.post(page, {**form, "review_days": "181"})
    assert "Ensure this value is less than or equal to 180." in text_of(refused)
    leads_desk.post(page, {**form, "reasons": ""})
    clinic.refresh_from_db()
    assert clinic.stock_reasons is None


def test_a_lead_says_what_is_followed_up(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    form = posted(leads_desk.get(page), "clinic_form")
    assert (form["follow_up_kinds"], form["silent_days"]) == (clinic.follow_up_kinds, "7")
    given = {"follow_up_kinds": ["sign", "silent"], "silent_days": "10"}
    assert leads_desk.post(page, {**form, **given}).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.follow_up_kinds, clinic.silent_days) == (["sign", "silent"], 10)
    form = posted(leads_desk.get(page), "clinic_form")
    refused = leads_desk.post(page, {**form, "silent_days": "91"})
    assert "Ensure this value is less than or equal to 90." in text_of(refused)
    leads_desk.post(page, {**form, "follow_up_kinds": []})
    clinic.refresh_from_db()
    assert clinic.follow_up_kinds == []


def test_a_lead_names_who_answers_thoughts_of_ending_ones_life(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    form = posted(leads_desk.get(page), "clinic_form")
    refused = leads_desk.post(page, {**form, "crisis_contact": "Crisis line"})
    assert "needs both a name and a telephone, or neither" in text_of(refused)
    said = {"crisis_contact": "Crisis line", "crisis_phone": "988"}
    assert leads_desk.post(page, {**form, **said}).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.crisis_contact, clinic.crisis_phone) == ("Crisis line", "988")


def test_a_lead_says_how_long_devices_are_remembered_and_whether_a_code_is_asked(leads_desk, clinic):
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    for given, days, asks in (
        ({"device_days": "0", "asks_code": "on"}, 0, True),
        ({"device_days": ""}, 90, True),
    ):
        answer = leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", **given))
        assert answer.status_code == 302
        clinic.refresh_from_db()
        assert (clinic.device_days, clinic.asks_code) == (days, asks)
    refused = leads_desk.post(page, posted(leads_desk.get(page), "clinic_form", device_days="366"))
    assert refused.status_code == 200
    clinic.refresh_from_db()
    assert clinic.device_days == 90


def test_the_desk_shows_the_clock_of_the_clinic(leads_desk, lead, clinic, monkeypatch):
    Clinic.objects.filter(pk=clinic.pk).update(time_zone="Pacific/Auckland")
    moment = datetime(2026, 6, 15, 13, 5, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    factories.publication(lead, of_plan=factories.plan(lead, of=factories.patient(lead)))
    answer = leads_desk.get(reverse("admin:plans_plan_add"), follow=True)
    assert answer.context["adminform"].form.initial["start_on"] == date(2026, 6, 16)
    due = factories.plan(
        lead, of=factories.patient(lead), start_on=None, review_on=date(2026, 6, 16), title="Due now"
    )
    home = text_of(leads_desk.get(HOME))
    assert due.title in home


def test_a_logo_is_kept_and_taken_away(root):
    clinic = factories.clinic()
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    sent = SimpleUploadedFile("logo.png", photo(240, 80, kind="PNG"), "image/png")
    root.post(page, {**posted(root.get(page), "clinic_form"), "new_logo": sent})
    clinic.refresh_from_db()
    assert (clinic.logo.width, clinic.logo.clinic) == (240, clinic)
    assert AuditEvent.objects.filter(verb="clinic.changed", clinic=clinic).count() == 1
    root.post(page, posted(root.get(page), "clinic_form", drop_logo="on"))
    clinic.refresh_from_db()
    assert clinic.logo is None


def test_a_logo_that_is_no_picture_is_told(root):
    clinic = factories.clinic()
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    sent = SimpleUploadedFile("logo.png", b"<svg/>", "image/png")
    answer = root.post(page, {**posted(root.get(page), "clinic_form"), "new_logo": sent})
    assert "not a picture" in text_of(answer)


def test_a_white_logo_is_refused_at_its_field(root):
    clinic = factories.clinic()
    page = reverse("admin:plans_clinic_change", args=[clinic.pk])
    white = SimpleUploadedFile("logo.png", logo("white", "white"), "image/png")
    answer = root.post(page, {**posted(root.get(page), "clinic_form"), "new_logo": white})
    assert answer.status_code == 200
    (said,) = answer.context["adminform"].form.errors["new_logo"]
    assert "white paper" in said
    clinic.refresh_from_db()
    assert clinic.logo is None


def test_a_pain_guide_that_falls_is_told(root):
    add = reverse("admin:plans_clinic_add")
    fields = {"name": "Riverside", "pain_go_on_to": "6", "pain_ease_off_to": "4"}
    assert root.post(add, posted(root.get(add), "clinic_form", **fields)).status_code == 200
    assert not Clinic.objects.exists()


def test_an_account_by_who_runs_the_service_has_no_password(root):
    assert "password_1" not in root.get(ADD).content.decode()
    root.post(ADD, person_fields(password_1=PASSWORD, password_2=PASSWORD))
    sam = User.objects.get(username="sam")
    assert not sam.has_usable_password()
    assert sam.is_staff


def test_who_runs_the_service_cannot_set_a_password(root, lead):
    page = reverse("admin:plans_user_change", args=[lead.pk])
    fields = posted(
        root.get(page), "user_form", password_1=PASSWORD, password_2=PASSWORD, last_name="Renamed"
    )
    root.post(page, fields)
    lead.refresh_from_db()
    assert (lead.last_name, lead.check_password("a long pass phrase")) == ("Renamed", True)
    assert root.get(f"/admin/plans/user/{lead.pk}/password/").status_code in (302, 404)


def test_a_lead_adds_somebody_who_can_sign_in(leads_desk, lead, clinic):
    answer = leads_desk.post(ADD, member_fields(clinic))
    sam = User.objects.get(username="sam")
    assert answer["Location"] == reverse("admin:plans_user_change", args=[sam.pk])
    assert sam.check_password(PASSWORD)
    assert (sam.is_staff, sam.is_superuser) == (True, False)
    assert sam.memberships.get().role == "therapist"
    row = AuditEvent.objects.get(verb="person.password_set")
    assert (row.created_by, row.person, row.clinic) == (lead, sam, clinic)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"password_2": "another one"}, "The two passwords differ."),
        ({"password_1": "short", "password_2": "short"}, "This password is too short."),
        ({"username": ""}, "This field is required."),
        ({"role": "reviewer"}, "licence number"),
        ({"clinic": "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_told(leads_desk, clinic, fields, words):
    data = {**member_fields(clinic), **fields}
    assert words in text_of(leads_desk.post(ADD, data))
    assert not User.objects.filter(username="sam").exists()


def test_a_clinic_of_others_is_no_choice(leads_desk, clinic):
    other = factories.clinic()
    assert "Select a valid choice." in text_of(leads_desk.post(ADD, member_fields(other)))
    role = {"username": factories.person().username, "clinic": str(other.pk), "role": "therapist"}
    assert "Select a valid choice." in text_of(leads_desk.post(ADD_ROLE, role))


def test_a_lead_sets_a_password_and_the_others_see_it(leads_desk, lead, clinic, therapist):
    other_lead = signed_in(factories.lead(clinic))
    page = reverse("admin:plans_user_change", args=[therapist.pk])
    fields = posted(leads_desk.get(page), "user_form", password_1=PASSWORD, password_2=PASSWORD)
    leads_desk.post(page, fields)
    therapist.refresh_from_db()
    assert therapist.check_password(PASSWORD)
    assert f"{therapist}: {lead} set a password" in text_of(other_lead.get(HOME))
    assert "set a password" not in text_of(leads_desk.get(HOME))
    assert "set a password" not in text_of(signed_in(therapist).get(HOME))
    trail = text_of(other_lead.get(reverse("admin:plans_auditevent_changelist")))
    assert "set a password" in trail
    assert str(therapist) in trail


def test_a_blank_password_leaves_the_old_one(leads_desk, therapist):
    page = reverse("admin:plans_user_change", args=[therapist.pk])
    leads_desk.post(page, posted(leads_desk.get(page), "user_form", last_name="Renamed"))
    therapist.refresh_from_db()
    assert (therapist.last_name, therapist.check_password("a long pass phrase")) == ("Renamed", True)


def test_a_lead_writes_the_title_that_handouts_print(leads_desk, therapist):
    page = reverse("admin:plans_user_change", args=[therapist.pk])
    leads_desk.post(page, posted(leads_desk.get(page), "user_form", title="PT, DPT"))
    therapist.refresh_from_db()
    assert therapist.title == "PT, DPT"


def test_nobody_becomes_a_superuser_here(root, leads_desk, clinic):
    root.post(ADD, person_fields(is_superuser="on"))
    leads_desk.post(ADD, member_fields(clinic, is_superuser="on") | {"username": "second"})
    assert User.objects.filter(is_superuser=True).count() == 1
    assert User.objects.filter(username__in=("sam", "second")).count() == 2


def test_people_of_other_clinics_are_not_listed(leads_desk, therapist):
    stranger = factories.therapist(factories.clinic())
    words = text_of(leads_desk.get(reverse("admin:plans_user_changelist")))
    assert therapist.username in words
    assert stranger.username not in words
    assert leads_desk.get(reverse("admin:plans_user_change", args=[stranger.pk])).status_code == 302


def test_a_role_is_given_and_taken_by_a_lead(leads_desk, clinic):
    sam = factories.person(None)
    data = {"username": sam.username, "clinic": str(clinic.pk), "role": "therapist"}
    answer = leads_desk.post(ADD_ROLE, data, follow=True)
    assert "no password yet" in text_of(answer)
    role = sam.memberships.get()
    leads_desk.post(reverse("admin:plans_membership_delete", args=[role.pk]), {"post": "yes"})
    assert not sam.memberships.exists()
    assert AuditEvent.objects.filter(verb="role.taken", person=sam, clinic=clinic).count() == 1


def test_the_only_clinic_is_chosen(leads_desk, clinic):
    for page, form in ((ADD, "user_form"), (ADD_ROLE, "membership_form")):
        assert posted(leads_desk.get(page), form)["clinic"] == str(clinic.pk)


def test_who_runs_the_service_is_told_how_a_clinic_gets_its_lead(root):
    home = root.get(HOME)
    assert "first_lead" in text_of(home)
    assert ADD_ROLE not in home.content.decode()


def test_an_account_that_is_not_there_is_told(leads_desk, clinic):
    system = make_system(clinic=clinic, name="Ward software", by=None)
    for name in ("nobody", system.user.username):
        data = {"username": name, "clinic": str(clinic.pk), "role": "therapist"}
        assert "no account of this name" in text_of(leads_desk.post(ADD_ROLE, data))


def test_who_runs_the_service_sees_roles_and_gives_none(root, clinic, therapist):
    role = therapist.memberships.get()
    page = reverse("admin:plans_membership_change", args=[role.pk])
    assert root.get(page).status_code == 200
    assert root.post(page, {"licence_number": "X"}).status_code == 403
    assert (
        root.post(reverse("admin:plans_membership_delete", args=[role.pk]), {"post": "yes"}).status_code
        == 403
    )
    me = User.objects.get(username="root")
    for person in (me, factories.person(None)):
        data = {
            "username": person.username,
            "person": str(person.pk),
            "clinic": str(clinic.pk),
            "role": "lead",
        }
        assert root.post(ADD_ROLE, data).status_code == 403
        assert not person.memberships.exists()
    bulk = {"action": "delete_selected", "_selected_action": str(role.pk), "post": "yes"}
    root.post(reverse("admin:plans_membership_changelist"), bulk)
    assert therapist.memberships.exists()


def test_nobody_changes_their_own_role(leads_desk, lead, clinic):
    role = lead.memberships.get()
    data = {"username": lead.username, "clinic": str(clinic.pk), "role": "reviewer", "licence_number": "PT-1"}
    assert "Nobody changes their own roles" in text_of(leads_desk.post(ADD_ROLE, data))
    address = reverse("admin:plans_membership_delete", args=[role.pk])
    assert leads_desk.post(address, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": str(role.pk), "post": "yes"}
    leads_desk.post(reverse("admin:plans_membership_changelist"), bulk)
    assert [one.role for one in lead.memberships.all()] == ["lead"]


def test_a_reviewer_needs_a_licence_number(leads_desk, clinic):
    sam = factories.person(None)
    data = {"username": sam.username, "clinic": str(clinic.pk), "role": "reviewer", "licence_number": " "}
    assert "licence number" in text_of(leads_desk.post(ADD_ROLE, data))
    assert not sam.memberships.exists()


def test_the_first_lead_is_seen_by_all_who_work_there(root, clinic, therapist):
    new = factories.person(None)
    give_first_lead(person=new, clinic=clinic, by=User.objects.get(username="root"))
    home = signed_in(therapist).get(HOME)
    assert "made the clinic's first lead, by a command" in text_of(home)
    assert "tell a lead of your clinic" in text_of(home)
    assert reverse("admin:plans_auditevent_changelist") not in home.content.decode()
    neighbour = factories.therapist(factories.clinic())
    assert "first lead" not in text_of(signed_in(neighbour).get(HOME))


def test_ones_own_password(leads_desk, lead, clinic, therapist):
    client = signed_in(therapist)
    page = reverse("admin:password_change")
    assert "Who leads your clinic sees that it was changed" in text_of(client.get(page))
    data = {"old_password": "wrong", "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(page, data).status_code == 200
    assert client.post(page, {**data, "old_password": "a long pass phrase"}).status_code == 302
    therapist.refresh_from_db()
    assert therapist.check_password(PASSWORD)
    assert client.get(HOME).status_code == 200
    row = AuditEvent.objects.get(verb="person.password_set")
    assert (row.created_by, row.person, row.clinic) == (therapist, therapist, clinic)
    assert f"{therapist} set a password" in text_of(leads_desk.get(HOME))


def test_nobody_changes_a_password_without_signing_in(client, db):
    assert client.post(reverse("admin:password_change"), {}).status_code == 302


def test_home_asks_little(leads_desk, lead, clinic, django_assert_max_num_queries):
    for _ in range(6):
        sam = factories.person(None)
        give_role(person=sam, clinic=clinic, role="therapist", by=factories.lead(clinic))
    with django_assert_max_num_queries(24):
        leads_desk.get(HOME)


def test_the_frameworks_log_holds_nothing(root, desk):
    root.post(ADD, person_fields())
    assert not LogEntry.objects.exists()
