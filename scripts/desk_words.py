"""Gather every word of the desk that is marked, and bring the Spanish catalogues up to date with them.

Run: python -m scripts.desk_words          writes plans/admin/locale/es: new words are added without a translation,
                                           words that are no longer used go; what is translated stays as it is.

Marked are: {% translate %} and {% blocktranslate %} in templates; gettext in plans/admin and in static/desk; names of
fields, help texts and choices of the models (plans/model_words.py); messages of the errors; and the words of the theme
that the framework does not bring in Spanish.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from importlib import import_module
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "plans" / "admin" / "locale" / "es" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
TEMPLATES = (
    "templates/desk",
    "templates/admin",
    "templates/unfold",
    "templates/stale.html",
    "templates/newer.html",
)
SOURCES = (
    "plans/admin",
    "plans/queries/record_text.py",
    "plans/queries/draft_changes.py",
    "plans/queries/follow_up_sentences.py",
    "plans/sign_in.py",
    "clinic/settings_desk.py",
)
# Said to programs, to patients, on a terminal, and by the worker, which no address leads to.
ELSEWHERE = ("plans.api.", "plans.fhir.", "plans.portal.", "plans.management.", "plans.rendering.job")
KEYWORDS = (
    *("gettext_noop", "gettext_lazy", "_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3"),
    *("pgettext_lazy:1c,2", "npgettext_lazy:1c,2,3"),
)
HEAD = """msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;\\n"
"""


def template_of(domain: str) -> str:
    """Return the catalogue without translations: every marked word once, with the files that say it."""
    with tempfile.TemporaryDirectory() as folder:
        if domain == "djangojs":
            for path in (ROOT / "static" / "desk").glob("*.js"):
                _put(Path(folder), path.relative_to(ROOT), path.read_text(encoding="utf-8"))
            return _extract(Path(folder), "JavaScript")
        for name, text in _python_sources():
            _put(Path(folder), Path(name), text)
        return _extract(Path(folder), "Python")


def keys_of(catalogue: str) -> set[object]:
    """Return what a catalogue has words for; an entry without a translation counts for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder) / "words.mo"
        _run("msgfmt", "--check-format", "-o", str(compiled), "-", sent=catalogue)
        if not compiled.exists():  # nothing is translated, which msgfmt does not write down
            return set()
        with compiled.open("rb") as file:
            words = GNUTranslations(file)
    return {key[0] if isinstance(key, tuple) else key for key in words._catalog} - {""}  # type: ignore[attr-defined]


def wanted(domain: str) -> set[object]:
    """Return the keys that a complete catalogue has."""
    return keys_of(_run("msgen", "-", sent=template_of(domain)))


def _python_sources() -> Iterator[tuple[str, str]]:
    from django.utils.translation.template import templatize

    for start in TEMPLATES:
        for path in _files(start, "*.html"):
            yield f"{path.relative_to(ROOT)}.py", templatize(path.read_text(encoding="utf-8"))
    for start in SOURCES:
        for path in _files(start, "*.py"):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    yield "plans/models.py", _as_code(_model_words())
    yield "plans/errors.py", _as_code(messages())
    yield "theme.py", _as_code(_theme_words())


def _files(start: str, kind: str) -> list[Path]:
    path = ROOT / start
    return [path] if path.is_file() else sorted(path.rglob(kind))


def _as_code(words: set[str]) -> str:
    return "\n".join(f"gettext({word!r})" for word in sorted(words))


def _model_words() -> set[str]:
    from plans.model_words import MARKED

    return {word for word in MARKED if word not in _framework()}


def messages() -> set[str]:
    """What the domain refuses with, without what programs alone are told."""
    from plans.exceptions import PlansError

    import_module("plans.urls")  # all that an address leads to, and so all that can be refused
    import_module("plans.tasks")  # and what the worker ends with, which a page tells
    return {
        kind.message()
        for kind in _children(PlansError)
        if kind.__module__.startswith("plans.") and not kind.__module__.startswith(ELSEWHERE)
    }


def _children(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _children(child)


def _theme_words() -> set[str]:
    """The theme brings no Spanish; most of its words are the framework's own, which does."""
    import unfold
    from django.utils.translation.template import templatize

    theme = Path(unfold.__file__).parent
    with tempfile.TemporaryDirectory() as folder:
        for path in (theme / "templates").rglob("*.html"):
            _put(
                Path(folder),
                Path(f"{path.relative_to(theme)}.py"),
                templatize(path.read_text(encoding="utf-8")),
            )
        for path in theme.rglob("*.py"):
            _put(Path(folder), path.relative_to(theme), path.read_text(encoding="utf-8"))
        found = keys_of(_run("msgen", "-", sent=_extract(Path(folder), "Python")))
    # A word with a context or an own layout is of a page that the desk has not.
    words = {word for word in map(str, found) if "\x04" not in word and not word.startswith("\n")}
    return words - _framework()


@cache
def _framework() -> set[str]:
    """What the framework's own Spanish has."""
    found: set[str] = set()
    for part in ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes"):
        compiled = Path(django.__file__).parent / part / "locale/es/LC_MESSAGES/django.mo"
        with compiled.open("rb") as file:
            found |= {str(key) for key in GNUTranslations(file)._catalog}  # type: ignore[attr-defined]
    return found


def _put(folder: Path, name: Path, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _extract(folder: Path, language: str) -> str:
    names = "\n".join(sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()))
    flags = [f"--keyword={keyword}" for keyword in KEYWORDS]
    command = ["xgettext", f"--language={language}", "--from-code=UTF-8", "--add-location=file", "-o", "-"]
    # Asked to omit its header, it would drop every letter that is not ASCII: quotes, dashes, arrows.
    found = _run(*command, *flags, "-f", "-", sent=names, folder=folder)
    return HEAD + found.partition("\n\n")[2]


def _run(*command: str, sent: str, folder: Path = ROOT) -> str:
    done = subprocess.run(command, input=sent, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    django.setup()
    for domain in DOMAINS:
        catalogue = CATALOGUES / f"{domain}.po"
        with tempfile.NamedTemporaryFile("w", suffix=".pot", encoding="utf-8") as template:
            template.write(template_of(domain))
            template.flush()
            merge = ("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--sort-by-file", "-o", "-")
            merged = _run(*merge, str(catalogue), template.name, sent="")
        kept = _run("msgattrib", "--no-obsolete", "--no-wrap", "-", sent=merged)
        catalogue.write_text(kept, encoding="utf-8")
        missing = len(wanted(domain) - keys_of(kept))
        print(f"{catalogue.relative_to(ROOT)}: {missing} without a translation")


if __name__ == "__main__":
    main()
