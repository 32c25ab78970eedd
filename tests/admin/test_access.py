"""Who may open which page: every address of the desk has a line here, or the test fails."""

import json
import uuid

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from plans.admin.base.admin import DeskAdmin
from tests.admin.conftest import signed_in
from tests.admin.forms import posted

NOBODY = frozenset()
CARE = frozenset({"therapist", "lead"})
TREAT = CARE | {"colleague", "neighbour"}
CLINIC = frozenset({"therapist", "colleague", "lead", "library_admin", "reviewer"})
LIBRARY = CLINIC | {"neighbour"}
KEEP = frozenset({"library_admin"})
REVIEW = frozenset({"reviewer"})
REVIEWERS = REVIEW | {"neighbour"}
ROOT = frozenset({"root"})
LEAD = frozenset({"lead"})
EVERYONE = LIBRARY | ROOT | {"roleless"}
KEEPERS = KEEP | {"neighbour"}

GET = {
    "plans_followup_changelist": TREAT,
    "plans_patient_changelist": TREAT,
    "plans_patient_add": TREAT,
    "plans_patient_change": CARE,
    "plans_patient_delete": NOBODY,
    "plans_patient_history": CARE,
    "plans_patient_quick": TREAT,
    "plans_patient_hand_over": CARE,
    "plans_plan_changelist": TREAT,
    "plans_plan_add": TREAT,
    "plans_plan_change": CARE,
    "plans_plan_delete": NOBODY,
    "plans_plan_history": CARE,
    "plans_plan_publish": CARE,
    "plans_plan_preview": CARE,
    "plans_plan_next": CARE,
    "plans_plan_sheet": CARE,
    "plans_plan_preview_file": CARE,
    "plans_plan_discard": CARE,
    "plans_plan_stop": CARE,
    "plans_plan_offer": TREAT,
    "plans_plan_row": TREAT,
    "plans_plan_stored_row": CARE,
    "plans_plan_new": TREAT,
    "plans_plan_protocol": CARE,
    "plans_protocol_changelist": LIBRARY,
    "plans_protocol_add": KEEPERS | TREAT,
    "plans_protocol_change": CLINIC,
    "plans_protocol_delete": NOBODY,
    "plans_protocol_history": CLINIC,
    "plans_protocol_offer": KEEPERS | TREAT,
    "plans_protocol_row": KEEPERS | TREAT,
    "plans_publication_changelist": TREAT,
    "plans_publication_add": NOBODY,
    "plans_publication_change": CARE,
    "plans_publication_delete": NOBODY,
    "plans_publication_history": CARE,
    "plans_publication_files": CARE,
    "plans_publication_mails": CARE,
    "plans_publication_log": CARE,
    "plans_file": CARE,
    "plans_picture": NOBODY,
    "plans_drawing": NOBODY,
    "plans_exercise_changelist": LIBRARY,
    "plans_exercise_add": KEEPERS,
    "plans_exercise_change": CLINIC,
    "plans_exercise_delete": NOBODY,
    "plans_exercise_history": CLINIC,
    "plans_exercise_moving": NOBODY,
    "plans_exercise_thumbnail": NOBODY,
    "plans_rule_changelist": LIBRARY,
    "plans_rule_add": KEEPERS,
    "plans_rule_change": CLINIC,
    "plans_rule_delete": NOBODY,
    "plans_rule_history": CLINIC,
    "plans_rule_coverage": LIBRARY,
    "plans_approval_changelist": REVIEWERS,
    "plans_approval_add": NOBODY,
    "plans_approval_change": REVIEW,
    "plans_approval_delete": NOBODY,
    "plans_approval_history": REVIEW,
    "plans_approval_wording": REVIEWERS,
    "plans_approval_review": REVIEWERS,
    "plans_approval_region": REVIEW,
    "plans_sentback_changelist": REVIEWERS | KEEP,
    "plans_condition_changelist": LIBRARY,
    "plans_movement_changelist": LIBRARY,
    "plans_symptom_changelist": LIBRARY,
    "plans_advice_changelist": LIBRARY,
    "plans_leaflet_changelist": LIBRARY,
    "plans_measure_changelist": LIBRARY,
    "plans_plan_start": CARE | {"colleague"},
    "plans_plan_protocols": CARE,
    "plans_plan_proposal": CARE,
    "plans_libraryprotocol_changelist": LIBRARY,
    "plans_libraryprotocol_add": NOBODY,
    "plans_libraryprotocol_change": LIBRARY,
    "plans_libraryprotocol_delete": NOBODY,
    "plans_libraryprotocol_history": LIBRARY,
    "plans_source_changelist": LIBRARY,
    "plans_reissue_changelist": LEAD,
    "plans_reissue_add": NOBODY,
    "plans_reissue_change": LEAD,
    "plans_reissue_delete": NOBODY,
    "plans_reissue_history": LEAD,
    "plans_reissue_progress": LEAD,
    "plans_rendering_changelist": LEAD | ROOT,
    "plans_rendering_add": NOBODY,
    "plans_rendering_change": LEAD | ROOT,
    "plans_rendering_delete": NOBODY,
    "plans_rendering_history": LEAD | ROOT,
    "plans_clinicsystem_changelist": LEAD,
    "plans_clinicsystem_add": LEAD,
    "plans_clinicsystem_change": LEAD,
    "plans_clinicsystem_delete": NOBODY,
    "plans_clinicsystem_history": LEAD,
    "plans_webhookendpoint_changelist": LEAD,
    "plans_webhookendpoint_add": LEAD,
    "plans_webhookendpoint_change": LEAD,
    "plans_webhookendpoint_delete": NOBODY,
    "plans_webhookendpoint_history": LEAD,
    "plans_auditevent_changelist": LEAD | ROOT,
    "plans_clinic_changelist": ROOT | LEAD,
    "plans_clinic_add": ROOT,
    "plans_clinic_change": ROOT | LEAD,
    "plans_clinic_delete": NOBODY,
    "plans_clinic_history": ROOT | LEAD,
    "plans_user_changelist": LEAD | ROOT,
    "plans_user_add": LEAD | ROOT,
    "plans_user_change": LEAD | ROOT,
    "plans_user_delete": NOBODY,
    "plans_user_history": LEAD | ROOT,
    "plans_membership_changelist": LEAD | ROOT,
    "plans_membership_add": LEAD,
    "plans_membership_change": LEAD | ROOT,
    "plans_membership_delete": LEAD,
    "plans_membership_history": LEAD | ROOT,
}
POST = {
    "plans_followup_seen": CARE,
    "plans_followup_done": CARE,
    "plans_followup_draft": CARE,
    "plans_plan_continue": CARE,
    "plans_plan_copy": CARE,
    "plans_plan_newest": CARE,
    "plans_patient_record": CARE,
    "plans_patient_reading": TREAT,
    "plans_patient_birth_date": CARE,
    "plans_patient_note": CARE,
    "plans_patient_reminders": CARE,
    "plans_patient_end_devices": CARE,
    "plans_patient_measures": CARE,
    "plans_patient_handover_seen": frozenset({"therapist"}),
    "plans_plan_pause": CARE,
    "plans_plan_resume": CARE,
    "plans_plan_restart": CARE,
    "plans_plan_go_on": CARE,
    "plans_plan_former": CARE,
    "plans_plan_changes": CARE,
    "plans_plan_done": CARE,
    "plans_protocol_words": KEEPERS | TREAT,
    "plans_protocol_retire": KEEP | LEAD,
    "plans_protocol_restore": KEEP | LEAD,
    "plans_reissue_order": LEAD,
    "plans_rendering_again": LEAD | ROOT,
    "plans_rendering_all_again": LEAD | ROOT,
    "plans_clinicsystem_key": LEAD,
    "plans_clinicsystem_revoke": NOBODY,
    "plans_clinicsystem_end": LEAD,
    "plans_webhookendpoint_secret": LEAD,
    "plans_webhookendpoint_replay": NOBODY,
    "plans_webhookendpoint_remove": LEAD,
    "plans_webhookendpoint_resume": LEAD,
    "plans_plan_check": CARE,
    "plans_plan_library": TREAT,
    "plans_plan_replacements": CARE,
    "plans_publication_again": CARE,
    "plans_publication_formats": CARE,
    "plans_publication_link/revoke": CARE,
    "plans_publication_link/renew": CARE,
    "plans_publication_taught": CARE,
    "plans_publication_mail": CARE,
    "plans_publication_mail/withdraw": CARE,
    "plans_publication_not-taught": CARE,
    "plans_review_close": NOBODY,
    "plans_approval_decide": REVIEW,
    "plans_approval_languages": REVIEWERS,
    "plans_exercise_retire": KEEP,
    "plans_exercise_recall": KEEP | LEAD | REVIEW,
    "plans_exercise_use": NOBODY,
    "plans_exercise_remove": KEEP,
    "plans_exercise_favourite": CLINIC,
    "plans_exercise_reading": KEEPERS,
    "plans_exercise_figure": KEEPERS,
    "plans_rule_retire": KEEP,
    "plans_rule_touched": KEEP,
}


def nothing(_world, _who):
    return {}


def saved_page(world, who):
    body = {"person": str(world.people[who].pk), "seen": 0, "changes": []}
    return {"data": json.dumps(body), "content_type": "application/json"}


def shown_row(world, _who):
    """The form as the page of the plan's therapist holds it, and the row that is to be replaced."""
    page = signed_in(world.people["therapist"]).get(reverse("admin:plans_plan_change", args=[world.plan.pk]))
    return {"data": {**posted(page, "plan_form"), "row": "items-0"}}


SENT = {"plans_plan_changes": saved_page, "plans_plan_replacements": shown_row}
"""What else is sent, where an empty form would be refused before anybody asks who sends it."""
LISTS_ONLY = (
    "condition",
    "movement",
    "symptom",
    "advice",
    "leaflet",
    "measure",
    "source",
    "auditevent",
    "sentback",
)
SAW = (200, 286)


def address(name, world):
    """The page's address for the world's own objects."""
    objects = {
        "followup": world.follow_up,
        "patient": world.patient,
        "plan": world.plan,
        "protocol": world.protocol,
        "publication": world.publication,
        "exercise": world.own_exercise,
        "rule": world.own_rule,
        "libraryprotocol": world.library_protocol,
        "approval": world.approval,
        "clinic": world.clinic,
        "user": world.people["therapist"],
        "membership": world.membership,
        "reissue": world.reissue,
        "rendering": world.rendering,
        "clinicsystem": world.system,
        "webhookendpoint": world.webhook,
    }
    special = {
        "plans_file": [world.rendering.pk],
        "plans_plan_preview_file": [world.plan.pk, world.rendering.pk],
        "plans_picture": ["0" * 64],
        "plans_drawing": [uuid.uuid4()],
        "plans_exercise_thumbnail": [uuid.uuid4(), "0"],
        "plans_review_close": [uuid.uuid4()],
        "plans_exercise_recall": [world.own_exercise.pk, world.clinic.pk],
        "plans_exercise_use": [world.own_exercise.pk, uuid.uuid4()],
        "plans_reissue_order": [world.plan.items.first().revision.exercise_id],
        "plans_clinicsystem_revoke": [world.system.pk, uuid.uuid4()],
        "plans_webhookendpoint_replay": [world.webhook.pk, uuid.uuid4()],
        "plans_rendering_all_again": [],
        "plans_patient_quick": [],
        "plans_patient_hand_over": [],
        "plans_patient_handover_seen": [world.handover.pk],
        "plans_patient_reading": [],
        "plans_plan_offer": [],
        "plans_plan_library": [],
        "plans_plan_row": [],
        "plans_plan_stored_row": [world.plan.pk, world.plan.items.first().pk],
        "plans_plan_new": [uuid.uuid4()],
        "plans_plan_start": [world.protocol.pk],
        "plans_plan_protocols": [world.plan.pk],
        "plans_plan_proposal": [world.plan.pk, world.protocol.pk],
        "plans_protocol_offer": [],
        "plans_protocol_row": [],
        "plans_protocol_words": [],
        "plans_rule_coverage": [],
        "plans_approval_wording": [],
        "plans_approval_review": [],
        "plans_approval_languages": [],
        "plans_approval_region": [world.clinic.pk, "all"],
        "plans_approval_decide": [world.clinic.pk, "all"],
        "plans_exercise_reading": [],
        "plans_exercise_figure": [],
    }
    ends_without = name.endswith(("_changelist", "_add"))
    args = special.get(name, [] if ends_without else [getattr(objects.get(name.split("_")[1]), "pk", None)])
    query = f"?revision={world.plan.items.first().revision_id}" if name.endswith("_row") else ""
    if name == "plans_patient_hand_over":
        query = f"?patient={world.patient.pk}"
    return reverse(f"admin:{name}", args=args) + query


def names_of_pages():
    """Every named address of the desk that belongs to this service's models."""
    pages = set()
    for model, page in admin.site._registry.items():
        for pattern in page.get_urls():
            if pattern.name and model._meta.app_label == "plans":
                pages.add(pattern.name)
    return pages


def test_no_page_decides_by_itself():
    assert [type(page) for page in admin.site._registry.values() if not isinstance(page, DeskAdmin)] == []


def test_every_page_has_a_line():
    others = {
        f"plans_{model}_{page}" for model in LISTS_ONLY for page in ("add", "change", "delete", "history")
    }
    assert names_of_pages() - set(GET) - set(POST) - others == set()
    assert set(GET) | set(POST) <= names_of_pages()


@pytest.mark.parametrize(
    "who", ["therapist", "colleague", "lead", "library_admin", "reviewer", "neighbour", "roleless", "root"]
)
def test_each_person_opens_what_is_theirs(world, who):
    client = signed_in(world.people[who])
    wrong = []
    for name, allowed in GET.items():
        # A new plan's page leads to the address of its own draft.
        answer = client.get(address(name, world), follow=name == "plans_plan_add")
        if (answer.status_code in SAW) != (who in allowed):
            wrong.append((name, answer.status_code))
        if who not in CARE:
            assert b"Secretname" not in answer.content, name
    assert wrong == []


@pytest.mark.parametrize("who", ["colleague", "library_admin", "reviewer", "neighbour", "roleless", "root"])
def test_others_cannot_post(world, who):
    client = signed_in(world.people[who])
    wrong = []
    for name, allowed in POST.items():
        answer = client.post(address(name, world), **SENT.get(name, nothing)(world, who))
        if who not in allowed and answer.status_code < 400:
            wrong.append((name, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("name", [*SENT, "plans_patient_handover_seen"])
def test_what_others_are_refused_is_whole(world, name):
    client = signed_in(world.people["therapist"])
    answer = client.post(address(name, world), **SENT.get(name, nothing)(world, "therapist"))
    assert answer.status_code < 400, answer.content


@pytest.mark.parametrize("who", ["colleague", "library_admin", "reviewer", "neighbour", "roleless", "root"])
def test_others_cannot_write_the_forms(world, who):
    client = signed_in(world.people[who])
    for name in ("plans_patient_change", "plans_plan_change"):
        before = (world.patient.name, world.plan.title)
        client.post(address(name, world), {"name": "taken over", "title": "taken over"})
        world.patient.refresh_from_db()
        world.plan.refresh_from_db()
        assert (world.patient.name, world.plan.title) == before


def test_nobody_without_signing_in(world, client):
    for name in GET:
        answer = client.get(address(name, world))
        assert answer.status_code == 302, name
        assert reverse("admin:login") in answer["Location"]


@pytest.mark.parametrize("who", ["colleague", "neighbour", "library_admin", "root"])
def test_autocomplete_offers_own_patients_only(world, who):
    query = {"app_label": "plans", "model_name": "plan", "field_name": "patient", "term": "Secretname"}
    answer = signed_in(world.people[who]).post(reverse("admin:autocomplete"), query)
    assert b"Secretname" not in answer.content


def test_autocomplete_finds_the_own_patient(world, desk):
    query = {"app_label": "plans", "model_name": "plan", "field_name": "patient", "term": "Secretname"}
    assert b"Secretname" in desk.post(reverse("admin:autocomplete"), query).content


@pytest.mark.parametrize(
    "lookup", ["patient__name__startswith", "therapist__password__startswith", "clinic__name"]
)
def test_addresses_cannot_ask_about_related_rows(world, desk, lookup):
    answer = desk.get(reverse("admin:plans_plan_changelist"), {lookup: "Q"})
    assert answer.status_code in (302, 400)


def test_another_clinics_exercise_is_absent(world):
    client = signed_in(world.people["neighbour"])
    assert b"own-slide" not in client.get(reverse("admin:plans_exercise_changelist")).content
    assert b"own-rule" not in client.get(reverse("admin:plans_rule_changelist")).content


def test_the_menu_names_only_pages_that_open(world):
    for who, person in world.people.items():
        client = signed_in(person)
        page = client.get(reverse("admin:index"))
        for group in page.context["sidebar_navigation"]:
            for item in group["items"]:
                assert client.get(str(item["link"])).status_code == 200, (who, item["title"])


def test_no_address_is_missing_its_objects(world):
    for name in (*GET, *POST):
        try:
            address(name, world)
        except NoReverseMatch as error:
            raise AssertionError(name) from error
