"""Two clinics at one instant: it is 16 June in Auckland and still 15 June in Los Angeles."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plans.actions import links, patients, pausing, reviewing
from plans.actions import plans as plan_actions
from plans.actions.exercises import retire_exercise
from plans.actions.patient_facts import ImpossibleFacts
from plans.actions.systems import add_key, make_system
from plans.content import from_json
from plans.libraryfiles import Anchor, Level
from plans.models import DownloadLink, PatientCondition, PatientSymptom, Pause, Publication
from plans.queries.active_plans import active_publications, oldest_review
from plans.queries.checks import check_plan
from plans.queries.clinic_days import days_by_zone, from_today_on, up_to_today
from plans.queries.links import usable_link
from plans.queries.sheets import SheetState, find_sheet
from tests import factories

pytestmark = pytest.mark.django_db
INSTANT = datetime(2026, 6, 15, 13, tzinfo=UTC)
DAYS = {"Pacific/Auckland": date(2026, 6, 16), "America/Los_Angeles": date(2026, 6, 15)}
ZONES = pytest.mark.parametrize(("zone", "today"), DAYS.items())


@pytest.fixture(autouse=True)
def now(monkeypatch):
    def set_now(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    set_now(INSTANT)
    return set_now


@pytest.fixture
def pats():
    return {zone: factories.therapist(factories.clinic(time_zone=zone)) for zone in DAYS}


@ZONES
def test_a_handout_is_issued_on_the_day_of_the_clinic(pats, zone, today):
    publication = factories.publication(pats[zone])
    assert publication.issued_on == from_json(publication.content.json).issued_on == today
    assert find_sheet(publication.sheet_code).issued_on == today


@ZONES
def test_what_ends_a_plan_bears_the_day_of_the_clinic(pats, zone, today):
    pat, publication = pats[zone], factories.publication(pats[zone])
    pausing.pause_plan(plan=publication.plan, by=pat)
    Pause.objects.update(paused_at=INSTANT)
    assert find_sheet(publication.sheet_code).since == today
    assert plan_actions.stop_plan(plan=publication.plan, by=pat).stopped_on == today


@ZONES
def test_facts_are_noted_on_the_day_of_the_clinic(pats, zone, today):
    pat = pats[zone]
    of = factories.patient(pat, has=())
    flag = PatientSymptom(symptom=factories.symptom("numb_saddle", red_flag="emergency"))
    sciatica = PatientCondition(condition=factories.condition(), onset=today)
    patients.save_patient(patient=of, conditions=[sciatica], symptoms=[flag], by=pat)
    assert of.symptoms.get().noted_on == of.conditions.get().recorded_on == today


def test_a_fact_of_tomorrow_is_refused_where_it_is_tomorrow(pats):
    ahead = PatientCondition(condition=factories.condition(), onset=date(2026, 6, 16))
    of = factories.patient(pats["America/Los_Angeles"], has=())
    with pytest.raises(ImpossibleFacts):
        patients.save_patient(patient=of, conditions=[ahead], by=of.therapist)


def test_the_window_of_a_rule_closes_with_the_day_of_the_clinic(pats):
    levels = {}
    for zone, pat in pats.items():
        clinic = pat.memberships.get().clinic
        factories.approved_rule(
            clinic, code="first-week", level=Level.AVOID, anchor=Anchor.ONSET, from_day=0, to_day=7
        )
        of = factories.patient(pat, has=())
        row = PatientCondition(condition=factories.condition(), onset=date(2026, 6, 9))
        patients.save_patient(patient=of, conditions=[row], by=pat)
        plan = factories.plan(pat, of=of, start_on=None, review_on=date(2026, 7, 15))
        levels[zone] = [one.level for one in check_plan(plan).findings if one.rule]
    assert levels == {"Pacific/Auckland": [], "America/Los_Angeles": [Level.AVOID]}


def test_a_link_opens_until_its_last_day_is_over_in_the_clinic(pats):
    opens = {}
    for zone, pat in pats.items():
        link = links.ensure_link(plan=factories.publication(pat).plan, by=pat)
        DownloadLink.objects.filter(pk=link.pk).update(expires_on=date(2026, 6, 15))
        opens[zone] = usable_link(link.token_digest) is not None
    assert opens == {"Pacific/Auckland": False, "America/Los_Angeles": True}


def test_a_sheet_is_right_until_its_last_day_is_over_in_the_clinic(pats):
    sheets = {zone: factories.publication(pat) for zone, pat in pats.items()}
    DownloadLink.objects.update(expires_on=date(2026, 6, 1))
    Publication.objects.update(followed_until=date(2026, 6, 15))
    states = {zone: find_sheet(sheet.sheet_code).state for zone, sheet in sheets.items()}
    assert states == {"Pacific/Auckland": SheetState.ENDED, "America/Los_Angeles": SheetState.CURRENT}
    assert list(active_publications()) == [sheets["America/Los_Angeles"]]
    DownloadLink.objects.update(expires_on=date(2026, 6, 15))
    assert list(active_publications()) == [sheets["America/Los_Angeles"]]


def test_each_clinic_has_its_round_of_reviews_in_its_own_night(pats, now):
    for pat in pats.values():
        factories.publication(pat)
    Publication.objects.update(reviewed_at=INSTANT)
    # The rounds of 04:15 are those of 16:15 UTC in Auckland and of 11:15 UTC in Los Angeles.
    for hour, looked_at in ((15, 0), (17, 1), (24 + 10, 1), (24 + 12, 2)):
        now(datetime(2026, 6, 15, tzinfo=UTC) + timedelta(hours=hour))
        reviewing.review_next()
        assert Publication.objects.filter(reviewed_at__gt=INSTANT).count() == looked_at
    assert oldest_review() == datetime(2026, 6, 15, 17, tzinfo=UTC)


@ZONES
def test_a_key_works_until_its_last_day_is_over_in_the_clinic(pats, zone, today):
    clinic = pats[zone].memberships.get().clinic
    system = make_system(clinic=clinic, name="Records", by=factories.lead(clinic))
    key = add_key(system=system, scopes=[], days=1, by=None).key
    assert key.expires_on == today + timedelta(days=1)
    key.expires_on = date(2026, 6, 15)
    assert key.is_usable(None) is (zone == "America/Los_Angeles")


@ZONES
def test_an_exercise_is_retired_on_the_day_of_its_clinic(pats, zone, today):
    clinic = pats[zone].memberships.get().clinic
    keeper = factories.library_admin(clinic)
    exercise = factories.exercise("own", clinic=clinic, by=keeper).exercise
    retire_exercise(exercise=exercise, by=keeper)
    assert exercise.retired_on == today


def test_rows_of_many_clinics_are_compared_with_their_own_days(pats):
    plans = {zone: factories.plan(pat, review_on=date(2026, 6, 16)) for zone, pat in pats.items()}
    rows, of = type(plans["Pacific/Auckland"]).objects, "patient__clinic"
    assert days_by_zone() == DAYS
    assert list(rows.filter(up_to_today("review_on", of=of, days=DAYS))) == [plans["Pacific/Auckland"]]
    assert rows.filter(from_today_on("review_on", of=of, days=DAYS)).count() == 2
    assert not rows.filter(from_today_on("review_on", of=of, days={})).exists()


def test_clinics_of_one_day_are_compared_without_a_join(pats, now):
    now(datetime(2026, 6, 15, 20, tzinfo=UTC) - timedelta(hours=10))
    assert set(days_by_zone().values()) == {date(2026, 6, 15)}
    assert "clinic" not in str(active_publications().values("pk").query).split("WHERE")[1]
