"""Mails to patients: to a server, or without one into files of this machine."""

from django.core.exceptions import ImproperlyConfigured

from clinic.environment import flag, number, text

EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_SSL = flag("EMAIL_USE_SSL")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=not EMAIL_USE_SSL)
if EMAIL_USE_SSL and EMAIL_USE_TLS:
    raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL: one of the two, not both")
EMAIL_TIMEOUT = 20
"""Seconds for which each answer of the mail server is waited for."""
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "" if EMAIL_HOST else "nobody@localhost")
"""The address that mails come from; the name beside it is the clinic's."""
if "@" not in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(
        "DEFAULT_FROM_EMAIL must be the address that mails come from, as EMAIL_HOST is set"
    )
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
