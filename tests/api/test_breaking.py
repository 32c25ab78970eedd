"""A change that breaks clients does not go out under the same version."""

import copy

import pytest
import yaml

from client.breaking import breaks
from client.generate import ALLOWED_BREAKS, CURRENT, RELEASED
from clinic.settings import BASE_DIR


@pytest.fixture
def released():
    return yaml.safe_load(RELEASED.read_text())


@pytest.fixture
def changed(released):
    return copy.deepcopy(released)


def major(schema):
    return int(schema["info"]["version"].split(".")[0])


@pytest.fixture
def allowed():
    return yaml.safe_load(ALLOWED_BREAKS.read_text())


def test_clients_of_the_released_version_still_work(released, allowed):
    current = yaml.safe_load(CURRENT.read_text())
    if major(current) == major(released):
        assert breaks(released, current) == sorted(one["break"] for one in allowed)


def test_clients_are_told_of_each_break_and_why(allowed):
    told = " ".join((BASE_DIR / "CHANGELOG.md").read_text().split())

    assert [one["break"] for one in allowed if " ".join(one["because"].split()) not in told] == []


def test_nothing_changed_is_no_break(released, changed):
    assert breaks(released, changed) == []


def call(schema, path="/api/v1/patients/", method="post"):
    return schema["paths"][path][method]


def component(schema, name):
    return schema["components"]["schemas"][name]


BREAKS = {
    "a call is gone": lambda s: s["paths"]["/api/v1/patients/"].pop("post"),
    "an address is gone": lambda s: s["paths"].pop("/api/v1/patients/"),
    "a call has another name": lambda s: call(s).update(operationId="patients_add"),
    "a call needs another scope": lambda s: call(s)["security"][0].update(system=["plans:write"]),
    "a success is gone": lambda s: call(s)["responses"].pop("201"),
    "a parameter is gone": lambda s: call(s, method="get")["parameters"].pop(),
    "a parameter is required": lambda s: call(s, method="get")["parameters"][0].update(required=True),
    "an input is refused": lambda s: component(s, "PatientInput")["properties"].pop("phone"),
    "an input is required": lambda s: component(s, "PatientInput")["required"].append("phone"),
    "an input is shorter": lambda s: component(s, "PatientInput")["properties"]["name"].update(maxLength=5),
    "an input is longer": lambda s: component(s, "PatientInput")["properties"]["name"].update(minLength=5),
    "an input has another type": lambda s: component(s, "PatientInput")["properties"]["name"].update(type="integer"),
    "a word is refused": lambda s: component(s, "PatientInput")["properties"]["sex"]["enum"].remove("female"),
    "a word counts once": lambda s: component(s, "PatientInput")["properties"]["conditions"].update(uniqueItems=True),
    "a number is smaller": lambda s: component(s, "ItemInput")["properties"]["sets_max"].update(maximum=3),
    "an inner input is refused": lambda s: component(s, "ConditionOfPatientInput")["properties"].pop("onset"),
    "an output is gone": lambda s: component(s, "Patient")["properties"].pop("phone"),
    "an output may be absent": lambda s: component(s, "Patient")["required"].remove("phone"),
    "an output may be null": lambda s: component(s, "Patient")["properties"]["phone"].update(type=["string", "null"]),
    "an output has another type": lambda s: component(s, "Patient")["properties"]["phone"].update(type="integer"),
    "an inner output is gone": lambda s: component(s, "Finding")["properties"].pop("rule"),
}  # fmt: skip


@pytest.mark.parametrize("change", BREAKS)
def test_breaks_are_found(released, changed, change):
    BREAKS[change](changed)
    assert breaks(released, changed) != []


HARMLESS = {
    "a new call": lambda s: s["paths"].update({"/api/v1/new/": {"get": {}}}),
    "a new optional input": lambda s: component(s, "PatientInput")["properties"].update(
        mood={"type": "string"}
    ),
    "a new output": lambda s: component(s, "Patient")["properties"].update(mood={"type": "string"}),
    "a new optional parameter": lambda s: call(s, method="get")["parameters"].append(
        {"in": "query", "name": "mood", "schema": {"type": "string"}}
    ),
    "a longer input": lambda s: component(s, "PatientInput")["properties"]["name"].update(maxLength=500),
    "a new word to send": lambda s: component(s, "PatientInput")["properties"]["sex"]["enum"].append("x"),
    "another description": lambda s: component(s, "Patient").update(description="Other words."),
}


@pytest.mark.parametrize("change", HARMLESS)
def test_what_breaks_nobody_is_let_through(released, changed, change):
    HARMLESS[change](changed)
    assert breaks(released, changed) == []
