"""`demo_data`: the demonstration clinic with a published plan; a second run changes nothing."""

from typing import Any

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
            self.stdout.write("      a lost one: .venv/bin/python manage.py changepassword demo.therapist")
        for name, password in demo.logins:
            self.stdout.write(f"Login (shown once): {name}  {password}")
