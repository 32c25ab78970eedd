"""Where files are kept when there is no object storage."""

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="clinic.storage.PrivateFiles")
class PrivateFiles(FileSystemStorage):
    """Files in a folder that no address leads to: views check who asks, then open them."""

    def url(self, name: str | None) -> str:
        """Refuse with ValueError, as Django does for storages that are not accessible via a URL."""
        raise ValueError(f"{name} is private: it is opened by a view that checks, not by an address")
