"""The person behind a request, and what the steps of one request tell each other."""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from plans.exceptions import PlansError
from plans.models import Clinic, User
from plans.permissions import clinics_with
from plans.pictures import ConvertedPicture, PictureRefused
from plans.queries.library_snapshot import LibrarySnapshot


class RequestState:
    """What one hook of the framework's form view finds out and a later one needs: it hands on the request alone."""

    refusal: PlansError | None = None
    """What the action refused, for the form that is shown again."""
    picture: ConvertedPicture | PictureRefused | None = None
    """The uploaded picture, read before the transaction begins."""
    figure_refusal: PlansError | None = None
    """What is wrong with the figure that is sent, found before the transaction begins."""
    result: Any = None
    """What the action returned, for the answer."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.library = LibrarySnapshot()
        """The library as this request has read it: a form, its rows and what is said of them rest on the same."""

    def refuse(self, error: PlansError) -> None:
        """Keep what the action refused; the form that is shown again reads the library as it is by then."""
        self.refusal = error
        self.library = LibrarySnapshot()

    @cached_property
    def clinic(self) -> Clinic | None:
        """The clinic whose review states the person sees."""
        return Clinic.objects.filter(pk__in=clinics_with(person_of(self._request))).first()


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def state_of(request: HttpRequest) -> RequestState:
    holder = cast(Any, request)
    if not hasattr(request, "desk"):
        holder.desk = RequestState(request)
    return cast(RequestState, holder.desk)


def read_uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
