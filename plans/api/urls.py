"""The addresses of the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api.exception_handler import unknown_address
from plans.api.schema.views import documentation, schema
from plans.api.views import exercises, library
from plans.api.views.audit import PatientAudit
from plans.api.views.clinics import Clinics
from plans.api.views.findings import Findings
from plans.api.views.links import Links
from plans.api.views.patients import Patients
from plans.api.views.pausing import Pausing
from plans.api.views.plans import Plans
from plans.api.views.protocol_plans import PlanProtocols, ProtocolPlans
from plans.api.views.protocols import Protocols
from plans.api.views.publications import Publications, Renderings
from plans.api.views.publishing import Publishing
from plans.api.views.reviews import Reviews
from plans.api.views.service import Service
from plans.api.views.systems import Keys, Systems
from plans.api.views.tokens import Revoke, Token
from plans.api.views.webhooks import Deliveries, Webhooks
from plans.api.viewsets.base import ApiViewSet

RESOURCES: dict[str, list[type[ApiViewSet]]] = {
    "service": [Service],
    "clinics": [Clinics],
    "exercises": [exercises.Exercises],
    "movements": [library.Movements],
    "conditions": [library.Conditions],
    "symptoms": [library.Symptoms],
    "advice": [library.AdviceEntries],
    "rules": [library.Rules],
    "protocols": [Protocols, ProtocolPlans],
    "patients": [Patients, PatientAudit],
    "plans": [Plans, PlanProtocols, Publishing, Pausing],
    "findings": [Findings],
    "publications": [Publications],
    "renderings": [Renderings],
    "links": [Links],
    "reviews": [Reviews],
    "webhooks": [Webhooks],
    "deliveries": [Deliveries],
    "systems": [Systems],
    "keys": [Keys],
}

router = SimpleRouter(use_regex_path=False)
for prefix, views in RESOURCES.items():
    for view in views:
        router.register(prefix, view, basename=view.__name__.lower())

urlpatterns = [
    path("schema/", schema, name="schema"),
    path("docs/", documentation, name="documentation"),
    path("oauth/token/", Token.as_view(), name="token"),
    path("oauth/revoke/", Revoke.as_view(), name="revoke"),
    path("", include(router.urls)),
    path("<path:rest>", unknown_address),
]
