"""A name that is no column of the row raises; what the API's bodies read is written whole."""

import pytest

from plans.actions.columns import set_columns
from plans.actions.patients import PATIENT_COLUMNS
from plans.actions.plans import PLAN_COLUMNS
from plans.actions.protocols import PROTOCOL_COLUMNS
from plans.api.views import patients, plans, protocols
from plans.models import Patient, Plan, Protocol

WRITERS = [
    (Patient, PATIENT_COLUMNS, patients.PatientViewSet, patients.WRITTEN_ELSEWHERE),
    (Plan, PLAN_COLUMNS, plans.PlanViewSet, plans.WRITTEN_ELSEWHERE),
    (Protocol, PROTOCOL_COLUMNS, protocols.ProtocolViewSet, protocols.WRITTEN_ELSEWHERE),
]


def test_only_what_is_given_is_set():
    plan = Plan(title="Back", note="Slowly.")
    set_columns(plan, {"note": ""}, columns=PLAN_COLUMNS)
    assert (plan.title, plan.note) == ("Back", "")


@pytest.mark.parametrize("name", ["titel", "created_by_id", "pk"])
def test_another_name_is_refused_and_nothing_is_set(name):
    plan = Plan(title="Back")
    with pytest.raises(TypeError, match=f"Plan takes no {name}"):
        set_columns(plan, {"title": "Knee", name: "x"}, columns=PLAN_COLUMNS)
    assert plan.title == "Back"


@pytest.mark.parametrize(("model", "columns", "view", "elsewhere"), WRITERS)
def test_a_caller_names_columns_that_there_are(model, columns, view, elsewhere):
    assert {model._meta.get_field(name).column for name in columns} == set(columns)


@pytest.mark.parametrize(("model", "columns", "view", "elsewhere"), WRITERS)
def test_what_a_body_reads_is_written(model, columns, view, elsewhere):
    read = {
        field.source.partition(".")[0]
        for field in view.serializer_class().fields.values()
        if not field.read_only
    }
    assert read - set(elsewhere) == set(columns)
