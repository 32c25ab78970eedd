"""What a monitor is told (/health/status), and from which numbers on it is no longer well."""

from clinic.environment import number, text

STATUS_TOKEN = text("STATUS_TOKEN")
"""Who sends it as a bearer token gets the numbers; others get only "ok" or "failed"."""
STATUS_WAIT_SECONDS = number("STATUS_WAIT_SECONDS", 120, low=1, high=1_000_000)
STATUS_FAILED = number("STATUS_FAILED", 0, low=0, high=1_000_000)
STATUS_SWEEP_SECONDS = number("STATUS_SWEEP_SECONDS", 60, low=15, high=86_400)
STATUS_REVIEW_HOURS = number("STATUS_REVIEW_HOURS", 48, low=1, high=10_000)
STATUS_FREE_MB = number("STATUS_FREE_MB", 1000, low=0, high=1_000_000_000)
