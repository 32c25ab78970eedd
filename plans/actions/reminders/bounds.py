"""How late a reminder may go, how long an address may be confirmed, how often one may be asked for."""

from datetime import timedelta

LATEST = timedelta(hours=2)
"""So long after its hour a reminder still helps; later it is left out."""
CONFIRM_DAYS = 3
CONFIRM_TIME = timedelta(days=CONFIRM_DAYS)
MAX_ASKED = 3
ASK_WINDOW = timedelta(days=1)
"""At most so many mails that ask to confirm go out for a plan in this time: nobody fills a stranger's mailbox."""
