"""The whole way, as another software goes it: token, patient, plan, publish, PDF."""

from plans.actions.publishing import ask_formats
from plans.models import Rendering
from plans.rendering import job
from tests import factories
from tests.rendering.stuck import fail


def test_from_token_to_pdf(api, clinic, therapist):
    factories.approved_exercise(clinic)
    patient = api.post(
        "patients/",
        {
            "name": "Jordan Demo",
            "birth_date": "1968-04-12",
            "therapist": str(therapist.pk),
            "external_id": "pvs-1",
            "conditions": [],
        },
    )
    assert patient.status_code == 201, patient.content
    plan = api.post(
        "plans/",
        {
            "patient": patient.json()["id"],
            "title": "Back plan",
            "start_on": str(factories.in_days(0)),
            "review_on": str(factories.in_days(28)),
            "times_per_day_min": 1,
            "days_per_week_min": 7,
            "items": [{"exercise_code": "heel-slide"}],
        },
    )
    assert plan.status_code == 201, plan.content
    issued = api.post(f"{plan['Location']}publish/", {}, If_Match=plan["ETag"])
    assert issued.status_code == 201, issued.content
    rendering = issued.json()["renderings"][0]
    waiting = api.get(rendering["pdf_url"])
    assert waiting.status_code == 202
    assert (waiting["Location"], waiting["Retry-After"]) == (rendering["url"], "1")
    job.work(Rendering.objects.get().pk)
    moved = api.get(f"{issued['Location']}pdf/")
    assert (moved.status_code, moved["Location"]) == (303, rendering["pdf_url"])
    pdf = api.get(moved["Location"])
    assert pdf.status_code == 200, pdf.getvalue()
    assert pdf.getvalue().startswith(b"%PDF-")


def test_a_newer_print_that_failed_does_not_hide_the_file_that_is_there(api, therapist):
    publication = factories.publication(therapist)
    old = publication.content.renderings.get()
    job.work(old.pk)
    Rendering.objects.filter(pk=old.pk).update(template_version="old")
    ask_formats(publication=publication, formats=[factories.PATIENT_COPY], by=therapist)
    new = Rendering.objects.exclude(pk=old.pk).get()
    page = f"/api/v1/publications/{publication.pk}/pdf/"
    assert api.get(page)["Location"] == f"/api/v1/renderings/{old.pk}/pdf/"
    fail(new)
    assert api.get(page)["Location"] == f"/api/v1/renderings/{old.pk}/pdf/"
