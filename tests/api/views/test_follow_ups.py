"""Follow-ups through the API: told with numbers and a sentence, seen and done once, found by what is asked for."""

import pytest

from plans.actions import follow_ups
from plans.models import Feel, FollowUp, User
from tests import factories
from tests.api.world import make_world


@pytest.fixture
def world(db):
    return make_world()


def test_a_follow_up_says_why_in_numbers_and_words(world):
    caller, row = world.callers["system"], world.rows.follow_up
    told = caller.get(f"follow-ups/{row.pk}/").json()
    assert (told["kind"], told["pain"], told["over"], told["signs"]) == ("pain", 8, 5, [])
    assert (told["plan"], told["patient"]) == (str(row.plan_id), str(world.rows.patient.pk))
    assert told["sentence"].startswith("Pain 8 of 10 on ")
    assert (told["seen_at"], told["done_at"], told["ended_at"]) == (None, None, None)


def test_an_exercise_that_hurts_is_named_by_key_and_as_on_the_sheet(world):
    for days_ago in (1, 0):
        entry = factories.log_entry(world.rows.publication, days_ago=days_ago, feel=Feel.CANNOT)
        follow_ups.raise_follow_ups(plan=world.rows.plan, day=entry.day)
    (told,) = world.callers["system"].get("follow-ups/?kind=hurts").json()["results"]
    assert (told["items"], told["sessions"], told["days"]) == ([str(world.rows.item.pk)], 2, 2)
    assert told["sentence"].startswith("“Heel slide” hurt or could not be done in 2 sessions since ")


def test_the_sentence_is_english_whatever_the_desk_speaks(world):
    User.objects.update(desk_language="es")
    told = world.callers["therapist"].get(f"follow-ups/{world.rows.follow_up.pk}/", Accept_Language="es")
    assert told.json()["sentence"].startswith("Pain 8 of 10")


def test_seen_and_done_tell_who_and_when(world):
    caller, row = world.callers["therapist"], world.rows.follow_up
    seen = caller.post(f"follow-ups/{row.pk}/see/", {}).json()
    assert (seen["seen_by"], seen["done_at"]) == (str(world.rows.therapist.pk), None)
    assert seen["seen_at"] is not None
    done = caller.post(f"follow-ups/{row.pk}/done/", {}).json()
    assert done["done_by"] == str(world.rows.therapist.pk)
    for way in ("see", "done"):
        over = caller.post(f"follow-ups/{row.pk}/{way}/", {})
        assert (over.status_code, over.json()["code"]) == (409, "follow_up_over")


def test_what_waits_is_found(world):
    caller, row = world.callers["system"], world.rows.follow_up

    def found(asked):
        return [one["id"] for one in caller.get(f"follow-ups/?{asked}").json()["results"]]

    own = [str(row.pk)]
    assert found("open=true") == found(f"plan={row.plan_id}") == own
    assert found(f"patient={world.rows.patient.pk}") == own
    assert found("open=false") == found("kind=easy") == []
    follow_ups.finish_follow_up(follow_up=row, by=world.rows.therapist)
    assert (found("open=true"), found("open=false")) == ([], own)
    assert caller.get("follow-ups/?kind=mood").status_code == 400


def test_a_clinic_says_what_it_follows_up(world):
    caller, clinic = world.callers["lead"], world.rows.clinic
    address = f"clinics/{clinic.pk}/"
    told = caller.get(address).json()
    assert (len(told["follow_up_kinds"]), told["silent_days"]) == (5, 7)
    changed = caller.patch(address, {"follow_up_kinds": ["sign"], "silent_days": 10}, If_Match="*").json()
    assert (changed["follow_up_kinds"], changed["silent_days"]) == (["sign"], 10)
    for wrong in ({"follow_up_kinds": ["mood"]}, {"silent_days": 0}, {"silent_days": 91}):
        assert caller.patch(address, wrong, If_Match="*").status_code == 400
    assert FollowUp.objects.count() == 1
