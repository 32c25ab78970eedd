"""Readers of environment variables that fail loudly and name the variable."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from clinic.keys import local_key

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    word = text(name).lower()
    if word and word not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}")
    return word in YES if word else default


def number(name: str, default: int, *, low: int, high: int) -> int:
    word = text(name, str(default))
    if not word.isdecimal() or not low <= int(word) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {word!r}")
    return int(word)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Read the path of a folder, made absolute so that every process means the same one."""
    return Path(text(name, str(default))).resolve()


def keys(name: str, *, local: Path | None) -> list[str]:
    """Read secret keys, newest first; each at least 32 characters.

    `local` is the folder in which the embedded default keeps one of its own making; None means that the
    environment must give them, because several machines have to share them.
    """
    given = words(name)
    if not given and local is None:
        raise ImproperlyConfigured(f"{name} must be set when DATABASE_URL is: all machines share it")
    if any(len(key) < 32 for key in given):
        raise ImproperlyConfigured(f"{name} must have at least 32 characters")
    return given or [local_key(local, name.lower())] if local else given
