"""The addresses of the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api.exception_handler import unknown_address
from plans.api.schema.views import documentation, schema
from plans.api.views import exercises, library
from plans.api.views.audit import PatientAuditViewSet
from plans.api.views.clinics import ClinicViewSet
from plans.api.views.findings import FindingViewSet
from plans.api.views.follow_ups import FollowUpViewSet
from plans.api.views.leaflets import LeafletViewSet
from plans.api.views.library_protocols import LibraryProtocolViewSet
from plans.api.views.links import LinkViewSet
from plans.api.views.logs import PlanLogViewSet
from plans.api.views.mails import MailViewSet
from plans.api.views.measures import MeasureViewSet, PlanMeasureViewSet
from plans.api.views.patients import PatientViewSet
from plans.api.views.pausing import PlanPauseViewSet
from plans.api.views.plans import PlanViewSet
from plans.api.views.protocol_plans import (
    LibraryProtocolPlanViewSet,
    PlanProtocolViewSet,
    ProtocolPlanViewSet,
)
from plans.api.views.protocols import ProtocolViewSet
from plans.api.views.publications import PublicationViewSet
from plans.api.views.publishing import PublishingViewSet
from plans.api.views.reminder_mails import ReminderViewSet
from plans.api.views.reminders import PlanReminderViewSet
from plans.api.views.renderings import RenderingViewSet
from plans.api.views.reviews import ReviewViewSet
from plans.api.views.service import ServiceViewSet
from plans.api.views.systems import KeyViewSet, SystemViewSet
from plans.api.views.tokens import OAuthRevokeView, OAuthTokenView
from plans.api.views.webhooks import DeliveryViewSet, WebhookViewSet
from plans.api.viewsets.base import ApiViewSet

app_name = "api"

RESOURCES: dict[str, list[type[ApiViewSet]]] = {
    "service": [ServiceViewSet],
    "clinics": [ClinicViewSet],
    "exercises": [exercises.ExerciseViewSet],
    "movements": [library.MovementViewSet],
    "conditions": [library.ConditionViewSet],
    "symptoms": [library.SymptomViewSet],
    "advice": [library.AdviceViewSet],
    "leaflets": [LeafletViewSet],
    "measures": [MeasureViewSet],
    "rules": [library.RuleViewSet],
    "protocols": [ProtocolViewSet, ProtocolPlanViewSet],
    "library-protocols": [LibraryProtocolViewSet, LibraryProtocolPlanViewSet],
    "patients": [PatientViewSet, PatientAuditViewSet],
    "plans": [
        PlanViewSet,
        PlanProtocolViewSet,
        PublishingViewSet,
        PlanPauseViewSet,
        PlanLogViewSet,
        PlanMeasureViewSet,
        PlanReminderViewSet,
    ],
    "findings": [FindingViewSet],
    "publications": [PublicationViewSet],
    "renderings": [RenderingViewSet],
    "links": [LinkViewSet],
    "mails": [MailViewSet],
    "reminders": [ReminderViewSet],
    "reviews": [ReviewViewSet],
    "follow-ups": [FollowUpViewSet],
    "webhooks": [WebhookViewSet],
    "deliveries": [DeliveryViewSet],
    "systems": [SystemViewSet],
    "keys": [KeyViewSet],
}

router = SimpleRouter(use_regex_path=False)
for prefix, views in RESOURCES.items():
    for view in views:
        further = view.__name__.removesuffix("ViewSet").lower()
        router.register(prefix, view, basename=prefix if view is views[0] else further)

urlpatterns = [
    path("schema/", schema, name="schema"),
    path("docs/", documentation, name="documentation"),
    path("oauth/token/", OAuthTokenView.as_view(), name="token"),
    path("oauth/revoke/", OAuthRevokeView.as_view(), name="revoke"),
    path("", include(router.urls)),
    path("<path:rest>", unknown_address),
]
