"""What begins to hold while a plan goes on: asked for before publishing, printed with its day, answered once."""

from datetime import timedelta

import pytest

from plans.actions import patients, publishing
from plans.actions.reviewing import review
from plans.content import LaterSentence, from_json
from plans.libraryfiles import Anchor, Level
from plans.models import PatientCondition
from plans.queries.checks import check_plan
from tests import factories

pytestmark = pytest.mark.django_db
SENTENCE = "Because you are pregnant: do not lie on your back."


def rule_for(clinic, condition="pregnancy", anchor=Anchor.DUE_DATE, from_day=-182, to_day=22, **fields):
    factories.condition(condition)
    return factories.approved_rule(
        clinic,
        **{
            "condition": condition,
            "level": Level.AVOID,
            "anchor": anchor,
            "from_day": from_day,
            "to_day": to_day,
            "sentences": {"en": SENTENCE},
            **fields,
        },
    )


def patient_with(pat, code="pregnancy", **dates):
    row = factories.patient(pat, has=())
    has = PatientCondition(patient=row, condition=factories.condition(code), **dates)
    return patients.save_patient(patient=row, conditions=[has], by=pat)


def answered(plan):
    return {finding.fingerprint: "Seen each week." for finding in check_plan(plan).unanswered}


def test_a_plan_wholly_inside_a_window_needs_its_reason_and_prints_its_sentence(clinic, pat):
    """Due in 200 days, start in 60, review in 90: today nothing holds."""
    rule_for(clinic)
    start, end = factories.in_days(60), factories.in_days(90)
    of = patient_with(pat, due_on=factories.in_days(200))
    plan = factories.plan(pat, of=of, start_on=start, review_on=end)
    with pytest.raises(publishing.PublishRefused):
        factories.publication(pat, of_plan=plan)
    content = from_json(factories.publication(pat, of_plan=plan, reasons=answered(plan)).content.json)
    assert [(item.sentences, item.later_sentences) for item in content.items] == [((SENTENCE,), ())]
    assert content.start_date == start


def test_what_opens_within_the_plan_prints_with_the_day_from_which_it_holds(clinic, pat):
    rule_for(clinic)
    plan = factories.plan(pat, of=patient_with(pat, due_on=factories.in_days(192)))
    with pytest.raises(publishing.PublishRefused) as refused:
        factories.publication(pat, of_plan=plan)
    assert [finding.holds_from for finding in refused.value.findings] == [factories.in_days(10)]
    content = from_json(factories.publication(pat, of_plan=plan, reasons=answered(plan)).content.json)
    later = LaterSentence(holds_from=factories.in_days(10), words=SENTENCE)
    assert [(item.sentences, item.later_sentences) for item in content.items] == [((), (later,))]


def test_a_planned_operation_is_a_sentence_about_the_plan_from_its_day(clinic, pat):
    rule_for(clinic, "surgery", Anchor.SURGERY, 0, 42, whole_plan=True, movements=(), level=Level.STOP)
    plan = factories.plan(pat, of=patient_with(pat, "surgery", surgery_on=factories.in_days(14)))
    assert not check_plan(plan).stops
    content = from_json(factories.publication(pat, of_plan=plan, reasons=answered(plan)).content.json)
    assert content.later_sentences == (LaterSentence(holds_from=factories.in_days(14), words=SENTENCE),)
    early = factories.plan(pat, of=plan.patient, review_on=factories.in_days(13))
    assert from_json(factories.publication(pat, of_plan=early).content.json).later_sentences == ()


def test_the_same_words_stand_once_and_from_the_earliest_day(clinic, pat):
    for number, day in enumerate((-182, -175)):
        rule_for(clinic, code=f"rule-{number}", from_day=day)
    plan = factories.plan(pat, of=patient_with(pat, due_on=factories.in_days(192)))
    content = from_json(factories.publication(pat, of_plan=plan, reasons=answered(plan)).content.json)
    assert [one.holds_from for one in content.items[0].later_sentences] == [factories.in_days(10)]


@pytest.mark.parametrize(("level", "found"), [(Level.AVOID, False), (Level.STOP, True)])
def test_when_the_day_comes_only_a_stop_is_news(clinic, pat, monkeypatch, level, found):
    rule_for(clinic, level=level)
    plan = factories.plan(pat, of=patient_with(pat, due_on=factories.in_days(192)))
    publication = factories.publication(pat, of_plan=plan, reasons=answered(plan))
    later = factories.in_days(0) + timedelta(days=10)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_, **__: later)
    assert (review(publication=publication) is not None) is found
