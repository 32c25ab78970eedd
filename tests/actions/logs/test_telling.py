"""What is told is kept once, corrected in place, and refused by the name of its field."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from plans.actions import logs
from plans.actions import plans as plan_actions
from plans.actions.texts import TextTooLong
from plans.models import DayEntry, LogChange, LogEntry, LogSource
from plans.permissions import NotAllowed
from tests import factories
from tests.at_once import in_thread
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of, tell, tell_day

DAY = timedelta(days=1)


@pytest.fixture
def publication(pat):
    return plan_of(pat)


@pytest.fixture
def today(clinic):
    return clinic.today()


def nothing_written():
    return not (LogEntry.objects.exists() or DayEntry.objects.exists() or LogChange.objects.exists())


# --- An exercise ---


def test_one_session_of_an_exercise_is_kept_with_its_version_and_item(publication, today):
    entry = tell(publication, pain_before=2, pain_after=4, feel="right", words=" In the kitchen.\n Fine 🙂 ")

    stored = LogEntry.objects.get()
    assert stored == entry
    assert (stored.plan, stored.publication) == (publication.plan, publication)
    assert (stored.item_key, stored.day, stored.session) == (keys_of(publication)[0], today, 1)
    assert (stored.outcome, stored.pain_before, stored.pain_after, stored.feel) == ("all", 2, 4, "right")
    assert stored.words == "In the kitchen.  Fine 🙂"
    assert (stored.source, stored.recorded_by, stored.device) == ("page", None, None)


def test_a_reason_says_why_it_was_skipped(publication):
    assert tell(publication, outcome="skipped", reason="pain").reason == "pain"

    done = tell(publication, outcome="part")

    assert (done.outcome, done.reason) == ("part", "")


def test_the_same_id_again_changes_nothing(publication):
    mark = uuid4()
    first = tell(publication, outcome="part", pain_after=3, client_id=mark)
    tell(publication, outcome="all", pain_after=5)

    again = tell(publication, outcome="part", pain_after=3, client_id=mark)

    assert again == first
    assert LogEntry.objects.get().outcome == "all"
    assert LogChange.objects.count() == 2


@pytest.mark.parametrize("other", [{"outcome": "part"}, {"session": 2}, {"pain_after": 1}])
def test_an_id_that_was_used_for_something_else_is_refused(publication, other):
    mark = uuid4()
    tell(publication, client_id=mark)

    with pytest.raises(logs.TickIdReused):
        tell(publication, client_id=mark, **other)
    with pytest.raises(logs.TickIdReused):
        tell_day(publication, pain=3, client_id=mark)

    assert LogChange.objects.count() == 1


def test_two_devices_that_tick_the_same_session_tell_of_one(publication):
    tell(publication)
    tell(publication)

    assert LogEntry.objects.count() == 1
    assert LogChange.objects.count() == 2


def test_one_tap_takes_back_nothing_that_was_said_before(publication):
    tell(publication, outcome="part", pain_after=7, feel="hurt", words="It pulled.")

    entry = tell(publication, outcome="all")

    assert (entry.outcome, entry.pain_after, entry.feel, entry.words) == ("all", 7, "hurt", "It pulled.")


def test_a_whole_telling_takes_back_what_it_leaves_out_and_each_telling_is_kept(publication):
    tell(publication, pain_after=7, feel="hurt", words="It pulled.")

    entry = tell(publication, pain_before=1, whole=True)

    assert (entry.pain_before, entry.pain_after, entry.feel, entry.words) == (1, None, "", "")
    first, second = LogChange.objects.order_by("created_at")
    assert (first.values["pain_after"], second.values["pain_after"]) == (7, None)


def test_a_correction_leaves_the_version_that_the_session_was_done_with(publication, pat):
    tell(publication, outcome="part")
    second = issue_again(publication, pat)

    entry = tell(second, outcome="all")

    assert (entry.outcome, entry.publication) == ("all", publication)


def test_an_exercise_that_left_is_kept_with_the_newest_version_that_had_it(publication, pat):
    (key,) = keys_of(publication)
    plan = publication.plan
    other = factories.approved_exercise(plan.patient.clinic, "other")
    plan_actions.save_plan(plan=plan, items=[factories.item(other, order=1)], removed=[key], by=pat)
    second = factories.publication(pat, of_plan=plan)

    entry = tell(second, key)

    assert entry.publication == publication
    assert tell(second).publication == second


def test_a_tick_of_a_replaced_version_belongs_to_it(publication, pat):
    issue_again(publication, pat)

    entry = tell(publication)

    assert (entry.publication, entry.plan) == (publication, publication.plan)


# --- Bad input ---


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"item_key": uuid4()}, logs.ItemNeverInPlan, "item"),
        ({"outcome": "most"}, logs.ChoiceUnknown, "outcome"),
        ({"outcome": ""}, logs.ChoiceUnknown, "outcome"),
        ({"outcome": None}, logs.ChoiceUnknown, "outcome"),
        ({"reason": "pain"}, logs.ReasonWithoutSkipping, "reason"),
        ({"outcome": "skipped", "reason": "dog"}, logs.ChoiceUnknown, "reason"),
        ({"feel": "odd"}, logs.ChoiceUnknown, "feel"),
        ({"pain_before": 11}, logs.PainOutOfRange, "pain_before"),
        ({"pain_after": -1}, logs.PainOutOfRange, "pain_after"),
        ({"pain_after": "11"}, logs.PainOutOfRange, "pain_after"),
        ({"pain_after": True}, logs.PainOutOfRange, "pain_after"),
        ({"pain_after": 3.5}, logs.PainOutOfRange, "pain_after"),
        ({"session": 0}, logs.SessionOutOfRange, "session"),
        ({"session": 11}, logs.SessionOutOfRange, "session"),
        ({"words": "x" * 5_000}, TextTooLong, "words"),
        ({"words": "🙂" * 501}, TextTooLong, "words"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field_and_never_repeated(publication, given, error, field):
    with pytest.raises(error) as refused:
        tell(publication, **given)

    assert refused.value.attribute == field
    assert "x" * 20 not in str(refused.value)
    assert "dog" not in str(refused.value)
    assert nothing_written()


def test_characters_that_nobody_sees_are_left_out_of_the_words(publication):
    assert tell(publication, words="\u200fمرحبا\x00\ud800\u202e").words == "مرحبا"
    assert tell(publication, words=" \u200b \n", whole=True).words == ""
    assert tell(publication, words="🙂" * 500).words == "🙂" * 500


def test_days_of_the_page(publication, today):
    issued_days_ago(publication, 40)

    for day in (today, today - DAY):
        assert tell(publication, day=day).day == day
    with pytest.raises(logs.DayInFuture):
        tell(publication, day=today + DAY)
    with pytest.raises(logs.DayTooOld) as refused:
        tell(publication, day=today - 2 * DAY)
    assert refused.value.details["earliest"] == today - DAY


def test_what_waited_on_a_phone_is_taken_later(publication, today):
    issued_days_ago(publication, 40)

    assert tell(publication, day=today - 31 * DAY, waited=True)
    with pytest.raises(logs.DayTooOld):
        tell(publication, day=today - 32 * DAY, waited=True)
    with pytest.raises(logs.DayInFuture):
        tell(publication, day=today + DAY, waited=True)


def test_a_day_before_the_version_was_issued(publication, today, pat):
    with pytest.raises(logs.DayBeforePlan) as refused:
        tell(publication, day=today - DAY)
    assert refused.value.details["earliest"] == today
    issued_days_ago(publication, 9)
    second = issue_again(publication, pat)

    with pytest.raises(logs.DayBeforePlan):
        tell(second, day=today - DAY)
    assert tell(publication, day=today - DAY)


@pytest.mark.parametrize("source", [LogSource.PAPER, LogSource.API])
def test_staff_may_key_in_any_day_since_the_first_version(publication, today, pat, source):
    issued_days_ago(publication, 90)
    second = issue_again(publication, pat)

    assert tell(second, day=today - 90 * DAY, source=source, by=pat)
    with pytest.raises(logs.DayBeforePlan):
        tell(second, day=today - 91 * DAY, source=source, by=pat)
    with pytest.raises(logs.DayInFuture):
        tell(second, day=today + DAY, source=source, by=pat)


def test_after_the_end_of_a_plan_no_day_is_told_of(publication, today, pat):
    issued_days_ago(publication, 9)
    plan = publication.plan
    plan_actions.stop_plan(plan=plan, by=pat)
    type(plan).objects.filter(pk=plan.pk).update(stopped_on=today - DAY)

    assert tell(publication, day=today - DAY)
    with pytest.raises(logs.DayAfterEnd):
        tell(publication, day=today)


def test_the_clients_clock_decides_nothing(publication, today, clinic):
    from django.utils import timezone

    wrong = timezone.now() - timedelta(days=366)

    assert tell(publication, told_at=wrong).day == today
    assert LogChange.objects.get().told_at == wrong


# --- A day ---


def test_a_day_is_told_of_and_corrected(publication, today):
    tell_day(publication, pain=6, signs=["fever", "fever", "chest_pain_or_breathlessness"], words="Hot.")

    entry = tell_day(publication, pain=4, feel="too_hard")

    assert DayEntry.objects.get() == entry
    assert (entry.day, entry.pain, entry.feel, entry.words) == (today, 4, "too_hard", "Hot.")
    assert entry.signs == ["chest_pain_or_breathlessness", "fever"]
    whole = tell_day(publication, pain=0, whole=True)
    assert (whole.pain, whole.signs, whole.words) == (0, [], "")
    assert LogChange.objects.filter(day_entry=entry).count() == 3


def test_a_day_that_is_told_again_under_the_same_id(publication):
    mark = uuid4()
    tell_day(publication, pain=6, client_id=mark)
    tell_day(publication, pain=6, client_id=mark)

    assert LogChange.objects.count() == 1
    with pytest.raises(logs.TickIdReused):
        tell_day(publication, pain=7, client_id=mark)


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"pain": 11}, logs.PainOutOfRange, "pain"),
        ({"signs": ["bad_breath"]}, logs.SignUnknown, "signs"),
        ({"feel": "odd"}, logs.ChoiceUnknown, "feel"),
        ({"words": "x" * 501}, TextTooLong, "words"),
    ],
)
def test_a_day_with_bad_input(publication, given, error, field):
    with pytest.raises(error) as refused:
        tell_day(publication, **given)

    assert refused.value.attribute == field
    assert nothing_written()


def test_a_day_of_which_nothing_is_said(publication):
    with pytest.raises(logs.NothingTold):
        tell_day(publication)
    with pytest.raises(logs.NothingTold):
        tell_day(publication, whole=True)
    assert nothing_written()


def test_the_days_of_a_day_are_those_of_an_exercise(publication, today):
    with pytest.raises(logs.DayInFuture):
        tell_day(publication, pain=1, day=today + DAY)
    with pytest.raises(logs.DayBeforePlan):
        tell_day(publication, pain=1, day=today - DAY)


def test_a_sign_of_the_plan_is_known(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data())

    assert tell_day(plan_of(pat), signs=["double_vision"]).signs == ["double_vision"]


# --- Who ---


def test_staff_tell_for_their_own_patients_alone(publication, clinic, pat):
    entry = tell(publication, source=LogSource.PAPER, by=pat)

    assert (entry.source, entry.recorded_by) == ("paper", pat)
    with pytest.raises(NotAllowed):
        tell(publication, source=LogSource.PAPER, by=factories.therapist(clinic))
    with pytest.raises(NotAllowed):
        tell_day(publication, pain=1, source=LogSource.PAPER, by=factories.therapist(clinic))
    assert LogChange.objects.count() == 1


def test_telling_takes_a_fixed_number_of_queries(publication, django_assert_max_num_queries):
    tell(publication)
    with django_assert_max_num_queries(17):
        tell(publication, session=2)
    for session in range(3, 11):
        tell(publication, session=session)
    with django_assert_max_num_queries(17):
        tell(publication, session=2, outcome="part")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_make_one_entry(publication):
    with transaction.atomic():
        tell(publication)
        other = in_thread(lambda: tell(publication, outcome="part"))
    other.join()

    assert LogEntry.objects.get().outcome == "part"
    assert LogChange.objects.count() == 2
