"""One's own password."""

from django.contrib import admin
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from unfold.forms import AdminOwnPasswordChangeForm

from plans.actions import people
from plans.admin.base.requests import person_of
from plans.models import User


class OwnPasswordForm(AdminOwnPasswordChangeForm):  # type: ignore[misc]  # the theme is untyped
    """The theme's form, written by the action, which records who it was."""

    user: User

    def save(self, commit: bool = True) -> User:
        people.change_own_password(person=self.user, password=self.cleaned_data["new_password1"])
        return self.user


def change_password(request: HttpRequest) -> HttpResponseBase:
    person_of(request)
    view = PasswordChangeView.as_view(
        form_class=OwnPasswordForm,
        success_url=reverse("admin:password_change_done"),
        extra_context=admin.site.each_context(request),
    )
    return view(request)
