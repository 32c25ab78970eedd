"""The service's settings, with a storage that is full while a flag file exists."""

from clinic.settings import *  # noqa: F403
from clinic.settings import DISK, STORAGES

STORAGES = {**STORAGES, "default": {**DISK, "BACKEND": "tests.chaos.storage.SometimesFull"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
