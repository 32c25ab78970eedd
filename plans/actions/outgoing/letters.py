"""What all our letters have in common: who sends them, how one that comes back is known, and that no one answered."""

from collections.abc import Mapping
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage


def make_letter(
    *,
    row_id: UUID,
    to: str,
    subject: str,
    paragraphs: list[str],
    sender: str = "",
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """Return a letter in plain text. Its Message-ID holds the row's id, so that a returned one tells which it was."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    return EmailMessage(
        subject=one_line(subject),
        body="\n\n".join(paragraphs) + "\n",
        from_email=formataddr((one_line(sender), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[to],
        headers={"Message-ID": f"<{row_id}@{host}>", "Auto-Submitted": "auto-generated", **(headers or {})},
    )


def one_line(words: str) -> str:
    return " ".join(words.split())
