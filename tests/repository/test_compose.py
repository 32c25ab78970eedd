"""The container files, as far as they can be judged without a container engine."""

import importlib.util
import json
import re
import shlex
from importlib import resources

import jsonschema
import pytest
import yaml
from django.conf import settings

from clinic import serve
from tests.repository.facts import ROOT, environment_names

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = {name: service for name, service in COMPOSE["services"].items() if "build" in service}


def test_follows_the_compose_schema():
    schema = resources.files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"

    jsonschema.validate(COMPOSE, json.loads(schema.read_text()))


def test_has_all_parts():
    assert set(COMPOSE["services"]) == {
        "migrate",
        "web",
        "worker",
        "webhooks",
        "scheduler",
        "postgres",
        "redis",
    }


@pytest.mark.parametrize("name", [*OURS, "postgres", "redis"])
def test_everything_that_keeps_running_has_a_health_check(name):
    check = COMPOSE["services"][name]["healthcheck"]

    assert "test" in check or (name == "migrate" and check["disable"])


@pytest.mark.parametrize("name", OURS)
def test_every_command_names_modules_and_management_commands_that_exist(name, run_manage):
    known = run_manage("help", "--commands").stdout.split()
    command = OURS[name]["command"]
    words = [
        word for part in command for word in (shlex.split(part) if part.startswith("python") else [part])
    ]

    modules = [words[at + 1] for at, word in enumerate(words) if word == "-m"]
    manage = [words[at + 1] for at, word in enumerate(words) if word == "manage.py"]

    assert modules or manage
    assert all(importlib.util.find_spec(module) for module in modules)
    assert set(manage) <= set(known)


@pytest.mark.parametrize("name", OURS)
def test_every_probe_exists(name):
    from clinic.probe import PROBES

    test = OURS[name]["healthcheck"].get("test")

    assert test is None or test[-1] in PROBES


def test_every_variable_of_the_settings_can_be_given_and_no_other_is():
    given = set(OURS["web"]["environment"])
    whole = (ROOT / "docker-compose.yml").read_text()
    elsewhere = {"HOST", "PORT", "WORKER_PROCESSES"}  # on the command line or in the published port

    assert environment_names() - elsewhere == given
    assert "${WORKER_PROCESSES" in whole


def test_secrets_are_demanded_and_never_written_here():
    environment = OURS["web"]["environment"]

    for name in ("SECRET_KEY", "LINK_KEY", "PUBLIC_URL"):
        assert environment[name].startswith(f"${{{name}:?")
    assert "${POSTGRES_PASSWORD:?" in environment["DATABASE_URL"]


def test_ports_agree():
    published = OURS["web"]["ports"][0]

    assert published.endswith(":8000")
    assert published.startswith("127.0.0.1:")
    assert OURS["web"]["command"][-1].endswith(":8000")
    assert "EXPOSE 8000" in DOCKERFILE


def test_services_that_are_named_in_addresses_exist():
    environment = OURS["web"]["environment"]
    hosts = re.findall(r"(?:@|redis://)([a-z]+):\d+", environment["DATABASE_URL"] + environment["REDIS_URL"])

    assert set(hosts) <= set(COMPOSE["services"])
    assert len(hosts) == 2


def test_every_named_volume_is_declared():
    used = {volume.split(":")[0] for one in COMPOSE["services"].values() for volume in one.get("volumes", [])}

    assert used == set(COMPOSE["volumes"])


def test_the_worker_may_finish_what_it_holds(settings):
    assert int(OURS["worker"]["stop_grace_period"].removesuffix("s")) > settings.CELERY_TASK_TIME_LIMIT


def test_the_image_runs_as_nobody_special_and_copies_what_exists():
    assert re.search(r"^USER service$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER service") < DOCKERFILE.index("\nCMD")
    for source in re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE):
        assert (ROOT / source).exists()


def test_the_image_brings_the_libraries_that_the_setup_installs():
    setup = (ROOT / "scripts/setup.sh").read_text()

    for package in (
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
        "libheif-examples",
        "gettext",
        "ca-certificates",
    ):
        assert package in setup
        assert package in DOCKERFILE


def test_workers_everywhere_look_for_what_a_therapist_waits_for_before_the_many():
    command = OURS["worker"]["command"]

    assert command[command.index("--queues") + 1] == serve.QUEUES == "default,render,bulk"
    assert serve.WORKER[serve.WORKER.index("--queues") + 1] == serve.QUEUES
    sender = OURS["webhooks"]["command"]
    assert sender[sender.index("--queues") + 1] == "webhooks"
    assert serve.WEBHOOKS[1:] == [*sender[1:5], *serve.WEBHOOKS[5:]]
    assert set(serve.WEBHOOKS[5:]) == set(sender[5:])
    # Only with this strategy the order means anything.
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["queue_order_strategy"] == "priority"
