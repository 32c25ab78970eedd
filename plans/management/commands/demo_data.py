"""`demo_data`: the demonstration clinic with a published plan; a second run changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from plans.management.demo import CLINIC, make_demo


class Command(BaseCommand):
    """Make the demonstration clinic, its people, a patient and a published plan."""

    help = "Make the demonstration clinic with a published plan; what is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        demo = make_demo()
        if not demo.logins:
            self.stdout.write(
                f"Demo: {CLINIC} is there already, nothing changed. Its logins were shown then;"
            )
            self.stdout.write(
                "      a lost password: .venv/bin/python manage.py changepassword demo.therapist"
            )
            self.stdout.write("      a lost key: demo.lead makes another (Administration, Systems)")
        for login in demo.logins:
            self.stdout.write(f"Login (shown once): {login.username:<14}  {login.password:<16}  {login.what}")
        if demo.key:
            self.stdout.write(
                "API key (shown once), on behalf of demo.therapist, for the five calls of docs/api.md:"
            )
            self.stdout.write(
                f"export URL={settings.PUBLIC_URL} CLIENT_ID={demo.key.key.client_id} CLIENT_SECRET={demo.key.secret}"
            )
