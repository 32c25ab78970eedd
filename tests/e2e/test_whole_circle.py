"""The whole circle: published at the desk, done on a phone, it hurts, the therapist sees it, the next version is there.

One therapist at a browser, one patient with a telephone; nothing is done behind their backs, but that a day passes.
"""

import pytest
from playwright.sync_api import expect

from plans.models import LinkSession
from tests.e2e import desk, patient

TITLE = "Plan for a stronger back"
WALK, HURTS, EASIER = "Walking", "Bird dog", "Belly brace"


# The main way, of test_main_way.py, is gone on PostgreSQL at each run; this one with EVERY_EDGE=1.
pytestmark = [pytest.mark.edge, pytest.mark.spared]


@pytest.fixture
def phone(browser):
    """A patient's telephone: what it keeps is there on the next day, too."""
    context = browser.new_context(**{**patient.PHONE, "has_touch": True, "is_mobile": True})
    yield context
    context.close()


def publish_first_version(page, practice):
    """Write a plan of two exercises and give it out; returns the address of the patient's link."""
    desk.sign_in(page, practice)
    desk.add_patient(page, practice, name="Robin Rivers", birth_date="1960-05-17")
    desk.begin_plan(page, title=TITLE, times_per_day="1", days_per_week="7")
    desk.add_exercise(page, WALK, duration="5")
    desk.add_exercise(page, HURTS)
    desk.look_and_publish(page)
    return desk.copy_link(page)


def play(page, *names, button="Play my plan"):
    """Do what the page says, one exercise after the other, to the end of the plan."""
    page.get_by_role("link", name=button).tap()
    for number, name in enumerate(names, 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{number}. {name}")
        patient.do_all_sets(page)
        page.locator("[data-onward]").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def tell(page, *, done, hurt):
    """Both are ticked as done: correct that of the one that hurt; read what stands there at once, and after."""
    page.get_by_role("link", name="How did it go?").tap()
    expect(page.get_by_text("Nobody reads it right now. Do you need help? Call.")).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=done))
    expect(row.get_by_text("Done", exact=True)).to_be_visible()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=hurt))
    row.get_by_role("link", name="Change it or say more").tap()
    page.get_by_role("group", name="How much did you do?").get_by_text("A part").tap()
    after = page.get_by_role("group", name="Pain after")
    after.locator("label", has_text="5").tap()
    expect(page.get_by_role("alert")).to_have_count(0)
    after.locator("label", has_text="8").tap()
    expect(page.get_by_role("alert")).to_contain_text("More than 5? Stop this exercise.")
    expect(page.get_by_role("alert").get_by_role("link", name="555 0177")).to_be_visible()
    page.get_by_role("button", name="Save").tap()
    alarm = page.locator("#alarm")
    expect(alarm).to_be_in_viewport()
    for words in (
        "Stop this exercise. Call your clinic",
        "Your pain is more than 5 of 10.",
        "Nobody reads this page right now.",
    ):
        expect(alarm).to_contain_text(words)


def see_and_ease(page, practice):
    """Find on home what was told and why it stands there, and press the one button that makes it easier."""
    page.goto(f"{practice.url}/admin/")
    row = page.locator("#follow-ups li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Robin Rivers")
    expect(row).to_contain_text(f"Pain 8 of 10 after “{HURTS}” on ")
    expect(row).to_contain_text("above 5 the sheet says to stop.")
    row.get_by_role("button", name=f"Next version, easier: Pain, {TITLE}, Robin Rivers").click()
    expect(page.get_by_text("An easier exercise stands in this draft now.")).to_be_visible()
    expect(page.get_by_role("group", name=EASIER)).to_be_visible()
    expect(page.get_by_role("group", name=HURTS)).to_have_count(0)


def test_from_the_desk_to_the_phone_and_back_and_once_more(page, phone, practice):
    address = publish_first_version(page, practice)

    at_home = phone.new_page()
    patient.open_link(at_home, address, day="17", month="5", year="1960", remember=True)
    play(at_home, WALK, HURTS)
    tell(at_home, done=WALK, hurt=HURTS)
    at_home.close()

    see_and_ease(page, practice)
    # Nobody published: the patient keeps what was issued, and is asked nothing on the remembered telephone.
    LinkSession.objects.all().delete()
    at_home = phone.new_page()
    at_home.goto(address)
    expect(at_home.get_by_text("Version 1, made on")).to_be_visible()
    expect(at_home.get_by_role("link", name=f"2. {HURTS}")).to_be_visible()
    at_home.close()

    desk.look_and_publish(page)
    assert page.locator("#link-address").input_value() == address
    desk.watch_until_ready(page, files=2)
    LinkSession.objects.all().delete()
    at_home = phone.new_page()
    at_home.goto(address)
    expect(at_home.get_by_text("Version 2, made on")).to_be_visible()
    assert at_home.locator("input").count() == 0
    news = at_home.locator(".changes")
    expect(news).to_contain_text(f"New: {EASIER}")
    expect(news).to_contain_text(f"Do not do this one any more: {HURTS}")
    play(at_home, WALK, EASIER, button="Play it again")  # both places were told of today
