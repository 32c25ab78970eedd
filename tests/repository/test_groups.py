"""Tests that must not run beside each other stay in one process: with some releases of pytest they silently do not."""

import subprocess
import sys

MODULE = """
import os

import pytest


@pytest.mark.parametrize("number", range(6))
@pytest.mark.xdist_group("one process")
def test_ran(number, tmp_path_factory):
    folder = tmp_path_factory.getbasetemp().parent
    (folder / f"{os.environ['PYTEST_XDIST_WORKER']}-{number}").touch()
"""


def test_a_group_runs_in_one_process(tmp_path):
    (tmp_path / "test_group.py").write_text(MODULE)
    base = tmp_path / "base"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n2",
        "--dist",
        "loadgroup",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]
    subprocess.run(
        [*command, "--basetemp", base, tmp_path], check=True, capture_output=True, cwd=tmp_path, timeout=120
    )

    ran = [path.name.split("-") for path in base.glob("gw*-*")]
    assert len(ran) == 6
    assert len({process for process, _number in ran}) == 1
