"""The addresses of the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import exercises, library
from plans.api.clinics import Clinics
from plans.api.docs import documentation, schema
from plans.api.findings import Findings
from plans.api.joining import PlanProtocols, ProtocolPlans
from plans.api.links import Links
from plans.api.patients import Patients
from plans.api.pausing import Pausing
from plans.api.plans import Plans
from plans.api.problems import unknown_address
from plans.api.protocols import Protocols
from plans.api.publications import Publications, Renderings
from plans.api.publishing import Publishing
from plans.api.reviews import Reviews
from plans.api.systems import Keys, Systems
from plans.api.tokens import Revoke, Token
from plans.api.trail import PatientAudit
from plans.api.views import ApiViewSet
from plans.api.webhooks import Deliveries, Webhooks

RESOURCES: dict[str, list[type[ApiViewSet]]] = {
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
