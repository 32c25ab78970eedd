"""Name what a library entry says, so that writing the same again changes nothing."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from plans.dose import Dose
from plans.libraryfiles import Entry

PLACE = "place"
LATER = frozenset({"limb", "movement_sides", "both_allow", "check_first", "out_seconds", "back_seconds"})
"""Facts of an exercise that releases after 0.2.0 know."""


def fingerprint(data: Entry, *further: str) -> str:
    """Return the SHA-256 of the entry's facts, wherever it stands, and of what else it rests on.

    An exercise's texts are compared one by one, as a further language makes no new revision, and so are the exercises
    that are easier and harder; the codes of the sources stand beside the revisions.
    """
    facts = _said(_without_places(asdict(data)))
    for name in ("texts", "easier", "harder", "sources"):
        facts.pop(name, None)
    text = json.dumps(facts, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256("\0".join((text, *further)).encode()).hexdigest()


def _without_places(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out where an entry and its parts stand: moved to another line or folder it is no other."""
    parts = {
        name: [{key: one for key, one in part.items() if key != PLACE} for part in value]
        for name, value in facts.items()
        if isinstance(value, list | tuple) and value and all(isinstance(part, dict) for part in value)
    }
    return {name: value for name, value in {**facts, **parts}.items() if name != PLACE}


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out what came later and is not said: what was loaded before it came is no other exercise."""
    if "dose" in facts:
        facts["dose"] = {name: value for name, value in facts["dose"].items() if value or name not in LATER}
    if facts.get("disagreement"):
        facts["disagreement"] = {
            name: value for name, value in facts["disagreement"].items() if value or name not in LATER
        }
    return {name: value for name, value in facts.items() if value or name not in LATER}


def _plain(value: object) -> object:
    if isinstance(value, Dose):
        return value.to_dict()
    return value.isoformat() if isinstance(value, date) else str(value)
