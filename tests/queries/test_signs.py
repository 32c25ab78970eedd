"""Which warning signs a plan prints: by region and condition, those that threaten life first, approved ones alone."""

import pytest

from plans.actions import approving, signs
from plans.actions.publishing import PublishRefused
from plans.content import from_json
from plans.contraindications import Level, RedFlag, SignState
from plans.libraryfiles import Audience, Region, Target
from plans.models import Approval, Clinic, PatientSymptom, Plan, Symptom, SymptomSentence
from plans.queries.checks import check_plan
from plans.queries.issued_checks import check_publication
from plans.queries.signs import MAX_LINES, content_of_signs, signs_known
from tests import factories

pytestmark = pytest.mark.django_db
NECK = Audience(regions=(Region.NECK,))
SAME_DAY = RedFlag.SAME_DAY


def plan_of(pat, *, has=(), targets=(Target.L4_L5,), **fields):
    clinic = pat.memberships.get().clinic
    exercise = factories.approved_exercise(clinic, code=f"for-{targets[0].lower()}", targets=targets)
    return factories.plan(pat, of=factories.patient(pat, has=has, **fields), exercises=[exercise])


def chosen(plan):
    return {one.sign.code: one.state for one in check_plan(plan).signs}


def printed(plan):
    return [sign.code for sign in content_of_signs(check_plan(plan).signs, plan.patient.clinic)]


def findings(check):
    return {finding.code: finding for finding in check.of_plan if finding.code.startswith("sign_")}


@pytest.mark.parametrize(
    ("audience", "fits"),
    [
        (Audience(everybody=True), True),
        (Audience(), False),
        (Audience(regions=(Region.NECK,)), True),  # of an exercise
        (Audience(regions=(Region.SHOULDER,)), True),  # of what the patient has
        (Audience(regions=(Region.KNEE,)), False),
        (Audience(conditions=("cuff",)), True),
        (Audience(conditions=("tendon",)), True),  # the wider condition
        (Audience(conditions=("other",)), False),
        (Audience(regions=(Region.KNEE,), conditions=("cuff",)), True),
    ],
)
def test_a_sign_prints_for_regions_of_exercises_and_of_conditions_and_for_conditions(
    pat, clinic, audience, fits
):
    factories.condition("cuff", parent=factories.condition("tendon"), region="shoulder")
    factories.condition("other")
    factories.approved_signs(clinic, factories.sign_data(audience=audience))
    plan = plan_of(pat, has=["cuff"], targets=(Target.NECK,))
    assert printed(plan) == (["double_vision"] if fits else [])


def test_a_region_of_a_wider_condition_counts(pat, clinic):
    factories.condition("kind", parent=factories.condition("wide", region="neck"))
    factories.approved_signs(clinic, factories.sign_data(audience=NECK))
    assert printed(plan_of(pat, has=["kind"])) == ["double_vision"]


def test_signs_that_threaten_life_come_first_each_kind_in_the_order_of_the_library(pat, clinic):
    told = [
        factories.sign_data("b", red_flag=SAME_DAY),
        factories.sign_data("d"),
        factories.sign_data("a", red_flag=SAME_DAY),
        factories.sign_data("c"),
    ]
    factories.approved_signs(clinic, *told)
    assert printed(plan_of(pat)) == ["d", "c", "b", "a"]


def test_of_more_than_a_page_those_that_do_not_threaten_life_are_left_out_and_named(pat, clinic):
    urgent = [factories.sign_data(f"urgent_{n}") for n in range(MAX_LINES - 2)]
    today = [factories.sign_data(f"today_{n}", red_flag=SAME_DAY) for n in range(4)]
    factories.approved_signs(clinic, *today, *urgent)
    plan = plan_of(pat)
    assert printed(plan) == [one.code for one in (*urgent, *today[:2])]
    found = findings(check_plan(plan))
    assert found.keys() == {"sign_without_room"}
    assert found["sign_without_room"].level is Level.ADVICE
    assert "Today 2; Today 3." in found["sign_without_room"].message


def test_signs_that_threaten_life_are_printed_even_beyond_a_page(pat, clinic):
    urgent = [factories.sign_data(f"urgent_{n}") for n in range(MAX_LINES + 3)]
    factories.approved_signs(clinic, *urgent, factories.sign_data("today", red_flag=SAME_DAY))
    assert printed(plan_of(pat)) == [one.code for one in urgent]


def test_what_is_not_approved_is_not_printed_and_a_finding_says_so(pat, clinic):
    factories.signs(factories.sign_data(red_flag=SAME_DAY))
    check = check_plan(plan_of(pat))
    assert {one.state for one in check.signs} == {SignState.NEEDS_REVIEW}
    assert content_of_signs(check.signs, clinic) == ()
    finding = findings(check)["sign_not_approved"]
    assert (finding.level, finding.needs_reason) == (Level.CAUTION, False)
    assert "(en) no reviewer has approved" in finding.message
    assert "Double vision." in finding.message
    assert check.may_go_to_patient


def test_what_threatens_life_and_is_not_printed_goes_out_with_a_reason_alone(pat, clinic):
    factories.signs(*(factories.sign_data(f"urgent_{n}") for n in range(6)))
    plan = plan_of(pat)
    (finding,) = (one for one in check_plan(plan).of_plan if one.code == "sign_not_approved")
    assert (finding.level, finding.needs_reason) == (Level.AVOID, True)
    assert finding.message.endswith("Urgent 0; Urgent 1; Urgent 2; Urgent 3; Urgent 4; Urgent 5.")
    with pytest.raises(PublishRefused):
        factories.publication(pat, of_plan=plan)
    told = {finding.fingerprint: "Told her what to watch for."}
    assert factories.publication(pat, of_plan=plan, reasons=told).number == 1


def test_a_reason_is_of_the_signs_that_it_was_given_for(pat, clinic, reviewer):
    first, second = factories.signs(factories.sign_data("first"), factories.sign_data("second"))
    plan = plan_of(pat)
    before = findings(check_plan(plan))["sign_not_approved"]
    approving.approve(things=[first], clinic=clinic, by=reviewer)
    after = findings(check_plan(plan))["sign_not_approved"]
    assert after.message.endswith("printed: Second.")
    assert after.fingerprint != before.fingerprint
    approving.approve(things=[second], clinic=clinic, by=reviewer)
    assert findings(check_plan(plan)) == {}


def test_one_of_both_kinds_is_a_finding_each(pat):
    factories.signs(factories.sign_data("today", red_flag=SAME_DAY), factories.sign_data("now"))
    found = [one for one in check_plan(plan_of(pat)).of_plan if one.code == "sign_not_approved"]
    assert [(one.level, one.identity) for one in found] == [
        (Level.AVOID, ("now",)),
        (Level.CAUTION, ("today",)),
    ]


def test_an_approval_of_another_clinic_prints_nothing_here(pat, clinic):
    factories.approved_signs(factories.clinic(), factories.sign_data())
    assert chosen(plan_of(pat)) == {"double_vision": SignState.NEEDS_REVIEW}


@pytest.mark.parametrize("language", ["es", "ar", "zh-hans"])
def test_a_sentence_that_the_language_lacks_is_a_finding(pat, clinic, language):
    factories.approved_signs(clinic, factories.sign_data())
    plan = plan_of(pat, language=language)
    assert chosen(plan) == {"double_vision": SignState.MISSING}
    finding = findings(check_plan(plan))["sign_missing"]
    assert f"in the patient's language ({language}), so not printed: Double vision." in finding.message
    assert finding.needs_reason
    assert printed(plan) == []


def test_a_sign_that_does_not_fit_is_no_finding(pat):
    factories.signs(factories.sign_data(audience=NECK))
    assert chosen(plan_of(pat)) == {}


def test_many_of_the_same_day_are_one_finding_and_the_first_are_named(pat):
    factories.signs(*(factories.sign_data(f"sign_{n}", red_flag=SAME_DAY) for n in range(6)))
    check = check_plan(plan_of(pat))
    assert findings(check)["sign_not_approved"].message.endswith("Sign 0; Sign 1; Sign 2; Sign 3; 2 more.")


def test_all_reasons_why_signs_are_not_printed_are_one_card(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data("english"))
    factories.signs(factories.sign_data("spanish", sentences={"en": "You.", "es": "Usted."}))
    check = check_plan(plan_of(pat, language="es"))
    (card,) = [card for card in check.cards if any(one.code.startswith("sign_") for one in card.findings)]
    assert {one.code for one in card.findings} == {"sign_missing", "sign_not_approved"}


def test_what_was_approved_goes_on_until_its_change_is_approved(pat, clinic, reviewer):
    factories.approved_signs(clinic, factories.sign_data())
    plan = plan_of(pat)
    changed = factories.sign_data(red_flag=SAME_DAY, audience=NECK, sentences={"en": "You see two."})
    new = factories.signs(changed)[-1]
    (sign,) = check_plan(plan).signs
    assert (sign.sign.sentence.words, sign.is_emergency) == ("You have double vision.", True)
    approving.approve(things=[new], clinic=clinic, by=reviewer)
    assert printed(plan) == []  # for the neck now
    (sign,) = check_plan(plan_of(pat, targets=(Target.NECK,))).signs
    assert (sign.sign.sentence.words, sign.is_emergency) == ("You see two.", False)


def test_when_its_approval_is_withdrawn_no_older_sentence_comes_back(pat, clinic, reviewer):
    factories.approved_signs(clinic, factories.sign_data())
    new = factories.signs(factories.sign_data(sentences={"en": "You see two."}))[-1]
    approving.approve(things=[new], clinic=clinic, by=reviewer)
    approving.withdraw(approvals=Approval.objects.filter(sign=new), by=reviewer)
    assert chosen(plan_of(pat)) == {"double_vision": SignState.NEEDS_REVIEW}


def test_a_sign_that_is_no_red_flag_any_more_goes_when_that_is_approved(pat, clinic, reviewer):
    factories.approved_signs(clinic, factories.sign_data())
    plan = plan_of(pat)
    new = factories.signs(factories.sign_data(red_flag=None, audience=None))[-1]
    assert printed(plan) == ["double_vision"]
    approving.approve(things=[new], clinic=clinic, by=reviewer)
    assert chosen(plan) == {}


def test_thoughts_of_self_harm_are_named_only_where_the_clinic_names_who_answers(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data("thoughts_of_self_harm", needs_answer=True))
    plan = plan_of(pat)
    check = check_plan(plan)
    assert (check.signs, findings(check)) == ((), {})
    Clinic.objects.filter(pk=clinic.pk).update(crisis_contact="Crisis line", crisis_phone="988")
    plan.patient.clinic.refresh_from_db()
    (sign,) = content_of_signs(check_plan(plan).signs, plan.patient.clinic)
    assert (sign.answered_by, sign.answered_at) == ("Crisis line", "988")


def test_another_sign_names_nobody_who_answers(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data())
    Clinic.objects.filter(pk=clinic.pk).update(crisis_contact="Crisis line", crisis_phone="988")
    plan = plan_of(pat)
    (sign,) = content_of_signs(check_plan(plan).signs, plan.patient.clinic)
    assert (sign.answered_by, sign.answered_at) == ("", "")


def test_a_version_keeps_the_signs_that_it_was_issued_with(pat, clinic, reviewer):
    factories.approved_signs(clinic, factories.sign_data())
    issued = factories.publication(pat, of_plan=plan_of(pat))
    approving.withdraw(approvals=Approval.objects.all().filter(sign__isnull=False), by=reviewer)
    for kept in (issued.content, issued.record):
        assert [sign.words for sign in from_json(kept.json).signs] == ["You have double vision."]
    # What is printed already is no finding of what was issued.
    assert findings(check_publication(issued)) == {}


def test_a_sign_that_came_is_told_to_a_patient_who_knows_the_version_before(pat, clinic):
    plan = plan_of(pat)
    factories.publication(pat, of_plan=plan)
    factories.approved_signs(clinic, factories.sign_data())
    second = factories.publication(pat, of_plan=Plan.objects.get(pk=plan.pk))
    assert (second.number, from_json(second.content.json).changes.general_changed) == (2, True)


def test_signs_of_a_cleared_condition_stay(pat, clinic):
    """Who cleared it says that it stops nothing: what it may come to is still to be known."""
    factories.approved_signs(clinic, factories.sign_data(audience=Audience(conditions=("cuff",))))
    factories.condition("cuff")
    plan = plan_of(pat, has=["cuff"])
    plan.patient.conditions.update(cleared_by="Dr Lee", cleared_on="2026-01-02", cleared_how="Seen.")
    assert printed(plan) == ["double_vision"]


def test_all_signs_are_read_in_one_query(clinic, django_assert_num_queries):
    factories.signs(*(factories.sign_data(f"sign_{n}") for n in range(9)))
    with django_assert_num_queries(1):
        assert len(signs_known(clinic, language="en")) == 9


def test_a_retired_sign_is_chosen_for_no_plan_and_stays_where_it_was_printed(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data("kept"), factories.sign_data("gone"))
    plan = plan_of(pat)
    issued = factories.publication(pat, of_plan=plan)
    signs.retire_symptom(Symptom.objects.get(code="gone"))

    assert chosen(plan) == {"kept": SignState.APPROVED}
    assert findings(check_plan(plan)) == {}
    assert [sign.code for sign in from_json(issued.content.json).signs] == ["kept", "gone"]


def test_a_sign_that_came_back_prints_as_it_was_approved_while_it_waits(pat, clinic):
    data = factories.sign_data("back")
    factories.approved_signs(clinic, data)
    signs.retire_symptom(Symptom.objects.get(code="back"))
    factories.signs(factories.sign_data("back", sentences={"en": "It says more now."}))
    (sign,) = check_plan(plan_of(pat)).signs
    assert (sign.state, sign.sign.sentence.words) == (SignState.APPROVED, "You have back.")


def test_an_own_sign_of_a_retired_code_is_chosen(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data("gone"))
    signs.retire_symptom(Symptom.objects.get(code="gone"))
    own = Symptom.objects.create(code="gone", clinic=clinic, name="Ours", red_flag=RedFlag.EMERGENCY)
    SymptomSentence.objects.create(
        symptom=own, language="en", words="Ours.", red_flag=RedFlag.EMERGENCY, meant_for={"everybody": True}
    )
    assert chosen(plan_of(pat)) == {"gone": SignState.NEEDS_REVIEW}


def test_a_recorded_red_flag_that_is_retired_stops_the_plan_still(pat, clinic):
    numb = factories.symptom("numb", red_flag=RedFlag.EMERGENCY)
    plan = plan_of(pat)
    PatientSymptom.objects.create(patient=plan.patient, symptom=numb)
    signs.retire_symptom(numb)
    assert "red_flag_emergency" in {finding.code for finding in check_plan(plan).stops}
