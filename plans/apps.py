"""The domain as one Django app."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext

from plans.exceptions import PlansError


class PlansConfig(AppConfig):
    """Exercises, rules, patients, plans, publications, renderings."""

    name = "plans"
    verbose_name = "Home exercise"


class DeskConfig(AdminConfig):
    """The framework's admin, on the desk's site."""

    default_site = "plans.admin_site.DeskSite"

    def ready(self) -> None:
        from plans.model_words import mark_models

        PlansError.translated = staticmethod(gettext)
        mark_models()  # before the pages: their forms copy the fields' words
        super().ready()
