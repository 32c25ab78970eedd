"""The kept releases, and copies of them that a test may work on."""

import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.engines import postgres_programs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RELEASES = sorted(path.parent.name for path in HERE.glob("*/about.json"))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
ENGINE = "postgresql" if DATABASE_URL else "sqlite"


COLUMNS = {
    "sqlite": """SELECT tables.name, columns.name, columns.type, columns."notnull", columns.pk
        FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'""",
    "postgresql": """SELECT table_name, column_name, data_type, is_nullable, character_maximum_length::text
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION SELECT conrelid::regclass::text, conname, contype::text,
            CASE contype WHEN 'c' THEN '' ELSE pg_get_constraintdef(oid) END, ''
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
}


@dataclass
class Copy:
    """A copy of a release's database and files."""

    about: dict
    database: str
    files: Path

    @property
    def environment(self):
        return {
            **os.environ,
            **self.about["keys"],
            "DJANGO_SETTINGS_MODULE": "tests.releases.settings",
            "TEST_DATABASE": self.database,
            "RELEASE_FILES": str(self.files),
        }

    def start(self, *arguments, **environment):
        """Start a program of today's code on it."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments, **environment):
        """Run a program of today's code on it; return its exit status, what it said, and what it complained of."""
        process = self.start(*arguments, **environment)
        said, complained = process.communicate(timeout=300)
        return process.returncode, said, complained

    def columns(self):
        """Return each table's columns, and what a value must be there."""
        return {tuple(row) for row in self.ask(COLUMNS[ENGINE])}

    def ask(self, sql):
        """Return the rows of a query, without the service."""
        if ENGINE == "sqlite":
            with closing(sqlite3.connect(self.database)) as link:
                return link.execute(sql).fetchall()
        with psycopg.connect(DATABASE_URL, dbname=self.database) as link:
            return link.execute(sql).fetchall()


def copy_of(release, folder):
    """Unpack a release into this folder, its database for the engine that the tests run on."""
    about = json.loads((HERE / release / "about.json").read_text())
    files = folder / "media"
    with tarfile.open(HERE / release / f"{ENGINE}-files.tar.xz") as archive:
        archive.extractall(files, filter="data")
    packed = HERE / release / f"{ENGINE}.xz"
    facts = {**about, **about["engines"][ENGINE]}
    copy = empty_database(facts, folder)
    if ENGINE == "sqlite":
        with lzma.open(packed) as source, open(copy.database, "wb") as target:
            shutil.copyfileobj(source, target)
        return copy
    subprocess.run(
        [
            postgres_programs() / "psql",
            "--quiet",
            "--set",
            "ON_ERROR_STOP=1",
            "--dbname",
            url_of(copy.database),
        ],
        input=lzma.decompress(packed.read_bytes()),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return copy


def empty_database(about, folder):
    """Make a database with nothing in it, and an empty folder of files unless there is one."""
    files = folder / "media"
    files.mkdir(exist_ok=True)
    if ENGINE == "sqlite":
        return Copy(about, str(folder / "clinic.sqlite3"), files)
    name = f"release_{uuid4().hex}"
    with psycopg.connect(DATABASE_URL, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
    return Copy(about, name, files)


def drop(copy):
    """Remove the copy's database from the server."""
    if ENGINE == "postgresql":
        with psycopg.connect(DATABASE_URL, autocommit=True) as link:
            link.execute(f"DROP DATABASE {copy.database} WITH (FORCE)")


def url_of(database):
    """Return the address of another database on the same server."""
    return urlsplit(DATABASE_URL)._replace(path=f"/{database}").geturl()
