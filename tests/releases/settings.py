"""The service's settings for the database of a release: its own files, its own keys, passwords as in service."""

import os
from pathlib import Path

from django.conf import global_settings

from tests.settings import *  # noqa: F403
from tests.settings import STORAGES

MEDIA_ROOT = Path(os.environ["RELEASE_FILES"])
STORAGES["default"]["OPTIONS"]["location"] = MEDIA_ROOT
PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
ALLOWED_HOSTS = ["testserver"]
if "RELEASE_TO_COME" in os.environ:
    MIGRATION_MODULES = {"plans": "tests.releases.ahead"}
