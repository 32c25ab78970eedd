""" "Keep on this phone", without a phone: what may be kept, what the answers tell, and to whom."""

import json
import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from plans.actions import devices, pausing
from plans.actions import plans as plan_actions
from plans.models import Device, LogChange
from plans.rendering import moving
from tests.logs import issue_again, keys_of, tell, tell_day
from tests.portal.conftest import BIRTH_DATE, expired, revoked
from tests.portal.whole_plan import full_plan, put


@pytest.fixture
def remembered(issued):
    """A browser that this link remembers."""
    browser = Client()
    assert browser.post(issued.path, {**BIRTH_DATE, "remember": "yes"}).status_code == 303
    return browser


def listed(browser, issued):
    answer = browser.get(f"{issued.path}kept/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    return answer.json()


def test_the_list_names_the_pages_and_what_a_phone_has_to_know(
    remembered, issued, django_assert_max_num_queries
):
    content = full_plan()
    put(issued.publication, content)
    with django_assert_max_num_queries(5):
        given = listed(remembered, issued)

    rest = [page.removeprefix(issued.path) for page in given["pages"]]
    exercises = [f"{part}/{number}/" for part in ("exercise", "log") for number in range(1, 9)]
    assert rest == ["", "kept/late/", "kept/away/", "warnings/", "log/", *exercises]
    assert [item["key"] for item in given["items"]] == [item.key for item in content.items]
    assert (given["state"], given["plan"], given["ease"]) == ("open", str(issued.plan.pk), 5)
    assert given["zone"] == issued.clinic.zone.key
    assert "chest_pain_or_breathlessness" in given["emergencies"]
    assert "fever" not in given["emergencies"]
    assert given["told"] == {"day": issued.clinic.today().isoformat(), "items": {}}


def test_it_says_what_was_told_today_so_that_no_phone_asks_for_it_again(remembered, issued):
    (key,) = keys_of(issued.publication)
    tell(issued.publication, session=2, outcome="skipped")

    assert listed(remembered, issued)["told"]["items"] == {str(key): {"2": "skipped"}}


def test_its_mark_is_another_for_another_version_another_state_and_a_picture_that_moves_by_now(
    remembered, issued, monkeypatch
):
    marks = [listed(remembered, issued)["mark"]]
    assert listed(remembered, issued)["mark"] == marks[0]
    monkeypatch.setattr(moving, "ready_ids", lambda content: [uuid4()])
    marks.append(listed(remembered, issued)["mark"])
    monkeypatch.undo()
    issue_again(issued.publication, issued.therapist)
    marks.append(listed(remembered, issued)["mark"])
    pausing.pause_plan(plan=issued.plan, by=issued.therapist)
    marks.append(listed(remembered, issued)["mark"])

    assert len(set(marks)) == 4


def test_of_a_plan_that_is_paused_only_the_page_that_says_so_is_kept(remembered, issued):
    pausing.pause_plan(plan=issued.plan, by=issued.therapist)
    given = listed(remembered, issued)
    assert (given["state"], given["pages"]) == ("paused", [issued.path])


@pytest.mark.parametrize("how", [revoked, expired, "stopped", "forgotten", "a session alone", "no such link"])
def test_to_all_others_it_is_closed_and_does_not_say_why(remembered, issued, how):
    path = issued.path
    if how == "forgotten":
        devices.end_device(device=Device.objects.get(), by=issued.therapist)
        remembered.post(f"{path}close/")
    elif how == "stopped":
        plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)
    elif how == "a session alone":
        remembered = Client()
        remembered.post(path, BIRTH_DATE)
    elif how == "no such link":
        path = "/p/nobody/"
    else:
        how(issued)

    answer = remembered.get(f"{path}kept/")

    assert answer.status_code == 403
    assert answer.json().keys() == {"state", "now"}
    assert answer.json()["state"] == "closed"


def test_the_worker_is_one_script_for_every_address_and_asks_nothing(
    client, issued, django_assert_num_queries
):
    with django_assert_num_queries(0):
        ours, none = client.get(f"{issued.path}worker.js"), client.get("/p/nobody/worker.js")

    assert ours.content == none.content
    assert ours["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in ours.headers
    assert ours["Content-Security-Policy"] == none["Content-Security-Policy"]
    assert issued.token not in ours.content.decode()


def test_a_kept_page_says_nothing_that_was_told_and_leads_nowhere_that_needs_the_service(remembered, issued):
    tell(issued.publication, pain_after=9, words="Xylophone")
    tell_day(issued.publication, pain=8, signs=["fever"], words="Xylophone")

    for address in listed(remembered, issued)["pages"]:
        answer = remembered.get(f"{address}?kept")
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert 'data-kept="' in page, address
        assert "Xylophone" not in page, address
        assert 'id="alarm"' not in page, address
        assert "checked>" not in page.replace('value="" checked>', ""), address
        links = set(re.findall(rf'href="{issued.path}([^"?#]*)', page))
        assert not links & {"progress/", "reminders/", "devices/"}, address
        assert not [link for link in links if link.endswith(".pdf")], address


def test_a_tick_that_is_the_whole_of_it_takes_back_what_it_leaves_out(remembered, issued):
    tell(issued.publication, pain_after=9)
    today = issued.clinic.today().isoformat()
    tick = {"id": str(uuid4()), "item": str(keys_of(issued.publication)[0]), "day": today, "outcome": "part"}

    def send(**more):
        sent = [{**tick, "id": str(uuid4()), **more}]
        data = json.dumps(sent)
        answer = remembered.post(f"{issued.path}log/", data, content_type="application/json").json()
        assert answer["answers"][0]["ok"]
        change = LogChange.objects.get(client_id=UUID(sent[0]["id"]))
        return change.entry.pain_after

    assert send(whole="yes") == 9
    assert send(whole=True, seen={"pain_after": None}) == 9  # left as the form on the phone showed it
    assert send(whole=True, seen=["pain_after"]) is None
    assert send(whole=True, pain_after=4, seen={"pain_after": None}) == 4
    assert send(whole=True) is None


@pytest.mark.parametrize("given", [revoked, expired])
def test_what_the_worker_alone_shows_is_shown_to_nobody_else(client, issued, given):
    path, _ = given(issued)
    for rest in ("kept/late/", "kept/away/"):
        assert client.get(path + rest)["Location"] == path
