"""The Django project: wiring only, no word of the domain."""

from clinic.celery import app as celery_app

__all__ = ["celery_app"]
