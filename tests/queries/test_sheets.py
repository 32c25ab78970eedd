from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import links
from plans.actions import plans as plan_actions
from plans.models import DownloadLink, Publication
from plans.queries.active_plans import active_publications
from plans.queries.sheets import SheetAnswer, SheetState, find_sheet
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return factories.plan(factories.therapist(factories.clinic()))


def issue(plan, note):
    plan.note = note
    plan_actions.save_plan(plan=plan, by=plan.created_by)
    return factories.publication(plan.created_by, of_plan=plan)


def test_the_newest_sheet_is_current(plan):
    sheet = issue(plan, "one")

    assert find_sheet(sheet.sheet_code) == SheetAnswer(
        state=SheetState.CURRENT, number=1, issued_on=timezone.localdate()
    )


def test_an_older_sheet_names_the_day_of_its_successor_and_the_newest_version(plan, monkeypatch):
    first, today = issue(plan, "one"), timezone.localdate()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: today + timedelta(days=3))
    issue(plan, "two")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: today + timedelta(days=9))
    third = issue(plan, "three")

    answer = find_sheet(first.sheet_code)

    assert answer == SheetAnswer(
        state=SheetState.REPLACED, number=1, issued_on=today, since=today + timedelta(days=3), newest=3
    )
    assert find_sheet(third.sheet_code).state == SheetState.CURRENT


def test_every_sheet_of_a_stopped_plan_is_stopped(plan):
    sheets = [issue(plan, "one"), issue(plan, "two")]
    plan_actions.stop_plan(plan=plan, by=plan.created_by)

    for sheet in sheets:
        answer = find_sheet(sheet.sheet_code)
        assert (answer.state, answer.since) == (SheetState.STOPPED, timezone.localdate())


def test_a_code_is_read_as_people_type_it(plan):
    code = issue(plan, "one").sheet_code

    for typed in (code.lower(), f" {code[:4]}-{code[4:8]} {code[8:]} "):
        assert find_sheet(typed).state == SheetState.CURRENT


@pytest.mark.parametrize("code", ["", "ABCDEFGHJKMN", "-", "\x00", "💊", "A" * 999])
def test_what_was_never_printed_is_unknown(plan, code):
    issue(plan, "one")

    assert find_sheet(code) is None


def test_a_sheet_that_was_only_looked_at_is_unknown(plan):
    from plans.actions.publishing import prepare

    prepare(plan=plan, by=plan.created_by, formats=[])

    assert find_sheet(plan.reservation.sheet_code) is None


def test_a_sheet_says_go_on_only_while_the_rules_look_at_its_plan(plan, monkeypatch):
    sheet = issue(plan, "one")
    last = sheet.followed_until
    for day, state, watched in [
        (last, SheetState.CURRENT, [sheet]),
        (last + timedelta(days=1), SheetState.ENDED, []),
    ]:
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, day=day, **__: day)
        assert find_sheet(sheet.sheet_code).state == state
        assert list(active_publications()) == watched


def test_a_plan_whose_link_ran_out_or_was_revoked_is_watched_as_long_as_its_sheet_says_go_on(plan):
    sheet = issue(plan, "one")
    yesterday = timezone.localdate() - timedelta(days=1)
    DownloadLink.objects.update(expires_on=yesterday)
    assert find_sheet(sheet.sheet_code).state == SheetState.CURRENT
    assert list(active_publications()) == [sheet]
    links.revoke_link(plan=plan, by=plan.created_by)
    assert list(active_publications()) == [sheet]


def test_a_link_that_is_given_again_after_the_end_makes_the_sheet_right_and_the_plan_watched(plan):
    sheet = issue(plan, "one")
    links.revoke_link(plan=plan, by=plan.created_by)
    Publication.objects.filter(pk=sheet.pk).update(followed_until=timezone.localdate() - timedelta(days=1))
    assert find_sheet(sheet.sheet_code).state == SheetState.ENDED
    links.ensure_link(plan=plan, by=plan.created_by)
    assert find_sheet(sheet.sheet_code).state == SheetState.CURRENT
    assert list(active_publications()) == [sheet]
