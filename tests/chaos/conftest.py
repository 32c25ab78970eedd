"""A folder for a service that a test harms."""

import shutil
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def folder():
    # Not pytest's own, which each start of pytest closes to other users: the database runs as one.
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
