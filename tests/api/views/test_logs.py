"""The log of a plan through the API: read by day, told once, refused by the name of the field."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plans.actions import logs
from plans.actions import plans as plan_actions
from plans.models import AuditEvent, DayEntry, LogChange, LogEntry, LogSource
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)
SECRET = "Xylophone in the attic"


@pytest.fixture
def publication(pat):
    return plan_of(pat)


@pytest.fixture
def path(publication):
    return f"plans/{publication.plan_id}/log/"


@pytest.fixture
def days(publication):
    return f"plans/{publication.plan_id}/log-days/"


@pytest.fixture
def body(publication, clinic):
    return {"item": str(keys_of(publication)[0]), "day": clinic.today().isoformat(), "outcome": "all"}


def test_an_entry_is_told_and_read(api, path, body, publication, clinic):
    given = {**body, "session": 2, "outcome": "skipped", "reason": "pain", "pain_before": 7, "feel": "cannot",
             "words": "No. 🙂", "told_at": "2025-01-01T00:00:00Z"}  # fmt: skip

    answer = api.post(path, given)

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert {name: told[name] for name in given if name != "told_at"} == {
        name: value for name, value in given.items() if name != "told_at"
    }
    assert (told["version"], told["source"], told["pain_after"]) == (1, "api", None)
    assert api.get(path).json()["results"] == [told]
    assert LogEntry.objects.get().source == LogSource.API


def test_a_day_is_told_and_read(api, days, clinic):
    given = {
        "day": clinic.today().isoformat(),
        "pain": 8,
        "signs": ["fever"],
        "feel": "too_hard",
        "words": "Hot.",
    }

    told = api.post(days, given).json()

    assert {name: told[name] for name in given} == given
    assert api.get(days).json()["results"] == [told]
    assert DayEntry.objects.get().signs == ["fever"]


def test_days_are_chosen_and_paged(api, path, publication, clinic, pat):
    issued_days_ago(publication, 20)
    today = clinic.today()
    for number in range(5):
        tell(publication, day=today - number * DAY, source=LogSource.PAPER, by=pat)

    def found(query):
        return [row["day"] for row in api.get(f"{path}?{query}").json()["results"]]

    iso = [(today - number * DAY).isoformat() for number in range(5)]
    assert found("page_size=200") == iso
    assert found(f"from_day={iso[2]}") == iso[:3]
    assert found(f"to_day={iso[3]}") == iso[3:]
    assert found(f"from_day={iso[3]}&to_day={iso[1]}") == iso[1:4]
    page = api.get(f"{path}?page_size=2&from_day={iso[3]}").json()
    assert [row["day"] for row in api.get(page["next"].partition("testserver")[2]).json()["results"]] == iso[
        2:4
    ]


@pytest.mark.parametrize("query", ["from_day=soon", "to_day=2026-13-01", "from=2026-01-01", "ordering=day"])
def test_filters_that_cannot_be_read_are_refused(api, path, query):
    assert api.get(f"{path}?{query}").status_code == 400


def test_telling_again_corrects_and_what_is_left_out_stays(api, path, body):
    api.post(path, {**body, "pain_after": 6, "words": "It pulled."})

    told = api.post(path, {**body, "outcome": "part"}).json()

    assert (told["outcome"], told["pain_after"], told["words"]) == ("part", 6, "It pulled.")
    told = api.post(path, {**body, "whole": True}).json()
    assert (told["outcome"], told["pain_after"], told["words"]) == ("all", None, "")
    assert (LogEntry.objects.count(), LogChange.objects.count()) == (1, 3)


def test_the_same_telling_is_harmless_by_its_id_and_by_the_key_of_the_call(api, path, body):
    given = {**body, "client_id": str(uuid4())}
    first = api.post(path, given)
    assert api.post(path, given).json() == first.json()
    assert api.post(path, {**given, "outcome": "part"}).json()["code"] == "log_id_reused"

    key = str(uuid4())
    first = api.post(path, {**body, "session": 2}, Idempotency_Key=key)
    again = api.post(path, {**body, "session": 2}, Idempotency_Key=key)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    assert LogChange.objects.count() == 2


def test_the_same_session_from_two_devices_is_one_entry_and_loses_nothing(api, path, body):
    api.post(path, {**body, "client_id": str(uuid4()), "pain_after": 6})

    told = api.post(path, {**body, "client_id": str(uuid4()), "feel": "hurt"}).json()

    assert (told["pain_after"], told["feel"]) == (6, "hurt")
    assert LogEntry.objects.count() == 1


def test_an_exercise_that_left_is_kept_with_the_version_that_had_it(api, path, body, publication, pat):
    other = factories.approved_exercise(publication.plan.patient.clinic, "other")
    items = [factories.item(other, order=1)]
    plan_actions.save_plan(plan=publication.plan, items=items, removed=keys_of(publication), by=pat)
    second = factories.publication(pat, of_plan=publication.plan)

    assert api.post(path, body).json()["version"] == 1
    assert api.post(path, {**body, "publication": str(second.pk), "session": 2}).json()["version"] == 1


def test_ticks_of_a_week_are_told_one_by_one_whatever_the_clock_of_the_device_says(
    api, path, days, body, publication, clinic
):
    issued_days_ago(publication, 20)
    for number in range(7):
        day = (clinic.today() - number * DAY).isoformat()
        for told_at in ("2025-11-30T08:00:00Z", "2027-11-30T08:00:00Z"):
            given = {**body, "day": day, "told_at": told_at, "words": "🙂" * 500}
            assert api.post(path, given).status_code == 201
            assert api.post(days, {"day": day, "pain": number, "told_at": told_at}).status_code == 201

    assert LogEntry.objects.count() == DayEntry.objects.count() == 7


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"pain_before": 11}, "pain_before", None),
        ({"pain_after": "11"}, "pain_after", None),
        ({"words": "x" * 5_000}, "words", None),
        ({"words": "🙂" * 501}, "words", None),
        ({"client_id": "x" * 5_000}, "client_id", None),
        ({"told_at": "yesterday"}, "told_at", None),
        ({"outcome": "most"}, "outcome", None),
        ({"feel": "odd"}, "feel", None),
        ({"reason": "pain"}, "reason", "log_reason_without_skipping"),
        ({"session": 11}, "session", None),
        ({"item": str(uuid4())}, "item", "log_item_unknown"),
        ({"item": "x"}, "item", None),
        ({"day": "2999-01-01"}, "day", "log_day_in_future"),
        ({"day": "1999-01-01"}, "day", "log_day_before_plan"),
        ({"publication": str(uuid4())}, "publication", None),
        ({"mood": "good"}, "mood", None),
    ],
)
def test_bad_input_names_its_field_and_keeps_nothing(api, path, body, change, field, code):
    answer = api.post(path, {**body, **change})

    assert answer.status_code == 400
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert code in (None, answer.json()["code"])
    assert not LogChange.objects.exists()


def test_a_day_with_a_sign_that_is_not_the_plans_or_with_nothing(api, days, clinic):
    day = clinic.today().isoformat()

    refused = api.post(days, {"day": day, "signs": ["dog"]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "signs")
    assert (api.post(days, {"day": day}).json()["code"]) == "log_nothing_told"
    assert not LogChange.objects.exists()


def test_a_telling_may_name_its_publication(api, path, body, publication, pat):
    issue_again(publication, pat)

    assert api.post(path, body).json()["version"] == 2
    told = api.post(path, {**body, "session": 2, "publication": str(publication.pk)}).json()
    assert told["version"] == 1


def test_a_plan_that_was_never_issued_has_no_log(api, pat):
    plan = factories.plan(pat)
    item = plan.items.get()

    answer = api.post(f"plans/{plan.pk}/log/", {"item": str(item.pk), "day": "2026-11-30", "outcome": "all"})

    assert answer.status_code == 400
    assert api.get(f"plans/{plan.pk}/log/").json()["results"] == []


def test_who_reads_a_log_stands_in_the_trail_without_its_words(api, path, publication):
    tell(publication, words=SECRET)
    tell_day(publication, pain=1, words=SECRET)

    api.get(path)

    event = AuditEvent.objects.get(verb="log.viewed")
    assert (event.object_id, event.created_by) == (str(publication.plan_id), api.system.user)
    assert not any(SECRET in str(row) for row in AuditEvent.objects.values())


def test_a_key_that_may_tell_and_not_read_may_do_neither(clinic, make_system, publication, path, body):
    from tests.api.conftest import Caller, ask_token

    _, made = make_system(clinic, scopes=["log:write"])
    caller = Caller(ask_token(made).json()["access_token"])

    assert caller.post(path, body).status_code == 403
    assert caller.get(path).status_code == 403


def test_the_goal_and_when_and_where_are_read_and_nothing_else_stands_there(api, publication):
    path = f"plans/{publication.plan_id}/intention/"
    nothing = {
        "plan": str(publication.plan_id),
        "goal": "",
        "when_and_where": "",
        "changed_at": None,
    }
    assert api.get(path).json() == nothing

    kept = logs.set_intention(plan=publication.plan, goal=SECRET, when_and_where="At noon", by=None)

    told = api.get(path).json()
    assert (told["goal"], told["when_and_where"]) == (SECRET, "At noon")
    assert told["changed_at"][:10] == kept.changed_at.date().isoformat()
    assert api.put(path, {"goal": ""}).status_code == 405


def test_who_reads_a_goal_stands_in_the_trail_without_its_words(api, publication):
    logs.set_intention(plan=publication.plan, goal=SECRET, when_and_where=SECRET, by=None)

    api.get(f"plans/{publication.plan_id}/intention/")

    event = AuditEvent.objects.get(verb="log.viewed")
    assert (event.object_id, event.created_by) == (str(publication.plan_id), api.system.user)
    assert not any(SECRET in str(row) for row in AuditEvent.objects.values())
