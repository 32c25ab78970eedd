"""Leaflets as other software reads them, and names them for a plan."""

import pytest

from plans.actions import leaflets as writing
from plans.content import from_json
from plans.models import Leaflet
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(therapist):
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))


def test_a_leaflet_is_told_with_all_its_words_and_who_approved_them(api, clinic):
    factories.approved_leaflet(clinic)
    factories.approved_leaflet(factories.clinic(), "elsewhere")
    told, elsewhere = sorted(api.get("leaflets/").json()["results"], key=lambda one: one["code"] != "nerve")
    assert (told["conditions"], told["source"], told["clinic"]) == (["sciatica"], "ours", None)
    section = {"heading": "What it is", "lines": ["It is a long nerve."]}
    assert told["texts"] == [
        {
            "language": "en",
            "number": 1,
            "title": "Know your nerve",
            "sections": [section],
            "approved_for": [str(clinic.pk)],
        }
    ]
    assert elsewhere["texts"][0]["approved_for"] == []
    assert api.get(f"leaflets/{told['id']}/").json() == told


def test_a_change_that_waits_is_told_beside_what_is_printed(api, clinic):
    factories.approved_leaflet(clinic)
    texts = {"en": factories.leaflet_text("New words")}
    for title in ("Middle words", "New words"):
        texts = {"en": factories.leaflet_text(title)}
        writing.write_leaflet(data=factories.leaflet_data(texts=texts), order=1)
    (told,) = api.get("leaflets/?code=nerve").json()["results"]
    assert [(text["number"], bool(text["approved_for"])) for text in told["texts"]] == [(3, False), (1, True)]


def test_leaflets_of_another_clinic_are_absent(api):
    theirs = Leaflet.objects.create(code="theirs", clinic=factories.clinic(), conditions=[])
    assert api.get("leaflets/").json()["results"] == []
    assert api.get(f"leaflets/{theirs.pk}/").status_code == 404


def test_a_plan_names_its_leaflets_and_publishes_them(api, clinic, plan):
    factories.approved_leaflet(clinic)
    path = f"plans/{plan.pk}/"
    before = api.get(path)
    assert before.json()["leaflets"] == []
    changed = api.patch(path, {"leaflets": ["nerve"]}, If_Match=before["ETag"])
    assert changed.json()["leaflets"] == ["nerve"]
    assert changed["ETag"] != before["ETag"]
    assert api.patch(path, {"note": "x"}, If_Match=changed["ETag"]).json()["leaflets"] == ["nerve"]

    issued = api.post(f"{path}publish/", {}, If_Match="*", Idempotency_Key="k")
    assert issued.status_code == 201, issued.content
    assert [one.code for one in from_json(plan.publications.get().content.json).leaflets] == ["nerve"]


@pytest.mark.parametrize(("codes", "code"), [(["nope"], "unknown_code"), (["nerve", "nerve"], "given_twice")])
def test_a_leaflet_that_is_not_there_is_named_and_nothing_is_written(api, clinic, plan, codes, code):
    factories.approved_leaflet(clinic)
    answer = api.patch(f"plans/{plan.pk}/", {"leaflets": codes, "note": "x"}, If_Match="*")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["code"] == code
    assert error["field"] == f"leaflets[{len(codes) - 1}]"
    plan.refresh_from_db()
    assert plan.note != "x"


def test_a_leaflet_that_waits_for_review_stops_the_plan_by_its_name(api, plan):
    factories.leaflet()
    api.patch(f"plans/{plan.pk}/", {"leaflets": ["nerve"]}, If_Match="*")
    answer = api.get(f"plans/{plan.pk}/findings/").json()
    assert "leaflet_not_approved" in [finding["code"] for finding in answer["findings"]]
    refused = api.post(f"plans/{plan.pk}/publish/", {}, If_Match="*", Idempotency_Key="k")
    assert (refused.status_code, refused.json()["code"]) == (409, "publish_refused")


def test_a_retired_leaflet_is_told_with_its_day_and_comes_to_no_other_plan(api, clinic, therapist, plan):
    row = factories.approved_leaflet(clinic)
    path = f"plans/{plan.pk}/"
    api.patch(path, {"leaflets": ["nerve"]}, If_Match="*")
    assert api.get("leaflets/").json()["results"][0]["retired_on"] is None
    writing.retire_leaflet(row)

    (told,) = api.get("leaflets/?retired=true").json()["results"]
    assert told["retired_on"] == str(row.retired_on)
    assert api.get("leaflets/?retired=false").json()["results"] == []
    assert api.patch(path, {"leaflets": ["nerve"]}, If_Match="*").status_code == 200
    codes = [finding["code"] for finding in api.get(f"{path}findings/").json()["findings"]]
    assert "leaflet_retired" in codes
    other = factories.plan(therapist, of=plan.patient)
    answer = api.patch(f"plans/{other.pk}/", {"leaflets": ["nerve"]}, If_Match="*")
    assert answer.json()["errors"][0]["code"] == "unknown_code"
    assert api.patch(path, {"leaflets": []}, If_Match="*").json()["leaflets"] == []
    assert api.patch(path, {"leaflets": ["nerve"]}, If_Match="*").status_code == 400
