import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
REAL = {
    "DATABASE_URL": "postgresql://clinic@localhost/clinic",
    "SECRET_KEY": "s" * 50,
    "LINK_KEY": "l" * 50,
}


def read(names, *, data_dir, **environment):
    """Import the service's settings in a process of their own; return the named values."""
    code = (
        "import json; from clinic import settings as s; "
        f"print(json.dumps([getattr(s, n) for n in {list(names)!r}], default=str))"
    )
    return run(code, data_dir=data_dir, **environment)


def run(code, *, data_dir, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def values(*names, **arguments):
    ended = read(names, **arguments)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize(("given", "on"), [({}, True), ({"HANDOUT_FRAGMENTS": "0"}, False)])
def test_kept_page_fragments_can_be_switched_off(tmp_path, given, on):
    assert values("HANDOUT_FRAGMENTS", data_dir=tmp_path, **given) == [on]


def test_a_wrong_value_of_the_switch_is_refused_in_words(tmp_path):
    ended = read([], data_dir=tmp_path, HANDOUT_FRAGMENTS="2")
    assert "HANDOUT_FRAGMENTS must be 1 or 0, not '2'" in ended.stderr


@pytest.mark.parametrize(
    ("given", "read"), [({}, ""), ({"PORTAL_HELP": " Call us\n8 to 17 "}, "Call us\n8 to 17")]
)
def test_how_to_reach_help_may_have_several_lines_and_is_empty_by_itself(tmp_path, given, read):
    assert values("PORTAL_HELP", data_dir=tmp_path, **given) == [read]


def test_nothing_set_is_the_embedded_default(tmp_path):
    databases, broker, debug, tls = values(
        "DATABASES", "CELERY_BROKER_URL", "DEBUG", "TLS", data_dir=tmp_path / "var"
    )

    assert databases["default"]["ENGINE"] == "django.db.backends.sqlite3"
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert broker.startswith("redis+socket://")
    assert (debug, tls) == (False, False)
    assert {path.name for path in (tmp_path / "var" / "keys").iterdir()} == {"secret_key", "link_key"}


@pytest.mark.parametrize("missing", ["SECRET_KEY", "LINK_KEY"])
def test_a_shared_database_demands_given_keys(tmp_path, missing):
    ended = read([], data_dir=tmp_path, **{name: value for name, value in REAL.items() if name != missing})

    assert ended.returncode != 0
    assert f"{missing} must be set" in ended.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("DEBUG", "perhaps"), ("PUBLIC_URL", "clinic.example"), ("PROXY_COUNT", "all")]
)
def test_a_value_that_cannot_be_meant_fails_with_its_name(tmp_path, name, value):
    ended = read([], data_dir=tmp_path, **{name: value})

    assert ended.returncode != 0
    assert name in ended.stderr.splitlines()[-1]


def test_an_https_address_makes_cookies_secure(tmp_path):
    secure, redirect, hsts, hosts = values(
        "SESSION_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        data_dir=tmp_path,
        PUBLIC_URL="https://plans.clinic.example/",
        **REAL,
    )

    assert secure is redirect is True
    assert hsts > 0
    assert "plans.clinic.example" in hosts


@pytest.mark.parametrize(
    ("given", "header"),
    [({}, "max-age=31536000; includeSubDomains"), ({"HSTS_SUBDOMAINS": "0"}, "max-age=31536000")],
)
def test_strict_transport_holds_for_sub_domains_unless_the_owner_says_no(tmp_path, given, header):
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "print(Client().get('/health/live', secure=True)['Strict-Transport-Security'])"
    )
    ended = run(
        code,
        data_dir=tmp_path / "var",
        PUBLIC_URL="https://plans.clinic.example",
        DJANGO_SETTINGS_MODULE="clinic.settings",
        **given,
    )

    assert ended.stdout.strip() == header, ended.stderr


@pytest.mark.parametrize("name", ["DATA_DIR", "MEDIA_ROOT"])
def test_a_folder_that_others_may_read_is_closed_to_them(tmp_path, name):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)

    ended = run("import clinic.settings", **{"data_dir": tmp_path / "var", name: str(folder)})

    assert ended.returncode == 0, ended.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_in_the_data_folder_can_be_reached_by_others(tmp_path):
    run("import clinic.settings", data_dir=tmp_path / "var")

    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "var" / "keys" / "secret_key").stat().st_mode) == 0o600


def test_a_message_returns_only_after_its_task_was_killed():
    """A shorter visibility time-out would run a slow task twice at once."""
    visible = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

    assert settings.CELERY_TASK_SOFT_TIME_LIMIT < settings.CELERY_TASK_TIME_LIMIT < visible


def test_every_scheduled_task_exists():
    current_app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled
    assert scheduled <= set(current_app.tasks)


def test_every_routed_task_exists():
    current_app.loader.import_default_modules()

    plain = {name for name in settings.CELERY_TASK_ROUTES if "*" not in name}

    assert plain <= set(current_app.tasks)


def test_a_message_whose_worker_is_lost_goes_to_another():
    current_app.loader.import_default_modules()
    ours = [task for name, task in current_app.tasks.items() if name.startswith("plans.")]

    assert ours
    assert all(task.acks_late and task.reject_on_worker_lost for task in ours)


def test_sweeps_run_on_machines_whose_clocks_are_minutes_apart():
    schedule = settings.CELERY_BEAT_SCHEDULE
    sweeps = [schedule[name] for name in ("sweep-renderings", "sweep-webhooks")]

    assert [one["schedule"] for one in sweeps] == [10.0, 10.0]
    assert all(one["options"]["expires"] >= 120 for one in sweeps)


def test_files_have_no_public_address():
    from django.core.files.storage import default_storage

    with pytest.raises(ValueError, match="private"):
        default_storage.url("handout.pdf")


def test_files_are_their_owners_alone_and_static_files_everybodys(tmp_path):
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    name = default_storage.save("deep/er/file", ContentFile(b"private"))
    path = Path(default_storage.path(name))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (
        stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    )
    assert staticfiles_storage.directory_permissions_mode is None
    default_storage.delete(name)


def test_without_a_mail_server_mails_are_files_of_the_service(tmp_path):
    backend, folder = values("EMAIL_BACKEND", "EMAIL_FILE_PATH", data_dir=tmp_path / "var")
    assert backend == "django.core.mail.backends.filebased.EmailBackend"
    assert folder == str(tmp_path / "var" / "mails")


def test_a_mail_server_is_spoken_to_with_tls(tmp_path):
    given = {"EMAIL_HOST": "mail.example.org", "DEFAULT_FROM_EMAIL": "plans@example.org"}
    names = ("EMAIL_BACKEND", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    assert values(*names, data_dir=tmp_path, **given) == [smtp, 587, True, False]
    assert values(*names, data_dir=tmp_path, **given, EMAIL_USE_SSL="1") == [smtp, 587, False, True]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"EMAIL_HOST": "mail.example.org"}, "DEFAULT_FROM_EMAIL must be the address"),
        ({"EMAIL_USE_SSL": "1", "EMAIL_USE_TLS": "1"}, "one of the two, not both"),
    ],
)
def test_mail_settings_that_cannot_be_meant_are_refused_in_words(tmp_path, given, said):
    assert said in read([], data_dir=tmp_path, **given).stderr
