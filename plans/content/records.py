"""The records of a publication: every printed value, copied, so that nothing printed can change later."""

from dataclasses import dataclass, field
from datetime import date

from plans.content.pictures import PictureContent
from plans.dose import Dose, Frequency

SCHEMA = 6
"""Stored contents carry it: raise it when a field comes, goes or changes its meaning, with a step in `upgrades.py`."""


@dataclass(frozen=True, kw_only=True)
class PainGuide:
    """Pain (0 to 10) up to `go_on_to` means go on, up to `ease_off_to` ease off, above it stop.

    A clinic sets its own limits; 3 and 5 are the usual ones in pain-monitoring models of exercise.
    """

    go_on_to: int = 3
    ease_off_to: int = 5


@dataclass(frozen=True, kw_only=True)
class ClinicContent:
    """Who issued the sheet. `logo` is the sha256 of a picture, `colour` is `#rrggbb`.

    `locale` is the language and country by whose custom a date is written. `disclaimer` is in the plan's language.
    A week of the log begins on day `week_starts_on`, 0 for Monday. `asks_code`: the link's code is printed beside it.
    """

    name: str
    address: str = ""
    phone: str = ""
    emergency_number: str = "911"
    logo: str | None = None
    colour: str = "#1f4e79"
    disclaimer: str = ""
    pain_guide: PainGuide = PainGuide()
    locale: str = "en-US"
    week_starts_on: int = 0
    asks_code: bool = False


@dataclass(frozen=True, kw_only=True)
class PatientContent:
    """Whom the sheet is for: as little as a mix-up at the printer needs."""

    name: str
    record_number: str = ""


@dataclass(frozen=True, kw_only=True)
class TherapistContent:
    """Who issued the plan."""

    name: str
    title: str = ""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class LaterSentence:
    """A rule's sentence for the patient that holds from a day on which the plan has begun already."""

    holds_from: date
    words: str


@dataclass(frozen=True, kw_only=True)
class EasierContent:
    """What a patient may do who cannot do an exercise: another one of the plan by its `number`, or one told whole.

    Its dose says how much; it is done as often as the exercise in whose place it stands.
    """

    exercise_code: str
    revision_id: str
    name: str
    number: int | None = None
    start: str = ""
    steps: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    dose: Dose = field(default_factory=Dose)
    limb: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """One exercise as printed. `key` is the plan item's stable UUID, `number` counts from 1 in printed order.

    `dose` already holds the plan's default frequency; `sentences` are the rules' sentences for the patient.
    `sides_in_steps`: the steps tell to change sides, as they did in schema 1; else the sheet says it from the dose.
    `limb` is what works on a side, blank for the side itself; `breathing` is a sentence, where it matters.
    `offers_easier`: the therapist wants `easier` on the sheet, what to do for who cannot do this; it is printed if the
    rules let it pass.
    """

    key: str
    number: int
    exercise_code: str
    revision_id: str
    name: str
    kind: str
    position: str
    purpose: str
    start: str
    steps: tuple[str, ...]
    dose: Dose
    cautions: tuple[str, ...]
    extra_caution: str = ""
    note: str = ""
    sentences: tuple[str, ...] = ()
    later_sentences: tuple[LaterSentence, ...] = ()
    sides_in_steps: bool = False
    limb: str = ""
    breathing: str = ""
    offers_easier: bool = True
    easier: EasierContent | None = None
    picture: PictureContent | None = None


@dataclass(frozen=True, kw_only=True)
class DoseChange:
    """An exercise that stays with another dose."""

    name: str
    before: Dose
    after: Dose
    limb: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangesContent:
    """What differs from the version before: names of exercises, in printed order."""

    since_version: int
    since_date: date
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    dose_changed: tuple[DoseChange, ...] = ()
    instructions_changed: tuple[str, ...] = ()
    general_changed: bool = False

    def __bool__(self) -> bool:
        lists = (self.added, self.removed, self.dose_changed, self.instructions_changed)
        return any(lists) or self.general_changed


@dataclass(frozen=True, kw_only=True)
class FindingContent:
    """What the rules said and what the therapist answered; printed on the clinician's copy only.

    `item` is the number of the exercise, None for the whole plan.
    """

    code: str
    level: str
    message: str
    item: int | None = None
    rule: str = ""
    rule_version: str = ""
    rationale: str = ""
    evidence: str = ""
    source: str = ""
    counter_evidence: str = ""
    reason: str = ""
    reason_by: str = ""


@dataclass(frozen=True, kw_only=True)
class LeafletSection:
    """A heading with what stands under it: one paragraph, or the points of a list."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeafletContent:
    """What to know about a condition: a page of its own at the end of the patient's copy."""

    code: str
    title: str
    sections: tuple[LeafletSection, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return all of its words in printed order."""
        return (self.title, *(text for part in self.sections for text in (part.heading, *part.lines)))


@dataclass(frozen=True, kw_only=True)
class LimitContent:
    """What a clinician forbade this patient: at most so many of `unit`, of `side`, to the day `until` and on that day.

    `words` are in the patient's language, as somebody wrote them; the sentence around them is made at printing.
    """

    words: str
    said_by: str
    said_on: date | None = None
    until: date | None = None
    at_most: str = ""
    unit: str = ""
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class SignContent:
    """A warning sign of this plan beside those of the fixed words; `red_flag` says how fast to act.

    `answered_by` and `answered_at` are whom a patient with this sign may call, and their telephone.
    """

    code: str
    red_flag: str
    words: str
    answered_by: str = ""
    answered_at: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanContent:
    """An issued version of a plan. The link's address is made from `link_id` at printing, never stored.

    `sentences` are the rules' sentences for the patient about the whole plan, `check_first` those that say what to
    check each day before the exercises. `language` is a code such as `en`, `es`, `ar`, `zh-hans`.
    """

    plan_id: str
    publication_id: str
    version: int
    issued_on: date
    sheet_code: str
    link_id: str
    language: str
    clinic: ClinicContent
    patient: PatientContent
    therapist: TherapistContent
    title: str
    items: tuple[ItemContent, ...]
    goals: str = ""
    start_date: date | None = None
    review_date: date | None = None
    frequency: Frequency = field(default_factory=Frequency)
    therapies: tuple[str, ...] = ()
    note: str = ""
    sentences: tuple[str, ...] = ()
    later_sentences: tuple[LaterSentence, ...] = ()
    advice: tuple[str, ...] = ()
    leaflets: tuple[LeafletContent, ...] = ()
    check_first: tuple[str, ...] = ()
    limits: tuple[LimitContent, ...] = ()
    signs: tuple[SignContent, ...] = ()
    demonstration: bool = False
    changes: ChangesContent | None = None
    findings: tuple[FindingContent, ...] = ()
