from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import ConnectionError as Away

from plans import tokens
from plans.actions import links, publishing
from plans.actions import plans as plan_actions
from plans.actions.patients import save_patient
from plans.models import (
    AuditEvent,
    DownloadLink,
    LinkOpening,
    LinkUse,
    PatientSymptom,
    PauseCause,
    Publication,
    Review,
)
from plans.permissions import NotAllowed
from plans.queries.links import MAX_WRONG, TRIES_PER_ADDRESS, TRIES_PER_LINK, TRY_WINDOW
from plans.queries.pauses import open_pause
from tests import factories

pytestmark = pytest.mark.django_db
HOME, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def publication(pat):
    return factories.publication(pat)


@pytest.fixture
def link(publication):
    return publication.plan.links.get()


def token(link):
    return tokens.token_of(link_id=link.pk, digest=link.token_digest)


def birth_date(link):
    return link.plan.patient.birth_date


def try_wrong(link, times, address=HOME):
    for _ in range(times):
        with pytest.raises(links.LinkRefused):
            links.open_link(token=token(link), birth_date=date(1999, 1, 1), address=address)


def test_the_database_alone_does_not_reveal_the_token(link):
    stored = " ".join(str(value) for value in DownloadLink.objects.filter(pk=link.pk).values_list()[0])
    assert len(token(link)) == 43
    assert token(link) not in stored


def test_a_rotated_key_keeps_old_links_and_makes_new_ones_with_the_new_key(link, pat, settings):
    old = token(link)
    settings.LINK_KEYS = ["a new key of some length", *settings.LINK_KEYS]
    assert token(link) == old
    renewed = links.renew_link(plan=link.plan, by=pat)
    settings.LINK_KEYS = settings.LINK_KEYS[:1]
    assert token(renewed)
    with pytest.raises(tokens.LinkKeyMissing):
        token(link)


def test_the_birth_date_opens_and_is_recorded_without_the_address(link):
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME) == link
    opening = LinkOpening.objects.get()
    assert (opening.link, opening.use) == (link, LinkUse.OPENED)
    assert HOME not in opening.address_digest
    assert AuditEvent.objects.filter(verb="link.opened", patient_id=link.plan.patient_id).exists()


@pytest.mark.parametrize("wrong", ["unknown", "birth date", "revoked", "expired", "never published"])
def test_whatever_is_wrong_is_refused_alike(link, pat, wrong, monkeypatch):
    text, day = token(link), birth_date(link)
    if wrong == "unknown":
        text = "A" * 43
    elif wrong == "birth date":
        day += timedelta(days=1)
    elif wrong == "revoked":
        links.revoke_link(plan=link.plan, by=pat)
    elif wrong == "expired":
        later = link.expires_on + timedelta(days=1)
        monkeypatch.setattr(timezone, "localdate", lambda *_, **__: later)
    else:
        draft = factories.plan(pat)
        unpublished = links.ensure_link(plan=draft, by=pat)
        text, day = token(unpublished), birth_date(unpublished)
    with pytest.raises(links.LinkRefused) as refused:
        links.open_link(token=text, birth_date=day, address=HOME)
    assert str(refused.value) == str(links.LinkRefused())
    kept = [LinkUse.REFUSED] if wrong == "birth date" else []  # only a real link keeps its tries
    assert [row.use for row in LinkOpening.objects.all()] == kept


def test_the_last_day_still_opens(link, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_, **__: link.expires_on)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_it_ends_ninety_days_after_the_review(link):
    assert link.expires_on == link.plan.review_on + timedelta(days=90)


def test_no_link_lives_longer_than_the_service_lets_it(pat, settings):
    far = factories.plan(pat, review_on=factories.in_days(700))
    assert factories.publication(pat, of_plan=far).plan.links.get().expires_on == factories.in_days(365)
    settings.LINK_MAX_DAYS = 100
    assert links.renew_link(plan=far, by=pat).expires_on == factories.in_days(100)
    settings.LINK_MAX_DAYS = 30  # shorter than the clinic's own 90 days after the end
    assert links.ensure_link(plan=far, by=pat).expires_on == factories.in_days(30)


def test_a_plan_whose_review_is_past_still_has_a_link_that_opens(pat):
    plan = factories.plan(pat, start_on=factories.in_days(-300), review_on=factories.in_days(-200))
    assert factories.publication(pat, of_plan=plan).plan.links.get().expires_on == factories.in_days(90)


def test_many_wrong_tries_slow_down_the_right_one_until_time_has_passed(link, monkeypatch):
    try_wrong(link, TRIES_PER_LINK)
    with pytest.raises(links.LinkRefused):
        links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)
    assert LinkOpening.objects.first().use == LinkUse.SLOWED
    later = timezone.now() + TRY_WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_a_stranger_who_guesses_does_not_shut_the_patient_out(link):
    try_wrong(link, TRIES_PER_LINK, address=ELSEWHERE)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_a_guesser_on_many_links_is_slowed_by_address(pat, broker):
    all_links = [factories.publication(pat).plan.links.get() for _ in range(5)]
    for link in all_links[:4]:
        try_wrong(link, TRIES_PER_LINK)
    with pytest.raises(links.LinkRefused):
        links.open_link(token=token(all_links[4]), birth_date=birth_date(all_links[4]), address=HOME)


def test_tries_on_made_up_links_leave_no_row_and_slow_the_address(link, broker):
    for number in range(TRIES_PER_ADDRESS):
        with pytest.raises(links.LinkRefused):
            links.open_link(token=f"made up {number}", birth_date=birth_date(link), address=HOME)
    assert not LinkOpening.objects.exists()
    with pytest.raises(links.LinkRefused):
        links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=ELSEWHERE)


def test_right_tries_do_not_slow_an_address(link, broker):
    for _ in range(TRIES_PER_ADDRESS + 2):
        assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_without_the_cache_the_right_date_opens(link, monkeypatch):
    def away(*_args, **_kwargs):
        raise Away

    for name in ("add", "incr", "decr"):
        monkeypatch.setattr(cache, name, away, raising=False)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_a_success_begins_the_count_anew(link):
    for _ in range(3):
        try_wrong(link, TRIES_PER_LINK - 1)
        assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)


def test_being_slowed_is_one_row_however_often_it_is_tried(link):
    try_wrong(link, TRIES_PER_LINK + 10)
    assert LinkOpening.objects.filter(use=LinkUse.SLOWED).count() == 1
    assert LinkOpening.objects.count() == TRIES_PER_LINK + 1


def guess(link, times):
    """Wrong tries, each from an address of its own."""
    for number in range(times):
        try_wrong(link, 1, address=f"198.51.100.{number}")


def test_thirty_wrong_tries_since_the_last_success_end_the_link_until_it_is_renewed(link, pat):
    guess(link, MAX_WRONG - 1)
    assert links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)
    guess(link, MAX_WRONG - 1)
    link.refresh_from_db()
    assert link.blocked_at is None
    try_wrong(link, 1, address=ELSEWHERE)
    link.refresh_from_db()
    assert link.blocked_at is not None
    with pytest.raises(links.LinkRefused):
        links.open_link(token=token(link), birth_date=birth_date(link), address=HOME)
    event = AuditEvent.objects.get(verb="link.blocked")
    assert (event.object_id, event.patient_id) == (str(link.pk), link.plan.patient_id)
    before = LinkOpening.objects.count()
    guess(link, 3)
    assert LinkOpening.objects.count() == before
    assert links.ensure_link(plan=link.plan, by=pat) == link
    new = links.renew_link(plan=link.plan, by=pat)
    assert links.open_link(token=token(new), birth_date=birth_date(link), address=HOME) == new


def test_a_sheet_that_is_printed_anew_leads_somewhere(link, pat):
    guess(link, MAX_WRONG)
    item = link.plan.items.get()
    item.note = "news"
    item.save()
    factories.publication(pat, of_plan=link.plan)
    new = link.plan.links.get(revoked_at=None)
    assert (new != link, new.blocked_at) == (True, None)


def test_renewing_revokes_the_old_one(link, pat):
    new = links.renew_link(plan=link.plan, by=pat)
    link.refresh_from_db()
    assert (link.revoked_by, new.revoked_at) == (pat, None)
    assert token(new) != token(link)


def test_revoking_needs_an_open_link(link, pat):
    links.revoke_link(plan=link.plan, by=pat)
    with pytest.raises(links.NoLink):
        links.revoke_link(plan=link.plan, by=pat)


def test_the_same_link_serves_the_next_version(link, pat):
    assert links.ensure_link(plan=link.plan, by=pat) == link


def test_a_draft_moves_no_link_that_an_issued_version_uses(link, pat):
    issued = link.expires_on
    link.plan.review_on = factories.in_days(7)
    plan_actions.save_plan(plan=link.plan, by=pat)
    publishing.prepare(plan=link.plan, by=pat, formats=())
    assert links.ensure_link(plan=link.plan, by=pat).expires_on == issued
    factories.publication(pat, of_plan=link.plan)
    link.refresh_from_db()
    assert link.expires_on == factories.in_days(97)


def ended(link):
    """Nobody follows its plan any more."""
    links.revoke_link(plan=link.plan, by=link.created_by)
    Publication.objects.update(followed_until=factories.in_days(-1))


def prepare(*, plan, by):
    publishing.prepare(plan=plan, by=by, formats=())


@pytest.mark.parametrize("act", [links.ensure_link, links.renew_link, prepare])
def test_a_link_that_comes_back_while_an_emergency_stands_leads_to_a_paused_plan(link, pat, act):
    ended(link)
    flag = PatientSymptom(symptom=factories.symptom("numb", red_flag="emergency"))
    save_patient(patient=link.plan.patient, symptoms=[flag], by=pat)
    assert not Review.objects.exists()
    act(plan=link.plan, by=pat)
    assert open_pause(link.plan).cause == PauseCause.EMERGENCY
    assert Review.objects.get().stops == 1


def test_a_link_that_comes_back_says_what_else_the_rules_found(link, pat):
    ended(link)
    flag = PatientSymptom(symptom=factories.symptom("fever", red_flag="same_day"))
    save_patient(patient=link.plan.patient, symptoms=[flag], by=pat)
    links.renew_link(plan=link.plan, by=pat)
    assert (open_pause(link.plan), Review.objects.get().stops) == (None, 1)


def test_renewing_the_link_of_a_plan_that_goes_on_pauses_nothing(link, pat):
    flag = PatientSymptom(symptom=factories.symptom("numb", red_flag="emergency"))
    save_patient(patient=link.plan.patient, symptoms=[flag], by=pat)
    links.renew_link(plan=link.plan, by=pat)
    assert open_pause(link.plan) is None


@pytest.mark.parametrize("act", [links.ensure_link, links.renew_link, links.revoke_link])
def test_a_stranger_may_not(link, act):
    with pytest.raises(NotAllowed):
        act(plan=link.plan, by=factories.therapist(factories.clinic()))
