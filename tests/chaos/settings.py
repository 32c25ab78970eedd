"""The service's settings, with a storage that is full while a flag file exists."""

from clinic.settings import *  # noqa: F403
from clinic.settings import DISK, MIDDLEWARE, STORAGES

STORAGES = {
    **STORAGES,
    "default": {**DISK, "BACKEND": "tests.chaos.storage.SometimesFull"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
