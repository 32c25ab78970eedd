"""The service's settings for the tests: each test process has its own folder, database and broker.

The environment is set before clinic.settings reads it. Without DATABASE_URL and REDIS_URL this is the embedded default;
`python -m tests.engines COMMAND` runs the same tests on PostgreSQL and Redis.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TEST_FOLDER" not in os.environ:  # the first process; pytest's workers and started servers inherit it
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="clinic-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_FOLDER"], ignore_errors=True)

TEST_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DATA_DIR"] = str(Path(os.environ["TEST_FOLDER"]) / TEST_PROCESS)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("LINK_KEY", "only-for-links-in-tests-" * 2)
for name in ("DEBUG", "MEDIA_ROOT", "STATIC_ROOT", "S3_BUCKET", "ALLOWED_HOSTS", "PUBLIC_URL", "PROXY_COUNT"):
    os.environ.pop(name, None)
if "REDIS_SERVER" in os.environ:  # one server for all test processes, a numbered database for each
    number = int(TEST_PROCESS.removeprefix("gw")) + 1 if TEST_PROCESS.startswith("gw") else 0
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_SERVER']}/{number}"

from clinic.settings import *  # noqa: E402, F403
from clinic.settings import DATA_DIR, DATABASES, MIDDLEWARE, SHARED, STORAGES  # noqa: E402

if SHARED:
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_{os.path.basename(os.environ['TEST_FOLDER'])}".replace("-", "_")
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    # A file and not memory: a worker process opens the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
if "TEST_DATABASE" in os.environ:  # a server that a test started works on that test's database
    DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
