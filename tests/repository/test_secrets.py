"""What lies beside the code on the machine of who runs it must reach neither git nor an image."""

import re
import subprocess

import pytest

from tests.repository.facts import ROOT, tracked

PRIVATE = [
    ".env",
    ".env.production",
    "production.env",
    "var/clinic.sqlite3",
    "var/keys/link_key",
    "var/media/pictures/x.jpeg",
    "clinic.sqlite3",
    "clinic.sqlite3-wal",
    "copy.sqlite3",
    "clinic.dump",
    "backup.sql",
    "backup.sql.gz",
    "server.pem",
    "server.key",
]
BROUGHT_BY_HAND = ["backup/2026", "patients.csv", "dump", "keys/link_key", ".ssh/id_ed25519", ".git/config"]


@pytest.mark.parametrize("name", PRIVATE)
def test_git_takes_no_secret_and_no_patient(name):
    ended = subprocess.run(
        ["git", "check-ignore", "--no-index", "--quiet", name], cwd=ROOT, check=False, capture_output=True
    )

    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("name", [*PRIVATE, *BROUGHT_BY_HAND, "plans/.env", "plans/copy.sqlite3"])
def test_the_image_takes_no_secret_and_no_patient(name):
    assert stays_out(name)


def test_the_image_takes_all_that_the_service_runs_on():
    parts = ("clinic/", "plans/", "templates/", "static/", "locale/")
    names = [str(path.relative_to(ROOT)) for path in tracked()]
    needed = [name for name in names if name.startswith(parts)] + ["LICENSE", "manage.py", "requirements.txt"]

    assert [name for name in needed if stays_out(name)] == []


def test_nothing_that_git_should_not_take_is_in_it():
    ended = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    assert ended.stdout == ""


def stays_out(name):
    """Whether .dockerignore keeps a path out of the image: the last pattern that fits it or a folder above decides."""
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    out = False
    for line in lines:
        if line and not line.startswith("#"):
            parts = name.split("/")
            paths = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            if any(as_pattern(line.removeprefix("!")).fullmatch(path) for path in paths):
                out = not line.startswith("!")
    return out


def as_pattern(glob):
    words = re.split(r"(\*\*/|\*)", glob)
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*"}
    return re.compile("".join(meaning.get(word, re.escape(word)) for word in words))
