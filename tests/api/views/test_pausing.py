"""Facts that are saved, pauses and their ends over the API."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from plans.actions import reviewing
from plans.contraindications import UnknownCode
from plans.models import PatientSymptom, Pause
from tests import factories
from tests.api.conftest import Caller, ask_token

TODAY = timezone.localdate()
FLAG = {"symptom": "saddle_numbness"}
CLEARED = {"cleared_on": str(TODAY), "cleared_by": "Dr Ada Sample", "cleared_how": "seen in clinic"}


@pytest.fixture
def live(therapist):
    """A plan that a patient follows."""
    factories.symptom("saddle_numbness", red_flag="emergency")
    factories.symptom("fever", red_flag="same_day")
    return factories.publication(therapist).plan


def save(caller, plan, **fields):
    answer = caller.patch(f"patients/{plan.patient_id}/", fields, If_Match="*")
    assert answer.status_code == 200, answer.content
    return answer.json()


def command(caller, plan, what, **headers):
    return caller.post(f"plans/{plan.pk}/{what}/", **headers)


# --- What is saved acts at once ---------------------------------------------------------------------------


def test_an_emergency_flag_of_a_system_pauses_at_once_and_the_answer_says_so(api, live):
    (alert,) = save(api, live, symptoms=[FLAG])["alerts"]
    assert {name: alert[name] for name in ("plan", "stops", "unanswered", "pause_cause")} == {
        "plan": str(live.pk),
        "stops": 1,
        "unanswered": 0,
        "pause_cause": "emergency",
    }
    assert alert["paused_at"]
    assert api.get(f"plans/{live.pk}/").json()["paused_at"] == alert["paused_at"]
    assert api.get(f"patients/{live.patient_id}/").json()["alerts"] == [alert]


def test_a_flag_for_the_same_day_is_told_and_listed_to_be_reviewed(api, live):
    (alert,) = save(api, live, symptoms=[{"symptom": "fever"}])["alerts"]
    assert (alert["stops"], alert["paused_at"], alert["pause_cause"]) == (1, None, None)
    (review,) = api.get("reviews/").json()["results"]
    assert (review["plan"], review["stops"], review["unanswered"]) == (str(live.pk), 1, 0)
    answer = api.post(f"reviews/{review['id']}/close/")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_answered")


def test_an_emergency_flag_that_a_person_notes_is_for_the_person_to_act_on(person, therapist, live):
    (alert,) = save(person(therapist), live, symptoms=[FLAG])["alerts"]
    assert (alert["stops"], alert["paused_at"]) == (1, None)


def test_what_asks_for_a_reason_is_answered_by_name(api, live, clinic):
    factories.approved_rule(clinic, level="avoid")
    given = [{"condition": "muscle_weakness"}, {"condition": "sciatica"}]
    (alert,) = save(api, live, conditions=given)["alerts"]
    assert (alert["stops"], alert["unanswered"]) == (0, 1)
    (review,) = api.get("reviews/").json()["results"]
    (asked,) = [line.split()[1] for line in review["appeared"] if line.startswith("condition_rule")]
    reasons = [{"fingerprint": asked, "words": "Tried today without pain."}]
    assert api.post(f"plans/{live.pk}/reasons/", {"reasons": reasons}).status_code == 200
    assert api.get(f"patients/{live.patient_id}/").json()["alerts"] == []


# --- Pause and resume -------------------------------------------------------------------------------------------


def test_a_plan_is_paused_and_goes_on(api, live):
    paused = command(api, live, "pause")
    assert (paused.status_code, bool(paused.json()["paused_at"])) == (200, True)
    assert [one["id"] for one in api.get("plans/?paused=true").json()["results"]] == [str(live.pk)]
    assert api.get("plans/?paused=false").json()["results"] == []
    resumed = command(api, live, "resume")
    assert (resumed.status_code, resumed.json()["paused_at"]) == (200, None)


def test_resuming_asks_for_the_clearance_and_names_what_stands(api, live):
    save(api, live, symptoms=[FLAG])
    refused = command(api, live, "resume")
    assert (refused.status_code, refused.json()["code"]) == (409, "stop_stands")
    assert [one["code"] for one in refused.json()["findings"]] == ["red_flag_emergency"]
    assert save(api, live, symptoms=[{**FLAG, **CLEARED}])["alerts"][0]["stops"] == 0
    assert command(api, live, "resume").status_code == 200


def test_both_hold_to_the_version_that_was_seen(api, live):
    old = api.get(f"plans/{live.pk}/")["ETag"]
    paused = command(api, live, "pause", If_Match=old)
    assert paused.status_code == 200
    assert command(api, live, "resume", If_Match=old).status_code == 412
    assert Pause.objects.get().resumed_at is None
    assert command(api, live, "resume", If_Match=paused["ETag"]).status_code == 200


def test_a_repeated_call_pauses_once(api, live):
    first, again = (command(api, live, "pause", Idempotency_Key="pause-1") for _ in range(2))
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert command(api, live, "resume").status_code == 200
    assert command(api, live, "pause", Idempotency_Key="pause-1").json() == first.json()
    assert not Pause.objects.filter(resumed_at=None).exists()


@pytest.mark.parametrize("what", ["pause", "resume"])
def test_a_key_needs_the_scope_to_write_plans(clinic, make_system, live, what):
    caller = Caller(ask_token(make_system(clinic, scopes=("plans:read",))[1]).json()["access_token"])
    refused = command(caller, live, what)
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")


def test_a_draft_is_followed_by_nobody(api, therapist):
    refused = command(api, factories.plan(therapist), "pause")
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_not_live")


# --- A flag that comes back -----------------------------------------------------------------------------------------


def noted(plan):
    rows = PatientSymptom.objects.filter(patient=plan.patient_id).order_by("noted_on", "-cleared_by")
    return list(rows.values_list("noted_on", "cleared_by"))


@pytest.fixture
def cleared(api, live):
    """The flag was noted ten days ago and is cleared."""
    first = {**FLAG, "noted_on": str(TODAY - timedelta(days=10))}
    save(api, live, symptoms=[first])
    return save(api, live, symptoms=[{**first, **CLEARED}])["symptoms"][0]


def test_a_flag_noted_again_is_a_new_row_and_stops_again(api, live, cleared):
    command(api, live, "resume")
    said = save(api, live, symptoms=[FLAG])
    assert noted(live) == [(TODAY - timedelta(days=10), "Dr Ada Sample"), (TODAY, "")]
    assert len(said["symptoms"]) == 2
    assert said["alerts"][0]["pause_cause"] == "emergency"


def test_what_is_read_can_be_sent_back_as_it_is(api, live, cleared):
    said = save(api, live, symptoms=[FLAG])["symptoms"]
    assert save(api, live, symptoms=said)["symptoms"] == said
    assert save(api, live, symptoms=[*reversed(said)])["symptoms"] == said


def test_what_was_cleared_stays_although_a_list_leaves_it_out(api, live, cleared):
    assert save(api, live, symptoms=[])["symptoms"] == [cleared]


@pytest.mark.parametrize("change", [{"cleared_how": "another story"}, {"cleared_by": "Somebody Else"}])
def test_what_was_cleared_is_not_written_over(api, live, cleared, change):
    answer = api.patch(f"patients/{live.patient_id}/", {"symptoms": [{**cleared, **change}]}, If_Match="*")
    assert (answer.status_code, answer.json()["code"]) == (409, "cleared_stays")
    assert api.get(f"patients/{live.patient_id}/").json()["symptoms"] == [cleared]


def test_the_second_flag_is_cleared_beside_the_first(api, live, cleared):
    save(api, live, symptoms=[FLAG])
    save(api, live, symptoms=[cleared, {**FLAG, "noted_on": str(TODAY), **CLEARED}])
    assert noted(live) == [(TODAY - timedelta(days=10), "Dr Ada Sample"), (TODAY, "Dr Ada Sample")]


def test_a_symptom_stands_once(api, live):
    answer = api.patch(f"patients/{live.patient_id}/", {"symptoms": [FLAG, FLAG]}, If_Match="*")
    assert answer.json()["errors"][0]["code"] == "given_twice"


# --- Facts that cannot be ------------------------------------------------------------------------------------------


def errors(answer):
    assert (answer.status_code, answer.json()["code"]) == (400, "impossible_facts"), answer.content
    return {one["pointer"]: one["code"] for one in answer.json()["errors"]}


FACTS = [
    ({"birth_date": "0001-01-01"}, {"/birth_date": "too_early"}),
    ({"birth_date": "1700-01-01"}, {"/birth_date": "too_early"}),
    ({"birth_date": "2099-01-01"}, {"/birth_date": "in_future"}),
    (
        {"conditions": [{"condition": "sciatica"}, {"condition": "pregnancy", "due_on": "2099-01-01"}]},
        {"/conditions/1/due_on": "too_far_ahead"},
    ),
    (
        {"conditions": [{"condition": "sciatica", "surgery_on": str(TODAY + timedelta(days=181))}]},
        {"/conditions/0/surgery_on": "too_far_ahead"},
    ),
    (
        {"conditions": [{"condition": "sciatica", "onset": "1900-01-01"}]},
        {"/conditions/0/onset": "before_birth"},
    ),
    (
        {"symptoms": [{**FLAG, "cleared_on": "1959-05-17", "cleared_by": "-", "cleared_how": "ok"}]},
        {"/symptoms/0/cleared_on": "before_birth", "/symptoms/0/cleared_by": "clearance_incomplete"},
    ),
    (
        {
            "symptoms": [
                {**FLAG, "noted_on": str(TODAY), **CLEARED, "cleared_on": str(TODAY - timedelta(days=1))}
            ]
        },
        {"/symptoms/0/cleared_on": "clearance_too_old"},
    ),
]


@pytest.mark.parametrize(("facts", "found"), FACTS)
def test_each_fact_that_cannot_be_is_named_by_its_field(api, therapist, facts, found):
    for code in ("sciatica", "pregnancy"):
        factories.condition(code)
    factories.symptom("saddle_numbness", red_flag="emergency")
    body = {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}
    assert errors(api.post("patients/", {**body, **facts})) == found
    patient = factories.patient(therapist, birth_date=date(1960, 5, 17))
    assert errors(api.patch(f"patients/{patient.pk}/", facts, If_Match="*")) == found
    assert errors(api.post("findings/", {"birth_date": "1960-05-17", **facts})) == found


def test_a_reader_of_patients_alone_pauses_nothing(clinic, make_system, live):
    caller = Caller(ask_token(make_system(clinic, scopes=("patients:read",))[1]).json()["access_token"])
    answer = caller.patch(f"patients/{live.patient_id}/", {"symptoms": [FLAG]}, If_Match="*")
    assert answer.status_code == 403
    assert not Pause.objects.exists()


def test_an_old_clearance_without_the_noted_day_clears_nothing(api, live):
    save(api, live, symptoms=[FLAG])
    old = {**CLEARED, "cleared_on": str(TODAY - timedelta(days=4000))}
    answer = api.patch(f"patients/{live.patient_id}/", {"symptoms": [{**FLAG, **old}]}, If_Match="*")
    assert answer.status_code == 400, answer.content
    assert command(api, live, "resume").status_code == 409
    assert PatientSymptom.objects.get().noted_on == TODAY


def test_the_noted_day_that_is_left_out_stays_and_is_never_moved_earlier(api, live):
    day = str(TODAY - timedelta(days=9))
    save(api, live, symptoms=[{**FLAG, "noted_on": day}])
    assert save(api, live, symptoms=[FLAG])["symptoms"][0]["noted_on"] == day
    earlier = {**FLAG, "noted_on": str(TODAY - timedelta(days=10))}
    answer = api.patch(f"patients/{live.patient_id}/", {"symptoms": [earlier]}, If_Match="*")
    assert answer.status_code == 400
    assert "moved_earlier" in answer.content.decode()


def test_a_cleared_flag_sent_again_without_its_day_is_no_second_row(api, live):
    save(api, live, symptoms=[FLAG])
    for _ in range(2):
        save(api, live, symptoms=[{**FLAG, **CLEARED}])
    assert PatientSymptom.objects.count() == 1


def test_a_plan_that_cannot_be_checked_is_told_as_that(api, live, monkeypatch):
    def fail(publication, **kwargs):
        raise UnknownCode(where="Rule x", kind="movement", code="y")

    monkeypatch.setattr(reviewing, "check_publication", fail)
    (alert,) = save(api, live, symptoms=[{"symptom": "fever"}])["alerts"]
    assert (alert["plan"], alert["unchecked"]) == (str(live.pk), True)
    (review,) = api.get("reviews/").json()["results"]
    assert review["unchecked"] is True
