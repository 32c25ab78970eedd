"""The base of the desk's forms."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import CharField, HiddenInput, ModelForm
from django.utils.translation import gettext_lazy as _lazy

from plans.exceptions import PlansError
from plans.models import User
from plans.models.base import Identified

OVERTAKEN = _lazy(
    "Someone changed this since you opened it, so nothing was saved. "
    "Open the page in a new tab, compare, and save there."
)


class FormOvertaken(PlansError):
    """Someone else wrote the same at the same moment. Open the page again."""

    code = "form_overtaken"


class DeskForm(ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form that knows what was stored when it was shown, and shows what an action refused."""

    seen = CharField(widget=HiddenInput, required=False)
    fingerprint: ClassVar[str] = ""
    refusal: ClassVar[PlansError | None] = None
    person: ClassVar[User]
    """Who fills it in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.fingerprint

    def clean(self) -> dict[str, Any] | None:
        """Refuse to write over another person's change."""
        cleaned = super().clean()
        if self.fingerprint and self.cleaned_data.get("seen") != self.fingerprint:
            self.add_error(None, self.say_overtaken())
        elif self.refusal is not None:
            self.add_refusal(self.refusal)
        return cleaned

    def say_overtaken(self) -> str:
        return str(OVERTAKEN)

    def add_refusal(self, error: PlansError) -> None:
        """Show the action's refusal; a form with a better place for it overrides this."""
        at = getattr(error, "attribute", None)
        self.add_error(at if at in self.fields else None, str(error))


def fingerprint_of(rows: Iterable[Identified]) -> str:
    """Return 32 hex digits that change when any stored column, save for the bookkeeping, of any of the rows does."""
    columns = [[str(row.pk), *row.versioned_values().values()] for row in rows]
    text = json.dumps(sorted(columns, key=lambda row: str(row[0])), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
