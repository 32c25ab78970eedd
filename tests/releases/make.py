"""Makes the small database of this release that later releases are tried on: `make release-fixture`.

An SQLite file and a PostgreSQL dump, each of a service of its own, with the files that its rows name. Run it at the
commit of the release, with nothing changed beside it; `python -m tests.engines` gives it PostgreSQL and Redis.
"""

import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from plans import __version__
from tests.engines import postgres_programs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
KEYS = {
    "SECRET_KEY": "test-key-of-a-kept-release-for-no-service-whatever",
    "LINK_KEY": "test-key-for-the-links-of-a-kept-release-for-no-service",
}
SERVICE = ("clinic", "locale", "manage.py", "plans", "requirements.txt", "static", "templates")
"""What a release is made of: the commit that is named is the last that changed some of it."""
MAX_BYTES = 1_000_000


def main():
    if git("status", "--porcelain"):
        return "Commit first: the fixture names the commit that made it."
    if "DATABASE_URL" not in os.environ:
        return "Run it with PostgreSQL: python -m tests.engines python -m tests.releases.make"
    engines, files = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for engine, make in (("sqlite", sqlite_file), ("postgresql", postgresql_dump)):
            data_dir = Path(folder) / engine
            data_dir.mkdir(mode=0o700)
            engines[engine] = fill(engine, data_dir)
            files[f"{engine}.xz"] = lzma.compress(make(data_dir), preset=9 | lzma.PRESET_EXTREME)
            files[f"{engine}-files.tar.xz"] = packed(data_dir / "media")
    about = {
        "what": "A database that a test upgrades. Its people are invented, its keys and passwords are test keys.",
        "version": __version__,
        "commit": git("log", "-1", "--format=%H", "--", *SERVICE),
        "keys": KEYS,
        "engines": engines,
    }
    files["about.json"] = (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode()
    size = sum(map(len, files.values()))
    if size > MAX_BYTES:
        return f"The fixture has {size} bytes, more than the {MAX_BYTES} that the repository keeps for a release."
    target = HERE / __version__
    target.mkdir(exist_ok=True)
    for name, data in files.items():
        (target / name).write_bytes(data)
    print(f"{target.relative_to(ROOT)}: {size} bytes, of {about['commit']}")
    return 0


def git(*arguments):
    ended = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return ended.stdout.strip()


def fill(engine, data_dir):
    """Let people and software work on an empty service; return what they made."""
    env = {
        **os.environ,
        **KEYS,
        "DJANGO_SETTINGS_MODULE": "tests.releases.settings",
        "LOG_LEVEL": "WARNING",
        "TEST_FOLDER": str(data_dir),
        "RELEASE_FILES": str(data_dir / "media"),
    }
    if engine == "sqlite":
        env.pop("DATABASE_URL", None)
        env["TEST_DATABASE"] = str(data_dir / "clinic.sqlite3")
    ended = subprocess.run(
        [sys.executable, "-m", "tests.with_django", "tests.releases.fill"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout.splitlines()[-1])


def sqlite_file(data_dir):
    copy = data_dir / "copy.sqlite3"
    with closing(sqlite3.connect(data_dir / "clinic.sqlite3")) as link:
        link.execute("VACUUM INTO ?", [str(copy)])
    return copy.read_bytes()


def postgresql_dump(_):
    command = [postgres_programs() / "pg_dump", "--no-owner", "--no-privileges", os.environ["DATABASE_URL"]]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def packed(folder):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:xz", preset=9) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.add(path, arcname=path.relative_to(folder), filter=anonymous)
    return out.getvalue()


def anonymous(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    sys.exit(main())
