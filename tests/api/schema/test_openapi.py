"""The description is complete, valid, and what is checked in."""

import warnings

import pytest
from drf_spectacular.validation import validate_schema

from plans.api.schema.views import described
from plans.api.scopes import SCOPES


@pytest.fixture(scope="module")
def schema():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return described()


def test_openapi_3_1_is_valid(schema):
    assert schema["openapi"].startswith("3.1")
    validate_schema(schema)


def test_every_field_is_described_with_an_example(schema):
    missing = [
        f"{name}.{field}"
        for name, component in schema["components"]["schemas"].items()
        for field, inner in component.get("properties", {}).items()
        if not inner.get("description") or not ("examples" in inner or "$ref" in str(inner))
    ]
    assert missing == []


def test_a_list_from_a_closed_list_says_that_each_word_comes_once(schema):
    components = schema["components"]["schemas"]
    assert components["PatientInput"]["properties"]["equipment"]["uniqueItems"] is True
    assert "uniqueItems" not in components["Patient"]["properties"]["equipment"]


def test_numbers_with_a_unit_name_it(schema):
    """A number of seconds or minutes says so in its name; a bare hold or rest would be anybody's guess."""
    names = {field for one in schema["components"]["schemas"].values() for field in one.get("properties", {})}
    assert {"hold_seconds_min", "rest_seconds_max", "duration_seconds_min", "minutes_per_day"} <= names
    assert not names & {"hold_min", "rest_min", "duration_min", "hold", "rest", "duration", "minutes"}


def test_every_call_is_described_with_its_scope_and_errors(schema):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["responses"], where
            if "/oauth/" in path:
                continue
            assert {"401", "403", "404", "429"} <= set(operation["responses"]), where
            systems = [one["system"][0] for one in operation["security"] if "system" in one]
            assert systems == [] or systems[0] in SCOPES, where


def test_operation_ids_are_unique(schema):
    ids = [one["operationId"] for methods in schema["paths"].values() for one in methods.values()]
    assert len(ids) == len(set(ids))
