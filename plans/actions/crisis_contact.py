"""Who answers patients that think of ending their life: a name and a telephone, or nobody."""

from typing import Final

from plans.actions.texts import TextTooLong, clean_text
from plans.exceptions import PlansError
from plans.models import Clinic

FIELDS: Final = {
    "crisis_contact": "Who answers thoughts of ending one's life",
    "crisis_phone": "Their telephone",
}

MOST: Final = {"crisis_contact": 80, "crisis_phone": 40}


class CrisisContactIncomplete(PlansError):
    """Who answers thoughts of ending one's life needs both a name and a telephone, or neither."""

    code = "crisis_contact_incomplete"

    def __init__(self, *, attribute: str) -> None:
        super().__init__()
        self.attribute = attribute


def clean_crisis_contact(clinic: Clinic) -> None:
    """Bring name and telephone into their one form. Raises TextRefused, CrisisContactIncomplete."""
    for name, field in FIELDS.items():
        words = clean_text(getattr(clinic, name), field=field, attribute=name).strip()
        if len(words) > MOST[name]:
            raise TextTooLong(field=field, attribute=name, most=MOST[name])
        setattr(clinic, name, words)
    missing = [name for name in FIELDS if not getattr(clinic, name)]
    if len(missing) == 1:
        raise CrisisContactIncomplete(attribute=missing[0])
