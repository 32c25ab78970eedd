"""What the command says of what a library withdraws."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from plans.models import Symptom

SIGN = """symptoms:
  - code: double_vision
    name: Double vision
    red_flag: emergency
    for: all
    source: ours
    sentences: {en: You see double.}
"""
WITHOUT = "withdrawn:\n  - {kind: symptom, code: double_vision, reason: Another one says it better.}\n"


@pytest.fixture
def load(tmp_path, db):
    def load(text):
        file = tmp_path / "library.yaml"
        file.write_text(text, encoding="utf-8")
        call_command("load_library", file, stdout=(said := StringIO()))
        return said.getvalue().replace(str(tmp_path), "")

    return load


def test_a_withdrawn_sign_that_threatens_life_is_said_once(load):
    assert "WARNING" not in load(SIGN)
    said = load(WITHOUT)
    assert "1 new or changed" in said
    assert "WARNING: these signs threaten life, and are withdrawn" in said
    assert "  /library.yaml:2: symptom double_vision: Another one says it better." in said
    assert "never loaded" not in said
    again = load(WITHOUT)
    assert "0 new or changed" in again
    assert "WARNING" not in again


def test_what_was_never_loaded_is_named_by_file_and_line(load):
    said = load(WITHOUT)
    assert "never loaded here" in said
    assert "  /library.yaml:2: symptom double_vision" in said
    assert not Symptom.objects.exists()


def test_advice_for_a_symptom_that_was_withdrawn_before_is_not_loaded(load):
    load(SIGN)
    load(WITHOUT)
    advice = (
        "advice:\n  - {code: rest, kind: general, for: {symptoms: [double_vision]}, source: ours,"
        " texts: {en: Rest.}}\n"
    )
    with pytest.raises(CommandError, match=r"library.yaml:2: rest names the retired symptom double_vision"):
        load(advice)
