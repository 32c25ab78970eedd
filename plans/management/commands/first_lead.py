"""`first_lead`: give a clinic its first lead, who gives all further roles; recorded, and seen by all who work there."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from plans.actions.clinics import give_first_lead
from plans.exceptions import PlansError
from plans.models import Clinic, Role, User

FURTHER = [role.value for role in Role if role != Role.LEAD]


class Command(BaseCommand):
    help = "Make a person the first lead of a clinic. Refused where there is a lead, who gives all further roles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinic", required=True, help="the clinic's name or id")
        parser.add_argument("--person", required=True, help="user name of who becomes lead")
        parser.add_argument("--by", required=True, help="your own user name: of who runs the service")
        parser.add_argument(
            "--also",
            action="append",
            default=[],
            choices=FURTHER,
            help="a further role, for a practice of one; may be given several times",
        )
        parser.add_argument("--licence", default="", help="licence number, with --also reviewer")

    def handle(self, *args: Any, **options: Any) -> None:
        person = _person(options["person"])
        try:
            give_first_lead(
                person=person,
                clinic=_clinic(options["clinic"]),
                also=[Role(role) for role in options["also"]],
                licence_number=options["licence"],
                by=_person(options["by"]),
            )
        except PlansError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.username} is the clinic's lead now, and this is recorded.")
        if not person.has_usable_password():
            self.stdout.write(f"There is no password yet: manage.py changepassword {person.username}")


def _person(username: str) -> User:
    person = User.objects.filter(username=username, is_active=True, system=None).first()
    if person is None:
        raise CommandError(f"There is no account {username} that works.")
    return person


def _clinic(named: str) -> Clinic:
    found = Clinic.objects.filter(name=named)
    if not found:
        try:
            found = Clinic.objects.filter(pk=UUID(named))
        except ValueError:
            found = Clinic.objects.none()
    if len(found) != 1:
        raise CommandError(f"{len(found)} clinics are called {named}; give the id.")
    return found[0]
