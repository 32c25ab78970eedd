"""Addresses of the desk that stand before the framework's own."""

from django.contrib import admin
from django.urls import path

from plans.admin.accounts.views import change_password

urlpatterns = [path("password_change/", admin.site.admin_view(change_password))]
