"""What a clinic takes back is told to the therapists of the plans that rest on it, without waiting for the night."""

import pytest

from plans.actions import approving, exercises, rechecking, reviewing
from plans.contraindications import UnknownCode
from plans.models import Approval, Review
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(monkeypatch):
    """A worker that takes each message at once, as the task does; gives the messages."""
    taken = []

    def take(clinic, exercise=None, *, after=None):
        taken.append((clinic, exercise, after))
        rechecking.recheck(clinic=clinic, exercise=exercise, after=after)

    for module in (approving, exercises, rechecking):
        monkeypatch.setattr(module, "enqueue_recheck", take)
    return taken


def issued(pat, *, code="heel-slide", **patient):
    revision = factories.approved_exercise(pat.memberships.get().clinic, code)
    of = factories.patient(pat, **patient)
    return factories.publication(pat, of_plan=factories.plan(pat, of=of, exercises=[revision]))


def listed():
    return {
        review.publication: [line.split()[0] for line in review.appeared] for review in Review.objects.all()
    }


def test_a_recall_lists_the_plans_that_hold_the_exercise(pat, clinic, worker):
    held = issued(pat)
    issued(pat, code="other")
    elsewhere = issued(factories.therapist(factories.clinic()))
    exercise = held.plan.items.get().revision.exercise
    exercises.recall_exercise(exercise=exercise, clinic=clinic, by=factories.lead(clinic))
    assert listed() == {held: ["revision_not_approved"]}
    assert elsewhere not in listed()


def test_retiring_lists_the_plans_that_hold_the_exercise(pat, clinic, worker):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own", clinic=clinic, by=admin)
    publication = factories.publication(pat, of_plan=factories.plan(pat, exercises=[own]))
    exercises.retire_exercise(exercise=own.exercise, by=admin)
    assert listed() == {publication: ["exercise_retired"]}


@pytest.mark.parametrize(
    ("thing", "code"), [("revision", "revision_not_approved"), ("text", "text_not_approved")]
)
def test_withdrawing_from_an_exercise_lists_its_plans(pat, clinic, worker, thing, code):
    publication = issued(pat)
    issued(pat, code="other")
    revision = publication.plan.items.get().revision
    named = {"revision": revision} if thing == "revision" else {"text": revision.texts.get()}
    approving.withdraw(approvals=Approval.objects.filter(**named), by=factories.reviewer(clinic))
    assert listed() == {publication: [code]}
    assert [message[:2] for message in worker] == [(clinic, revision.exercise)]


def test_withdrawing_from_a_rule_looks_at_all_plans_of_the_clinic_once(pat, clinic, worker):
    factories.approved_rule(clinic)
    publication = issued(pat, has=["sciatica"])
    issued(pat, code="other")
    approving.withdraw(approvals=Approval.objects.exclude(rule=None), by=factories.reviewer(clinic))
    approving.withdraw(approvals=Approval.objects.exclude(sentence=None), by=factories.reviewer(clinic))
    assert listed() == {publication: ["sentence_not_approved"]}
    assert worker == [(clinic, None, None), (clinic, None, None)]


def test_withdrawing_much_at_once_looks_at_each_plan_once(pat, clinic, worker):
    factories.approved_rule(clinic)
    issued(pat)
    approving.withdraw(approvals=Approval.objects.all(), by=factories.reviewer(clinic))
    assert worker == [(clinic, None, None)]


def test_many_plans_take_turns_and_one_that_cannot_be_checked_hides_no_other(
    pat, clinic, worker, monkeypatch
):
    monkeypatch.setattr(rechecking, "AT_ONCE", 2)
    publications = [issued(pat) for _ in range(5)]
    review, tried = reviewing.review, []

    def fail_on_one(publication, library):
        tried.append(publication)
        if publication == publications[2]:
            raise UnknownCode(where="Rule x", kind="movement", code="y")
        return review(publication=publication, library=library)

    monkeypatch.setattr(reviewing, "review", fail_on_one)
    exercise = publications[0].plan.items.get().revision.exercise
    exercises.recall_exercise(exercise=exercise, clinic=clinic, by=factories.lead(clinic))
    assert sorted(one.pk for one in tried) == sorted(one.pk for one in publications)
    assert set(listed()) == set(publications)
    assert [one.publication for one in Review.objects.filter(unchecked=True)] == [publications[2]]
    assert len(worker) == 3
