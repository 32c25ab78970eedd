"""Addresses of the desk that stand before the framework's own."""

from django.contrib import admin
from django.urls import path

from plans.admin.accounts.views import change_password
from plans.admin.palette.views import palette

urlpatterns = [
    path("password_change/", admin.site.admin_view(change_password)),
    path("palette/", admin.site.admin_view(palette), name="desk_palette"),
]
