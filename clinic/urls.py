"""Which address leads to which edge."""

from django.contrib import admin
from django.urls import include, path

from clinic import health

handler400 = "clinic.errors.bad_request"
handler403 = "clinic.errors.not_allowed"
handler404 = "clinic.errors.not_found"
handler500 = "clinic.errors.server_error"
urlpatterns = [
    path("", include("plans.urls")),  # before the admin's: the desk's own pages come first
    path("admin/", admin.site.urls),
    path("health/live", health.live),
    path("health/ready", health.ready),
]
