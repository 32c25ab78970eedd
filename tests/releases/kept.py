"""The kept releases, and copies of them that a test may work on."""

import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests.engines import postgres_programs

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RELEASES = sorted(
    (path.parent.name for path in HERE.glob("*/about.json")),
    key=lambda name: [int(number) for number in name.split(".")],
)
"""The kept releases, the newest last."""
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
DAYS = {
    "sqlite": """SELECT tables.name, columns.name, columns.type
        FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.type IN ('date', 'datetime')""",
    "postgresql": """SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type IN ('date', 'timestamp with time zone')""",
}
"""The columns that hold days and moments."""
BIRTH_DATE = "birth_date"
"""It stays: the patient types it to open the link."""


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
        with self.connected() as link:
            return link.execute(sql).fetchall()

    @contextmanager
    def connected(self):
        if ENGINE == "sqlite":
            with closing(sqlite3.connect(self.database)) as link, link:
                yield link
        else:
            with psycopg.connect(DATABASE_URL, dbname=self.database) as link:
                yield link

    def bring_to_today(self):
        """Let it be as if it had been made within the last day: in a year its key and its link would be over."""
        ((made,),) = self.ask("SELECT max(applied) FROM django_migrations")
        made = datetime.fromisoformat(made).replace(tzinfo=UTC) if ENGINE == "sqlite" else made
        self.move((datetime.now(UTC) - made).days)

    def move(self, days):
        """Move each day and moment of it by so many days."""
        columns = [column for column in self.ask(DAYS[ENGINE]) if column[1] != BIRTH_DATE]
        with self.connected() as link:
            for table, name, kind in columns:
                if ENGINE == "postgresql":
                    unit = 1 if kind == "date" else timedelta(days=1)
                    link.execute(f'UPDATE "{table}" SET "{name}" = "{name}" + %s', [days * unit])
                    continue
                read = date.fromisoformat if kind == "date" else datetime.fromisoformat
                rows = link.execute(f'SELECT rowid, "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL')
                moved = [(str(read(text) + timedelta(days=days)), row) for row, text in rows]
                link.executemany(f'UPDATE "{table}" SET "{name}" = ? WHERE rowid = ?', moved)


def copy_of(release, folder):
    """Unpack a release into this folder, its database for the engine that the tests run on, as if made today."""
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
    else:
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
    copy.bring_to_today()
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
