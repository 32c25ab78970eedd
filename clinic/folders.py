"""Folders that hold what patients trust us with: for their owner alone, whoever made them."""

import stat
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(path: Path, *, name: str, make: bool, marks: Sequence[str] = ()) -> None:
    """Make the folder that the setting `name` gives, or see that nobody but its owner can enter one that is there.

    One that is empty, as `mkdir` or a package leaves it, is closed, and one in which a path of `marks` says that it
    is ours. Another is left as it is (`/srv` by a slip), and the start ends: raises ImproperlyConfigured.
    """
    if make:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.is_dir() or not _open_to_others(path):
        return
    if not any(path.iterdir()) or any((path / mark).exists() for mark in marks):
        _close(path)
    if _open_to_others(path):
        raise ImproperlyConfigured(
            f"{name} must be closed to other people of this machine, as patients' data lies in it: chmod 700 {path}"
        )


def _close(path: Path) -> None:
    try:
        path.chmod(0o700)
    except OSError:
        return  # somebody else's folder; some file systems forget it without a word


def _open_to_others(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & OTHERS)
