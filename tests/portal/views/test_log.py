"""Telling on the page, without any script: one tap, a form, a list that waited; and what is said of it."""

import json
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from plans.actions import pausing
from plans.actions import plans as plan_actions
from plans.models import AuditEvent, Clinic, DayEntry, Device, LogChange, LogEntry, LogSource, OutboxEvent
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, tell, tell_day
from tests.portal.conftest import BIRTH_DATE, expired, revoked, token_of

DAY = timedelta(days=1)
SECRET = "Xylophone in the attic"


def text(answer):
    return " ".join(answer.content.decode().split())


def hidden(page, name="id"):
    """The values of the hidden fields of this name, in the page's order."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


@pytest.fixture
def path(issued):
    return f"{issued.path}log/"


@pytest.fixture
def key(issued):
    return keys_of(issued.publication)[0]


@pytest.fixture
def today(issued):
    return issued.clinic.today()


@pytest.fixture
def done(key, today):
    """What a tap on "I did it" sends."""
    return {"id": str(uuid4()), "day": today.isoformat(), "item": str(key), "session": "1", "outcome": "all"}


@pytest.fixture
def whole(done):
    """What the form of an exercise sends."""
    return {**done, "about": "exercise", "whole": "1", "reason": "", "pain_before": "", "pain_after": "",
            "feel": "", "words": ""}  # fmt: skip


# --- Before the first entry ---


def test_the_page_says_first_who_reads_it_how_long_it_is_kept_and_how_to_correct_it(issued, opened, path):
    page = text(opened.get(path))

    name = str(issued.therapist)
    assert '<details class="notice" id="who" open>' in page
    assert f"Your therapist ({name}) can read it. So can those who lead Hill Street Clinic" in page
    assert "Nobody reads it right now. Do you need help? Call." in page
    assert "It is kept as long as your clinic keeps your record." in page
    assert "You can change it until the end of the next day." in page
    assert "Is something older wrong? Call your clinic. They can put it right:" in page
    assert page.index("Who reads this?") < page.index("<form")


def test_after_the_first_entry_it_is_folded_away(issued, opened, path):
    tell(issued.publication)

    page = text(opened.get(path))

    assert '<details class="notice" id="who">' in page
    folded = page.partition('<details class="notice" id="who">')[2].partition("</details>")
    assert "Nobody reads it right now. Do you need help? Call." not in folded[0]
    assert "Nobody reads it right now. Do you need help? Call." in folded[2]
    assert "It is kept as long as your clinic keeps your record." in page


# --- One tap ---


def test_one_tap_tells_that_an_exercise_was_done(issued, opened, path, key, today):
    page = text(opened.get(path))
    sent = {name: hidden(page, name) for name in ("day", "item", "session")}
    sent = {name: values[0 if name != "day" else 1] for name, values in sent.items()}

    answer = opened.post(path, {**sent, "id": hidden(page)[1], "outcome": "all"})

    assert (answer.status_code, answer["Location"]) == (303, f"{path}?saved#e{key}")
    entry = LogEntry.objects.get()
    assert (entry.item_key, entry.day, entry.session, entry.outcome) == (key, today, 1, "all")
    assert (entry.source, entry.recorded_by) == (LogSource.PAGE, None)
    page = text(opened.get(f"{path}?saved"))
    assert '<p class="status">Done</p>' in page
    assert "Saved. Thank you." in page
    assert "I did it" not in page


def test_the_same_form_twice_tells_once(opened, path, done):
    for _ in range(2):
        assert opened.post(path, done).status_code == 303

    assert LogChange.objects.count() == 1


def test_a_form_that_was_gone_back_to_and_filled_in_anew_corrects(opened, path, done):
    opened.post(path, done)
    opened.post(path, {**done, "outcome": "part"})

    assert LogEntry.objects.get().outcome == "part"
    assert LogChange.objects.count() == 2


@pytest.mark.parametrize("mark", ["", "x", None])
def test_a_form_without_its_id_is_told_all_the_same(opened, path, done, mark):
    sent = {name: value for name, value in {**done, "id": mark}.items() if value is not None}

    assert opened.post(path, sent).status_code == 303
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("times", "today_words", "yesterday_words"),
    [
        (1, None, None),
        (2, "First or second time today?", "First or second time yesterday?"),
        (3, "Which time today?", "Which time yesterday?"),
    ],
)
def test_which_time_it_was_is_asked_in_words_of_the_day(client, db, times, today_words, yesterday_words):
    by = factories.therapist(factories.clinic())
    plan = factories.plan(by, times_per_day_min=1, times_per_day_max=times)
    publication = issued_days_ago(factories.publication(by, of_plan=plan), 3)
    home = f"/p/{token_of(publication.plan.links.get())}/"
    client.post(home, BIRTH_DATE)

    for query, words in (("", today_words), ("?yesterday", yesterday_words)):
        asked = re.findall(
            r"<p>([^<]+ time \w+\?)\s*</p>", client.get(f"{home}log/1/{query}").content.decode()
        )
        assert asked == ([words] if words else [])


def test_a_dose_of_several_times_a_day_counts_them(client, db):
    by = factories.therapist(factories.clinic())
    publication = factories.publication(
        by, of_plan=factories.plan(by, times_per_day_min=2, times_per_day_max=3)
    )
    home = f"/p/{token_of(publication.plan.links.get())}/"
    client.post(home, BIRTH_DATE)
    tell(publication)
    tell(publication, session=2, outcome="skipped")

    page = text(client.get(f"{home}log/"))

    assert "Done 1 of 3 times" in page
    assert hidden(page, "session") == ["3", "2"]  # one to tell, one to undo
    form = text(client.get(f"{home}log/1/"))
    assert 'aria-current="true" href="?session=3"' in form
    assert 'aria-current="true" href="?session=1"' in text(client.get(f"{home}log/1/?session=1"))


def test_all_done_as_planned_is_one_tap(opened, path, today, key, issued):
    sent = {"about": "everything", "id": str(uuid4()), "day": today.isoformat()}

    for _ in range(2):
        assert opened.post(path, sent).status_code == 303

    assert LogEntry.objects.get().outcome == "all"
    assert LogChange.objects.count() == 1
    assert "I did it all as planned" not in text(opened.get(path))


def test_it_returns_to_the_exercise_that_it_was_told_on(opened, path, done, issued):
    answer = opened.post(path, {**done, "back": "1"})

    assert answer["Location"] == f"{issued.path}exercise/1/"
    answer = opened.post(path, {**done, "id": str(uuid4()), "back": "//evil.example"})
    assert answer["Location"].startswith(f"{path}?saved")


# --- The form of an exercise ---


def test_the_form_tells_how_it_went_and_can_be_corrected(opened, path, whole, key):
    sent = {**whole, "outcome": "part", "pain_before": "2", "pain_after": "4", "feel": "too_hard",
            "words": "Stiff today. 🙂"}  # fmt: skip
    opened.post(path, sent)
    entry = LogEntry.objects.get()
    assert (entry.outcome, entry.pain_before, entry.pain_after) == ("part", 2, 4)
    assert (entry.feel, entry.words) == ("too_hard", "Stiff today. 🙂")

    form = text(opened.get(f"{path}1/"))

    assert '<input type="radio" name="outcome" value="part" checked>' in form
    assert re.search(r'name="pain_after" value="4"[^>]* checked', form)
    assert "Stiff today. 🙂</textarea>" in form
    opened.post(path, {**whole, "id": str(uuid4()), "outcome": "skipped", "reason": "unwell"})
    entry.refresh_from_db()
    assert (entry.outcome, entry.reason, entry.pain_after, entry.words) == ("skipped", "unwell", None, "")


def test_a_reason_that_was_chosen_before_done_is_left_out(opened, path, whole):
    opened.post(path, {**whole, "outcome": "all", "reason": "pain"})

    assert LogEntry.objects.get().reason == ""


def test_yesterday_can_be_told_and_corrected_today(issued, opened, path, whole, today, key):
    issued_days_ago(issued.publication, 3)
    tell(issued.publication, day=today - DAY, outcome="part")
    assert 'href="?yesterday">Write down yesterday' in text(opened.get(path))

    page = text(opened.get(f"{path}?yesterday"))

    assert '<p class="status">A part</p>' in page
    answer = opened.post(path, {**whole, "day": (today - DAY).isoformat(), "outcome": "all"})
    assert answer["Location"] == f"{path}?yesterday&saved#e{key}"
    assert LogEntry.objects.get().outcome == "all"


def test_yesterday_shows_the_version_of_yesterday(issued, opened, path, today):
    first = issued_days_ago(issued.publication, 3)
    other = factories.approved_exercise(issued.clinic, "other-one")
    plan_actions.save_plan(
        plan=issued.plan, items=[factories.item(other, order=1)], removed=keys_of(first), by=issued.therapist
    )
    factories.publication(issued.therapist, of_plan=issued.plan)

    assert "Heel slide" in text(opened.get(f"{path}?yesterday"))
    assert "Heel slide" not in text(opened.get(path))


# --- What is refused ---


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pain_after": "11"}, "Pain after: Choose a number from 0 to 10."),
        ({"pain_before": "a lot"}, "Pain before: Choose a number from 0 to 10."),
        ({"words": "x" * 5_000}, "A few words: Please write less: at most 500 letters."),
        ({"outcome": ""}, "How much you did: Choose one of the answers."),
        ({"feel": "odd"}, "How it was: Choose one of the answers."),
        ({"session": "0"}, "Time of the day: Choose a number from 1 to 10."),
        ({"session": "x"}, "Time of the day: Choose a number from 1 to 10."),
        ({"item": str(uuid4())}, "Exercise: Your plan never had this exercise."),
        ({"item": "x"}, "Something is missing. Load the page again."),
        ({"day": "soon"}, "Day: This is not a date."),
        ({"day": "2999-01-01"}, "Day: This day has not come yet. Check the date on your phone."),
        ({"day": "2001-01-01"}, "Day: Your plan is newer. You can write from"),
    ],
)
def test_bad_input_is_refused_in_words_that_name_the_field(opened, path, whole, change, words):
    answer = opened.post(path, {**whole, **change})

    assert answer.status_code == 400
    assert words in text(answer)
    assert "This was not kept" in text(answer)
    assert not LogChange.objects.exists()


def test_a_day_that_is_too_long_ago(issued, opened, path, whole, today):
    issued_days_ago(issued.publication, 9)

    answer = opened.post(path, {**whole, "day": (today - 2 * DAY).isoformat()})

    assert "Day: This is too long ago. You can write from" in text(answer)


def test_what_was_typed_and_refused_stands_there_to_be_mended(opened, path, whole, today):
    page = text(opened.post(path, {**whole, "pain_after": "4", "words": "y" * 501}))
    assert f"{'y' * 501}</textarea>" in page
    assert re.search(r'name="pain_after" value="4"[^>]* checked', page)

    day = {"about": "day", "id": str(uuid4()), "day": today.isoformat(), "signs": ["fever"], "pain": "7",
           "words": "z" * 501}  # fmt: skip
    page = text(opened.post(path, day))
    assert f"{'z' * 501}</textarea>" in page
    assert 'value="fever" checked' in page
    assert not DayEntry.objects.exists()


def test_too_much_at_once_is_said(opened, path, whole):
    answer = opened.post(path, {**whole, "words": "x" * 70_000})

    assert answer.status_code == 413
    assert "It was too much at once. Write less and try again." in text(answer)
    assert not LogChange.objects.exists()


# --- Pain, warning signs, whom to call ---


def test_pain_over_the_clinics_value_says_at_once_what_to_do(issued, opened, path, whole):
    answer = opened.post(path, {**whole, "pain_after": "6", "back": "1"})

    assert answer["Location"] == f"{path}?saved#alarm"
    page = text(opened.get(path))
    assert '<div class="box problem" role="alert" id="alarm">' in page
    alarm = page[page.index('id="alarm"') : page.index("Who reads this?")]
    assert "Stop this exercise. Call your clinic" in alarm
    assert "Your pain is more than 5 of 10." in alarm
    assert 'href="tel:+15550104477"' in alarm
    assert 'href="tel:911"' in alarm
    assert "Nobody reads this page right now." in alarm


def test_pain_at_the_value_is_no_alarm(opened, path, whole):
    opened.post(path, {**whole, "pain_after": "5", "pain_before": "5"})

    assert 'id="alarm"' not in text(opened.get(path))


def test_the_value_is_the_one_that_was_issued(issued, opened, path):
    Clinic.objects.update(pain_go_on_to=1, pain_ease_off_to=2)
    tell(issued.publication, pain_after=4)
    assert 'id="alarm"' not in text(opened.get(path))

    tell(issue_again(issued.publication, issued.therapist), session=2, pain_after=3)

    assert "Your pain is more than 2 of 10." in text(opened.get(path))


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        ("chest_pain_or_breathlessness", "Call 911 now"),
        ("fever", "Stop. Call a doctor today"),
    ],
)
def test_a_warning_sign_says_at_once_whom_to_call(opened, path, today, sign, words):
    sent = {"about": "day", "id": str(uuid4()), "day": today.isoformat(), "signs": [sign]}

    answer = opened.post(path, sent)

    assert answer["Location"] == f"{path}?saved#alarm"
    assert DayEntry.objects.get().signs == [sign]
    page = text(opened.get(path))
    alarm = page[page.index('id="alarm"') : page.index("Who reads this?")]
    assert words in alarm
    assert "Nobody reads this page right now." in alarm


def test_what_to_do_stands_beside_the_numbers_before_anything_is_sent(opened, path):
    page = text(opened.get(path))

    at_once = page[page.index('class="box problem at-once" role="alert"') :]
    assert at_once.index("More than 5? Stop this exercise.") < at_once.index("tel:911")
    assert '<label class="over"><input type="radio" name="pain" value="6"' in page
    assert '<label><input type="radio" name="pain" value="5"' in page


def test_a_day_is_told_of_as_a_whole(opened, path, today):
    sent = {
        "about": "day",
        "id": str(uuid4()),
        "day": today.isoformat(),
        "pain": "3",
        "feel": "right",
        "words": "Ok.",
    }

    assert opened.post(path, sent)["Location"] == f"{path}?saved#saved"

    whole = DayEntry.objects.get()
    assert (whole.pain, whole.feel, whole.words, whole.signs) == (3, "right", "Ok.", [])
    opened.post(path, {**sent, "id": str(uuid4()), "pain": "", "words": ""})
    whole.refresh_from_db()
    assert (whole.pain, whole.feel, whole.words) == (None, "right", "")


# --- A version that was replaced, an exercise that left ---


def test_an_exercise_that_left_is_shown_with_its_version(issued, opened, path, key):
    tell(issued.publication)
    other = factories.approved_exercise(issued.clinic, "other-one")
    plan_actions.save_plan(
        plan=issued.plan, items=[factories.item(other, order=1)], removed=[key], by=issued.therapist
    )
    factories.publication(issued.therapist, of_plan=issued.plan)

    page = text(opened.get(path))

    assert "No longer in your plan" in page
    assert "Heel slide: Done (in version 1 of your plan)" in page


# --- A list that waited ---


def send(browser, path, ticks, **headers):
    data = ticks if isinstance(ticks, str | bytes) else json.dumps(ticks)
    return browser.post(path, data, content_type="application/json", **headers)


@pytest.fixture
def tick(key, today):
    def make(**fields):
        given = {"id": str(uuid4()), "item": str(key), "day": today.isoformat(), "outcome": "all"}
        return {**given, **fields}

    return make


def test_each_tick_of_a_list_is_answered_by_its_id(opened, path, tick, today):
    wrong_clock = "2025-11-30T08:00:00+01:00"
    day = {"id": str(uuid4()), "day": today.isoformat(), "pain": 8, "signs": ["fever"], "words": "Hot."}
    ticks = [tick(told_at=wrong_clock, pain_after=2), tick(pain_after=11), day]

    answer = send(opened, path, ticks)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.json() == {
        "plan": "open",
        "answers": [
            {"id": ticks[0]["id"], "ok": True, "version": 1, "alarm": False},
            {
                "id": ticks[1]["id"],
                "ok": False,
                "code": "log_pain_out_of_range",
                "field": "pain_after",
                "why": "Pain after: Choose a number from 0 to 10.",
            },
            {"id": day["id"], "ok": True, "version": 1, "alarm": True},
        ],
    }
    assert (LogEntry.objects.count(), DayEntry.objects.count()) == (1, 1)
    assert send(opened, path, ticks).json() == answer.json()
    assert LogChange.objects.count() == 2


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("x", "log_id_unreadable"),
        (None, "log_id_unreadable"),
        ({}, "log_id_unreadable"),
        ({"id": 5}, "log_id_unreadable"),
        ({"id": str(uuid4())}, "log_day_unreadable"),
        ({"id": str(uuid4()), "day": 20261130}, "log_day_unreadable"),
        ({"id": str(uuid4()), "day": "2026-02-30"}, "log_day_unreadable"),
        ({"item": "x"}, "log_id_unreadable"),
        ({"item": [1]}, "log_id_unreadable"),
        ({"item": str(uuid4())}, "log_item_unknown"),
        ({"version": 9}, "log_version_unknown"),
        ({"version": "1"}, "log_version_unknown"),
        ({"outcome": {"all": 1}}, "log_choice_unknown"),
        ({"session": "1"}, "log_session_out_of_range"),
        ({"session": True}, "log_session_out_of_range"),
        ({"pain_before": "11"}, "log_pain_out_of_range"),
        ({"pain_before": 1e400}, "log_pain_out_of_range"),
        ({"words": ["a"]}, "log_choice_unknown"),
        ({"words": "x" * 5_000}, "text_too_long"),
        ({"item": None, "signs": "fever"}, "log_sign_unknown"),
        ({"item": None, "signs": ["dog"]}, "log_sign_unknown"),
        ({"day": "2999-01-01"}, "log_day_in_future"),
    ],
)
def test_a_bad_tick_loses_none_of_the_others(opened, path, tick, bad, code):
    is_whole = not isinstance(bad, dict) or not bad or "id" in bad
    good = tick()

    answers = send(opened, path, [bad if is_whole else tick(**bad), good]).json()["answers"]

    assert (answers[0]["ok"], answers[0]["code"]) == (False, code)
    assert answers[0]["why"]
    assert answers[1]["ok"]
    assert LogChange.objects.get().client_id == UUID(good["id"])


@pytest.mark.parametrize(
    "clock", ["never", 5, "2026-11-30", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
)
def test_the_phones_clock_decides_nothing(opened, path, tick, clock):
    assert send(opened, path, [tick(told_at=clock)]).json()["answers"][0]["ok"]
    assert LogChange.objects.get().told_at is None


def test_ticks_of_a_week_come_in_one_list(issued, opened, path, tick, today):
    issued_days_ago(issued.publication, 20)
    days = [(today - number * DAY).isoformat() for number in range(7)]

    answers = send(
        opened, path, [tick(day=day, session=number) for day in days for number in (1, 2, 3)]
    ).json()

    assert all(answer["ok"] for answer in answers["answers"])
    assert LogEntry.objects.count() == 21


def test_more_than_64_kb_is_refused_whole_and_in_words(opened, path, tick):
    answer = send(opened, path, [tick(words="x" * 400) for _ in range(150)])

    assert answer.status_code == 413
    assert answer.json()["code"] == "log_too_large"
    assert "more than 64 KB" in answer.json()["why"]
    assert not LogChange.objects.exists()


@pytest.mark.parametrize("body", [" ", "{", "{}", "5", '"x"', b"\xff\xfe", "[" * 40_000])
def test_what_is_no_list_is_refused(opened, path, body):
    answer = send(opened, path, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "log_list_unreadable")


def test_a_tick_of_what_was_replaced_or_left_is_kept_and_said(issued, opened, path, tick, key):
    other = factories.approved_exercise(issued.clinic, "other-one")
    issue_again(issued.publication, issued.therapist)
    replaced = send(opened, path, [tick(version=1)]).json()["answers"][0]
    assert replaced["said"] == "Your plan is newer by now. This is kept in version 1 of your plan."

    issued.plan.refresh_from_db()
    plan_actions.save_plan(
        plan=issued.plan, items=[factories.item(other, order=1)], removed=[key], by=issued.therapist
    )
    factories.publication(issued.therapist, of_plan=issued.plan)
    left = send(opened, path, [tick(session=2)]).json()["answers"][0]

    assert (left["version"], left["said"]) == (
        2,
        "This exercise is no longer in your plan. It is kept in version 2 of your plan.",
    )


def test_what_was_done_before_a_pause_or_a_stop_is_kept_at_contact(issued, opened, path, tick):
    pausing.pause_plan(plan=issued.plan, by=issued.therapist)
    answer = send(opened, path, [tick()]).json()
    assert (answer["plan"], answer["answers"][0]["ok"]) == ("paused", True)

    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)
    answer = send(opened, path, [tick(session=2)]).json()
    assert (answer["plan"], answer["answers"][0]["ok"]) == ("stopped", True)


# --- Who comes in ---


@pytest.mark.parametrize("rest", ["log/", "log/1/", "progress/"])
@pytest.mark.parametrize("end", [revoked, expired, lambda issued: None])
def test_without_an_open_link_nothing_is_shown(issued, opened, rest, end):
    browser = opened if end(issued) else Client()

    for answer in (browser.get(f"{issued.path}{rest}"), browser.get(f"/p/{'A' * 43}/{rest}")):
        assert answer.status_code == 303
        assert answer["Location"].startswith("/p/")


def test_without_a_session_nothing_is_kept(issued, path, done, tick):
    assert Client().post(path, done).status_code == 403
    answers = [send(Client(), where, [tick()]) for where in (path, f"/p/{'A' * 43}/log/")]
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (403, "log_closed")
        assert answer.json()["why"] == "Your plan is locked. Open it again, then this can be sent."
    assert not LogChange.objects.exists()


def test_a_paused_or_stopped_plan_says_so(issued, opened, path):
    pausing.pause_plan(plan=issued.plan, by=issued.therapist)

    for answer in (opened.get(path), opened.get(f"{path}1/")):
        assert (answer.status_code, answer["Location"]) == (303, issued.path)


def test_unknown_exercises_lead_back_to_the_log(opened, path):
    assert opened.get(f"{path}77/")["Location"] == path


def test_other_methods_are_refused(opened, path):
    assert opened.put(path).status_code == 405
    assert opened.post(f"{path}1/").status_code == 405


# --- Limits and privacy ---


def test_the_page_takes_a_fixed_number_of_queries(
    issued, opened, path, today, whole, django_assert_max_num_queries
):
    issued_days_ago(issued.publication, 30)
    for days in range(20):
        for session in (1, 2, 3):
            tell(issued.publication, day=today - days * DAY, session=session, source=LogSource.PAPER,
                 by=issued.therapist)  # fmt: skip
    with django_assert_max_num_queries(7):
        opened.get(path)
    with django_assert_max_num_queries(7):
        opened.get(f"{path}1/")
    with django_assert_max_num_queries(8):
        opened.get(f"{path}?yesterday")
    with django_assert_max_num_queries(22):
        opened.post(path, whole)


def test_a_patients_words_stand_nowhere_else(issued, opened, path, whole, today, tick, caplog):
    opened.post(path, {**whole, "words": SECRET, "feel": "hurt"})
    send(opened, path, [tick(session=2, words=SECRET), tick(session=3, pain_after=99, words=SECRET)])
    answers = [opened.post(path, {**whole, "id": str(uuid4()), "words": SECRET, "feel": "odd"})]
    tell_day(issued.publication, pain=2, words=SECRET)

    told = [*OutboxEvent.objects.values_list("body", flat=True), *map(str, AuditEvent.objects.values())]
    assert LogEntry.objects.filter(words=SECRET).count() == 2
    assert not any(SECRET in text for text in [*told, caplog.text, *(str(one.headers) for one in answers)])


# --- A mistake ---


def forms_of(page):
    """What each form of the page would send by its hidden fields."""
    forms = re.findall(r"<form[^>]*>(.*?)</form>", page, flags=re.DOTALL)
    return [dict(re.findall(r'name="([^"]*)" value="([^"]*)"', form)) for form in forms]


def mistake_form(page):
    (form,) = [one for one in forms_of(page) if one.get("about") == "mistake"]
    return form


def test_a_tick_is_undone_by_one_tap_and_can_be_told_again(issued, opened, path, key, done):
    assert "Undo: that was a mistake" not in text(opened.get(path))
    opened.post(path, done)
    form = mistake_form(text(opened.get(path)))
    assert form["id"] not in {one["id"] for one in forms_of(text(opened.get(path))) if "id" in one}

    answer = opened.post(path, form)

    assert (answer.status_code, answer["Location"]) == (303, f"{path}?saved#e{key}")
    assert not LogEntry.objects.exists()
    page = text(opened.get(path))
    assert "I did it" in page
    assert "Undo" not in page
    assert opened.post(path, form).status_code == 303
    # The page with the old tick was gone back to: a tap on it is a new one.
    opened.post(path, done)
    assert LogEntry.objects.count() == 1


def test_all_done_from_a_page_that_was_gone_back_to_tells_what_was_taken_back(opened, path, today):
    all_done = {"about": "everything", "id": str(uuid4()), "day": today.isoformat()}
    opened.post(path, all_done)
    opened.post(path, mistake_form(text(opened.get(path))))

    opened.post(path, all_done)

    assert LogEntry.objects.count() == 1


def test_of_several_times_a_day_the_last_is_undone(issued, opened, path, key):
    for session in (1, 2):
        tell(issued.publication, session=session)

    opened.post(path, mistake_form(text(opened.get(path))))

    assert LogEntry.objects.get().session == 1


def test_yesterdays_is_undone_today_and_older_is_not(issued, opened, path, key, today):
    issued_days_ago(issued.publication, 5)
    for days in (1, 2):
        tell(issued.publication, day=today - days * DAY, waited=True)
    form = mistake_form(text(opened.get(f"{path}?yesterday")))

    assert opened.post(path, form)["Location"] == f"{path}?yesterday&saved#e{key}"
    assert LogEntry.objects.get().day == today - 2 * DAY
    refused = opened.post(path, {**form, "id": str(uuid4()), "day": (today - 2 * DAY).isoformat()})
    assert refused.status_code == 400
    assert "This is too long ago." in text(refused)
    assert LogEntry.objects.count() == 1


def test_on_the_exercises_page_it_is_undone_too(issued, opened, path):
    tell(issued.publication)
    form = mistake_form(text(opened.get(f"{issued.path}exercise/1/")))

    assert opened.post(path, form)["Location"] == f"{issued.path}exercise/1/"
    assert not LogEntry.objects.exists()


def test_what_waited_is_taken_back_in_the_list_and_a_late_repeat_is_told_so(opened, path, tick):
    first = tick()
    back = {"id": str(uuid4()), "item": first["item"], "day": first["day"], "take_back": True}

    answers = send(opened, path, [first, back]).json()["answers"]
    assert [(one["id"], one["ok"]) for one in answers] == [(first["id"], True), (back["id"], True)]
    assert not LogEntry.objects.exists()

    (late,) = send(opened, path, [first]).json()["answers"]
    assert (late["ok"], late["code"], late["why"]) == (False, "log_taken_back", "You took this back.")
    assert not LogEntry.objects.exists()


# --- The device ---


def test_what_is_told_on_a_remembered_device_names_it(issued, path, key, done, tick, today):
    phone = Client()
    phone.post(issued.path, {**BIRTH_DATE, "remember": "yes"})
    device = Device.objects.get()

    phone.post(path, done)
    phone.post(path, {"about": "day", "id": str(uuid4()), "day": today.isoformat(), "pain": "3"})
    send(phone, path, [tick(session=2)])
    assert [row.device for row in LogEntry.objects.order_by("session")] == [device, device]
    assert DayEntry.objects.get().device == device

    LogEntry.objects.all().delete()
    phone.post(path, {"about": "everything", "id": str(uuid4()), "day": today.isoformat()})
    assert LogEntry.objects.get().device == device


def test_a_session_names_no_device(opened, path, done):
    opened.post(path, done)

    assert LogEntry.objects.get().device is None


# --- On the exercise's own page ---


def test_the_exercises_page_asks_how_it_went(issued, opened, path, key, today):
    page = text(opened.get(f"{issued.path}exercise/1/"))

    # The player tells at its end, so it leads to who reads it, which stands open until something was told.
    place = page.index("data-player")
    link = page.index('You can change it. <a href="#who">Who reads this?</a>')
    part = page[page.index('id="tell"') :]
    assert place < link < page.index('id="tell"')
    assert '<details class="notice" id="who" open>' in part
    assert page.count('id="who"') == 1
    assert f'href="{path}1/">Say more: pain, not done, too hard</a>' in part
    names = ("id", "day", "item", "session", "back")
    sent = {name: hidden(part, name)[0] for name in names} | {"outcome": "all"}
    assert (sent["item"], sent["day"], sent["session"], sent["back"]) == (
        str(key),
        today.isoformat(),
        "1",
        "1",
    )

    assert opened.post(path, sent)["Location"] == f"{issued.path}exercise/1/"
    page = text(opened.get(f"{issued.path}exercise/1/"))
    part = page[page.index('id="tell"') :]
    assert '<p class="status" role="status">Done</p>' in part
    assert '<details class="notice" id="who">' in part
    assert page.count("Who reads this?") == 1  # there is nothing left that the player could tell
    assert "I did it" not in part


def test_much_pain_is_answered_on_the_exercises_page_too(issued, opened):
    tell(issued.publication, pain_after=9)

    assert "Stop this exercise. Call your clinic" in text(opened.get(f"{issued.path}exercise/1/"))
