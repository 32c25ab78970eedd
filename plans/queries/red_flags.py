"""Which symptoms are red flags in a clinic, while what they ask for may be under change."""

from collections.abc import Mapping
from uuid import UUID

from plans.contraindications import RedFlag
from plans.models import Clinic, Symptom
from plans.queries.approvals import former_vocabulary
from plans.queries.rules import shared_or_of


def gravest_flags(clinic: Clinic) -> Mapping[UUID, RedFlag]:
    """Return the gravest red flag of each symptom that has one: as it is now, or before a change that waits."""
    now = Symptom.objects.filter(shared_or_of(clinic)).exclude(red_flag="").values_list("pk", "red_flag")
    former = former_vocabulary(clinic).exclude(symptom=None).exclude(red_flag="")
    flags: dict[UUID, set[RedFlag]] = {}
    for pk, flag in (*now, *former.values_list("symptom", "red_flag")):
        flags.setdefault(pk, set()).add(RedFlag(flag))
    return {pk: next(flag for flag in RedFlag if flag in found) for pk, found in flags.items()}
