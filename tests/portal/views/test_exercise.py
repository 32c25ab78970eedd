"""One exercise on a screen: its markup for scripts, and who gets it."""

import json
import re

from plans.actions import plans as plan_actions
from plans.content import from_json


def test_its_numbers_stand_beside_it_for_scripts(issued, opened, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        answer = opened.get(f"{issued.path}exercise/1/")

    (item,) = from_json(issued.publication.content.json).items
    page = answer.content.decode()
    (numbers,) = re.findall(r'<script id="dose" type="application/json">(.*?)</script>', page)
    assert json.loads(numbers) == {
        "key": item.key, "number": 1, "sets": [1, 1], "repetitions": [8, 10],
        "hold_seconds": None, "rest_seconds": None, "duration_seconds": None, "out_seconds": None,
        "back_seconds": None, "side": None, "limb": "",
    }  # fmt: skip
    assert '<main data-exercise="1" data-count="1">' in page
    assert '<div class="figure" data-figure>' in page


def test_without_a_session_or_number_it_leads_back(client, issued, opened):
    assert client.get(f"{issued.path}exercise/1/")["Location"] == issued.path
    assert opened.get(f"{issued.path}exercise/9/")["Location"] == issued.path


def test_a_stopped_plan_shows_no_exercise(issued, opened):
    plan_actions.stop_plan(plan=issued.plan, by=issued.therapist)

    for part in ("exercise/1/", "warnings/"):
        assert opened.get(f"{issued.path}{part}")["Location"] == issued.path
