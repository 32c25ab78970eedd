"""Findings, reasons, publishing and PDFs over the API."""

from uuid import uuid4

import pytest

from plans.libraryfiles import Level
from plans.models import AuditEvent, Patient, Plan, Publication, Rendering, RenderingState
from plans.rendering import job, storage
from tests import factories
from tests.api.world import PDF, make_ready


@pytest.fixture
def plan(therapist, clinic):
    return factories.plan(therapist, of=factories.patient(therapist, clinic))


@pytest.fixture
def avoided(therapist, clinic):
    """A plan of which a rule says avoid."""
    factories.approved_rule(clinic, level=Level.AVOID)
    return factories.plan(therapist, of=factories.patient(therapist, clinic, has=("sciatica",)))


def publish(api, plan, body=None, **headers):
    return api.post(f"plans/{plan.pk}/publish/", body or {}, **({"If_Match": "*"} | headers))


def test_the_findings_of_a_plan_tell_their_rule(api, avoided):
    told = api.get(f"plans/{avoided.pk}/findings/").json()
    assert (told["may_be_published"], told["unanswered"], told["stops"]) == (False, 1, 0)
    finding = next(one for one in told["findings"] if one["level"] == "avoid")
    assert finding["rule"]["code"] == "rule-x"
    assert finding["rule"]["version"] == 1
    assert finding["item"] == str(avoided.items.get().pk)


def test_a_refused_publication_names_the_findings_and_writes_nothing(api, avoided):
    answer = publish(api, avoided)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "publish_refused"
    assert [one["level"] for one in answer.json()["findings"]] == ["avoid"]
    assert not Publication.objects.exists()


def test_a_reason_opens_the_way_with_the_publication_itself(api, avoided):
    fingerprint = publish(api, avoided).json()["findings"][0]["fingerprint"]
    answer = publish(
        api, avoided, {"reasons": [{"fingerprint": fingerprint, "words": "Tried in the clinic."}]}
    )
    assert answer.status_code == 201, answer.content
    findings = api.get(f"plans/{avoided.pk}/findings/").json()["findings"]
    reason = next(one["reason"] for one in findings if one["fingerprint"] == fingerprint)
    assert (reason["words"], reason["by"]) == ("Tried in the clinic.", api.system.name)


def test_reasons_can_come_before(api, avoided):
    fingerprint = publish(api, avoided).json()["findings"][0]["fingerprint"]
    given = {"reasons": [{"fingerprint": fingerprint, "words": "Tried."}]}
    assert api.post(f"plans/{avoided.pk}/reasons/", given).json()["may_be_published"]
    assert publish(api, avoided).status_code == 201


def test_a_reason_for_a_cause_answers_all_of_its_findings(api, avoided):
    refused = publish(api, avoided).json()["findings"]
    assert {one["cause"] for one in refused} == {refused[0]["cause"]}
    given = {"reasons": [{"fingerprint": refused[0]["cause"], "words": "Tried."}]}
    answer = api.post(f"plans/{avoided.pk}/reasons/", given).json()
    assert answer["may_be_published"]
    assert answer["findings"][0]["reason"]["words"] == "Tried."


def test_a_reason_for_nothing_is_refused_and_undoes_the_others(api, avoided):
    fingerprint = publish(api, avoided).json()["findings"][0]["fingerprint"]
    given = [{"fingerprint": fingerprint, "words": "Tried."}, {"fingerprint": "0" * 32, "words": "x"}]
    answer = api.post(f"plans/{avoided.pk}/reasons/", {"reasons": given})
    assert (answer.status_code, answer.json()["code"]) == (409, "unknown_finding")
    assert avoided.reasons.count() == 0


def test_a_reason_is_taken_back_and_asked_for_again(api, avoided):
    refused = publish(api, avoided).json()["findings"]
    given = {"reasons": [{"fingerprint": refused[0]["cause"], "words": "Tried."}]}
    answered = api.post(f"plans/{avoided.pk}/reasons/", given).json()["findings"]
    ids = [one["reason"]["id"] for one in answered if one["reason"]]
    address = f"plans/{avoided.pk}/take-back-reasons/"
    answer = api.post(address, {"reasons": ids}).json()
    assert (answer["may_be_published"], answer["unanswered"]) == (False, len(ids))
    assert [one["reason"] for one in answer["findings"]] == [None] * len(answer["findings"])
    again = api.post(address, {"reasons": ids})
    assert (again.status_code, again.json()["code"]) == (409, "no_such_reason")
    assert publish(api, avoided).json()["code"] == "publish_refused"


@pytest.mark.parametrize("given", [[], ["no id"], None])
def test_what_is_no_id_of_a_reason_is_told_at_its_field(api, avoided, given):
    answer = api.post(f"plans/{avoided.pk}/take-back-reasons/", {"reasons": given})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].startswith("reasons")


def test_a_stop_ends_only_when_its_fact_changes(api, therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic), exercises=[])
    answer = publish(api, plan)
    assert "plan_empty" in {one["code"] for one in answer.json()["findings"]}


def test_an_unapproved_text_is_refused_with_its_finding(api, therapist, clinic):
    patient = factories.patient(therapist, clinic, language="es")
    plan = factories.plan(therapist, of=patient)
    answer = publish(api, plan)
    assert answer.status_code == 409
    assert answer.json()["code"] == "publish_refused"
    assert "text_missing" in {one["code"] for one in answer.json()["findings"]}


def test_publishing_says_what_was_seen(api, plan):
    assert publish(api, plan, If_Match="").status_code == 428
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    api.patch(f"plans/{plan.pk}/", {"note": "changed"}, If_Match="*")
    assert publish(api, plan, If_Match=seen).status_code == 412
    assert not Publication.objects.exists()


def test_the_hash_of_a_preparation_stands_for_the_etag(api, plan):
    told = api.post(f"plans/{plan.pk}/prepare/").json()
    assert told["may_be_published"]
    api.patch(f"plans/{plan.pk}/", {"note": "changed"}, If_Match="*")
    body = {"expected_hash": told["expected_hash"]}
    stale = publish(api, plan, body, If_Match="")
    assert (stale.status_code, stale.json()["code"]) == (409, "plan_changed")
    body = {"expected_hash": api.post(f"plans/{plan.pk}/prepare/").json()["expected_hash"]}
    assert publish(api, plan, body, If_Match="").status_code == 201


def test_unchanged_it_is_the_version_there_was(api, plan):
    first, again = publish(api, plan), publish(api, plan)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    api.patch(f"plans/{plan.pk}/", {"note": "changed"}, If_Match="*")
    assert publish(api, plan).json()["number"] == 2


def test_who_saw_the_plan_before_it_was_published_is_told_of_the_version(api, plan):
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    expected = api.post(f"plans/{plan.pk}/prepare/").json()["expected_hash"]
    issued = publish(api, plan, If_Match=seen).json()
    for late in (
        publish(api, plan, If_Match=seen),
        publish(api, plan, {"expected_hash": expected}, If_Match=""),
        publish(api, plan, {"expected_hash": "0" * 64}, If_Match=""),
    ):
        assert (late.status_code, late.json()["code"]) == (409, "already_published")
        assert late.json()["publication"] == issued["id"]
    fresh = api.get(f"plans/{plan.pk}/")["ETag"]
    again = publish(api, plan, If_Match=fresh)
    assert (again.status_code, again.json()["id"]) == (200, issued["id"])
    assert Publication.objects.count() == 1


def test_publishing_takes_no_draft_from_who_is_writing_it(api, plan):
    seen = api.get(f"plans/{plan.pk}/")["ETag"]
    publish(api, plan)
    changed = api.patch(f"plans/{plan.pk}/", {"note": "changed"}, If_Match=seen)
    assert changed.status_code == 200
    assert publish(api, plan, If_Match=changed["ETag"]).json()["number"] == 2


@pytest.mark.parametrize("made_up", [".7", ".x", ""])
def test_a_made_up_version_is_an_old_one(api, plan, made_up):
    rows = api.get(f"plans/{plan.pk}/")["ETag"].strip('"').partition(".")[0]
    answer = publish(api, plan, If_Match=f'"{rows}{made_up}-0"')
    assert (answer.status_code, answer.json()["code"]) == (412, "version_changed")


def test_formats_are_asked_for_and_found(api, plan):
    formats = ["patient-a4-large-colour", "clinician-a4-normal-colour", "patient-a4-large-colour"]
    issued = publish(api, plan, {"formats": formats}).json()
    assert {one["format"] for one in issued["renderings"]} == set(formats)
    more = api.post(f"publications/{issued['id']}/renderings/", {"formats": ["summary-letter-normal-grey"]})
    assert more.status_code == 202
    assert more["Location"].endswith("/pdf/?format=summary-letter-normal-grey")
    assert api.get(more["Location"]).status_code == 202
    missing = api.get(f"publications/{issued['id']}/pdf/?format=summary-a4-normal-grey")
    assert missing.status_code == 404
    assert api.get(f"publications/{issued['id']}/pdf/?format=poster").status_code == 400


def test_large_print_is_the_usual_format_of_who_needs_it(api, therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic, large_print=True))
    assert publish(api, plan).json()["renderings"][0]["format"] == "patient-a4-large-colour"


@pytest.mark.parametrize("asked", ["bytes=1-", "bytes=-1", "bytes=7-8"])
def test_any_byte_of_a_pdf_is_recorded(api, plan, asked):
    url = publish(api, plan).json()["renderings"][0]["pdf_url"]
    rendering = make_ready(Rendering.objects.get())
    for _ in range(2):
        assert api.get(url, Range=asked).status_code == 206
    event = AuditEvent.objects.get(verb="rendering.opened")
    assert (event.object_id, event.patient_id) == (str(rendering.pk), plan.patient_id)


def test_a_pdf_comes_whole_or_in_parts(api, plan):
    issued = publish(api, plan).json()
    rendering = make_ready(Rendering.objects.get())
    url = issued["renderings"][0]["pdf_url"]
    whole = api.get(url)
    assert (whole.status_code, whole.getvalue()) == (200, PDF)
    part = api.get(url, Range="bytes=10-19", If_Range=whole["ETag"])
    assert (part.status_code, part.getvalue()) == (206, PDF[10:20])
    assert api.get(url, Range="bytes=9999-").status_code == 416
    assert api.get(url, If_None_Match=whole["ETag"]).status_code == 304
    patient = plan.patient
    assert patient.name.split()[0] not in whole["Content-Disposition"]
    assert str(rendering.sha256) in whole["ETag"]


def test_a_client_that_accepts_only_pdf_gets_it_or_is_told_why_not(api, plan):
    url = publish(api, plan).json()["renderings"][0]["pdf_url"]
    assert api.get(url, Accept="application/pdf").status_code == 202
    make_ready(Rendering.objects.get())
    assert api.get(url, Accept="application/pdf").getvalue() == PDF


def test_a_failed_rendering_says_why_and_can_be_asked_again(api, plan):
    issued = publish(api, plan).json()
    Rendering.objects.update(state=RenderingState.FAILED, error_code="worker_lost")
    answer = api.get(issued["renderings"][0]["pdf_url"])
    assert (answer.status_code, answer.json()["code"]) == (409, "rendering_unusable")
    assert "worker_lost" in answer.json()["detail"]
    api.post(f"publications/{issued['id']}/renderings/", {"formats": [issued["renderings"][0]["format"]]})
    assert Rendering.objects.get().state == RenderingState.QUEUED


def test_a_lost_file_is_made_again(api, plan):
    url = publish(api, plan).json()["renderings"][0]["pdf_url"]
    rendering = make_ready(Rendering.objects.get())
    rendering.file.storage.delete(rendering.file.name)
    answer = api.get(url)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    job.work(rendering.pk)
    assert api.get(url).status_code == 200


def test_a_storage_that_is_away_says_so(api, plan, monkeypatch):
    url = publish(api, plan).json()["renderings"][0]["pdf_url"]
    make_ready(Rendering.objects.get())

    def refuse(name, mode):
        raise OSError("the object storage does not answer")

    monkeypatch.setattr(storage.default_storage, "open", refuse)
    answer = api.get(url)
    assert (answer.status_code, answer.json()["code"]) == (503, "file_lost")


def test_a_draft_rendered_ahead_is_nobodys(api, plan):
    api.post(f"plans/{plan.pk}/prepare/")
    draft = Rendering.objects.get()
    assert api.get(f"renderings/{draft.pk}/").status_code == 404


# --- Findings without storing -----------------------------------------------------------------------------


def test_a_question_finds_what_a_stored_plan_would(api, avoided):
    stored = api.get(f"plans/{avoided.pk}/findings/").json()
    item = api.get(f"plans/{avoided.pk}/").json()["items"][0]
    asked = api.post(
        "findings/",
        {
            "birth_date": "1960-05-17",
            "start_on": str(avoided.start_on),
            "review_on": str(avoided.review_on),
            "times_per_day_min": 1,
            "days_per_week_min": 7,
            "conditions": [{"condition": "sciatica"}],
            "items": [item],
        },
    )
    assert asked.status_code == 200, asked.content
    assert asked.json() == stored


def test_a_question_stores_nothing(api, clinic):
    factories.approved_exercise(clinic)
    api.post("findings/", {"conditions": [], "items": [{"exercise_code": "heel-slide"}]})
    assert (Patient.objects.count(), Plan.objects.count()) == (0, 0)


def test_a_red_flag_in_a_question_stops(api):
    factories.symptom("numb_saddle", red_flag="emergency")
    told = api.post("findings/", {"symptoms": [{"symptom": "numb_saddle"}]}).json()
    assert "red_flag_emergency" in {one["code"] for one in told["findings"]}
    cleared = {"cleared_on": "2026-01-01", "cleared_by": "Dr. A", "cleared_how": "seen"}
    told = api.post("findings/", {"symptoms": [{"symptom": "numb_saddle", **cleared}]}).json()
    assert "red_flag_emergency" not in {one["code"] for one in told["findings"]}


def test_items_of_a_question_are_told_by_the_ids_that_were_given(api, clinic):
    factories.approved_exercise(clinic)
    name = str(uuid4())
    item = {"id": name, "exercise_code": "heel-slide", "sets_min": 10, "repetitions_min": 100}
    told = api.post("findings/", {"items": [item]}).json()["findings"]
    assert name in {one["item"] for one in told}
    twice = api.post("findings/", {"items": [item, item]})
    assert twice.json()["errors"][0]["code"] == "given_twice"


def test_an_unknown_condition_in_a_question_fails_loudly(api):
    answer = api.post("findings/", {"conditions": [{"condition": "nope"}]})
    assert answer.json()["errors"][0] == {
        "field": "conditions[0]",
        "pointer": "/conditions/0",
        "code": "unknown_code",
        "detail": "The library has no 'nope'.",
    }
