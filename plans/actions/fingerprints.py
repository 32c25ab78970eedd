"""Name what a library entry says, so that writing the same again changes nothing."""

import hashlib
import json
from dataclasses import asdict
from datetime import date

from plans.dose import Dose
from plans.libraryfiles import Entry


def fingerprint(data: Entry, *further: str) -> str:
    """Return the SHA-256 of the entry's facts, wherever it stands, and of what else it rests on.

    An exercise's texts are compared one by one, as a further language makes no new revision; nor does an exercise that
    is easier or harder, which stands beside the revisions.
    """
    facts = asdict(data)
    facts.pop("place")
    for name in ("texts", "easier", "harder"):
        facts.pop(name, None)
    text = json.dumps(facts, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256("\0".join((text, *further)).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Dose):
        return value.to_dict()
    return value.isoformat() if isinstance(value, date) else str(value)
