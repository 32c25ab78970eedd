"""The script that counts, on a small tree and on this one."""

import subprocess
import sys

import pytest

from scripts import house_numbers as house
from tests.repository.facts import ROOT

SMALL = {
    "plans/api/__init__.py": "",
    "plans/api/first.py": '''
from plans.api import second

class Twice: ...


def told():
    """Say why."""
    # add one to the count
    count_one = add(count_one)
    return count_one  # the guard asks for it
''',
    "plans/api/second.py": "from .first import told\n\nclass Twice: ...\n\n\ndef plain(): ...\n",
    "plans/deep/__init__.py": "",
    "plans/deep/one/__init__.py": "",
    "plans/deep/one/a.py": "import plans.deep.two.b\nfrom plans.api import first\n",
    "plans/deep/two/__init__.py": "",
    "plans/deep/two/b.py": "def of_a():\n    from ..one import a\n",
    "plans/migrations/0001.py": "def made(): ...\n" * 400,
    "clinic/wiring.py": "# noqa: E501\n# --- A heading ---\n",
}


@pytest.fixture
def small(tmp_path):
    for name, text in SMALL.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_counts_files_functions_and_names(small):
    found = list(house.numbers(small, quick=True).values())

    # modules, in plans/api, circles, docstrings, median, most lines, comments, class names
    assert found[:6] == ["5", "2", "2", "33.3 %", "2", "11"]
    assert found[7:] == ["1"]
    assert house.repeated_class_names(small) == {"Twice": 2}


def test_finds_circles_of_files_and_of_folders(small):
    assert house.circles(small) == [
        ["plans.api.first", "plans.api.second"],
        ["plans.deep.one", "plans.deep.two"],
    ]


def test_a_comment_that_says_what_its_line_says_is_found(small):
    comments = house.drawn_comments(small)

    assert [(one.words, house.repeats_its_line(one)) for one in comments] == [
        ("the guard asks for it", False),
        ("add one to the count", True),
    ]
    assert house.drawn_comments(ROOT) == house.drawn_comments(ROOT)


def test_prints_checkouts_side_by_side(small):
    ended = subprocess.run(
        [sys.executable, "-m", "scripts.house_numbers", "--quick", "--comments", str(small), str(ROOT)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    names = [line for line in ended.stdout.splitlines() if "%" in line]
    assert len(names[0].split()) > 2
    assert "circle: plans.deep.one plans.deep.two" in ended.stdout
    assert "repeats its line" in ended.stdout
