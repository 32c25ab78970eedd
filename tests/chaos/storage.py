"""A disk that runs full in the middle of a file, while FULL exists beside it."""

import errno
from pathlib import Path

from django.core.files.base import ContentFile

from clinic.storage import PrivateFiles


class SometimesFull(PrivateFiles):
    def _save(self, name, content):
        if not Path(f"{self.location}.FULL").exists():
            return super()._save(name, content)
        data = content.read()
        super()._save(name, ContentFile(data[: len(data) // 2]))
        raise OSError(errno.ENOSPC, "No space left on device")
