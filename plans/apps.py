"""The domain as one Django app."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PlansConfig(AppConfig):
    """Exercises, rules, patients, plans, publications, renderings."""

    name = "plans"
    verbose_name = "Home exercise"


class DeskConfig(AdminConfig):
    """The framework's admin, on the desk's site."""

    default_site = "plans.admin_site.DeskSite"
