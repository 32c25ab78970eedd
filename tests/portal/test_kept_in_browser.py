"""A plan that a phone keeps: shown without a network, told on, taken away; in a real browser with its real worker."""

import pytest
from django.http import HttpResponse
from playwright.sync_api import Error, expect

from plans.actions import devices, pausing
from plans.actions import plans as plan_actions
from plans.actions.links import renew_link, revoke_link
from plans.content import from_json
from plans.drawer import MOTION_VERSION
from plans.models import Clinic, DayEntry, Device, LogChange, LogEntry
from plans.portal.views import log
from plans.rendering import drawings
from tests import factories
from tests.axe import failures
from tests.conftest import BROWSER_MS
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell
from tests.portal.conftest import token_of
from tests.portal.kept import (
    PHONE,
    WAITING,
    enter,
    heading,
    keep,
    nothing_is_left,
    press_keep,
    reach,
    turn_clock,
)
from tests.portal.test_log_in_browser import LANGUAGES, MEASURE
from tests.portal.views.test_picture import drawn_bytes
from tests.rendering.test_moving import LIFT, strip

SEEN = """() => Promise.all([...document.images].map(async (one) => {
  one.loading = "eager";
  await one.decode();
  return one.getAttribute("src");
}))"""
KEPT_ADDRESSES = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((one) => one.url);
}"""
DAYS_OF_A_WEEK = """async ({ key, item, days }) => {
  const plan = await kept.store.plan(location.pathname);
  const common = { plan: key, home: location.pathname, offset: 0, since: 0, zone: plan.zone };
  for (let back = 0; back < days; back += 1)
    for (let session = 1; session <= 6; session += 1) {
      const said = { item, session, outcome: "all", reason: "", feel: "", words: "痛".repeat(480) + "😀" };
      await kept.store.wait({ ...common, id: crypto.randomUUID(), said, wall: Date.now(), back, day: "" });
    }
}"""


@pytest.fixture
def three(transactional_db):
    """A published plan of three exercises, and its path."""
    clinic = factories.clinic(name="Hill Street Clinic", phone="+1 (555) 010-4477", emergency_number="911")
    therapist = factories.therapist(clinic)
    publication = plan_of(therapist, 3, title="Plan for a stronger back")
    publication.path = f"/p/{token_of(publication.plan.links.get())}/"
    publication.therapist = therapist
    return publication


@pytest.fixture
def phone(browser, live_server):
    """A function that takes a phone into the hand; an error in a script of ours fails the test."""
    contexts, problems = [], []

    def take(**options):
        context = browser.new_context(**{"base_url": live_server.url, **PHONE, **options})
        context.set_default_timeout(BROWSER_MS)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        contexts.append(context)
        return context

    yield take
    for context in contexts:
        context.close()
    assert problems == []


def waiting(page, publication):
    return page.evaluate(WAITING, str(publication.plan_id))


# --- Read and told without a network ---


def test_a_kept_plan_is_read_and_told_without_a_network_and_what_waited_is_sent_once(three, phone):
    context = phone()
    page = keep(context, three.path)
    first, second, _ = keys_of(three)

    page.goto(three.path)
    expect(page.get_by_text("Kept on this phone. Last contact:").first).to_be_visible()
    page.get_by_role("link", name="Play my plan").tap()
    expect(page.get_by_role("button", name="Done", exact=True)).to_be_visible()  # the player runs
    page.get_by_role("link", name="Warning signs").tap()
    page.get_by_role("link", name="Back to the exercise").tap()
    expect(heading(page)).to_have_text("1. Exercise 0")
    page.get_by_role("button", name="I did it").tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()

    page.goto(f"{three.path}exercise/3/")
    page.get_by_role("button", name="Done", exact=True).tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()
    page.goto(f"{three.path}log/2/")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("Please fill in at least one thing.")).to_be_visible()
    page.get_by_label("A part").check()
    page.get_by_role("group", name="Pain after").locator("label", has_text="7").tap()
    page.get_by_label("A few words").fill("Stiff 🙂")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("heading", name="Stop this exercise. Call your clinic")).to_be_visible()
    expect(page.get_by_text("(waits on this phone)")).to_have_count(3)
    expect(page.get_by_role("button", name="I did it all as planned")).to_be_hidden()
    page.goto(f"{three.path}progress/")
    expect(heading(page)).to_have_text("This page needs a connection")
    assert not LogChange.objects.exists()

    for _ in range(2):
        reach(context, page)
    page.goto(f"{three.path}log/")
    expect(page.get_by_text("Done", exact=True)).to_have_count(2)
    assert waiting(page, three) == []
    assert LogEntry.objects.count() == LogChange.objects.count() == 3
    told = LogEntry.objects.get(item_key=second)
    assert (told.outcome, told.pain_after, told.words) == ("part", 7, "Stiff 🙂")
    assert LogEntry.objects.get(item_key=first).day == three.plan.patient.clinic.today()


def test_its_pictures_and_moving_strips_are_kept_with_it(three, phone, monkeypatch):
    monkeypatch.setattr(drawings, "draw", lambda *given, **how: drawn_bytes())
    monkeypatch.setattr(drawings, "draw_motion", lambda text, **how: strip())
    lift = factories.approved_exercise(three.plan.patient.clinic, "lift", figure=LIFT)
    issued = factories.publication(three.therapist, of_plan=factories.plan(three.therapist, exercises=[lift]))
    drawing = from_json(issued.content.json).items[0].picture.drawing
    drawings.ask_moving([drawing])
    drawings.work(drawing.id_moving(MOTION_VERSION))
    path = f"/p/{token_of(issued.plan.links.get())}/"
    page = keep(phone(), path)

    seen = {}
    for rest in ("", "exercise/1/"):
        page.goto(path + rest)
        seen[rest] = set(page.evaluate(SEEN))

    name = from_json(issued.content.json).items[0].picture.name
    still = f"{path}picture/{name}"
    assert seen[""] == {still, f"{still}?list"}
    assert seen["exercise/1/"] == {still, f"{path}motion/{drawing.id_moving(MOTION_VERSION)}"}


def test_what_arrived_though_its_answer_did_not_is_not_told_twice(three, phone, monkeypatch):
    context = phone()
    page = keep(context, three.path)
    context.set_offline(False)
    page.goto(f"{three.path}log/")
    monkeypatch.setattr(log, "_after", lambda *given: HttpResponse(status=502))
    page.get_by_role("button", name="I did it all as planned").tap()
    page.wait_for_url("**/log/?told=saved")
    monkeypatch.undo()
    assert LogChange.objects.count() == 3

    reach(context, page)
    page.goto(three.path)

    expect(page.locator("[data-keep]").get_by_text("Waiting to be sent:")).to_be_hidden()
    assert waiting(page, three) == []
    assert LogChange.objects.count() == 3


def test_a_warning_sign_that_is_told_without_a_network_says_at_once_whom_to_call(three, phone):
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}log/")
    page.get_by_text("Do you have a warning sign?").tap()
    page.locator('[name=signs][value="chest_pain_or_breathlessness"]').check()
    page.get_by_role("button", name="Save").tap()

    expect(page.get_by_role("heading", name="Call 911 now")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Stop. Call a doctor today")).to_be_hidden()
    reach(context, page)
    expect(page.locator("#alarm")).to_contain_text("Call 911 now")
    assert DayEntry.objects.get().signs == ["chest_pain_or_breathlessness"]


def test_what_was_told_before_and_from_another_phone_stays_one(three, phone):
    first, second, _ = keys_of(three)
    tell(three, first)
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}log/")
    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(2)
    page.get_by_role("button", name="I did it", exact=True).first.tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()
    tell(three, second, outcome="part")  # on another phone

    reach(context, page)

    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(1)
    assert LogEntry.objects.count() == 2
    assert LogEntry.objects.get(item_key=second).outcome == "all"


def test_a_second_telling_without_a_network_keeps_what_the_first_said(three, phone):
    first, *_ = keys_of(three)
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}log/1/")
    page.locator('[name=outcome][value="part"]').check(force=True)
    page.locator('[name=pain_after][value="4"]').check(force=True)
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("(waits on this phone)").first).to_be_visible()
    page.goto(f"{three.path}log/1/")
    page.locator('[name=outcome][value="part"]').check(force=True)
    page.locator("[name=words]").fill("Slow and steady")
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_text("(waits on this phone)").first).to_be_visible()
    assert len(waiting(page, three)) == 1
    tell(three, first, outcome="all", pain_before=2)  # on another phone

    reach(context, page)

    entry = LogEntry.objects.get()
    assert (entry.outcome, entry.pain_before, entry.pain_after, entry.words) == (
        "part",
        2,
        4,
        "Slow and steady",
    )


def test_ticks_of_a_week_are_sent_in_parts_and_none_is_lost(three, phone):
    issued_days_ago(three, 20)
    context = phone()
    page = keep(context, three.path)
    page.goto(three.path)
    item = str(keys_of(three)[0])
    page.evaluate(DAYS_OF_A_WEEK, {"key": str(three.plan_id), "item": item, "days": 7})
    assert len(str([one["said"] for one in waiting(page, three)]).encode()) > 64 * 1024

    reach(context, page)
    page.goto(three.path)

    expect(page.locator("[data-keep] [data-waiting]")).to_be_hidden()
    assert waiting(page, three) == []
    assert LogEntry.objects.count() == LogChange.objects.count() == 42


# --- Time ---


def test_after_a_day_there_is_a_banner_and_after_three_only_warnings_and_the_telephone(three, phone):
    context = phone()
    page = keep(context, three.path)
    banner = page.get_by_text("No contact for more than a day.")

    turn_clock(context, 23)
    page.goto(three.path)
    expect(page.get_by_text("Last contact:").first).to_be_visible()
    expect(page.get_by_role("button", name="Remove from this phone")).to_be_visible()
    expect(page.get_by_role("button", name="Delete what could not be sent")).to_be_hidden()
    expect(banner).to_be_hidden()
    turn_clock(context, 25)
    page.goto(f"{three.path}exercise/1/")
    expect(banner).to_be_visible()
    turn_clock(context, 73)
    # A page that was left open does not stay longer than one that is opened.
    page.evaluate("Date.now = () => trueNow() + 73 * 3600000")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(heading(page)).to_have_text("Do not exercise with this plan for now")
    for rest in ("", "exercise/1/", "log/", "warnings/"):
        page.goto(three.path + rest)
        expect(heading(page)).to_have_text("Do not exercise with this plan for now")
    assert page.locator('main a[href="tel:+15550104477"]').is_visible()
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    expect(page.get_by_text("Exercise 0")).to_have_count(0)

    reach(context, page)
    context.set_offline(True)
    page.goto(f"{three.path}exercise/1/")
    expect(heading(page)).to_have_text("1. Exercise 0")
    expect(banner).to_be_hidden()


def test_a_clock_that_goes_back_counts_as_no_contact_also_when_it_is_right_again(three, phone):
    context = phone()
    page = keep(context, three.path)
    turn_clock(context, 2)
    page.goto(f"{three.path}exercise/1/")
    expect(heading(page)).to_have_text("1. Exercise 0")

    for hours in (1, 3):
        turn_clock(context, hours)
        page.goto(f"{three.path}exercise/1/")
        expect(heading(page)).to_have_text("Do not exercise with this plan for now")
    reach(context, page)
    expect(page.get_by_role("link", name="Play my plan").or_(page.locator("[data-exercise]"))).to_be_visible()


@pytest.mark.parametrize("hours", [-365 * 24, 365 * 24])
def test_a_clock_that_is_wrong_by_a_year_keeps_the_right_day(three, phone, hours):
    context = phone()
    turn_clock(context, hours)
    page = keep(context, three.path)
    turn_clock(context, hours)
    reach(context, page)  # the worker had the true clock when it was made
    context.set_offline(True)
    page.goto(f"{three.path}log/")
    page.get_by_role("button", name="I did it", exact=True).first.tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()
    # It is set right while the tick waits.
    turn_clock(context, 0)
    page.goto(three.path)
    expect(heading(page)).to_have_text("Do not exercise with this plan for now")

    reach(context, page)

    assert LogEntry.objects.get().day == three.plan.patient.clinic.today()


# --- What acts at contact ---


def tick_the_first(page, three):
    page.goto(f"{three.path}exercise/1/")
    page.get_by_role("button", name="I did it").tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()


def test_a_pause_acts_at_contact_and_what_was_done_before_is_sent(three, phone):
    context = phone()
    page = keep(context, three.path)
    tick_the_first(page, three)
    pausing.pause_plan(plan=three.plan, by=three.therapist)
    context.set_offline(False)

    # The page that stands there makes contact by itself.
    expect(page.get_by_role("heading", name="Do not exercise for now")).to_be_visible()
    assert LogEntry.objects.count() == 1
    context.set_offline(True)
    for rest in ("", "exercise/1/", "log/"):
        page.goto(three.path + rest)
        expect(page.get_by_role("heading", name="Do not exercise for now")).to_be_visible()
    assert not [address for address in page.evaluate(KEPT_ADDRESSES) if "/exercise/" in address]


def test_a_stop_takes_the_copy_away_and_what_was_done_before_is_sent_when_it_is_opened(three, phone):
    context = phone()
    page = keep(context, three.path)
    tick_the_first(page, three)
    plan_actions.stop_plan(plan=three.plan, by=three.therapist)
    context.clear_cookies(name="plan")
    context.set_offline(False)

    expect(page.get_by_text("Something that you told us waits on this phone.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    for field, typed in {"day": "17", "month": "5", "year": "1960"}.items():
        page.locator(f"#{field}").fill(typed)
    page.locator("#year").press("Enter")
    expect(page.get_by_role("heading", name="This plan ended on")).to_be_visible()
    expect(page.get_by_text("What waited on this phone was sent.")).to_be_visible()
    assert LogEntry.objects.count() == 1
    nothing_is_left(page)


def test_a_new_version_takes_the_old_ones_place_at_contact(three, phone):
    context = phone()
    page = keep(context, three.path)
    issue_again(three, three.therapist)
    reach(context, page)
    expect(page.get_by_text("Version 2")).to_be_visible()
    context.set_offline(True)

    page.wait_for_function(
        """home => kept.store.plan(home).then((plan) => plan.items && caches.open(plan.cache))
      .then((cache) => cache.match(home)).then((found) => found.text()).then((text) => text.includes("Version 2"))""",
        arg=three.path,
    )
    page.goto(three.path)

    expect(page.get_by_text("Version 2")).to_be_visible()
    assert len(page.evaluate("caches.keys()")) == 1


@pytest.mark.parametrize("how", ["revoked", "ended at the desk"])
def test_a_revocation_acts_at_contact_and_leaves_nothing(three, phone, how):
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}exercise/1/")
    if how == "revoked":
        revoke_link(plan=three.plan, by=three.therapist)
    else:
        devices.end_device(device=Device.objects.get(), by=three.therapist)
    context.clear_cookies(name="plan")
    context.set_offline(False)

    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()
    nothing_is_left(page)
    context.set_offline(True)
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|chrome-error"):
        page.goto(three.path)


def test_what_waits_for_a_link_that_was_renewed_is_sent_by_the_new_one(three, phone):
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}log/")
    page.get_by_role("button", name="I did it all as planned").tap()
    expect(page.get_by_text("(waits on this phone)")).to_have_count(3)
    link = renew_link(plan=three.plan, by=three.therapist)
    context.set_offline(False)

    expect(page.get_by_text("Something that you told us waits on this phone.")).to_be_visible()
    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()
    assert not LogChange.objects.exists()
    enter(page, f"/p/{token_of(link)}/")
    expect(page.get_by_text("What waited on this phone was sent.")).to_be_visible()
    assert LogEntry.objects.count() == LogChange.objects.count() == 3
    page.goto(three.path)
    expect(page.get_by_text("Something that you told us")).to_be_hidden()


def test_nothing_of_another_link_is_ever_served(three, phone):
    other = plan_of(three.therapist, 1)
    other_path = f"/p/{token_of(other.plan.links.get())}/"
    context = phone()
    page = keep(context, three.path)
    context.set_offline(False)
    enter(page, other_path)
    expect(page.get_by_role("button", name="Keep on this phone")).to_be_visible()
    context.set_offline(True)

    elsewhere = context.new_page()
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|chrome-error"):
        elsewhere.goto(other_path)
    page.goto(three.path)
    expect(heading(page)).to_have_text("Plan for a stronger back")
    scopes = (
        "navigator.serviceWorker.getRegistrations().then(all => all.map(one => new URL(one.scope).pathname))"
    )
    assert page.evaluate(scopes) == [three.path]
    assert [name.partition(" ")[0] for name in page.evaluate("caches.keys()")] == [three.path]


# --- Removed ---


def test_remove_from_this_phone_leaves_nothing(three, phone):
    context = phone()
    page = keep(context, three.path)
    context.set_offline(False)
    page.goto(three.path)
    page.evaluate("sessionStorage.setItem('player', '{}')")

    page.get_by_role("button", name="Remove from this phone").tap()

    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()
    nothing_is_left(page)
    assert context.cookies() == []
    assert not Device.objects.filter(ended_at=None).exists()


def test_without_a_network_it_asks_before_it_removes_what_was_not_sent(three, phone):
    context = phone()
    page = keep(context, three.path)
    page.goto(f"{three.path}exercise/1/")
    page.get_by_role("button", name="I did it").tap()
    expect(page.get_by_text("Done (waits on this phone)")).to_be_visible()
    page.goto(three.path)
    page.get_by_role("button", name="Remove from this phone").tap()
    expect(page.get_by_text("Something waits here that was not sent yet.")).to_be_visible()
    assert len(waiting(page, three)) == 1

    page.get_by_role("button", name="Remove from this phone").tap()

    expect(page.get_by_text("This phone is still remembered.")).to_be_visible()
    expect(page.get_by_text("Plan for a stronger back")).to_have_count(0)
    nothing_is_left(page)


def test_this_is_not_me_takes_the_copy_away(three, phone):
    context = phone()
    page = keep(context, three.path)
    context.set_offline(False)
    page.goto(three.path)
    page.get_by_role("button", name="This is not me").tap()
    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()

    nothing_is_left(page)


# --- Phones that cannot ---


def test_a_phone_without_room_says_so_and_keeps_what_it_had(three, phone):
    context = phone()
    page = context.new_page()
    enter(page, three.path)
    tools = context.new_cdp_session(page)
    origin = page.evaluate("location.origin")

    def room(size):
        tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})

    room(1)
    press_keep(page)
    expect(page.get_by_text("there is no room left on this phone")).to_be_visible()
    nothing_is_left(page)
    room(100_000_000)
    press_keep(page)
    expect(page.get_by_text("Your plan is on this phone now.")).to_be_visible()
    context.set_offline(True)
    page.goto(f"{three.path}log/")
    context.service_workers[0].evaluate(
        "() => { kept.store.wait = () => Promise.reject(new DOMException('', 'QuotaExceededError')); }"
    )
    page.get_by_role("button", name="I did it", exact=True).first.tap()
    expect(page.get_by_text("There is no room left on this phone. Write it on paper.")).to_be_visible()
    assert waiting(page, three) == []
    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(3)


NOTHING = {
    "no worker": "delete Navigator.prototype.serviceWorker",
    "refused": "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(Error())",
    "no database": "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }",
}


@pytest.mark.parametrize("how", NOTHING)
def test_a_private_window_says_that_it_keeps_nothing(three, phone, how):
    context = phone()
    context.add_init_script(NOTHING[how])
    page = context.new_page()
    enter(page, three.path)

    press_keep(page)

    expect(page.get_by_text("This window keeps nothing. It may be a private one.")).to_be_visible()
    page.goto(f"{three.path}log/")
    page.get_by_role("button", name="I did it", exact=True).first.tap()
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
    assert LogEntry.objects.count() == 1


def test_a_clinic_that_remembers_no_device_offers_no_copy(three, phone):
    Clinic.objects.update(device_days=0)
    page = phone().new_page()
    enter(page, three.path)

    expect(page.get_by_role("button", name="Lock this page")).to_be_visible()
    expect(page.get_by_role("button", name="Keep on this phone")).to_have_count(0)


ALL_SHOWN = """() => {
  const hidden = '.kept-line [hidden], [data-told], [data-alarm], [data-keep], [data-keep] [hidden]';
  for (const one of document.querySelectorAll(hidden)) one.hidden = false;
}"""


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("es", "dark"), ("ar", "dark"), ("zh-hans", "light")]
)
def test_each_kept_page_is_large_fits_and_axe_finds_nothing(three, phone, language, scheme):
    content = three.content
    type(content).objects.filter(pk=content.pk).update(
        json=content.json.replace('"language":"en"', f'"language":"{language}"')
    )
    options = {"color_scheme": scheme, "viewport": {"width": 320, "height": 640}}
    page = phone(locale=LANGUAGES[language], **options).new_page()
    enter(page, three.path)

    for rest in ("", "log/", "kept/late/", "kept/away/"):
        page.goto(f"{three.path}{rest}?kept")
        page.evaluate(ALL_SHOWN)
        found = page.evaluate(MEASURE)
        assert found["overflow"] <= 0, rest
        assert found["small"] == [], rest
        assert found["type"] >= 18, rest
        assert found["levels"].count(1) == 1, rest
        assert failures(page) == [], rest
