"""A worker that cannot print says so when it starts, and does not start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from celery import signals

from plans.handout import pdf
from plans.handout.errors import FontsMissing

ROOT = Path(__file__).resolve().parent.parent.parent
WORKER = [sys.executable, "-m", "celery", "-A", "clinic", "worker", "--pool", "solo", "--loglevel", "INFO"]


def test_a_worker_that_can_print_starts():
    signals.worker_init.send(sender=None)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (FontsMissing(problem="NotoSans-Bold.ttf is not there"), "NotoSans-Bold.ttf is not there"),
        (OSError("cannot load library 'libpango-1.0-0'"), "libpango"),
    ],
)
def test_a_worker_without_what_it_prints_with_ends_with_the_reason(problem, said, monkeypatch):
    def refuse():
        raise problem

    monkeypatch.setattr(pdf, "check_renderer", refuse)
    with pytest.raises(SystemExit, match=f"cannot print handouts.*{said}"):
        signals.worker_init.send(sender=None)


def test_a_worker_without_the_library_that_makes_fonts_small_ends_too(monkeypatch):
    monkeypatch.setattr(pdf, "harfbuzz_subset", None)
    with pytest.raises(SystemExit, match="harfbuzz-subset"):
        signals.worker_init.send(sender=None)


def test_a_real_worker_with_a_damaged_installation_ends_at_once(tmp_path):
    """The whole program from a copy in which the Chinese fonts hold no Chinese."""
    copy = tmp_path / "copy"
    for name in ("plans", "clinic", "templates", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    fonts = copy / "plans" / "handout" / "fonts"
    for weight in ("Regular", "Bold"):
        shutil.copy(fonts / f"NotoSans-{weight}.ttf", fonts / f"NotoSansSC-{weight}.otf")
    given = {
        "DATA_DIR": str(tmp_path / "data"),
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "DJANGO_SETTINGS_MODULE": "clinic.settings",
    }

    ended = subprocess.run(
        WORKER, cwd=copy, env=os.environ | given, capture_output=True, text=True, timeout=120, check=False
    )

    assert ended.returncode != 0
    assert "This worker cannot print handouts." in ended.stderr
    assert "worker_unfit" in ended.stderr
