"""The domain as one Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Exercises, rules, patients, plans, publications, renderings."""

    name = "plans"
    verbose_name = "Home exercise"
