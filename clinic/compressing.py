"""What goes over the wire is small: pages by gzip, static files made small once, when they are collected."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:  # whitenoise carries no types
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage as CompressedFiles

    Compressor = Any
else:
    from whitenoise.compress import Compressor
    from whitenoise.storage import CompressedManifestStaticFilesStorage as CompressedFiles

WORDS = ("text/", "application/json", "application/javascript", "application/problem+json", "image/svg+xml")


def compressed_pages(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Compress what is words, padded at random so that its length tells nothing of a secret in it (BREACH).

    Files are left as they are: they are compressed already, and are asked for in parts.
    """
    gzip = GZipMiddleware(answer)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if isinstance(response, HttpResponse) and response.get("Content-Type", "").startswith(WORDS):
            return gzip.process_response(request, response)
        return response

    return middleware


class SmallFiles(CompressedFiles):
    """Static files by gzip and brotli, made where the service is built."""


class QuicklySmallFiles(CompressedFiles):
    """The same by gzip alone: brotli takes longer than all else at the first start of one machine."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressor(**kwargs, use_brotli=False)
