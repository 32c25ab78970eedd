"""Skips a preparation whose inputs are what they were the last time."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """The digest of some files and folders, kept in a file beside what was made of them."""

    path: Path
    sources: Iterable[Path]

    def holds(self) -> bool:
        return self.path.exists() and self.path.read_text() == self._digest()

    def write(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.write_text(self._digest())

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for source in self.sources:
            files = sorted(source.rglob("*")) if source.is_dir() else [source]
            for file in files:
                if file.is_file() and file.suffix != ".pyc":
                    digest.update(f"{file}\0{file.stat().st_size}\0".encode())
                    digest.update(file.read_bytes())
        return digest.hexdigest()
