"""Files of a paused plan over the API: told to be paused, and given only to who asks for them knowingly."""

import pytest

from plans.actions import pausing
from plans.actions import plans as plan_actions
from plans.models import AuditEvent, Rendering
from tests import factories
from tests.api.world import PDF, make_ready


@pytest.fixture
def versions(therapist):
    """Two versions of one plan with their files, the older first."""
    older = factories.publication(therapist)
    older.plan.note = "Slower."
    plan_actions.save_plan(plan=older.plan, by=therapist)
    newer = factories.publication(therapist, of_plan=older.plan)
    for rendering in Rendering.objects.all():
        make_ready(rendering)
    return older, newer


@pytest.fixture
def paused(versions, therapist):
    pausing.pause_plan(plan=versions[0].plan, by=therapist)
    return versions


def ways(publication):
    """The two addresses that lead to a version's file."""
    rendering = publication.content.renderings.get()
    return f"publications/{publication.pk}/pdf/", f"renderings/{rendering.pk}/pdf/"


@pytest.mark.parametrize("which", [0, 1])
def test_every_version_and_file_of_a_paused_plan_says_so(api, paused, which):
    told = api.get(f"plans/{paused[0].plan_id}/").json()["paused_at"]
    shown = api.get(f"publications/{paused[which].pk}/").json()
    (rendering,) = shown["renderings"]
    alone = api.get(f"renderings/{rendering['id']}/").json()
    listed = api.get("publications/").json()["results"]
    assert told
    assert {shown["paused_at"], rendering["paused_at"], alone["paused_at"]} == {told}
    assert [one["paused_at"] for one in listed] == [told, told]


@pytest.mark.parametrize("which", [0, 1])
def test_no_version_of_a_paused_plan_is_given_unasked(api, paused, which):
    for way in ways(paused[which]):
        for headers in ({}, {"Accept": "application/pdf"}, {"If_None_Match": "*"}):
            refused = api.get(way, **headers)
            assert (refused.status_code, refused.json()["code"]) == (409, "plan_paused")
            assert f"/api/v1/plans/{paused[0].plan_id}/resume/" in refused.json()["detail"]
            assert "?paused=include" in refused.json()["detail"]
    assert not AuditEvent.objects.filter(verb="rendering.opened").exists()


def test_a_file_that_is_still_made_is_refused_too(api, therapist):
    publication = factories.publication(therapist)
    pausing.pause_plan(plan=publication.plan, by=therapist)
    assert [api.get(way).json()["code"] for way in ways(publication)] == ["plan_paused"] * 2
    assert [api.get(f"{way}?paused=include").status_code for way in ways(publication)] == [202, 202]


@pytest.mark.parametrize("which", [0, 1])
def test_who_asks_knowingly_gets_the_file_for_the_record(api, paused, which):
    moved = api.get(f"{ways(paused[which])[0]}?paused=include")
    assert (moved.status_code, moved["Location"]) == (303, f"/api/v1/{ways(paused[which])[1]}?paused=include")
    answer = api.get(moved["Location"])
    assert (answer.status_code, answer.getvalue()) == (200, PDF)
    assert AuditEvent.objects.filter(verb="rendering.opened").count() == 1


@pytest.mark.parametrize("word", ["true", "exclude"])
def test_another_word_is_no_answer(api, paused, word):
    for way in ways(paused[1]):
        refused = api.get(f"{way}?paused={word}")
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/paused")


@pytest.mark.parametrize("resumed", [False, True])
def test_what_is_not_paused_is_as_ever(api, versions, therapist, resumed):
    if resumed:
        pausing.pause_plan(plan=versions[0].plan, by=therapist)
        pausing.resume_plan(plan=versions[0].plan, by=therapist)
    for publication in versions:
        way, file = ways(publication)
        moved = api.get(way)
        assert (moved.status_code, moved["Location"]) == (303, f"/api/v1/{file}")
        assert api.get(file).getvalue() == PDF
        shown = api.get(f"publications/{publication.pk}/").json()
        assert (shown["paused_at"], shown["renderings"][0]["paused_at"]) == (None, None)
    assert api.get(f"links/{link_of(api)['id']}/").json()["state"] == "open"


def test_the_answer_of_publishing_says_that_the_plan_stays_paused(api, paused):
    plan = f"plans/{paused[0].plan_id}/"
    told = api.patch(plan, {"note": "Slower still."}, If_Match="*").json()["paused_at"]
    issued = api.post(f"{plan}publish/", {}, If_Match="*")
    assert issued.status_code == 201
    assert {issued.json()["paused_at"], issued.json()["renderings"][0]["paused_at"]} == {told}
    more = api.post(
        f"publications/{issued.json()['id']}/renderings/", {"formats": ["summary-a4-normal-grey"]}
    )
    assert more.json()["paused_at"] == told


def link_of(api):
    (link,) = api.get("links/").json()["results"]
    return link


def test_a_link_of_a_paused_plan_says_so_and_is_open_again(api, versions, therapist):
    link = link_of(api)
    path, seen = f"links/{link['id']}/", api.get(f"links/{link['id']}/")["ETag"]
    pausing.pause_plan(plan=versions[0].plan, by=therapist)
    assert link_of(api)["state"] == "paused"
    told = api.get(path, If_None_Match=seen)
    assert (told.status_code, told.json()["state"]) == (200, "paused")
    made = api.post("links/", {"plan": str(versions[0].plan_id)})
    assert (made.status_code, made.json()["state"]) == (200, "paused")
    pausing.resume_plan(plan=versions[0].plan, by=therapist)
    assert api.get(path).json()["state"] == "open"
    pausing.pause_plan(plan=versions[0].plan, by=therapist)
    api.delete(path, If_Match="*")
    assert api.get(path).json()["state"] == "revoked"


@pytest.mark.parametrize("way", [str, str.lower, lambda code: f"{code[:4]}-{code[4:8]} {code[8:]}"])
def test_the_code_on_a_sheet_finds_its_publication(api, versions, way):
    older, _ = versions
    factories.publication(older.plan.patient.therapist)
    found = api.get(f"publications/?sheet_code={way(older.sheet_code)}").json()["results"]
    assert [one["id"] for one in found] == [str(older.pk)]
