"""Keys that the embedded default makes for itself, once, in files that only their owner can read."""

import os
import secrets
from pathlib import Path


def local_key(folder: Path, name: str) -> str:
    """Return the key kept in `folder`/`name`; make it (256 bits, base64url) when it is not there yet.

    Several processes may start at the same moment: the first link wins and all read the same key.
    """
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
