"""What still stands between findings and a publication."""

from collections.abc import Iterable, Mapping

from plans.contraindications.finding import Finding
from plans.contraindications.levels import Level


def open_questions(findings: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.needs_reason and not reasons.get(f.fingerprint, "").strip())


def blocking(findings: Iterable[Finding], *, patient_copy: bool = True) -> tuple[Finding, ...]:
    stops = (finding for finding in findings if finding.level is Level.STOP)
    return tuple(finding for finding in stops if patient_copy or not finding.patient_copy_only)
