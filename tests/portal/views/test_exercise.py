"""One exercise on a screen: its markup for scripts, and who gets it."""

import json
import re

from plans.actions import plans as plan_actions
from plans.content import from_json
from tests.portal.whole_plan import full_plan, put


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


def test_next_back_and_skip_lead_through_the_plan(issued, opened):
    put(issued.publication, full_plan())
    pages = [
        " ".join(opened.get(f"{issued.path}exercise/{number}/").content.decode().split())
        for number in (1, 2, 8)
    ]

    assert [re.findall(r'data-(next|skip|back) href="([^"]+)"', page) for page in pages] == [
        [("next", f"{issued.path}exercise/2/"), ("skip", f"{issued.path}exercise/2/")],
        [
            ("next", f"{issued.path}exercise/3/"),
            ("skip", f"{issued.path}exercise/3/"),
            ("back", f"{issued.path}exercise/1/"),
        ],
        [("next", issued.path), ("skip", issued.path), ("back", f"{issued.path}exercise/7/")],
    ]
    assert "<title>Exercise 2 of 8</title>" in pages[1]
    assert f'<a href="{issued.path}exercise/1/"> Do number 1 instead: Pelvic tilt.</a>' in pages[1]


def test_what_is_done_on_the_floor_tells_how_to_get_there(issued, opened):
    put(issued.publication, full_plan())

    told = [
        "How to get down to the floor" in opened.get(f"{issued.path}exercise/{number}/").content.decode()
        for number in (1, 8)
    ]

    assert told == [True, False]


def test_one_side_is_told_before_the_steps_and_a_change_of_sides_after_them(issued, opened):
    put(issued.publication, full_plan())
    one, both = (opened.get(f"{issued.path}exercise/{number}/").content.decode() for number in (1, 2))

    assert one.index('class="sides"') < one.index('class="steps"')
    assert both.index('class="steps"') < both.index('class="sides"')


def test_above_the_player_stands_one_line_and_the_whole_dose_beside_the_steps(issued, opened):
    put(issued.publication, full_plan())
    page = " ".join(opened.get(f"{issued.path}exercise/1/").content.decode().split())

    brief = '<p class="brief"><b>2 to 3 sets · 8 to 12 times, left leg only · Hold: 5 seconds</b></p>'
    order = ("data-figure", brief, "data-player", "How to do it", '<ul class="dose">', '<ol class="steps">')
    places = [page.index(part) for part in order]
    assert places == sorted(places)
    assert "a red band" in page[places[4] : places[5]]
