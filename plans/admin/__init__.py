"""The therapist's desk: the admin's pages. Reads through queries, writes through actions, one call a page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.accounts.admin.clinics import ClinicAdmin
from plans.admin.accounts.admin.people import PersonAdmin
from plans.admin.accounts.admin.roles import RoleAdmin
from plans.admin.audit.admin import AuditAdmin
from plans.admin.base.admin import DeskAdmin
from plans.admin.follow_ups.admin import FollowUpAdmin
from plans.admin.library.advice.admin import AdviceAdmin
from plans.admin.library.approvals.admin import ApprovalAdmin
from plans.admin.library.exercises.admin import ExerciseAdmin
from plans.admin.library.leaflets.admin import LeafletAdmin
from plans.admin.library.measures.admin import MeasureAdmin
from plans.admin.library.protocols.admin import LibraryProtocolAdmin
from plans.admin.library.review.admin import SentBackAdmin
from plans.admin.library.rules.admin import RuleAdmin
from plans.admin.library.sources.admin import SourceAdmin
from plans.admin.library.vocabulary.admin import ConditionAdmin, MovementAdmin, SymptomAdmin
from plans.admin.patients.admin import PatientAdmin
from plans.admin.plans.admin import PlanAdmin
from plans.admin.protocols.admin import ProtocolAdmin
from plans.admin.publications.admin import PublicationAdmin
from plans.admin.reissues.admin import ReissueAdmin
from plans.admin.renderings.admin import RenderingAdmin
from plans.admin.systems.admin import SystemAdmin
from plans.admin.webhooks.admin import WebhookAdmin

__all__ = [
    "AdviceAdmin",
    "ApprovalAdmin",
    "AuditAdmin",
    "ClinicAdmin",
    "ConditionAdmin",
    "ExerciseAdmin",
    "FollowUpAdmin",
    "LeafletAdmin",
    "LibraryProtocolAdmin",
    "MeasureAdmin",
    "MovementAdmin",
    "PatientAdmin",
    "PersonAdmin",
    "PlanAdmin",
    "ProtocolAdmin",
    "PublicationAdmin",
    "ReissueAdmin",
    "RenderingAdmin",
    "RoleAdmin",
    "RuleAdmin",
    "SentBackAdmin",
    "SourceAdmin",
    "SymptomAdmin",
    "SystemAdmin",
    "WebhookAdmin",
]

admin.site.index_title = _lazy("Home")

# Pages that other applications brought along decide by the framework's permissions, which say nothing here.
for model, page in list(admin.site._registry.items()):
    if not isinstance(page, DeskAdmin):
        admin.site.unregister(model)
