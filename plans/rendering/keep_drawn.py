"""A drawing's bytes into private storage: equal bytes are kept once, and a lost file is put back."""

import io

from django.db import IntegrityError, transaction
from PIL import Image

from plans.drawer import MEDIA_TYPE, MOVING_TYPE
from plans.models import Picture
from plans.rendering import storage

ENDINGS = {MEDIA_TYPE: "png", MOVING_TYPE: "webp"}


def keep_drawn(data: bytes, *, media_type: str = MEDIA_TYPE) -> Picture:
    """Return the kept picture of these bytes. Raises StorageFailed."""
    sha256 = storage.sha256_of(data)
    known = _known(sha256)
    if known and storage.exists(known.file.name or ""):
        return known
    name = storage.keep(f"pictures/{sha256}.{ENDINGS[media_type]}", data)
    if known:
        # A record is written once; where its bytes lie is no part of what it says.
        Picture.objects.filter(pk=known.pk).update(file=name)
        known.file.name = name
        return known
    return _insert(sha256, data, name, media_type)


def _known(sha256: str) -> Picture | None:
    return Picture.objects.filter(sha256=sha256, clinic=None).first()


def _insert(sha256: str, data: bytes, name: str, media_type: str) -> Picture:
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    row = Picture(sha256=sha256, media_type=media_type, width=width, height=height, file=name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Two drew the same at once: the first one's is kept.
        storage.discard(name)
        return Picture.objects.get(sha256=sha256, clinic=None)
    return row
