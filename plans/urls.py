"""Which address leads to which edge."""

from django.urls import include, path

from plans import monitoring

urlpatterns = [
    path("admin/", include("plans.admin.urls")),
    path("api/v1/", include("plans.api.urls")),
    path("health/status", monitoring.status),
    path("", include("plans.portal.urls")),
]
