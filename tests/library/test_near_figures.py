"""Pictures that look alike are listed, and told apart by a mark that is drawn and said."""

from itertools import combinations
from pathlib import Path

import pytest
import yaml

from plans.figures import read_figure
from tests.library.conftest import STARTER
from tests.library.near_figures import near_pairs, read_files

GROUPS = yaml.safe_load(Path(__file__).with_name("near_figures.yaml").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[2] / "docs" / "figure-readings.md"
each = pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["group"].replace(" ", "-"))


def plain(words):
    return " ".join(words.split())


def file_of(code):
    return STARTER / "figures" / f"{code}.yaml"


def test_each_pair_that_is_drawn_nearly_alike_is_in_a_group():
    listed = {pair for group in GROUPS for pair in combinations(sorted(group["figures"]), 2)}
    near = set(near_pairs(read_files()))
    assert len(near) > 20
    assert near - listed == set()


@each
def test_the_mark_of_each_is_drawn_in_it_and_in_no_other_of_the_group(group):
    drawn = {
        code: plain(file_of(code).read_text(encoding="utf-8").partition("camera:")[2])
        for code in group["figures"]
    }
    starts = {code: plain(file_of(code).read_text(encoding="utf-8").partition("alt:")[0]) for code in drawn}
    for code, mark in group["figures"].items():
        holders = [one for one in drawn if mark["drawn"] in f"{starts[one]} {drawn[one]}"]
        assert holders == [code], mark["drawn"]


@each
def test_the_alternative_text_of_each_says_its_mark_and_no_other_does(group):
    said = {code: plain(read_figure(file_of(code)).alt["en"]) for code in group["figures"]}
    for code, mark in group["figures"].items():
        assert [one for one in said if mark["said"] in said[one]] == [code], mark["said"]


@each
def test_the_page_of_readings_tells_how_they_are_told_apart(group):
    page = PAGE.read_text(encoding="utf-8").partition("## Pictures that look alike")[2].partition("\n## ")[0]
    for code, mark in group["figures"].items():
        assert f"| {group['group']} | `{code}` | {mark['by']} |" in page
