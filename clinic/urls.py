"""Which address leads to which edge."""

from django.contrib import admin
from django.urls import include, path

from clinic import health, status

handler400 = "clinic.errors.bad_request"
handler403 = "clinic.errors.not_allowed"
handler404 = "clinic.errors.not_found"
handler500 = "clinic.errors.server_error"
urlpatterns = [
    path("admin/", include("plans.admin.urls")),
    path("admin/", admin.site.urls),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("health/status", status.status),
    path("api/v1/", include("plans.api.urls")),
    path("", include("plans.portal.urls")),
]
