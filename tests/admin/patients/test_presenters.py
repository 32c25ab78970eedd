"""What stops a plan is on the home page and on the patient's page, with the buttons that answer it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions import pausing, reviewing, systems
from plans.actions.patients import save_patient
from plans.admin.patients import presenters
from plans.contraindications import UnknownCode
from plans.libraryfiles import Level
from plans.models import PatientCondition, PatientSymptom, Pause, PauseCause, Reason, Role
from plans.queries.pauses import open_pause
from tests import factories
from tests.admin.forms import errors_of, posted, text_of

TODAY = timezone.localdate()
HOME = reverse("admin:index")


@pytest.fixture
def plan(therapist):
    """A plan that a patient follows."""
    return factories.publication(therapist).plan


def page_of(plan):
    return reverse("admin:plans_patient_change", args=[plan.patient_id])


def flag():
    return factories.symptom("saddle_numbness", name="Numb between the legs", red_flag="emergency")


def add_symptom(desk, plan, **fields):
    """Add a row on the patient's page, as a browser does."""
    shown = desk.get(page_of(plan))
    stored = plan.patient.symptoms.count()
    data = posted(shown, "patient_form")
    prefix = f"symptoms-{stored}-"
    data |= {
        f"{prefix}symptom": str(flag().pk),
        **{f"{prefix}{name}": value for name, value in fields.items()},
    }
    data["symptoms-TOTAL_FORMS"] = stored + 1
    return desk.post(page_of(plan), data, follow=True)


def test_a_plan_that_cannot_be_checked_is_said_on_both_pages(desk, plan, monkeypatch):
    def fail(publication, **kwargs):
        raise UnknownCode(where="Rule x", kind="movement", code="y")

    monkeypatch.setattr(reviewing, "check_publication", fail)
    monkeypatch.setattr(presenters, "check_publication", fail)
    page = text_of(add_symptom(desk, plan))
    assert "A plan that this patient follows could not be checked: look at it yourself." in page
    assert "the rules could not check it: look at it yourself" in page
    assert "Could not be checked: look at it yourself Pause now" in text_of(desk.get(HOME))


def clear_row(desk, plan, prefix, day, **fields):
    data = posted(desk.get(page_of(plan)), "patient_form")
    clearance = {"cleared_on": day, "cleared_by": "Dr Ada Sample", "cleared_how": "letter", **fields}
    return desk.post(page_of(plan), data | {f"{prefix}-{name}": value for name, value in clearance.items()})


def test_a_standing_red_flag_is_not_cleared_by_an_old_letter_and_a_blank_day(desk, plan):
    add_symptom(desk, plan, noted_on="2026-03-01")
    answer = clear_row(desk, plan, "symptoms-0", "2020-01-02", noted_on="")
    assert "The day of a symptom is later: clear it again" in text_of(answer)
    row = PatientSymptom.objects.get()
    assert (str(row.noted_on), row.is_cleared) == ("2026-03-01", False)


def test_a_condition_without_a_day_is_not_cleared_by_an_old_letter(desk, plan):
    row = PatientCondition(condition=factories.condition("spinal_tumour"))
    save_patient(patient=plan.patient, conditions=[row], by=plan.created_by)
    (place,) = [
        place
        for place, one in enumerate(plan.patient.conditions.all())
        if one.condition.code == "spinal_tumour"
    ]
    answer = clear_row(desk, plan, f"conditions-{place}", str(TODAY - timedelta(days=800)))
    assert "two years before the condition was recorded here" in text_of(answer)


def press(desk, plan, what, **data):
    return desk.post(reverse(f"admin:plans_plan_{what}", args=[plan.pk]), data)


def test_the_page_that_saved_a_red_flag_says_what_it_stops_and_offers_the_pause(desk, plan):
    page = text_of(add_symptom(desk, plan))
    assert "The rules now stop a plan that this patient follows" in page
    assert "The patient follows this plan, and the rules stop it." in page
    assert "Numb between the legs is a warning sign that needs emergency care now." in page
    assert "Pause the plan now" in page
    home = text_of(desk.get(HOME))
    assert f"{plan.patient}, {plan.title} block1 stop Pause now" in home


def test_what_stops_a_plan_stands_before_all_else_on_the_home_page(desk, plan):
    add_symptom(desk, plan)

    page = desk.get(HOME).content.decode()

    assert page.count('id="home-alerts"') == 1
    others = [f'id="home-{name}"' for name in ("access", "patients", "due", "drafts")]
    assert all(page.index('id="home-alerts"') < page.index(one) for one in others if one in page)
    assert sum(one in page for one in others) >= 3


def test_one_click_pauses_from_the_home_page_and_both_pages_say_so(desk, plan, therapist):
    add_symptom(desk, plan)
    answer = press(desk, plan, "pause", back="home")
    assert answer["Location"] == HOME
    assert open_pause(plan).paused_by == therapist
    assert "Pause now" not in text_of(desk.get(HOME))
    assert "Paused" in text_of(desk.get(HOME))
    page = text_of(desk.get(page_of(plan)))
    assert "To resume it, record below who cleared it, when and how." in page
    assert "Resume the plan" not in page


def test_resuming_too_early_leads_to_the_patient_with_the_reason(desk, plan):
    add_symptom(desk, plan)
    press(desk, plan, "pause")
    answer = press(desk, plan, "resume", back="publication")
    assert answer["Location"] == page_of(plan)
    page = text_of(desk.get(page_of(plan)))
    assert "The plan stays paused: 1 finding(s) stop it." in page
    assert open_pause(plan)


def test_a_clearance_at_the_desk_lets_the_plan_go_on(desk, plan):
    add_symptom(desk, plan)
    press(desk, plan, "pause")
    data = posted(desk.get(page_of(plan)), "patient_form")
    data |= {
        "symptoms-0-cleared_on": str(TODAY),
        "symptoms-0-cleared_by": "Dr Ada",
        "symptoms-0-cleared_how": "seen",
    }
    assert desk.post(page_of(plan), data).status_code == 302
    assert "Resume the plan" in text_of(desk.get(page_of(plan)))
    assert press(desk, plan, "resume", back="patient")["Location"] == page_of(plan)
    assert open_pause(plan) is None
    assert "Resume the plan" not in text_of(desk.get(page_of(plan)))


def test_a_flag_noted_again_at_the_desk_is_a_row_of_its_own(desk, plan):
    day = str(TODAY - timedelta(days=3))
    add_symptom(desk, plan, noted_on=day, cleared_on=day, cleared_by="Dr Ada", cleared_how="seen")
    add_symptom(desk, plan, noted_on=str(TODAY))
    stored = plan.patient.symptoms.order_by("noted_on").values_list("cleared_by", flat=True)
    assert list(stored) == ["Dr Ada", ""]


def test_a_cleared_row_cannot_be_written_over_at_the_desk(desk, plan):
    day = str(TODAY - timedelta(days=3))
    add_symptom(desk, plan, noted_on=day, cleared_on=day, cleared_by="Dr Ada", cleared_how="seen")
    data = posted(desk.get(page_of(plan)), "patient_form")
    data |= {"symptoms-0-cleared_on": "", "symptoms-0-cleared_by": "", "symptoms-0-cleared_how": ""}
    desk.post(page_of(plan), data)
    assert plan.patient.symptoms.get().cleared_by == "Dr Ada"


def test_a_flag_that_stands_is_not_recorded_twice(desk, plan):
    add_symptom(desk, plan)
    assert "This symptom is recorded already and not cleared." in errors_of(add_symptom(desk, plan))


def test_the_desk_says_when_a_system_paused_a_plan(desk, plan, clinic):
    ward = systems.make_system(clinic=clinic, name="Ward software", role=Role.LEAD, by=None).user
    save_patient(patient=plan.patient, symptoms=[PatientSymptom(symptom=flag())], by=ward)
    assert Pause.objects.get().cause == PauseCause.EMERGENCY
    assert "at once: it noted an emergency red flag" in text_of(desk.get(page_of(plan)))
    assert "for an emergency red flag" in text_of(desk.get(HOME))


def test_what_asks_for_a_reason_is_answered_on_the_patients_page(desk, plan, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    new = PatientCondition(condition=factories.condition("sciatica"))
    save_patient(patient=plan.patient, conditions=[new], by=therapist)
    assert "1 reason missing" in text_of(desk.get(HOME))
    page = desk.get(page_of(plan))
    (name,) = {
        one.split('"')[0] for one in page.content.decode().split('name="')[1:] if one.startswith("reason-")
    }
    answer = press(desk, plan, "go_on", back="patient", **{name: "Tried today without pain."})
    assert answer["Location"] == page_of(plan)
    assert Reason.objects.get().created_by == therapist
    assert "reason missing" not in text_of(desk.get(HOME))
    assert "Go on for these reasons" not in text_of(desk.get(page_of(plan)))


def test_a_version_a_plan_and_the_list_say_that_it_is_paused(desk, plan, therapist):
    version = reverse("admin:plans_publication_change", args=[plan.publications.get().pk])
    assert "Pause the plan" in text_of(desk.get(version))
    assert press(desk, plan, "pause", back="publication")["Location"] == version
    assert "Paused since" in text_of(desk.get(version))
    assert "Resume the plan" in text_of(desk.get(version))
    assert "Paused since" in text_of(desk.get(reverse("admin:plans_plan_change", args=[plan.pk])))
    assert "version 1, paused" in text_of(desk.get(reverse("admin:plans_plan_changelist")))
    assert "a new version stays paused until you resume the plan" in text_of(
        desk.get(reverse("admin:plans_plan_publish", args=[plan.pk]))
    )


def test_a_draft_cannot_be_paused_and_the_desk_says_why(desk, therapist):
    draft = factories.plan(therapist)
    answer = press(desk, draft, "pause")
    assert "Nobody follows this plan" in text_of(desk.get(answer["Location"]))


def test_queries_of_a_page_with_an_alert(desk, plan, therapist, django_assert_max_num_queries):
    save_patient(patient=plan.patient, symptoms=[PatientSymptom(symptom=flag())], by=therapist)
    with django_assert_max_num_queries(58):
        desk.get(page_of(plan))
    pausing.pause_plan(plan=plan, by=therapist)
    with django_assert_max_num_queries(24):
        desk.get(HOME)
