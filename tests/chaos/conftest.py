"""A folder for a service that a test harms."""

import pytest


@pytest.fixture
def folder(tmp_path_factory):
    # Short, and open to the database's own user.
    folder = tmp_path_factory.mktemp("chaos")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    return folder
