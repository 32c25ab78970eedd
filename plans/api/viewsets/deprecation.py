"""What still works and will not always (RFC 9745)."""

from datetime import UTC, datetime

from django.http import HttpResponseBase

WORDS_IN_ADDRESSES = datetime(2026, 12, 1, tzinfo=UTC)
"""Since when words that may name a patient belong in the body of a search, and no longer in an address."""
MORE = "/api/v1/docs/#deprecated"


def deprecate(response: HttpResponseBase) -> None:
    response["Deprecation"] = f"@{WORDS_IN_ADDRESSES.timestamp():.0f}"
    response["Link"] = f'<{MORE}>; rel="deprecation"; type="text/html"'
