"""The therapist's desk: the admin's pages. Reads through queries, writes through actions, one call a page."""

from django.contrib import admin

from plans.admin import reissues, renderings, trail
from plans.admin.base.admin import DeskAdmin
from plans.admin.library import approval_page as approvals
from plans.admin.library import exercise_page as exercises
from plans.admin.library import rule_page as rules
from plans.admin.library import vocabulary
from plans.admin.patients import page as patients
from plans.admin.people import clinic_page as clinics
from plans.admin.people import person_page as people
from plans.admin.people import roles
from plans.admin.planning import page as planning
from plans.admin.protocols import page as protocols
from plans.admin.publishing import publication_page as publications
from plans.admin.systems import keys_page as systems
from plans.admin.systems import webhooks_page as webhooks

__all__ = [
    "approvals",
    "clinics",
    "exercises",
    "patients",
    "people",
    "planning",
    "protocols",
    "publications",
    "reissues",
    "renderings",
    "roles",
    "rules",
    "systems",
    "trail",
    "vocabulary",
    "webhooks",
]

admin.site.index_title = "Home"

# Pages that other applications brought along decide by the framework's permissions, which say nothing here.
for model, page in list(admin.site._registry.items()):
    if not isinstance(page, DeskAdmin):
        admin.site.unregister(model)
