"""The fixed warning signs have the library's codes, those of the plan their own."""

from pathlib import Path

import yaml
from django.conf import settings

from plans.content import from_json
from plans.contraindications import RedFlag
from plans.queries.logs import FIXED_SIGNS, known_signs, say_signs
from tests import factories
from tests.logs import plan_of


def test_each_fixed_sign_is_a_symptom_of_the_library_with_the_same_urgency():
    text = Path(settings.BASE_DIR, "plans/library/symptoms.yaml").read_text(encoding="utf-8")
    flags = {row["code"]: row.get("red_flag") for row in yaml.safe_load(text)["symptoms"]}

    assert [flags[code] for code in FIXED_SIGNS[RedFlag.EMERGENCY]] == ["emergency"] * 6
    assert [flags[code] for code in FIXED_SIGNS[RedFlag.SAME_DAY]] == ["same_day"] * 5


def test_signs_of_the_plan_stand_beside_the_fixed_ones(pat, clinic):
    factories.approved_signs(clinic, factories.sign_data())
    content = from_json(plan_of(pat).content.json)

    assert known_signs(content)["double_vision"] is RedFlag.EMERGENCY
    assert known_signs(content)["fever"] is RedFlag.SAME_DAY
    said = say_signs(content, RedFlag.EMERGENCY)
    assert said["saddle_numbness"].startswith("numbness around")
    assert said["double_vision"] == "You have double vision."
    assert "double_vision" not in say_signs(content, RedFlag.SAME_DAY)
    assert list(say_signs(content, RedFlag.SAME_DAY, only=["fever", "double_vision"])) == ["fever"]
