"""All settings, read from the environment once; the table in docs/operations.md lists the names.

Without any of them the embedded default runs: SQLite, a Valkey on a private socket, files and keys under
DATA_DIR. A value that cannot be meant fails at the start, with its name. What no
environment changes of API, desk and tasks stands in the modules imported below.
"""

import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from clinic.embedded import socket_path
from clinic.environment import flag, folder, keys, number, text, words
from clinic.folders import private_folder
from clinic.logs import logging_settings

# All of their names: Django and Celery read this one module, and each of these holds nothing but settings.
from clinic.settings_api import *  # noqa: F403
from clinic.settings_celery import *  # noqa: F403
from clinic.settings_celery import VISIBILITY_SECONDS
from clinic.settings_desk import *  # noqa: F403
from clinic.settings_mail import *  # noqa: F403
from clinic.settings_monitor import *  # noqa: F403
from plans.languages import LANGUAGES as TABLE
from plans.languages import SOURCE

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where this process stands ---------------------------------------------------------------------------

DATA_DIR = folder("DATA_DIR", BASE_DIR / "var")
DATABASE_URL = text("DATABASE_URL")
REDIS_URL = text("REDIS_URL")
EMBEDDED_BROKER = not REDIS_URL
SHARED = bool(DATABASE_URL)
"""Several machines may share the database, so nothing that they must agree on is made up locally."""
# Before all that lies in it, such as the keys: folders made on the way to theirs would be open to others.
private_folder(DATA_DIR, name="DATA_DIR", make=not SHARED, marks=["keys/secret_key", "clinic.sqlite3"])

WORKER = "celery" in Path(sys.argv[0]).parts[-2:] or Path(sys.argv[0]).name == "celery"
"""A worker or scheduler may wait for its broker; a web process must answer its person at once."""

DEBUG = flag("DEBUG")
PUBLIC_URL = text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
"""The address that patients and staff use; handouts print links that begin with it."""
if not PUBLIC_URL.startswith(("http://", "https://")) or not urlsplit(PUBLIC_URL).hostname:
    raise ImproperlyConfigured("PUBLIC_URL must begin with http:// or https:// and name a host")
TLS = PUBLIC_URL.startswith("https://")

# --- Keys ------------------------------------------------------------------------------------------------

LOCAL_KEYS = None if SHARED else DATA_DIR / "keys"
SECRET_KEY, *SECRET_KEY_FALLBACKS = keys("SECRET_KEY", local=LOCAL_KEYS)
LINK_KEYS = keys("LINK_KEY", local=LOCAL_KEYS)
"""Keys of the patients' links, newest first; an older one works for its links while it is listed."""

# --- Applications ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "plans.apps.DeskConfig",  # django.contrib.admin with the desk's own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_structlog",
    "rest_framework",
    "django_filters",
    "oauth2_provider",
    "drf_spectacular",
    "plans.apps.PlansConfig",
]
MIDDLEWARE = [
    "clinic.compressing.compressed_pages",
    "clinic.middleware.trusted_proxy",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinic.middleware.page_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.session_limits",
    "plans.admin.time_zone.clinic_time_zone",
    "plans.admin.words.language.desk_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------------------

SQLITE: dict[str, object] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "clinic.sqlite3",
    "OPTIONS": {
        "timeout": 20,
        # A transaction takes the write lock at its start: two writers queue instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}
DATABASES = {
    "default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)
    if SHARED
    else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Broker and cache ------------------------------------------------------------------------------------

BROKER_SOCKET = socket_path(DATA_DIR)
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{quote(str(BROKER_SOCKET))}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL or f"unix://{quote(str(BROKER_SOCKET))}",
        "KEY_PREFIX": "clinic",
        # A cache that hangs must not hang the page that asks it.
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

# --- Work in the background: the row is the truth, a message only wakes a worker ----------------------------

WORKER_CHECK = "plans.monitoring.check_worker"
"""A worker that starts asks it; ImproperlyConfigured ends the worker."""
WORKER_MEMORY_MB = number("WORKER_MEMORY_MB", 1000, low=250, high=100_000)
"""The most that a process may take for one task: a handout of 500 exercises needs 400, an ordinary one 150."""
# KiB. A process that came near its limit is replaced: what it freed lies about in pieces.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = WORKER_MEMORY_MB * 800
# The web process gives up a broker that refuses at once, and one that hangs after half a second; the sweep
# finds the row later. Without the time-out `delay()` hangs for more than a minute.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_SECONDS,
    "unacked_restore_throttle": 1,
    "queue_order_strategy": "priority",
    "socket_timeout": 30.0 if WORKER else 0.5,
    "socket_connect_timeout": 5.0 if WORKER else 0.5,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None if WORKER else 1
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- Handouts -------------------------------------------------------------------------------------------

HANDOUT_FRAGMENTS = flag("HANDOUT_FRAGMENTS", default=True)
"""Keep page fragments that many handouts share as they were laid out, which rests on the renderer's private boxes."""

# --- Files: private, behind views that check; no url leads to them ------------------------------------------

MEDIA_ROOT = folder("MEDIA_ROOT", DATA_DIR / "media")
MEDIA_URL = ""
private_folder(MEDIA_ROOT, name="MEDIA_ROOT", make=not SHARED, marks=["pictures", "renderings"])
DISK: dict[str, object] = {
    "BACKEND": "clinic.storage.PrivateFiles",
    # Here and not in FILE_UPLOAD_..., which would close the static files to the web server's user too.
    "OPTIONS": {
        "location": MEDIA_ROOT,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
OBJECT_STORAGE: dict[str, object] = {
    "BACKEND": "clinic.s3_storage.ObjectStorage",
    "OPTIONS": {
        "bucket_name": text("S3_BUCKET"),
        "endpoint_url": text("S3_ENDPOINT") or None,
        "region_name": text("S3_REGION") or None,
        "access_key": text("S3_ACCESS_KEY_ID") or None,
        "secret_key": text("S3_SECRET_ACCESS_KEY") or None,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "querystring_expire": 60,
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = folder("STATIC_ROOT", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": OBJECT_STORAGE if text("S3_BUCKET") else DISK,
    "staticfiles": {"BACKEND": f"clinic.compressing.{'SmallFiles' if SHARED else 'QuicklySmallFiles'}"},
}
MAX_UPLOAD_BYTES = 40 * 1024 * 1024
"""The largest body that is read at all: a picture, sent by somebody with a session."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A plan of 500 exercises at the desk: about 20 fields each, and the reasons.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000

# --- Who comes in ----------------------------------------------------------------------------------------

# This machine's own names are always right: health checks ask by them.
ALLOWED_HOSTS = [
    *words("ALLOWED_HOSTS"),
    urlsplit(PUBLIC_URL).hostname or "",
    "localhost",
    "127.0.0.1",
    "[::1]",
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
PORTAL_TROUBLE = "plans.portal.trouble.trouble_page"
CSRF_FAILURE_VIEW = "plans.admin.csrf.csrf_failure"
PROXY_COUNT = number("PROXY_COUNT", 0, low=0, high=5)
"""How many proxies of ours stand in front, each adding to X-Forwarded-For; with 0 nobody believes it."""
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
AUTH_USER_MODEL = "plans.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "plans.actions.people.RecordedPasswords"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Axes asks before each sign-in and hears of each; what is counted, and where, stands in the handler.
AXES_HANDLER = "plans.sign_in.SignInBrakes"
AXES_LOCKOUT_CALLABLE = "plans.sign_in.wait_page"
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
AXES_VERBOSE = False

SESSION_IDLE_SECONDS = number("SESSION_IDLE_MINUTES", 30, low=1, high=1440) * 60
SESSION_COOKIE_AGE = number("SESSION_HOURS", 12, low=1, high=72) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS and flag("HSTS_SUBDOMAINS", default=True)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# --- API -------------------------------------------------------------------------------------------------

API_CALLS_PER_MINUTE = number("API_CALLS_PER_MINUTE", 600, low=1, high=1_000_000)
"""How many calls one key, or one signed-in person, may make in a minute."""
API_MAX_BYTES = 1024 * 1024

# --- Personal links --------------------------------------------------------------------------------------

LINK_MAX_DAYS = number("LINK_MAX_DAYS", 365, low=1, high=3650)
"""How many days after its plan was last published a personal link opens at the most."""

PORTAL_HELP = text("PORTAL_HELP")
"""How patients reach help, in the clinic's own words: on every page that does not let somebody in."""

EMAIL_FILE_PATH = DATA_DIR / "mails"
"""Where mails lie that no server takes, as EMAIL_HOST is not set."""

# --- Words, days, logs -----------------------------------------------------------------------------------

LANGUAGE_CODE = SOURCE
LANGUAGES = [(language.code, language.name) for language in TABLE.values()]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "plans/admin/locale"]  # what patients read wins
TIME_ZONE = text("TIME_ZONE", "UTC")
USE_TZ = True
LOGGING = logging_settings(level=text("LOG_LEVEL", "INFO").upper(), details=DEBUG)
LOGGING_CONFIG = "clinic.logs.configure"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
