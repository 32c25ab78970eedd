from pathlib import Path

import pytest

from plans.figures_1 import BODIES, read_figure

POSES = Path(__file__).resolve().parents[2] / "plans" / "library" / "poses"
CODES = sorted(file.stem for file in POSES.glob("*.yaml"))
HEAD = "figure: f\nalt: {en: Two pictures}\npanels:\n"


@pytest.fixture(params=CODES)
def figure(request):
    return read_figure(POSES / f"{request.param}.yaml")


@pytest.fixture(params=sorted(BODIES))
def body(request):
    return BODIES[request.param]
