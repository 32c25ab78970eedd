"""Whom a patient's figures show: by sex and age, pregnant or not, in the build and skin that somebody chose."""

from dataclasses import dataclass
from datetime import date

from plans.drawer import BodyName, name_of_body
from plans.models import FigureBuild, FigureSkin, Sex
from plans.queries.checks import PlanCheck

PREGNANCY = "pregnancy"
WOMEN = {30: BodyName.WOMAN_30, 50: BodyName.WOMAN_50, 75: BodyName.WOMAN_75}
MEN = {30: BodyName.MAN_30, 50: BodyName.MAN_50, 75: BodyName.MAN_75}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What of a patient chooses the body. Without any of it a woman of about 30 is shown."""

    sex: Sex = Sex.UNKNOWN
    age: int = 30
    pregnant: bool = False
    build: str = ""
    skin: str = ""


def body_of(seen: Seen) -> str:
    """Return the name of the body, always the same for the same."""
    return name_of_body(
        _person(seen),
        build=seen.build or FigureBuild.AVERAGE,
        skin=seen.skin or FigureSkin.MEDIUM,
    )


def seen_in(check: PlanCheck) -> Seen:
    patient, facts = check.plan.patient, check.facts
    return Seen(
        sex=Sex(patient.sex),
        age=age_on(facts.today, patient.birth_date),
        pregnant=any(
            PREGNANCY in check.vocabulary.with_parents(row.code, where="The patient")
            and row.clearance.on is None
            for row in facts.conditions
        ),
        build=patient.figure_build,
        skin=patient.figure_skin,
    )


def age_on(day: date, birth_date: date) -> int:
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _person(seen: Seen) -> BodyName:
    if seen.pregnant:
        return BodyName.PREGNANT_30
    people = MEN if seen.sex is Sex.MALE else WOMEN
    return people[min(people, key=lambda age: abs(age - seen.age))]
