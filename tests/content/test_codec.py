import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from plans.content import (
    SCHEMA,
    BrokenContent,
    UnknownSchema,
    content_hash,
    from_json,
    substance_hash,
    to_json,
)
from tests.content.samples import contents, plan


@given(contents)
def test_content_survives_json(content):
    assert from_json(to_json(content)) == content


@given(contents)
def test_json_is_canonical(content):
    text = to_json(content)

    assert text == to_json(from_json(text))
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_hash_is_the_same_in_every_process_and_every_release():
    """Files are named by it: a change here orphans every rendered file, and needs a new schema number."""
    assert content_hash(plan()) == "012cc6065583bb623169bd14db208635c69cf34a26f5d4b9564545c5d1c34e58"


def test_hash_sees_every_word():
    assert content_hash(plan()) != content_hash(plan(note="Rest on Sunday."))


def test_substance_ignores_what_names_the_issue():
    again = replace(plan(), version=2, issued_on=date(2026, 12, 1), sheet_code="X", publication_id="Y")

    assert substance_hash(again) == substance_hash(plan())
    assert substance_hash(replace(again, note="new")) != substance_hash(plan())


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, True, None, "1", 1.0])
def test_another_schema_is_refused_by_name(schema):
    data = json.loads(to_json(plan())) | {"schema": schema}

    with pytest.raises(UnknownSchema, match="does not read"):
        from_json(json.dumps(data))


def _spoil(**values):
    return json.dumps(json.loads(to_json(plan())) | values)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "the start"),
        ("[]", "the start"),
        (_spoil(colour="red"), "content: missing or unknown colour"),
        (_spoil(version="1"), "content.version: not a int"),
        (_spoil(version=True), "content.version"),
        (_spoil(issued_on="yesterday"), "content.issued_on"),
        (_spoil(items={}), "content.items: not a list"),
        (_spoil(items=[{}]), r"content.items\[0\]: missing or unknown"),
        (_spoil(patient="Ana"), "content.patient: not an object"),
    ],
)
def test_what_does_not_fit_is_named(text, where):
    with pytest.raises(BrokenContent, match=where):
        from_json(text)


def test_a_dose_that_does_not_fit_is_named():
    data = json.loads(to_json(plan()))
    data["items"][0]["dose"]["sets_min"] = "three"

    with pytest.raises(BrokenContent, match=r"content.items\[0\].dose"):
        from_json(json.dumps(data))
