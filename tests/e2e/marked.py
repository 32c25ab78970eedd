"""Marked words, and all places in which they might turn up while the service runs."""

import io
import json
import logging
import re
import threading
from base64 import b64decode
from binascii import Error as NoBase64
from contextlib import contextmanager, suppress
from datetime import date
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPErrorProcessor, Request, build_opener

import pikepdf
import redis
from django.apps import apps
from django.conf import settings
from django.db import connection
from structlog.stdlib import ProcessorFormatter

from clinic.logs import logging_settings

BIRTH_DATE = date(1947, 3, 29)
NAME, RECORD_NUMBER = "Quibblewick Zanzimarr", "Plonkerby-77"
ADDRESS, TYPED_ADDRESS = "plumbletwist@marked.example", "grobblesnick@marked.example"
EXERCISE_WORDS, DAY_WORDS, GOAL, WHEN = "Xylowortig", "Brindlemumpf", "Fizzgurdlesome", "Wobblecroftish"
REFUSED = ("Grumblethwack", "Snorklebury", "Twizzlepond", "Snizzlefrump", "Ploddlewharf")
"""Words of what is refused, so they are kept nowhere at all."""
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%B %d, %Y", "%d %B %Y", "%Y%m%d")
MARKS = tuple(
    word.casefold()
    for word in (
        *NAME.split(), RECORD_NUMBER, ADDRESS.partition("@")[0], TYPED_ADDRESS.partition("@")[0], EXERCISE_WORDS,
        DAY_WORDS, GOAL, WHEN, *REFUSED, *(BIRTH_DATE.strftime(form) for form in DATE_FORMS), "29.3.1947", "3/29/1947",
    )
)  # fmt: skip
IN_BASE64 = re.compile(rb"[A-Za-z0-9+/]{16,}={0,2}")


def marks_in(text):
    """The marked words in a text, whatever their case, also as an address writes them."""
    plain = f"{text} {unquote(text)}".casefold()
    return {mark for mark in MARKS if mark in plain}


class Places:
    """What was seen on the way, by where it was seen."""

    def __init__(self):
        self.seen = {}

    def note(self, place, text):
        self.seen.setdefault(place, set()).add(str(text))

    def note_bytes(self, place, data):
        """Note also what is written in base64, as the broker's messages are."""
        self.note(place, data.decode(errors="replace"))
        for part in IN_BASE64.findall(data):
            try:
                self.note(place, b64decode(part, validate=True).decode(errors="replace"))
            except NoBase64:
                continue

    def with_marks(self):
        return {
            (place, mark, text[:400])
            for place, texts in self.seen.items()
            for text in texts
            for mark in marks_in(text)
        }


class Browser:
    """A person's browser at a real server. It notes addresses, headers, titles and calendar files."""

    def __init__(self, port, places, who):
        self.base, self.places, self.who = f"http://127.0.0.1:{port}", places, who
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies), _AnswersAll)
        self.headers = {}

    def get(self, path):
        return self._ask(Request(self.base + path, headers=self.headers))

    def post(self, path, fields):
        """Send a form, or what is no mapping as JSON."""
        is_form = isinstance(fields, dict)
        kind = "application/x-www-form-urlencoded" if is_form else "application/json"
        body = urlencode(fields, doseq=True) if is_form else json.dumps(fields)
        return self._ask(Request(self.base + path, body.encode(), {**self.headers, "Content-Type": kind}))

    def _ask(self, request):
        """Return the status and the body of where it leads."""
        with self.opener.open(request, timeout=60) as answer:
            data = answer.read()
        note, kind = self.places.note, answer.headers.get_content_type()
        note(f"{self.who}: addresses", urlsplit(answer.url).path)
        note(f"{self.who}: headers", answer.headers)
        if kind == "text/html":
            page = _Page(data.decode())
            note(f"{self.who}: titles", page.title)
            for address in page.addresses:
                note(f"{self.who}: addresses in pages", address)
        elif kind == "text/calendar":
            note("calendar files", data.decode())
        return answer.status, data


class _AnswersAll(HTTPErrorProcessor):
    def http_response(self, request, response):
        leads_on = response.status in (301, 302, 303)
        return super().http_response(request, response) if leads_on else response


class _Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.title, self.addresses, self._in_title = "", [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._in_title = tag == "title"
        named = [value or "" for name, value in attrs if name in ("href", "src", "action", "download")]
        self.addresses += [value for value in named if not value.startswith(("mailto:", "tel:"))]

    def handle_data(self, data):
        if self._in_title:
            self.title += data
            self._in_title = False


@contextmanager
def watching(places):
    """Note what the broker is told, by which words processes run, and what this process logs, until the end."""
    over = threading.Event()
    client = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    monitor = client.monitor().__enter__()
    watchers = [
        threading.Thread(target=_listen, args=(monitor.connection, places, over), daemon=True),
        threading.Thread(target=_look_at_processes, args=(places, over), daemon=True),
    ]
    lines, handler = _own_lines()
    for watcher in watchers:
        watcher.start()
    try:
        yield
    finally:
        over.set()
        for watcher in watchers:
            watcher.join(timeout=30)
        monitor.connection.disconnect()
        client.close()
        logging.getLogger().removeHandler(handler)
        places.note("logs of this process", lines.getvalue())


def _listen(connection, places, over):
    while not over.is_set():
        if connection.can_read(timeout=0.5):
            places.note_bytes("broker", connection.read_response())


def _look_at_processes(places, over):
    while not over.wait(0.2):
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                places.note("processes", process.read_bytes().decode(errors="replace"))
            except OSError:
                continue


def _own_lines():
    """Log as the service does, into a file of ours."""
    lines = io.StringIO()
    form = logging_settings(level="INFO", details=False)["formatters"]["json"]
    handler = logging.StreamHandler(lines)
    handler.setFormatter(
        ProcessorFormatter(processors=form["processors"], foreign_pre_chain=form["foreign_pre_chain"])
    )
    logging.getLogger().addHandler(handler)
    return lines, handler


def columns_with_marks():
    """The columns of the whole database in which a marked word stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {", ".join(f"""{chr(34)}{name}{chr(34)}""" for name in columns)} FROM "{table}"'
            )
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}"
                    for name, value in zip(columns, row, strict=True)
                    if marks_in(str(value))
                }
    return found


def files_in(folder):
    """All files as they are now: a folder is shared with the tests before, some of whose PDFs are none."""
    found = set()
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a database's journal comes and goes
            found.add((file, file.stat().st_mtime_ns))
    return found


def note_files(places, folder, *, before=frozenset()):
    """Note the names of new files, what stands in them, and what a PDF says of itself; the database was looked at."""
    for file, _ in files_in(folder) - before:
        places.note("file names", file.relative_to(folder))
        if file.suffix == ".pdf":
            with pikepdf.open(file) as pdf:
                places.note("metadata of PDFs", pdf.docinfo)
                with pdf.open_metadata() as metadata:
                    places.note("metadata of PDFs", metadata)
        elif file.is_file() and ".sqlite3" not in file.name:
            places.note_bytes("files", file.read_bytes())
