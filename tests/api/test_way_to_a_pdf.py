"""The whole way, as another software goes it: token, patient, plan, publish, PDF."""

from plans.models import Rendering
from plans.rendering import job
from tests import factories


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
            "start_on": "2026-11-01",
            "review_on": "2100-01-01",
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
