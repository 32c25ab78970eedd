"""The player on a phone: counting, time that is true after sleep, sound, shaking, a lit screen, reading aloud.

Each test moves the phone's clock by itself; nothing waits.
"""

import json

import pytest
from django.test import Client
from playwright.sync_api import expect

from plans.dose import Dose, Side, Span
from plans.models import LinkSession, LogChange, LogEntry
from tests.axe import failures
from tests.portal.conftest import BIRTH_DATE
from tests.portal.player import SITE, TELL, Phone
from tests.portal.whole_plan import full_plan, put

TWICE_TEN = Dose(sets=Span(2, 2), repetitions=Span(10, 10), side=Side.EACH, rest_seconds=Span(60, 60))
TWO_SETS = Dose(sets=Span(2, 2), repetitions=Span(10, 10), rest_seconds=Span(60, 60))
A_MINUTE = Dose(duration_seconds=Span(60, 60))
HOLDS = Dose(repetitions=Span(3, 3), hold_seconds=Span(5, 5))
READY = 5
LANGUAGES = ["en", "es", "ar", "zh-hans"]
LOCAL = "{ name: 'Ana', lang: 'en-US', localService: true, default: true }"
REMOTE = "{ name: 'Cloud', lang: 'en-US', localService: false, default: true }"


MOST_TURNS = 150
"""A browser goes through all that its clock was told again on each page it opens."""


@pytest.fixture(scope="module")
def used():
    """The phone that tests have one after the other, each as if it had never been on these pages."""
    held = []
    yield held
    for each in held:
        each.context.close()


@pytest.fixture
def phone(browser, used):
    """A function that opens a phone on an exercise of a dose; an error in a script of ours fails the test.

    A phone that has or does something else than most is one of its own.
    """
    opened, own = [], []

    def open_at(*doses, language="en", limb="", tells=False, **options):
        pages = {"language": language, "limb": limb, "tells": tells}
        if options or opened:
            own.append(Phone(browser, *doses, pages=pages, **options))
            opened.append(own[-1])
            return own[-1]
        if used and used[0].turns > MOST_TURNS:
            used.pop().context.close()
        if used:
            used[0].leave()
            used[0].problems.clear()
            used[0].show(*doses, **pages)
        else:
            used.append(Phone(browser, *doses, pages=pages))
        opened.append(used[0])
        return used[0]

    yield open_at
    for each in own:
        each.context.close()
    assert [problem for each in opened for problem in each.problems] == []


# --- Counting -----------------------------------------------------------------------------------------------


def test_sets_and_sides_are_counted_by_one_large_button(phone):
    page = phone(TWICE_TEN, limb="leg")
    assert (page.text("title"), page.text("task")) == ("Set 1 of 2, right leg", "10 times")
    for width in (360, 390):
        page.page.set_viewport_size({"width": width, "height": 844})
        done = page.page.get_by_role("button", name="Done with this set").bounding_box()
        assert done["height"] >= 60
        assert done["width"] > width * 0.7

    page.tap("Done with this set")
    assert page.text("title") == "Set 1 of 2, left leg"
    page.tap("Done with this set")
    assert (page.text("title"), page.text("task"), page.digits()) == (
        "Rest", "Then: Set 2 of 2, right leg", "1:00"
    )  # fmt: skip
    page.tap("Skip the rest")
    assert page.text("title") == "Set 2 of 2, right leg"
    page.tap("Done with this set")
    page.tap("Done with this set")
    assert page.text("title") == "That was all of this exercise"


def test_a_hand_that_shakes_counts_one_set(phone):
    page = phone(Dose(sets=Span(3, 3)))
    page.tap("Done with this set")
    page.page.get_by_role("button", name="Done with this set").tap()

    assert page.text("title") == "Set 2 of 3"


def test_one_thing_to_do_has_nothing_to_skip(phone):
    page = phone(Dose())

    assert page.buttons() == ["Done", "Sound"]


def test_back_skip_and_again(phone):
    page = phone(Dose(sets=Span(2, 2), side=Side.EACH, rest_seconds=Span(60, 60)))
    assert "One step back" not in page.buttons()

    page.tap("Skip this set")
    page.tap("Done with this set")
    assert page.text("title") == "Rest"
    page.tap("One step back")
    assert (page.text("title"), page.digits()) == ("Set 1 of 2, left side", "")
    for _ in range(3):
        page.tap("Skip this set")
    assert page.text("title") == "That was all of this exercise"
    page.tap("Do it again")
    assert page.text("title") == "Set 1 of 2, right side"


def test_a_set_beyond_what_is_asked_is_left_out_with_one_tap(phone):
    page = phone(Dose(sets=Span(1, 3)))
    page.tap("Done with this set")

    assert page.text("title") == "Set 2, if it feels good"
    page.tap("That is enough")
    assert page.text("title") == "That was all of this exercise"


# --- What is told at the end ---------------------------------------------------------------------------------


def sent(outcome):
    return {
        "id": TELL["client_id"],
        "day": "",
        "version": "",
        "item": TELL["key"],
        "session": "1",
        "back": "1",
        "outcome": outcome,
    }


def test_what_was_done_to_the_end_is_told_once_with_the_pages_id(phone):
    page = phone(Dose(sets=Span(1, 2)), tells=True)
    assert "At the end we write it down as done. You can change it." in page.page.content()
    page.tap("Done with this set")
    assert page.told == []
    page.tap("That is enough")

    expect(page.page.locator("[data-told]")).to_have_text("We wrote it down: done.")
    assert page.page.locator("[role=status]").inner_text() == "We wrote it down: done."
    expect(page.page.locator("#tell")).to_have_text("Done")
    assert page.page.get_by_role("link", name="Change it").get_attribute("href") == "#tell"
    page.tap("Do it again")
    assert page.text("told") == ""
    page.tap("Done with this set")
    page.tap("Done with this set")
    page.page.reload()
    assert page.text("title") == "That was all of this exercise"
    assert page.told == [sent("all")]


def test_of_sets_that_were_skipped_a_part_is_told_also_after_a_reload_and_of_none_nothing(phone):
    page = phone(Dose(sets=Span(2, 2)), tells=True)
    for _ in range(2):
        page.tap("Skip this set")
    assert page.text("title") == "That was all of this exercise"
    page.tap("Do it again")
    page.tap("Skip this set")
    page.page.reload()
    page.tap("Done with this set")

    expect(page.page.locator("[data-told]")).to_have_text("We wrote it down: a part.")
    assert page.told == [sent("part")]


def test_a_set_that_was_gone_back_to_and_done_is_done(phone):
    page = phone(Dose(sets=Span(2, 2)), tells=True)
    page.tap("Skip this set")
    page.tap("One step back")
    page.tap("Done with this set")
    page.tap("Done with this set")

    expect(page.page.locator("[data-told]")).to_have_text("We wrote it down: done.")
    assert page.told == [sent("all")]


def test_without_a_connection_it_says_so_and_tells_it_once_when_there_is_one(phone):
    page = phone(Dose(), tells=True)
    page.is_offline = True
    page.tap("Done")
    note = page.page.locator("[data-told]")
    expect(note).to_have_text("It is not written down yet. Tap “I did it” below when you are online.")
    assert not page.page.get_by_role("link", name="Change it").is_visible()
    page.is_offline = False
    for _ in range(2):
        page.page.evaluate("dispatchEvent(new Event('online'))")
        expect(note).to_have_text("We wrote it down: done.")

    assert page.told == [sent("all")]
    page.problems = [said for said in page.problems if "Failed to load resource" not in said]


# --- Time ---------------------------------------------------------------------------------------------------


def test_a_time_runs_out_seen_heard_and_felt(phone):
    page = phone(A_MINUTE)
    page.tap("Start the timer")
    assert (page.digits(), page.text("phase")) == ("5", "Get ready")
    page.wait(READY + 1)
    assert (page.digits(), page.text("phase")) == ("59", "Go")
    ring = page.page.locator("[data-ring]")
    full = float(ring.get_attribute("stroke-dasharray").split()[0])
    page.wait(30)
    assert page.digits() == "29"
    assert float(ring.get_attribute("stroke-dasharray").split()[0]) < full / 2 + 1
    before = page.seen("tones")

    page.wait(30)

    assert page.text("note") == "Time is up."
    assert page.digits() == ""
    assert page.seen("tones") == before + 2
    assert page.seen("shakes") == 1
    assert page.buttons()[:2] == ["Start the timer again", "Done"]
    page.tap("Done")
    assert page.text("title") == "That was all of this exercise"


def test_between_the_lower_and_the_upper_time_one_may_stop(phone):
    page = phone(Dose(duration_seconds=Span(60, 90)))
    page.tap("Start the timer")
    page.wait(READY + 61)

    assert page.text("phase") == "You may stop now. Go on if it feels good."
    assert page.digits() == "29"


def test_holds_are_counted_with_the_way_back_between_them(phone):
    page = phone(HOLDS)
    page.tap("Start the timer")
    said = []
    for _ in range(READY + 3 * 5 + 2 * 4):
        said.append((page.text("phase"), page.digits()))
        page.wait(1)

    assert said[READY : READY + 5] == [("Hold: 1 of 3", str(left)) for left in (5, 4, 3, 2, 1)]
    assert said[READY + 5 : READY + 9] == [
        ("Slowly back, then once more", str(left)) for left in (4, 3, 2, 1)
    ]
    assert said[-1] == ("Hold: 3 of 3", "1")
    assert page.text("note") == "Time is up."


def test_a_rest_runs_out_and_says_what_comes(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.wait(59)
    assert (page.text("title"), page.digits()) == ("Rest", "1")
    page.wait(1)

    assert page.text("title") == "Set 2 of 2"
    assert page.text("note") == "The rest is over. Go on when you are ready."
    assert (page.seen("tones"), page.seen("shakes")) == (2, 1)


@pytest.mark.parametrize("steady", [True, False])
def test_after_a_long_sleep_the_rest_is_over_and_nobody_is_startled(phone, steady):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.wait(20)
    page.sleep(600, steady=steady)

    assert page.text("title") == "Set 2 of 2"
    assert page.text("note") == "The rest is over. Go on when you are ready."
    assert (page.seen("tones"), page.seen("shakes")) == (0, 0)


@pytest.mark.parametrize("steady", [True, False])
def test_after_a_short_sleep_the_true_rest_is_left(phone, steady):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.wait(10)
    page.sleep(20, steady=steady)

    assert (page.text("title"), page.digits()) == ("Rest", "30")
    page.wait(30)
    assert page.text("title") == "Set 2 of 2"


def test_a_clock_that_is_set_back_makes_no_rest_longer(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.wait(10)
    page.page.clock.set_system_time(page.page.evaluate("Date.now()") / 1000 - 365 * 24 * 3600)
    page.wait(10)

    assert page.digits() == "40"


def test_a_time_in_the_midst_of_which_the_phone_slept_is_up(phone):
    page = phone(HOLDS)
    page.tap("Start the timer")
    page.wait(READY + 2)
    page.sleep(600)

    assert page.text("note") == "Time is up."


def test_pause_stops_the_time_also_through_sleep(phone):
    page = phone(A_MINUTE)
    page.tap("Start the timer")
    page.wait(READY + 20)
    left = page.digits()
    page.tap("Pause")
    left_paused = page.digits()
    page.wait(100)
    page.sleep(600)

    assert int(left) - int(left_paused) <= 1
    assert (page.digits(), page.text("phase")) == (left_paused, "Paused")
    page.tap("Go on")
    page.wait(10)
    assert int(page.digits()) == int(left_paused) - 10


def test_hours_are_shown_as_such(phone):
    page = phone(Dose(duration_seconds=Span(14400, 14400)))
    page.tap("Start the timer")
    page.wait(READY + 1)

    assert page.digits() == "3:59:59"


# --- From one exercise to the next --------------------------------------------------------------------------


def test_plain_links_lead_through_all_exercises_in_their_order(phone):
    page = phone(Dose(), Dose(), Dose())
    for number in (1, 2):
        assert page.page.url == f"{SITE}/exercise/{number}/"
        assert "Next exercise" not in page.buttons()
        page.tap("Done")
        page.page.get_by_role("link", name="Next exercise").tap()
        page.page.wait_for_url(f"**/exercise/{number + 1}/")
    page.tap("Done")

    assert "Next exercise" not in page.buttons()
    page.page.get_by_role("link", name="Done: back to my plan").tap()
    expect(page.page).to_have_url(f"{SITE}/")


def test_where_one_was_is_there_again_after_a_reload_and_on_the_way_back(phone):
    page = phone(TWO_SETS, Dose())
    page.tap("Done with this set")
    page.wait(10)
    page.page.reload()
    assert (page.text("title"), page.digits()) == ("Rest", "50")

    page.tap("Skip the rest")
    page.open("/exercise/2/")
    assert page.text("title") == "Do this now"
    page.open("/exercise/1/")
    assert page.text("title") == "Set 2 of 2"


def test_a_rest_that_ended_before_the_page_was_loaded_anew_is_over(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.open("/")
    page.page.clock.fast_forward(600_000)
    page.open("/exercise/1/")

    assert page.text("title") == "Set 2 of 2"
    assert page.text("note") == "The rest is over. Go on when you are ready."


def test_who_comes_back_later_begins_anew(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.open("/")
    page.page.clock.fast_forward(3 * 3600 * 1000)
    page.open("/exercise/1/")

    assert page.text("title") == "Set 1 of 2"


def test_what_is_kept_is_numbers_in_this_tab_alone(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    kept = page.page.evaluate("Object.values(sessionStorage)")

    def leaves(value):
        return (
            [leaf for part in value.values() for leaf in leaves(part)] if isinstance(value, dict) else [value]
        )

    assert len(kept) == 1
    assert all(type(leaf) is int for leaf in leaves(json.loads(kept[0])))
    assert page.page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_what_is_kept_of_another_plan_or_broken_is_left_alone(phone):
    page = phone(TWO_SETS)
    for kept in ('{"mark', "5", "null", '{"mark": 1, "seen": 9e99, "at": {"1": 2}}'):
        page.page.evaluate("text => sessionStorage.setItem('player', text)", kept)
        page.page.reload()
        assert page.text("title") == "Set 1 of 2"
    page.tap("Done with this set")
    assert page.text("title") == "Rest"
    page.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem("player"));
          sessionStorage.setItem("player", JSON.stringify({ ...kept, mark: kept.mark + 1 }));
        }"""
    )
    page.page.reload()
    assert page.text("title") == "Set 1 of 2"


# --- What a phone has or has not ----------------------------------------------------------------------------


def test_there_is_no_sound_before_a_tap(phone):
    page = phone(TWO_SETS)
    page.wait(5)
    assert page.seen("audio") == 0
    page.tap("Done with this set")
    assert page.seen("audio") == 1


def test_sound_is_switched_off_and_stays_so(phone):
    page = phone(TWO_SETS, TWO_SETS)
    switch = page.page.get_by_role("switch", name="Sound")
    expect(switch).to_be_checked()
    switch.tap()
    expect(switch).not_to_be_checked()
    page.tap("Done with this set")
    page.wait(60)
    assert (page.seen("tones"), page.seen("shakes")) == (0, 1)

    page.open("/exercise/2/")
    expect(switch).not_to_be_checked()
    switch.tap()
    assert page.seen("tones") == 1


MISSING = """
delete window.AudioContext;
delete Navigator.prototype.vibrate;
delete Navigator.prototype.wakeLock;
delete window.SpeechSynthesisUtterance;
Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('no') } });
"""
REFUSED = """
window.AudioContext = class { constructor() { throw new Error('no'); } };
Object.defineProperty(Navigator.prototype, 'wakeLock', { value: {
  request: () => Promise.reject(new DOMException('low battery', 'NotAllowedError')) } });
Storage.prototype.setItem = () => { throw new Error('full'); };
"""


@pytest.mark.parametrize(("device", "has_switch"), [(MISSING, False), (REFUSED, True)])
def test_all_else_works_where_the_phone_cannot_sound_shake_stay_lit_read_or_keep(phone, device, has_switch):
    page = phone(TWO_SETS, Dose(), device=device)
    page.tap("Done with this set")
    page.wait(60)
    assert page.text("note") == "The rest is over. Go on when you are ready."
    assert ("Sound" in page.buttons()) is has_switch
    page.tap("Done with this set")
    page.page.get_by_role("link", name="Next exercise").tap()
    page.page.wait_for_url("**/exercise/2/")

    assert page.text("title") == "Do this now"


def test_the_screen_stays_lit_while_one_exercises(phone):
    page = phone(TWO_SETS)
    assert page.seen("asked") == 0
    page.tap("Done with this set")
    assert page.seen("asked") == 1
    page.tap("Skip the rest")
    page.page.evaluate("turn(true); lock.dispatchEvent(new Event('release'))")
    assert page.seen("asked") == 1
    page.page.evaluate("turn(false)")
    assert page.seen("asked") == 2

    page.tap("Done with this set")
    assert page.seen("released") == 1
    page.page.evaluate("turn(true); turn(false)")
    assert page.seen("asked") == 2


def test_a_phone_that_is_left_alone_may_sleep(phone):
    page = phone(TWO_SETS)
    page.tap("Done with this set")
    page.wait(60)
    assert page.seen("released") == 0
    page.wait(601)
    assert page.seen("released") == 1


# --- Reading aloud ------------------------------------------------------------------------------------------


def with_voices(*voices):
    return f"window.voices = [{', '.join(voices)}];"


@pytest.mark.parametrize(
    ("language", "spoken", "others"),
    [
        ("en", ["en-US", "en_GB"], ["es", "enm"]),
        ("es", ["es_MX"], ["en-US"]),
        ("ar", ["ar", "ar-SA"], ["fa-IR"]),
        ("zh-hans", ["zh-CN", "cmn-Hans-CN"], ["zh-HK", "zh_HK", "yue-HK"]),
    ],
)
def test_it_is_read_by_a_voice_of_the_device_in_the_language_of_the_page_alone(
    phone, language, spoken, others
):
    page = phone(Dose(), language=language)
    button = page.page.locator("[data-do=aloud]")

    def is_offered(*voices):
        page.page.evaluate(
            f"{with_voices(*voices)} speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
        )
        return button.is_visible()

    assert not is_offered()
    for tag in spoken:
        assert is_offered(f"{{ lang: '{tag}', localService: true }}")
        assert not is_offered(f"{{ lang: '{tag}', localService: false }}")
    for tag in others:
        assert not is_offered(f"{{ lang: '{tag}', localService: true }}")


def test_the_text_of_the_page_is_read_without_its_buttons(phone):
    page = phone(
        Dose(), device=with_voices(REMOTE, "{ name: 'Old', lang: 'en-GB', localService: true }", LOCAL)
    )
    page.tap("Read aloud")

    assert page.page.evaluate("seen.spoken.map(said => said.text)") == [
        "Exercise 1", "Press your heels down.", "Lift your hips.", "Lower slowly."
    ]  # fmt: skip
    assert page.page.evaluate("[...new Set(seen.spoken.map(said => said.voice.name))]") == ["Ana"]
    assert "Stop reading" in page.buttons()
    page.page.evaluate("seen.spoken.at(-1).onend()")
    assert "Read aloud" in page.buttons()


def test_voices_that_load_late_are_offered_then(phone):
    page = phone(Dose())
    assert "Read aloud" not in page.buttons()
    page.page.evaluate(f"{with_voices(LOCAL)} speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    assert "Read aloud" in page.buttons()


def test_voices_that_load_late_without_a_word_are_found(phone):
    page = phone(Dose())
    page.page.evaluate(with_voices(LOCAL))
    page.wait(3)
    assert "Read aloud" in page.buttons()


@pytest.mark.parametrize("leave", ["turn(true)", "dispatchEvent(new Event('pagehide'))"])
def test_reading_stops_on_leaving(phone, leave):
    page = phone(Dose(), device=with_voices(LOCAL))
    page.tap("Read aloud")
    before = page.seen("cancelled")
    page.page.evaluate(leave)

    assert page.seen("cancelled") == before + 1
    assert "Read aloud" in page.buttons()


def test_reading_stops_by_its_button(phone):
    page = phone(Dose(), device=with_voices(LOCAL))
    page.tap("Read aloud")
    before = page.seen("cancelled")
    page.tap("Stop reading")

    assert page.seen("cancelled") == before + 1
    assert "Read aloud" in page.buttons()


# --- For everybody ------------------------------------------------------------------------------------------


def test_a_screen_reader_is_told_what_matters_and_not_each_second(phone):
    page = phone(TWO_SETS)
    page.page.evaluate(
        """() => {
          window.told = [];
          const place = document.querySelector("[role=status]");
          new MutationObserver(() => told.push([...place.children].map(p => p.textContent).join(" / ")))
            .observe(place, { childList: true, subtree: true, characterData: true });
        }"""
    )
    page.tap("Done with this set")
    page.wait(60)

    assert page.page.evaluate("told") == [
        "Rest: 1 minute between sets / Then: Set 2 of 2",
        "10 seconds left",
        "The rest is over. Go on when you are ready. / Set 2 of 2 / 10 times",
    ]
    assert page.page.locator("[data-digits]").get_attribute("role") == "timer"
    assert page.page.locator("[aria-live=assertive], [role=alert]").count() == 0


def test_the_keyboard_goes_on_where_a_button_has_gone(phone):
    page = phone(A_MINUTE)
    page.page.locator("[data-do=start]").focus()
    page.page.keyboard.press("Enter")
    expect(page.page.locator("[data-do=done]")).to_be_focused()
    page.page.locator("[data-do=pause]").focus()
    page.wait(READY + 60)
    expect(page.page.locator("[data-do=done]")).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(page.page.locator("[data-onward]")).to_be_focused()


MEASURE = """() => {
  const place = document.querySelector("section[data-player]");
  const seen = [...place.querySelectorAll("*")].filter(node => node.getClientRects().length);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: seen.filter(node => node.matches("button, a"))
      .filter(node => node.getBoundingClientRect().height < 44).map(node => node.textContent),
    type: Math.min(...seen.filter(node => !node.closest(".unseen"))
      .map(node => parseFloat(getComputedStyle(node).fontSize))),
  };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_small_phones_and_axe_finds_nothing(phone, language):
    dose = Dose(
        sets=Span(2, 3), repetitions=Span(8, 10), hold_seconds=Span(5, 5), side=Side.EACH,
        rest_seconds=Span(60, 60), load="a long red band of two metres"
    )  # fmt: skip
    voices = [f"{{ lang: '{tag}', localService: true }}" for tag in ("en", "es", "ar", "zh-CN")]
    page = phone(dose, language=language, limb="leg", device=with_voices(*voices))
    page.page.clock.resume()  # axe waits for its own timers
    for shown in ("todo", "work", "rest"):
        for width in (390, 360, 320):
            page.page.set_viewport_size({"width": width, "height": 800})
            found = page.page.evaluate(MEASURE)
            assert (found["overflow"], found["small"]) == (0, [])
            assert found["type"] >= 18
        # The colours are the same in each language.
        for scheme in ("light", "dark") if language == "en" else ("light",):
            page.page.emulate_media(color_scheme=scheme)
            assert failures(page.page) == []
        page.tap_next(shown)


def test_from_right_to_left_the_switch_and_the_digits_stand_right(phone):
    page = phone(Dose(duration_seconds=Span(90, 90)), language="ar")
    page.page.locator("[data-do=start]").tap()
    page.wait(READY + 1)

    assert page.digits() == "1:29"
    assert page.page.locator("[data-digits]").evaluate("node => getComputedStyle(node).direction") == "ltr"
    switch = page.page.locator("[data-do=sound]").bounding_box()
    knob = page.page.locator(".switch").bounding_box()
    assert knob["x"] > switch["x"] + switch["width"] / 2


def test_the_ring_glides_for_who_likes_it(phone):
    page = phone(A_MINUTE)
    for motion, moves in (("reduce", False), ("no-preference", True)):
        page.page.emulate_media(reduced_motion=motion)
        ring = page.page.locator("[data-ring]")
        duration = ring.evaluate("node => getComputedStyle(node).transitionDuration")
        assert (duration != "0s") is moves


def test_without_scripts_nothing_is_seen_of_it(phone):
    page = phone(A_MINUTE, java_script_enabled=False)

    assert not page.page.locator("section[data-player]").is_visible()
    assert page.page.get_by_role("heading", level=1).is_visible()


def test_scripts_that_come_late_move_nothing(phone):
    """On a slow line the words are there first, and somebody reads them."""
    doses = (TWICE_TEN, HOLDS, Dose())
    here, late = phone(*doses, tells=True), phone(*doses, tells=True, has_scripts=False)
    for number in range(1, len(doses) + 1):
        boxes = []
        for one in (late, here):
            one.open(f"/exercise/{number}/")
            boxes.append(one.page.locator("section[data-player]").bounding_box())
        assert boxes[0] == boxes[1]
        assert not late.page.locator("section[data-player]").is_visible()
        assert late.page.locator("section[data-player]").inner_text() == ""
    late.problems.clear()


def test_it_is_not_printed(phone):
    page = phone(A_MINUTE)
    page.page.emulate_media(media="print")
    assert not page.page.locator("section[data-player]").is_visible()


# --- On the page itself -------------------------------------------------------------------------------------


@pytest.fixture
def at_home(transactional_db, request):
    """The published plan of eight exercises, in a database that the server's thread sees."""
    issued = request.getfixturevalue("issued")
    put(issued.publication, full_plan())
    return issued


def test_play_my_plan_leads_through_all_of_it_and_ticks_the_log(at_home, page, live_server):
    client = Client()
    client.post(at_home.path, BIRTH_DATE)
    home = live_server.url + at_home.path
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": home} for name, one in client.cookies.items()]
    )
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(home)
    page.get_by_role("link", name="Play my plan").click()
    for number in range(1, 9):
        expect(page).to_have_title(f"Exercise {number} of 8")
        expect(page.locator("section[data-player]")).to_be_visible()
        if number == 1:
            expect(page.get_by_text("Your therapist (", exact=False)).to_be_visible()
        while not page.locator("[data-onward]").is_visible():
            page.locator("[data-do=done]").click()
        expect(page.locator("[data-told]")).to_have_text("We wrote it down: done.")
        page.locator("[data-onward]").click()

    expect(page).to_have_url(home)
    rows = LogEntry.objects.filter(plan=at_home.plan)
    assert rows.count() == LogChange.objects.count() == 8
    assert {(row.outcome, row.session, row.source) for row in rows} == {("all", 1, "page")}
    page.go_back()
    page.get_by_role("button", name="Undo: that was a mistake").click()
    expect(page.get_by_role("button", name="Undo: that was a mistake")).to_be_hidden()
    assert rows.all().count() == 7
    assert said == []


def test_a_plan_that_was_locked_meanwhile_keeps_what_was_done(at_home, page, live_server):
    client = Client()
    client.post(at_home.path, BIRTH_DATE)
    home = live_server.url + at_home.path
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": home} for name, one in client.cookies.items()]
    )
    page.goto(f"{home}exercise/1/")
    expect(page.locator("section[data-player]")).to_be_visible()
    LinkSession.objects.all().delete()
    # Once it is told, the page leaves for the question: that waits until no more is asked of the page.
    held = []
    page.route("**/log/", lambda route: held.append(route), times=1)

    while not page.locator("[data-onward]").is_visible():
        page.locator("[data-do=done]").click()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()

    expect(page.get_by_text("Your plan is locked. Open it again, then this can be sent.")).to_be_visible()
    assert not LogEntry.objects.exists()
    for name, value in BIRTH_DATE.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Open my plan").click()
    expect(page).to_have_url(f"{home}exercise/1/")
    assert LogEntry.objects.get().outcome == "all"
