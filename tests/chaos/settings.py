"""The service's settings, with a storage that is full while a flag file exists, and a schedule that may be hurried."""

import os

from clinic.settings import *  # noqa: F403
from clinic.settings import CELERY_BEAT_SCHEDULE, DISK, MIDDLEWARE, STORAGES

STORAGES = {
    **STORAGES,
    "default": {**DISK, "BACKEND": "tests.chaos.storage.SometimesFull"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class NoMigrations:
    """Tables as the models have them: how a database comes to them has tests of its own, and takes a while."""

    def __contains__(self, label):
        return True

    def __getitem__(self, label):
        return None


MIGRATION_MODULES = NoMigrations()
# What the schedule does each minute, a test of a minute asks for every other second.
if "CHAOS_HURRIED" in os.environ:
    EMAIL_TIMEOUT = 240  # a sender that the test holds waits for as long as the test needs on a busy machine
    CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": 2.0} if name in ("sweep-mails", "make-reminders") else entry
        for name, entry in CELERY_BEAT_SCHEDULE.items()
    }
# A module that makes a sender forget what it owes, for the proof that a test notices.
CELERY_IMPORTS = [name for name in [os.environ.get("CHAOS_FORGETFUL")] if name]
