"""Two devices, a page that stood open meanwhile, a session that ended: nothing told is lost, doubled or misplaced."""

import html
import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from plans.actions import links, pausing
from plans.actions import plans as plan_actions
from plans.models import DayEntry, FollowUp, LogChange, LogEntry
from plans.portal.tick_lists import MAX_BYTES
from tests import factories
from tests.logs import issue_again, issued_days_ago, keys_of, tell, tell_day
from tests.portal.conftest import BIRTH_DATE, WRONG_DATE
from tests.portal.views.test_log import send, text

DAY = timedelta(days=1)


@pytest.fixture
def path(issued):
    return f"{issued.path}log/"


@pytest.fixture
def today(issued):
    return issued.clinic.today()


@pytest.fixture
def other(issued):
    """A second device that has opened the link."""
    browser = Client()
    browser.post(issued.path, BIRTH_DATE)
    return browser


def form_on(page, *, about):
    """What a browser sends of one of the page's forms as it stands."""
    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    form = next(one for one in forms if f'name="about" value="{about}"' in one)
    fields = [re.search(r'name="([^"]+)" value="([^"]*)"', tag) for tag in re.findall(r"<input[^>]*>", form)]
    shown = re.findall(r"<input[^>]*>", form)
    sent = {
        field[1]: html.unescape(field[2])
        for field, tag in zip(fields, shown, strict=True)
        if field and ("hidden" in tag or (" checked" in tag and "checkbox" not in tag))
    }
    signs = [
        re.search(r'value="([^"]*)"', tag)[1] for tag in shown if "checkbox" in tag and " checked" in tag
    ]
    words = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    return {**sent, "signs": signs, "words": html.unescape(words[1]) if words else ""}


def page_of(browser, path):
    return browser.get(path).content.decode()


def leave_out_first_exercise(issued):
    """Publish a version that has another exercise in the place of the first."""
    new = factories.approved_exercise(issued.clinic, "other-one")
    issued.plan.refresh_from_db()
    plan_actions.save_plan(
        plan=issued.plan,
        items=[factories.item(new, order=1)],
        removed=keys_of(issued.publication),
        by=issued.therapist,
    )
    return factories.publication(issued.therapist, of_plan=issued.plan)


# --- Two devices ---


def test_the_same_tick_from_two_devices_is_one(opened, other, path):
    forms = [re.findall(r"<form.*?</form>", page_of(one, path), re.DOTALL)[1] for one in (opened, other)]
    sent = [dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"outcome": "all"} for form in forms]
    assert sent[0]["id"] != sent[1]["id"]

    for browser, ticked in zip((opened, other), sent, strict=True):
        answer = browser.post(path, ticked)
        assert answer.status_code == 303
        assert "Done" in text(browser.get(answer["Location"]))

    assert LogEntry.objects.get().outcome == "all"


def test_all_of_the_plan_from_two_devices_is_told_once(opened, other, path):
    for browser, form in [(one, form_on(page_of(one, path), about="everything")) for one in (opened, other)]:
        assert browser.post(path, form).status_code == 303

    assert LogChange.objects.count() == LogEntry.objects.count() == 1


def test_what_another_device_told_of_the_day_stays(opened, other, path):
    stale = form_on(page_of(other, path), about="day")
    mine = form_on(page_of(opened, path), about="day")
    opened.post(path, {**mine, "pain": "7", "signs": ["fever"], "feel": "hurt"})

    other.post(path, {**stale, "words": "Slept badly.", "signs": ["hot_swollen_calf"]})

    whole = DayEntry.objects.get()
    assert (whole.pain, whole.feel, whole.words) == (7, "hurt", "Slept badly.")
    assert whole.signs == ["fever", "hot_swollen_calf"]


def test_what_another_device_told_of_an_exercise_stays(issued, opened, other, path):
    stale = form_on(page_of(other, f"{path}1/"), about="exercise")
    mine = form_on(page_of(opened, f"{path}1/"), about="exercise")
    opened.post(path, {**mine, "outcome": "part", "pain_after": "8", "words": "It pulled."})

    other.post(path, {**stale, "outcome": "part", "pain_before": "2"})

    entry = LogEntry.objects.get()
    assert (entry.pain_before, entry.pain_after, entry.words) == (2, 8, "It pulled.")


def test_what_a_form_showed_can_be_taken_back(issued, opened, path):
    tell_day(issued.publication, pain=7, signs=["fever"], words="Hot.")
    tell(issued.publication, outcome="skipped", reason="pain", pain_after=6)

    day = form_on(page_of(opened, path), about="day")
    assert (day["pain"], day["signs"], day["words"]) == ("7", ["fever"], "Hot.")
    opened.post(path, {**day, "pain": "", "signs": [], "words": ""})
    exercise = form_on(page_of(opened, f"{path}1/"), about="exercise")
    opened.post(path, {**exercise, "outcome": "all", "reason": "", "pain_after": ""})

    whole, entry = DayEntry.objects.get(), LogEntry.objects.get()
    assert (whole.pain, whole.signs, whole.words) == (None, [], "")
    assert (entry.outcome, entry.reason, entry.pain_after) == ("all", "", None)


def test_a_refused_form_still_knows_what_it_showed_first(opened, other, path):
    stale = form_on(page_of(other, path), about="day")
    opened.post(path, {**form_on(page_of(opened, path), about="day"), "pain": "7"})

    refused = other.post(path, {**stale, "words": "x" * 501})
    assert refused.status_code == 400
    other.post(path, {**form_on(refused.content.decode(), about="day"), "words": "Short."})

    whole = DayEntry.objects.get()
    assert (whole.pain, whole.words) == (7, "Short.")


@pytest.mark.parametrize("seen", ["", "[", "[]", "null", "5", '{"signs": 5}', '{"signs": [5]}', "[" * 40_000])
def test_a_form_that_does_not_say_what_it_showed_is_all_there_is(issued, opened, path, today, seen):
    tell_day(issued.publication, pain=7, words="Hot.")

    sent = {"about": "day", "id": str(uuid4()), "day": today.isoformat(), "pain": "3", "seen": seen}
    assert opened.post(path, sent).status_code == 303

    whole = DayEntry.objects.get()
    assert (whole.pain, whole.words) == (3, "")


# --- A version that was replaced while its page stood open ---


def test_a_tick_on_the_page_of_a_replaced_version_is_kept_with_it_and_said(issued, opened, path):
    tick = re.findall(r"<form.*?</form>", page_of(opened, path), re.DOTALL)[1]
    tick = dict(re.findall(r'name="(\w+)" value="([^"]*)"', tick)) | {"outcome": "all", "back": "1"}
    leave_out_first_exercise(issued)

    answer = opened.post(path, tick)

    assert LogEntry.objects.get().publication == issued.publication
    assert answer["Location"].startswith(f"{path}?saved&version=1#")
    page = text(opened.get(answer["Location"]))
    assert "Saved. Thank you.</b> Your plan is newer by now. This is kept in version 1 of your plan." in page
    assert "Heel slide: Done (in version 1 of your plan)" in page


def test_all_of_a_replaced_plan_is_told_of_what_stood_on_the_page(issued, opened, path):
    form = form_on(page_of(opened, path), about="everything")
    leave_out_first_exercise(issued)

    answer = opened.post(path, form)

    entry = LogEntry.objects.get()
    assert (entry.publication, entry.item_key) == (issued.publication, keys_of(issued.publication)[0])
    assert "This is kept in version 1 of your plan." in text(opened.get(answer["Location"]))


@pytest.mark.parametrize("version", ["", "x", "0", "77", "9" * 5_000, "٣", None])
def test_a_form_with_another_or_no_version_belongs_to_that_of_its_day(issued, opened, path, today, version):
    issue_again(issued.publication, issued.therapist)
    key = keys_of(issued.publication)[0]
    sent = {"id": str(uuid4()), "day": today.isoformat(), "item": str(key), "outcome": "all"}

    opened.post(path, sent if version is None else {**sent, "version": version})

    assert LogEntry.objects.get().publication.number == 2


@pytest.mark.parametrize("version", ["2", "7", "0", "x", "9" * 5_000])
def test_an_address_cannot_make_the_page_say_that_a_plan_is_newer(opened, path, version):
    assert "newer by now" not in text(opened.get(f"{path}?saved&version={version}"))


def test_a_place_to_go_back_to_that_is_none_leads_to_the_log(issued, opened, path, today):
    key = keys_of(issued.publication)[0]
    sent = {"day": today.isoformat(), "item": str(key), "outcome": "all", "back": "9" * 5_000}

    assert opened.post(path, sent)["Location"].startswith(f"{path}?saved")


def test_a_warning_sign_of_a_replaced_version_is_kept_and_asks_for_help(issued, opened, path, today):
    factories.approved_signs(issued.clinic, factories.sign_data())
    first = issue_again(issued.publication, issued.therapist)
    page = page_of(opened, path)
    assert 'value="double_vision"' in page
    form = form_on(page, about="day")
    without_signs(issue_again(first, issued.therapist))
    assert 'value="double_vision"' not in page_of(opened, path)

    answer = opened.post(path, {**form, "signs": ["double_vision"]})

    assert DayEntry.objects.get().signs == ["double_vision"]
    assert answer["Location"].endswith("#alarm")
    page = text(opened.get(answer["Location"]))
    alarm = page[page.index('id="alarm"') : page.index("Who reads this?")]
    assert "Call 911 now" in alarm
    assert "double" in alarm
    assert FollowUp.objects.get().kind == "sign"
    # It stays ticked, so the next thing that is said of the day does not take it back.
    assert form_on(page_of(opened, path), about="day")["signs"] == ["double_vision"]
    (waited,) = send(
        opened, path, [{"id": str(uuid4()), "day": today.isoformat(), "signs": ["double_vision"]}]
    ).json()["answers"]
    assert (waited["ok"], waited["alarm"]) == (True, True)


def without_signs(publication):
    """Take the plan's own warning signs out of what was published."""
    content = publication.content
    changed = re.sub(r'"signs":\[.*?\]', '"signs":[]', content.json)
    assert changed != content.json
    type(content).objects.filter(pk=content.pk).update(json=changed)


# --- A session that ended, a link that was renewed, a plan that was stopped, while the page stood open ---


def waiting_of(answer):
    return html.unescape(re.search(r'name="waiting" value="([^"]*)"', answer.content.decode())[1])


@pytest.fixture
def typed(issued, today):
    """A form that somebody fills in while the session ends."""
    key = keys_of(issued.publication)[0]
    return {"about": "exercise", "whole": "1", "id": str(uuid4()), "day": today.isoformat(), "item": str(key),
            "session": "1", "outcome": "part", "pain_after": "4", "words": "Slow & <b>steady</b> 🙂"}  # fmt: skip


def test_what_is_told_after_the_session_ended_waits_for_the_birth_date(issued, path, typed):
    browser = Client()

    asked = browser.post(path, typed)

    assert asked.status_code == 403
    page = text(asked)
    assert "Your plan is locked. Open it again, then this can be sent." in page
    assert "You wrote: <bdi>Slow &amp; &lt;b&gt;steady&lt;/b&gt; 🙂</bdi>" in page
    assert f'<form method="post" action="{issued.path}"' in page
    assert not LogChange.objects.exists()

    told = browser.post(issued.path, {**BIRTH_DATE, "waiting": waiting_of(asked)})

    assert (told.status_code, told["Location"]) == (303, f"{path}?saved#e{typed['item']}")
    entry = LogEntry.objects.get()
    assert (entry.outcome, entry.pain_after, entry.words) == ("part", 4, typed["words"])
    assert "Saved. Thank you." in text(browser.get(told["Location"]))


def test_it_waits_through_a_wrong_date_a_slip_and_the_choice_of_a_day(issued, path, typed):
    browser = Client()
    answer = browser.post(path, typed)
    first = waiting_of(answer)

    for given in (WRONG_DATE, {"day": "40", "month": "5", "year": "1960"}, {"date": "4/12/1968"}):
        answer = browser.post(issued.path, {**given, "waiting": waiting_of(answer)})
        assert waiting_of(answer) == first

    browser.post(issued.path, {**BIRTH_DATE, "waiting": waiting_of(answer)})
    assert LogEntry.objects.count() == 1


def test_what_waited_and_cannot_be_kept_is_shown_to_be_mended(issued, path, typed):
    browser = Client()
    waiting = waiting_of(browser.post(path, {**typed, "pain_after": "11"}))

    answer = browser.post(issued.path, {**BIRTH_DATE, "waiting": waiting})

    assert answer.status_code == 400
    assert "Pain after: Choose a number from 0 to 10." in text(answer)
    assert browser.get(path).status_code == 200


def test_on_a_link_that_was_renewed_it_stays_in_view_and_says_what_to_do(issued, opened, path, typed):
    links.renew_link(plan=issued.plan, by=issued.therapist)

    asked = opened.post(path, typed)
    refused = opened.post(issued.path, {**BIRTH_DATE, "waiting": waiting_of(asked)})

    assert refused.status_code == 403
    page = text(refused)
    assert "Your link may have ended. Call your clinic and ask for a new one." in page
    assert "You wrote: <bdi>Slow &amp; &lt;b&gt;steady&lt;/b&gt; 🙂</bdi>" in page
    assert not LogChange.objects.exists()


def test_the_page_that_asks_is_the_same_for_every_token(issued, path, typed):
    made_up = f"/p/{'A' * 43}/"
    pages = [
        Client().post(f"{home}log/", typed).content.decode().replace(home, "/p/")
        for home in (issued.path, made_up)
    ]

    assert pages[0] == pages[1]


def test_more_than_may_wait_does_not(path, typed):
    answer = Client().post(path, {**typed, "words": "🙂" * 4_000})

    assert answer.status_code < 500
    assert 'name="waiting"' not in answer.content.decode()
    assert Client().post(path, {**typed, "words": "x" * MAX_BYTES}).status_code == 303


@pytest.mark.parametrize("end", [pausing.pause_plan, plan_actions.stop_plan])
def test_what_was_done_before_a_pause_or_a_stop_is_kept_and_whom_to_call_is_said(
    issued, opened, path, typed, end
):
    end(plan=issued.plan, by=issued.therapist)

    answer = opened.post(path, {**typed, "pain_after": "9"})

    assert answer["Location"] == f"{issued.path}?saved"
    assert LogEntry.objects.get().pain_after == 9
    page = text(opened.get(answer["Location"]))
    assert "Saved. Thank you." in page
    assert "Stop this exercise. Call your clinic" in page
    assert "I did it" not in page
    assert "Saved" not in text(opened.get(issued.path))


def test_what_cannot_be_kept_of_a_closed_plan_leads_to_why_it_is_closed(issued, opened, path, typed):
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)

    for sent in ({**typed, "pain_after": "11"}, {}, {**typed, "words": "x" * MAX_BYTES}):
        assert opened.post(path, sent)["Location"] == issued.path
    assert not LogChange.objects.exists()


# --- A clock, and much at once ---


def test_a_page_that_stood_open_overnight_tells_of_its_own_day(issued, opened, path, today, typed):
    issued_days_ago(issued.publication, 5)

    answer = opened.post(path, {**typed, "day": (today - DAY).isoformat()})

    assert answer["Location"].startswith(f"{path}?yesterday&saved")
    assert LogEntry.objects.get().day == today - DAY


@pytest.mark.parametrize("years", [-1, 1])
def test_a_phone_whose_clock_is_wrong_by_a_year_is_told_so_and_loses_nothing_else(
    issued, opened, path, today, years
):
    issued_days_ago(issued.publication, 5)
    key = str(keys_of(issued.publication)[0])
    wrong = today.replace(year=today.year + years, day=min(today.day, 28))
    ticks = [
        {"id": str(uuid4()), "item": key, "day": day.isoformat(), "outcome": "all"} for day in (wrong, today)
    ]

    first, second = send(opened, path, ticks).json()["answers"]

    said = {
        1: "Day: This day has not come yet. Check the date on your phone.",
        -1: "Day: Your plan is newer.",
    }
    assert (first["ok"], first["why"].startswith(said[years])) == (False, True)
    assert second["ok"]
    assert LogEntry.objects.get().day == today


def test_a_week_that_fills_the_64_kb_is_kept_whole(issued, opened, path, today):
    issued_days_ago(issued.publication, 20)
    key = str(keys_of(issued.publication)[0])
    ticks = [
        {"id": str(uuid4()), "item": key, "day": (today - number * DAY).isoformat(), "session": session,
         "outcome": "part", "pain_after": 3, "words": "x" * 500}
        for number in range(7)
        for session in range(1, 11)
    ]  # fmt: skip
    words = [
        {"id": str(uuid4()), "day": (today - number * DAY).isoformat(), "words": "x" * 500}
        for number in range(7)
    ]

    answers = send(opened, path, [*ticks, *words]).json()["answers"]

    assert all(one["ok"] for one in answers)
    assert LogEntry.objects.count() == 70
    assert DayEntry.objects.count() == 7
    assert UUID(answers[-1]["id"]) == LogChange.objects.get(client_id=words[-1]["id"]).client_id
