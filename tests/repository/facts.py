"""What the repository's tests read: its files and the names in them."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = re.compile(
    r"""(?:\b(?:text|flag|number|words|folder|keys)|\bos\.environ\.get)\(\s*"([A-Z][A-Z0-9_]+)\""""
)
"""Of the process, not of a request: WSGI calls that environ too."""
INTERNAL = {"DJANGO_SETTINGS_MODULE"}


@cache
def tracked() -> list[Path]:
    """Return every file that git tracks and that is still there."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def python_files(*folders: str) -> list[Path]:
    """Return the tracked Python files below these folders."""
    return [path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def environment_names() -> set[str]:
    """Return the name of every environment variable that the service reads."""
    found = {name for path in python_files("clinic") for name in variables_in(path.read_text())}
    return found - INTERNAL


def variables_in(source: str) -> list[str]:
    """Return the environment variables that this source reads."""
    return ENVIRONMENT.findall(source)
