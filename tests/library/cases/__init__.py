"""Patients of all regions, each with a plan of which some is wrong for them, and what must be said of it."""

from pathlib import Path

import yaml

CASES = tuple(
    case for path in sorted(Path(__file__).parent.glob("*.yaml")) for case in yaml.safe_load(path.read_text())
)
