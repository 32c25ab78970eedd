"""Choices of related rows: those that the person may see, and no others."""

from typing import Any, ClassVar, Protocol, runtime_checkable

from django.db import models
from django.db.models import QuerySet
from django.forms import Field
from django.http import HttpRequest

from plans.admin.base.fields import DayInput
from plans.admin.base.requests import person_of
from plans.admin.base.theme import AnyPage
from plans.models import User


@runtime_checkable
class KnowsRows(Protocol):
    """A page that knows which rows a person may see."""

    def rows_of(self, person: User) -> QuerySet[Any]: ...


class OwnRows(AnyPage):
    """Choices of related rows are the rows that the person may see, and no others."""

    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {models.DateField: {"widget": DayInput}}

    def formfield_for_choice_field(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Offer a dash where nothing need be chosen: the theme's "Select value" reads as if something were missing."""
        if db_field.blank:
            kwargs.setdefault("choices", db_field.get_choices(blank_choice=[("", "-")]))
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows that a related field may name: those of its own page, none where there is no such page."""
        related = self.admin_site._registry.get(db_field.remote_field.model)
        if isinstance(related, KnowsRows):
            return related.rows_of(person_of(request))
        none: QuerySet[Any] = db_field.remote_field.model._default_manager.none()
        return none

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Leave out the pop-ups beside related fields: what they would open has its own page."""
        field: Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        for name in ("can_add_related", "can_change_related", "can_view_related", "can_delete_related"):
            if field is not None and hasattr(field.widget, name):
                setattr(field.widget, name, False)
        return field
