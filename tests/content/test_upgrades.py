import json

import pytest

from plans.content import SCHEMA, from_json, text_of, to_json
from plans.content.upgrades import STEPS
from tests.content.older import SAMPLES, sample


def words_in(data):
    if isinstance(data, dict):
        return {word for name, one in data.items() if name != "schema" for word in words_in(one)}
    if isinstance(data, list):
        return {word for one in data for word in words_in(one)}
    return {data} if isinstance(data, str) else set()


def test_every_older_schema_has_its_step_and_its_stored_sample():
    older = set(range(1, SCHEMA))

    assert set(STEPS) == older
    assert {int(path.parent.name.removeprefix("schema_")) for path in SAMPLES} == older


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_content_of_an_older_release_is_read_and_keeps_every_word(path):
    stored = json.loads(path.read_text())

    content = from_json(path.read_text())

    assert from_json(to_json(content)) == content
    assert json.loads(to_json(content))["schema"] == SCHEMA > stored["schema"]
    assert words_in(stored) <= words_in(json.loads(to_json(content)))


def test_what_was_frozen_with_schema_1_prints_the_same_words():
    texts = text_of(from_json(sample("schema_1/record.json")))

    assert "Because of your sciatica: stop if your leg hurts more." in texts
    assert "Slide it back down." in texts


def test_content_of_older_schemas_begins_its_weeks_on_monday_and_names_no_limb():
    before = [path for path in SAMPLES if path.parent.name in ("schema_1", "schema_2", "schema_3")]
    assert before
    for path in before:
        old = from_json(path.read_text())
        assert old.clinic.week_starts_on == 0
        told = {(item.limb, item.breathing, item.offers_easier, item.easier) for item in old.items}
        assert told == {("", "", True, None)}
        assert {change.limb for change in (old.changes.dose_changed if old.changes else ())} <= {""}
    assert from_json(sample("schema_2/every_field.json")).changes.dose_changed


def test_content_of_schema_1_has_no_days_and_tells_the_sides_in_its_steps():
    old = from_json(sample("schema_1/every_field.json"))
    assert old.later_sentences == ()
    assert {(item.later_sentences, item.sides_in_steps) for item in old.items} == {((), True)}


def test_content_of_schema_3_has_no_leaflet_and_keeps_its_drawings():
    old = from_json(sample("schema_3/every_field.json"))
    assert old.leaflets == ()
    assert old.items[0].picture.drawing.mirrored


def test_content_of_schema_4_tells_no_limit_and_no_sign_of_its_own_and_keeps_its_leaflets():
    for name in ("content", "record"):
        old = from_json(sample(f"schema_4/{name}.json"))
        assert (old.check_first, old.limits, old.signs) == ((), (), ())
        assert [leaflet.code for leaflet in old.leaflets] == ["nerve"]


def test_content_of_schema_5_prints_no_code_and_keeps_its_limits_and_signs():
    for name in ("content", "record"):
        old = from_json(sample(f"schema_5/{name}.json"))
        assert old.clinic.asks_code is False
        assert [limit.said_by for limit in old.limits] == ["Dr. Cole"]
        assert [sign.answered_at for sign in old.signs] == ["988"]
