"""The addresses of the API."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api.findings import Findings
from plans.api.patients import Patients
from plans.api.plans import Plans
from plans.api.problems import unknown_address
from plans.api.publications import Publications, Renderings
from plans.api.publishing import Publishing
from plans.api.tokens import Revoke, Token

router = SimpleRouter(use_regex_path=False)
router.register("patients", Patients, basename="patients")
router.register("plans", Plans, basename="plans")
router.register("plans", Publishing, basename="publishing")
router.register("findings", Findings, basename="findings")
router.register("publications", Publications, basename="publications")
router.register("renderings", Renderings, basename="renderings")

urlpatterns = [
    path("oauth/token/", Token.as_view(), name="token"),
    path("oauth/revoke/", Revoke.as_view(), name="revoke"),
    path("", include(router.urls)),
    path("<path:rest>", unknown_address),
]
