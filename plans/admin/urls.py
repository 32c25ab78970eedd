"""Addresses of the desk that stand before the framework's own."""

from django.contrib import admin
from django.urls import path

from plans.admin.accounts.language import choose_language, words_of_scripts
from plans.admin.accounts.views import change_password
from plans.admin.palette.views import palette

urlpatterns = [
    path("password_change/", admin.site.admin_view(change_password)),
    # In the place of the framework's own, which forbids every cache.
    path("jsi18n/", words_of_scripts),
    path("language/", admin.site.admin_view(choose_language), name="desk_language"),
    path("palette/", admin.site.admin_view(palette), name="desk_palette"),
]
