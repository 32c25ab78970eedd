"""Each call of the API has one decision: which scope a key needs, and who may do it at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from plans import permissions
from plans.api.authentication import scopes_of
from plans.api.exceptions import PeopleOnly, ScopeMissing
from plans.models import Role
from plans.permissions import NotAllowed, Person


@dataclass(frozen=True)
class Call:
    """The decision for one call. `scope` None: no key may do it. Which rows is for the querysets to say.

    `reads` names the scopes of what the call answers with: whoever may write a plan does not read it by that.
    """

    scope: str | None
    who: Callable[[Person], bool] = permissions.may_have_patients
    reads: tuple[str, ...] = ()

    @property
    def scopes(self) -> tuple[str, ...]:
        """All that a key's token needs, the first for what the call does."""
        return (self.scope, *self.reads) if self.scope else ()


READ_LIBRARY = Call("library:read", permissions.may_read_library)


def is_lead(person: Person) -> bool:
    return bool(permissions.clinics_with(person, Role.LEAD))


class ScopeAndRolePermission(BasePermission):
    """Denies every call that its view has no decision for."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return False
        if view.action is None or (request.method or "").lower() not in view.http_method_names:
            return True  # no such method here: the view itself says so
        call = view.calls[view.action]
        scopes = scopes_of(request)
        if scopes is not None:
            if call.scope is None:
                raise PeopleOnly
            needed = (*call.scopes, *view.scopes_to_expand())
            if missing := [scope for scope in dict.fromkeys(needed) if scope not in scopes]:
                raise ScopeMissing(scope=" ".join(missing))
        if not call.who(request.user):
            raise NotAllowed
        return True
