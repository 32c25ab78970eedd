"""What the API takes and gives, version 1.0.0. Generated from openapi.yaml: do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class ActivityInput(TypedDict):
    """One activity, with its number."""

    place: int
    """The first, second or third."""
    words: NotRequired[str]
    """Its words, at the start alone; blank takes it away. Left out, they stay."""
    value: NotRequired[int]
    """The number."""


class ActivityResult(TypedDict):
    """One activity of the patient's own, and what became of it."""

    place: int
    """The first, second or third."""
    words: str
    """In the words of the patient or the therapist."""
    start: int | None
    """The number at the start; null where it was not told."""
    review: int | None
    """The number at the last review, likewise."""
    change: int | None
    """Review less start; null where one is missing."""
    is_sure: bool | None
    """Whether that is more than chance, by a source about one activity; null where none says."""


class AddProtocolInput(TypedDict):
    """Which protocol joins the plan."""

    protocol: str
    """The protocol's id: one of the clinic, or one of the library that it approves."""
    take: NotRequired[list[str]]
    """Codes of the exercises that join, also against the rules. Without it all join but those that the rules say to avoid or to stop for this patient."""


class Advice(TypedDict):
    """General advice, or another therapy that a plan may note."""

    id: str
    """Its id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    kind: Literal["general", "therapy"]
    """General advice, or a therapy."""
    audience: Audience
    """Whom general advice is for; empty for a therapy."""
    retired_on: str | None
    """Since when it is offered and printed no more."""


class AdvicePage(TypedDict):
    """AdvicePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Advice]
    """The rows of this page."""


class AlertOfPatient(TypedDict):
    """A plan that the patient follows, of which the rules ask something, or that is paused."""

    plan: str
    """The plan's id."""
    stops: int
    """How many findings stop it: pause it, unless it is paused."""
    unanswered: int
    """How many findings ask for a reason that nobody gave."""
    unchecked: bool
    """Whether the last check failed: look at the plan yourself, and pause it if in doubt."""
    paused_at: str | None
    """Since when it is paused."""
    pause_cause: Literal["by_hand", "emergency", None]
    """Why it is paused: by hand, or for an emergency red flag that a system noted."""


class Audience(TypedDict):
    """Whom general advice or a warning sign is for: everybody, or who has one of these; nobody where all is empty."""

    everybody: bool
    """Whether it prints on every plan."""
    conditions: list[str]
    """Prints for a patient with one of these."""
    symptoms: list[str]
    """Prints for a patient with one of these."""
    regions: list[
        Literal[
            "neck",
            "thoracic",
            "shoulder",
            "elbow_wrist_hand",
            "low_back",
            "hip",
            "knee",
            "ankle_foot",
            "balance",
            "vestibular",
            "pelvic_floor",
            "breathing",
            "heart_lungs",
            "general",
        ]
    ]
    """Prints on a plan with an exercise for one of these; a sign also for a condition of one."""


class BounceInput(TypedDict):
    """That a mail came back."""

    answer: NotRequired[str]
    """What the other side said, as the returned mail quotes it."""


class Check(TypedDict):
    """What the rules say of a plan today, and whether it could be published."""

    findings: list[Finding]
    """All findings, the gravest first."""
    may_be_published: bool
    """Whether it holds an exercise, nothing stops it and every reason is given."""
    stops: int
    """How many findings stop it."""
    unanswered: int
    """How many findings need a reason and have none."""
    minutes_per_day: int
    """About how many minutes a day the plan takes."""
    position_changes: int
    """How many times the position changes in its order."""


class Clinic(TypedDict):
    """A clinic that the caller works in."""

    id: str
    """The clinic's id."""
    name: str
    """Its name."""
    roles: list[str]
    """What you do here: therapist, lead, library_admin, reviewer."""
    time_zone: str
    """In which time zone it counts its days, by its IANA name."""
    locale: str
    """Language and country: how handouts write a date, and a new patient's first language."""
    week_starts_on: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", None
    ]
    """The first day in the log of handouts; null: as the language of the handout has it."""
    disclaimers: list[Disclaimer]
    """What its handouts say at their end, each language once."""
    titles: list[Title]
    """Titles of plans and people in other languages, each title once in a language."""
    stock_reasons: list[str] | None
    """Reasons for going on that the desk offers beside one's own; null: the service's."""
    review_days: int
    """In how many days a plan that is begun at the desk is reviewed."""
    usual_times_per_day: int
    """How often a day such a plan is done, until somebody says otherwise."""
    usual_days_per_week: int
    """On how many days a week such a plan is done."""
    crisis_contact: str
    """Who answers thoughts of ending one's life at any hour; without it that warning sign is not printed."""
    crisis_phone: str
    """Their telephone: both are given, or both are empty."""
    device_days: int
    """How many days a patient's own device opens the plan without the birth date, never longer than the link; 0: it always asks. A lower number ends devices sooner that are remembered now."""
    asks_code: bool
    """Whether handouts carry a 6-digit code that the page asks beside the birth date. It holds for links whose code was printed: those made, or published again, since this was set."""
    follow_up_kinds: list[Literal["pain", "hurts", "sign", "silent", "easy"]]
    """For which reasons a patient comes on the follow-up list."""
    silent_days: int
    """After how many days without a log a patient comes on that list."""
    therapists: list[Therapist]
    """Who treats patients here."""


class ClinicPage(TypedDict):
    """ClinicPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Clinic]
    """The rows of this page."""


class ClinicPatch(TypedDict):
    """What the leads of a clinic set. A list that is given takes the place of the former one."""

    time_zone: NotRequired[str]
    """In which time zone it counts its days, by its IANA name."""
    locale: NotRequired[str]
    """Language and country: how handouts write a date, and a new patient's first language."""
    week_starts_on: NotRequired[
        Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", None]
    ]
    """The first day in the log of handouts; null: as the language of the handout has it."""
    disclaimers: NotRequired[list[DisclaimerInput]]
    """What its handouts say at their end, each language once."""
    titles: NotRequired[list[TitleInput]]
    """Titles of plans and people in other languages, each title once in a language."""
    stock_reasons: NotRequired[list[str] | None]
    """Reasons for going on that the desk offers beside one's own; null: the service's."""
    review_days: NotRequired[int]
    """In how many days a plan that is begun at the desk is reviewed."""
    usual_times_per_day: NotRequired[int]
    """How often a day such a plan is done, until somebody says otherwise."""
    usual_days_per_week: NotRequired[int]
    """On how many days a week such a plan is done."""
    crisis_contact: NotRequired[str]
    """Who answers thoughts of ending one's life at any hour; without it that warning sign is not printed."""
    crisis_phone: NotRequired[str]
    """Their telephone: both are given, or both are empty."""
    device_days: NotRequired[int]
    """How many days a patient's own device opens the plan without the birth date, never longer than the link; 0: it always asks. A lower number ends devices sooner that are remembered now."""
    asks_code: NotRequired[bool]
    """Whether handouts carry a 6-digit code that the page asks beside the birth date. It holds for links whose code was printed: those made, or published again, since this was set."""
    follow_up_kinds: NotRequired[list[Literal["pain", "hurts", "sign", "silent", "easy"]]]
    """For which reasons a patient comes on the follow-up list."""
    silent_days: NotRequired[int]
    """After how many days without a log a patient comes on that list."""


class Condition(TypedDict):
    """A diagnosis or state that rules speak of."""

    id: str
    """Its id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    name: str
    """Its name."""
    also: list[str]
    """Other names."""
    icd10: list[str]
    """Codes of ICD-10-CM."""
    parent: str | None
    """The wider condition's code."""
    dates: list[str]
    """Which dates its rules count from: onset, surgery, due_date."""
    treat_cause_first: bool
    """Whether its cause must be treated first."""
    change_waits: bool
    """Whether a change waits for a reviewer of your clinics; until then what was said before counts too."""


class ConditionOfPatient(TypedDict):
    """A condition of a patient, with the dates that the rules' windows count from."""

    cleared_on: str | None
    """The day it was cleared."""
    cleared_by: str
    """The clinician's name."""
    cleared_how: str
    """How: seen in clinic, MRI of that day, phone call."""
    condition: str
    """The condition's code. An ICD-10 code is taken too; it gives every condition that it stands for."""
    side: Literal["left", "right", "both", None]
    """Which side it is on. Null where sides do not apply or nobody has said; it stays when not given."""
    recorded_as: list[str]
    """ICD-10 codes that stood for it. They stay when not given."""
    onset: str | None
    """The day it began."""
    surgery_on: str | None
    """The day of surgery."""
    operated: Literal["no", "day_unknown", None]
    """Why there is no day of surgery: not operated ends what counts from it, an unknown day counts as the first weeks. Null where nobody was asked; it stays when not given."""
    due_on: str | None
    """The due date, in pregnancy."""


class ConditionOfPatientInput(TypedDict):
    """A condition of a patient, with the dates that the rules' windows count from."""

    cleared_on: NotRequired[str | None]
    """The day it was cleared."""
    cleared_by: NotRequired[str]
    """The clinician's name."""
    cleared_how: NotRequired[str]
    """How: seen in clinic, MRI of that day, phone call."""
    condition: str
    """The condition's code. An ICD-10 code is taken too; it gives every condition that it stands for."""
    side: NotRequired[Literal["left", "right", "both", None]]
    """Which side it is on. Null where sides do not apply or nobody has said; it stays when not given."""
    recorded_as: NotRequired[list[str]]
    """ICD-10 codes that stood for it. They stay when not given."""
    onset: NotRequired[str | None]
    """The day it began."""
    surgery_on: NotRequired[str | None]
    """The day of surgery."""
    operated: NotRequired[Literal["no", "day_unknown", None]]
    """Why there is no day of surgery: not operated ends what counts from it, an unknown day counts as the first weeks. Null where nobody was asked; it stays when not given."""
    due_on: NotRequired[str | None]
    """The due date, in pregnancy."""


class ConditionPage(TypedDict):
    """ConditionPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Condition]
    """The rows of this page."""


class DayEntry(TypedDict):
    """What was told of a day as a whole."""

    id: str
    """Its id."""
    plan: str
    """The plan's id."""
    publication: str
    """The publication that it was told of."""
    version: int
    """The number of that publication."""
    day: str
    """The day, in the clinic's time zone."""
    feel: Literal["too_easy", "right", "too_hard", "hurt", "cannot", None]
    """How it was; null where it was not said."""
    words: str
    """The patient's own words; blank for none."""
    source: Literal["page", "paper", "api"]
    """Where it was told."""
    recorded_by: str | None
    """Who keyed it in; null where the patient told it."""
    created_at: str
    """When it was told first."""
    changed_at: str
    """When it was told last."""
    pain: int | None
    """The worst pain, 0 to 10; null where it was not said."""
    signs: list[str]
    """The codes of the warning signs that were ticked."""


class DayEntryInput(TypedDict):
    """A day as a whole. One that was told of before is corrected."""

    day: str
    """The day in the clinic's time zone: since the plan's first version, not in the future."""
    feel: NotRequired[Literal["too_easy", "right", "too_hard", "hurt", "cannot"]]
    """How it was."""
    words: NotRequired[str]
    """The patient's own words."""
    client_id: NotRequired[str]
    """An id of your own for this telling: told again under it, it changes nothing."""
    told_at: NotRequired[str]
    """When the patient told it, by the device's clock. It is kept and decides nothing."""
    publication: NotRequired[str]
    """The publication that it is told of; without one, that of the day."""
    whole: NotRequired[bool]
    """Whether what is left out is taken back. Otherwise it stays as it was."""
    pain: NotRequired[int]
    """The worst pain, 0 to 10."""
    signs: NotRequired[list[str]]
    """The codes of warning signs: those of the plan, and the fixed ones of every handout."""


class DayEntryPage(TypedDict):
    """DayEntryPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[DayEntry]
    """The rows of this page."""


class Delivery(TypedDict):
    """One event for one webhook."""

    id: str
    """The delivery's id."""
    webhook: str
    """The webhook's id."""
    event_id: str
    """What the receiver sees as webhook-id."""
    event: Literal[
        "rendering.ready",
        "rendering.failed",
        "plan.to_be_reviewed",
        "plan.paused",
        "plan.resumed",
        "link.opened",
        "log.told",
        "follow_up.raised",
        "measure.told",
    ]
    """What happened."""
    body: str
    """What is sent, byte for byte."""
    state: Literal["queued", "running", "delivered", "failed"]
    """Where it stands."""
    happened_at: str
    """When it happened."""
    next_try_at: str
    """Not tried again before."""
    tries: list[Try]
    """The tries, the oldest first."""


class DeliveryPage(TypedDict):
    """DeliveryPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Delivery]
    """The rows of this page."""


class Device(TypedDict):
    """A patient's own device that opens the link without the birth date."""

    id: str
    """The device's id."""
    kind: Literal["phone", "tablet", "computer"]
    """What its browser says it runs on."""
    created_at: str
    """Since when it is remembered."""
    last_seen_at: str
    """When it was last used, to the hour."""
    expires_on: str
    """The last day on which it opens the link, never after the link's own."""


class DevicePage(TypedDict):
    """DevicePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Device]
    """The rows of this page."""


class Difference(TypedDict):
    """A change that counts, as one source has it."""

    source: str
    """The code of the source."""
    kind: Literal["important", "detectable"]
    """important: patients call it a change for the better; detectable: it is more than chance."""
    points: str
    """From how many points on, as a decimal number."""
    people: str
    """Of whom that is known."""
    regions: list[str]
    """The regions that it is known of; none: it counts for everybody."""
    of_one: bool
    """Whether it is about one activity, and not about the mean."""


class Disagreement(TypedDict):
    """Sources that do not agree about an exercise."""

    sides: list[Said]
    """What each of them says; two or more."""
    go_on_when: str
    """What would justify going on."""


class Disclaimer(TypedDict):
    """A clinic's disclaimer in one language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    words: str
    """Printed at the end of handouts."""


class DisclaimerInput(TypedDict):
    """A clinic's disclaimer in one language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    words: str
    """Printed at the end of handouts."""


class Dose(TypedDict):
    """A dose, as an exercise has it."""

    sets_min: int | None
    """Sets. The fewest. Null: not said."""
    sets_max: int | None
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: int | None
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: int | None
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: int | None
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: int | None
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: int | None
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: int | None
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: int | None
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: int | None
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: int | None
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: int | None
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: int | None
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: int | None
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: Literal["each", "left", "right", None]
    """Which side works; null where sides do not apply."""
    load: str
    """The load in words."""
    until: str | None
    """The last day of this exercise."""


class Event(TypedDict):
    """One act or one reading. Objects are named by id."""

    id: str
    """Its id."""
    at: str
    """When."""
    by: str | None
    """Who, by name; null for the patient and the service itself."""
    on_behalf_of: str | None
    """For which therapist, by name, where a system acted for one."""
    verb: str
    """What was done."""
    object_type: str
    """With what."""
    object_id: str
    """Its id."""


class EventPage(TypedDict):
    """EventPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Event]
    """The rows of this page."""


class Exercise(TypedDict):
    """An exercise with the revision that your clinics go on with."""

    id: str
    """The exercise's id."""
    code: str
    """Its code, stable."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    retired_on: str | None
    """Since when it is offered no more."""
    alternative_to: str | None
    """The code of the exercise it can stand for."""
    easier: str | None
    """The code of an easier exercise."""
    harder: str | None
    """The code of a harder exercise."""
    revision: Revision
    """The revision that a reviewer of your clinics approved last; the newest one where there is none."""
    pending: PendingRevision | None
    """The newest revision, if your clinics do not use it; else null."""


class ExercisePage(TypedDict):
    """ExercisePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Exercise]
    """The rows of this page."""


class ExerciseShort(TypedDict):
    """What a list of items needs to know of an exercise."""

    revision: str
    """The revision's id."""
    code: str
    """The exercise's code."""
    name: str
    """Its name in the patient's language; the code where there is no text."""
    position: str
    """The starting position."""
    newest: bool
    """Whether it is the revision that the clinic goes on with."""


class Finding(TypedDict):
    """One thing to know about a plan."""

    fingerprint: str
    """Its name, 32 hex digits: a reason is given for it."""
    cause: str
    """Names its cause, 32 hex digits: findings of one cause have one, and a reason given for it answers all of them."""
    code: Literal[
        "burden_long",
        "burden_many",
        "burden_too_many",
        "cause_first",
        "check_first",
        "clearance_does_not_count",
        "code_means_several",
        "condition_rule",
        "date_impossible",
        "date_missing",
        "diagnosis_named",
        "diagnosis_unchecked",
        "dose_amount_missing",
        "dose_frequency_missing",
        "dose_frequency_partial",
        "dose_impossible",
        "dose_outside_safe_range",
        "dose_rest_missing",
        "dose_side_missing",
        "dose_side_unexpected",
        "dose_until_past",
        "due_date_past",
        "easier_does_not_fit",
        "equipment_missing",
        "exercise_duplicate",
        "exercise_retired",
        "exercise_without_movements",
        "kind_missing",
        "language_not_ready",
        "leaflet_missing",
        "leaflet_not_approved",
        "leaflet_retired",
        "limit",
        "limit_not_checked",
        "no_condition",
        "order_changes_position",
        "pain_control_first",
        "plan_empty",
        "red_flag_emergency",
        "red_flag_same_day",
        "review_date_far",
        "review_date_missing",
        "review_date_past",
        "revision_not_approved",
        "revision_outdated",
        "sentence_missing",
        "sentence_not_approved",
        "side_missing",
        "sign_missing",
        "sign_not_approved",
        "sign_without_room",
        "sources_disagree",
        "text_missing",
        "text_not_approved",
    ]
    """What kind of finding."""
    level: Literal["stop", "avoid", "caution", "advice"]
    """stop: ends only when its fact changes; avoid: needs a reason; caution, advice: to know."""
    item: str | None
    """The plan item it concerns; null for the whole plan."""
    message: str
    """What is the case."""
    action: str
    """What can be done."""
    condition: str | None
    """The condition's code, if one is behind it."""
    suggested_conditions: list[str]
    """Codes of conditions that a diagnosis in free words names: record them, or give the reason."""
    needs_reason: bool
    """Whether publishing needs a recorded reason."""
    patient_copy_only: bool
    """Whether it stops the patient's copy alone."""
    patient_sentence: str
    """What is printed for the patient if the plan goes on."""
    holds_from: str | None
    """The day from which it holds, where that comes after the plan's first; printed with the sentence."""
    rule: RuleBehind | None
    """The rule behind it, if there is one."""
    reason: ReasonGiven | None
    """The newest reason that holds, if one was given."""


class FollowUp(TypedDict):
    """A reason to look at a plan again, from what its patient told or did not tell."""

    id: str
    """The follow-up's id."""
    patient: str
    """The patient's id."""
    plan: str
    """The plan's id."""
    publication: str
    """The id of the version that it was told of."""
    kind: Literal["pain", "hurts", "sign", "silent", "easy"]
    """Why."""
    sentence: str
    """Why, in English, with names as on the sheet."""
    items: list[str]
    """The items of the plan that it is about."""
    day: str
    """The newest day that it speaks of."""
    since: str
    """The first of its days; of a silence the last that was told of, or of the issue."""
    days: int | None
    """On how many days it was so; null for a silence."""
    sessions: int | None
    """In how many sessions it hurt, could not be done, or was easy."""
    pain: int | None
    """The worst pain of the newest day, 0 to 10."""
    over: int | None
    """Above which pain the sheet says to stop."""
    signs: list[str]
    """The codes of the warning signs that were ticked."""
    corrected: bool
    """Whether it was corrected since; it stays until somebody is done."""
    raised_at: str
    """When it was raised."""
    seen_at: str | None
    """When somebody saw it first as it is now."""
    seen_by: str | None
    """Whose eyes those were: the person's id."""
    done_at: str | None
    """When somebody was done with it."""
    done_by: str | None
    """Who that was: the person's id."""
    ended_at: str | None
    """When it ended by itself: something was logged, or an exercise was not easy after all."""


class FollowUpPage(TypedDict):
    """FollowUpPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[FollowUp]
    """The rows of this page."""


class FormatsInput(TypedDict):
    """Formats to render."""

    formats: list[
        Literal[
            "patient-a4-normal-colour",
            "patient-a4-normal-grey",
            "patient-a4-large-colour",
            "patient-a4-large-grey",
            "patient-letter-normal-colour",
            "patient-letter-normal-grey",
            "patient-letter-large-colour",
            "patient-letter-large-grey",
            "clinician-a4-normal-colour",
            "clinician-a4-normal-grey",
            "clinician-a4-large-colour",
            "clinician-a4-large-grey",
            "clinician-letter-normal-colour",
            "clinician-letter-normal-grey",
            "clinician-letter-large-colour",
            "clinician-letter-large-grey",
            "summary-a4-normal-colour",
            "summary-a4-normal-grey",
            "summary-a4-large-colour",
            "summary-a4-large-grey",
            "summary-letter-normal-colour",
            "summary-letter-normal-grey",
            "summary-letter-large-colour",
            "summary-letter-large-grey",
        ]
    ]
    """The formats to render: copy (patient, clinician, summary), paper, type size, ink."""


class GoOnWhen(TypedDict):
    """The criteria for the next protocol, in one language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    words: str
    """The criteria."""


class GoOnWhenInput(TypedDict):
    """The criteria for the next protocol, in one language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    words: str
    """The criteria."""


class Help(TypedDict):
    """A condition that an exercise helps."""

    condition: str
    """The condition's code."""
    source: str
    """Who says so."""


class Intention(TypedDict):
    """What a patient exercises for, and when and where, in their own words."""

    plan: str
    """The plan's id."""
    goal: str
    """What for; blank where nothing is written."""
    when_and_where: str
    """When and where; blank where nothing is written."""
    changed_at: str | None
    """When it was written last; null where it never was."""


class IssuedShort(TypedDict):
    """The newest publication of a plan."""

    id: str
    """The publication's id."""
    number: int
    """The version, counted from 1."""


class Item(TypedDict):
    """One exercise of a plan with its own dose. Names the exercise by `exercise_code` or by `revision`. A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own."""

    id: str
    """The item's id; given in a list, it keeps the item and its reasons."""
    exercise_code: str
    """The exercise's code: takes the revision that the clinic approved last."""
    revision: str
    """The revision's id: takes this one, as long as it is in the library."""
    note: str
    """A note to the patient for this exercise."""
    extra_caution: str
    """A further caution, printed."""
    offers_easier: bool
    """Whether the handout says what to do for those who cannot do it: its easier exercise, if it has one."""
    sets_min: int | None
    """Sets. The fewest. Null: not said."""
    sets_max: int | None
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: int | None
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: int | None
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: int | None
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: int | None
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: int | None
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: int | None
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: int | None
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: int | None
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: int | None
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: int | None
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: int | None
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: int | None
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: Literal["each", "left", "right", None]
    """Which side works; null where sides do not apply."""
    load: str
    """The load in words."""
    until: str | None
    """The last day of this exercise."""


class ItemInput(TypedDict):
    """One exercise of a plan with its own dose. Names the exercise by `exercise_code` or by `revision`. A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own."""

    id: NotRequired[str]
    """The item's id; given in a list, it keeps the item and its reasons."""
    exercise_code: NotRequired[str]
    """The exercise's code: takes the revision that the clinic approved last."""
    revision: NotRequired[str]
    """The revision's id: takes this one, as long as it is in the library."""
    note: NotRequired[str]
    """A note to the patient for this exercise."""
    extra_caution: NotRequired[str]
    """A further caution, printed."""
    offers_easier: NotRequired[bool]
    """Whether the handout says what to do for those who cannot do it: its easier exercise, if it has one."""
    sets_min: NotRequired[int | None]
    """Sets. The fewest. Null: not said."""
    sets_max: NotRequired[int | None]
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: NotRequired[int | None]
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: NotRequired[int | None]
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: NotRequired[int | None]
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: NotRequired[int | None]
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: NotRequired[int | None]
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: NotRequired[int | None]
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: NotRequired[int | None]
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: NotRequired[int | None]
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: NotRequired[int | None]
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: NotRequired[int | None]
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: NotRequired[int | None]
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: NotRequired[int | None]
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: NotRequired[Literal["each", "left", "right", None]]
    """Which side works; null where sides do not apply."""
    load: NotRequired[str]
    """The load in words."""
    until: NotRequired[str | None]
    """The last day of this exercise."""


class ItemsInput(TypedDict):
    """All items of a plan in their order."""

    items: list[ItemInput]
    """The exercises in their order."""


class Joined(TypedDict):
    """A plan after a protocol joined it. The ETag is the plan's."""

    plan: Plan
    """The plan as it is now."""
    added: list[str]
    """The ids of the items that are new."""
    left_out: list[LeftOut]
    """The exercises that the plan did not get, in their order."""


class Judged(TypedDict):
    """What a source calls a change that counts, and whether this one does."""

    source: str
    """The code of the source."""
    cite: str
    """How it is cited."""
    kind: Literal["important", "detectable"]
    """important or detectable, as of the measure."""
    points: str
    """From how many points on."""
    people: str
    """Of whom that is known."""
    of_one: bool
    """Whether it is about one activity."""
    is_reached: bool
    """Whether the change is that large."""


class Key(TypedDict):
    """A key without its secret, which nobody can read again."""

    id: str
    """The key's id."""
    system: str
    """Its system."""
    client_id: str
    """What names the key where tokens are made."""
    scopes: list[str]
    """The most that its tokens may have."""
    created_at: str
    """When it was made."""
    expires_on: str
    """Its last day."""
    last_used_at: str | None
    """When it was used last, to the minute."""
    revoked_at: str | None
    """When it was revoked."""


class KeyInput(TypedDict):
    """A new key. A system has at most two that work, so that one can follow the other without a gap."""

    system: str
    """The system."""
    scopes: list[
        Literal[
            "audit:read",
            "clinics:write",
            "findings:read",
            "follow-ups:read",
            "follow-ups:write",
            "library:read",
            "links:read",
            "links:write",
            "log:read",
            "log:write",
            "mails:read",
            "mails:write",
            "measures:read",
            "measures:write",
            "patients:read",
            "patients:write",
            "plans:publish",
            "plans:read",
            "plans:write",
            "protocols:read",
            "protocols:write",
            "publications:read",
            "publications:write",
            "renderings:write",
            "reviews:read",
            "reviews:write",
            "webhooks:read",
            "webhooks:write",
        ]
    ]
    """What its tokens may do."""
    days: NotRequired[int]
    """For how many days it works."""


class Leaflet(TypedDict):
    """A page about a condition, which a plan may have printed for the patient to keep."""

    id: str
    """Its id."""
    code: str
    """Its code, by which a plan names it."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    conditions: list[str]
    """Codes of the conditions that it is about; their kinds count too."""
    source: str
    """Where what it says is from."""
    retired_on: str | None
    """Since when it is offered and printed no more."""
    texts: list[LeafletText]
    """The newest text of each language, and older ones that a clinic of yours approves."""


class LeafletPage(TypedDict):
    """LeafletPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Leaflet]
    """The rows of this page."""


class LeafletSection(TypedDict):
    """A heading with what stands under it."""

    heading: str
    """The heading."""
    lines: list[str]
    """One paragraph, or the points of a list."""


class LeafletText(TypedDict):
    """A leaflet in one language."""

    language: str
    """The language's code."""
    number: int
    """The version of this text, counted from 1."""
    title: str
    """The title, as printed."""
    sections: list[LeafletSection]
    """All else that is printed, in its order."""
    approved_for: list[str]
    """Your clinics whose reviewer approves this text, by id; there the newest such is printed."""


class LeftOut(TypedDict):
    """An exercise of the protocol that the plan did not get."""

    exercise: str
    """The exercise's id."""
    exercise_code: str
    """The exercise's code."""
    why: Literal["in_plan", "retired", "not_approved", "against_rules", "not_chosen"]
    """`in_plan`: it was there already. `retired`: it is offered no more. `not_approved`: the clinic approves none of its revisions. `against_rules`: the rules say to avoid or to stop it for this patient. `not_chosen`: `take` does not name it."""


class LibraryProtocol(TypedDict):
    """A programme that comes with the library, in the version that is newest, or that your clinics go on with."""

    id: str
    """Its id, by which a plan is started from it or joined by it."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    number: int
    """The version that is told, counted from 1."""
    condition: str
    """The code of the condition it is for."""
    phase: str
    """The phase, in words."""
    anchor: str
    """The date that its days count from: onset, surgery, due_date; blank for any time."""
    from_day: int | None
    """The first day of its phase."""
    to_day: int | None
    """The day that is no longer inside; null for no end."""
    next: str
    """The code of the protocol that follows; blank for none."""
    source: str
    """Where what it says is from."""
    note: str
    """For therapists: how strong its sources are."""
    retired_on: str | None
    """Since when it is offered no more."""
    texts: list[LibraryProtocolText]
    """Its words by language."""
    items: list[LibraryProtocolItem]
    """Its exercises in their order."""
    approved_for: list[str]
    """Your clinics whose reviewer approves this version, by id: their plans may take it."""


class LibraryProtocolItem(TypedDict):
    """One exercise of a protocol of the library with its dose."""

    exercise_code: str
    """The exercise's code."""
    sets_min: int | None
    """Sets. The fewest. Null: not said."""
    sets_max: int | None
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: int | None
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: int | None
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: int | None
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: int | None
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: int | None
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: int | None
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: int | None
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: int | None
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: int | None
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: int | None
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: int | None
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: int | None
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: Literal["each", "left", "right", None]
    """Which side works; null where sides do not apply."""
    load: str
    """The load in words."""
    until: str | None
    """The last day of this exercise."""


class LibraryProtocolPage(TypedDict):
    """LibraryProtocolPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[LibraryProtocol]
    """The rows of this page."""


class LibraryProtocolText(TypedDict):
    """Its words in one language."""

    language: str
    """The language's code."""
    title: str
    """The title; a plan takes it over."""
    go_on_when: str
    """When to go on to the next phase; blank where there is none."""


class LimitOfPatient(TypedDict):
    """What a surgeon or another clinician forbade the patient; it stays as it was set, until it is cleared."""

    cleared_on: str | None
    """The day it was cleared."""
    cleared_by: str
    """The clinician's name."""
    cleared_how: str
    """How: seen in clinic, MRI of that day, phone call."""
    words: str
    """What the patient reads on the sheet, in their language."""
    movement: str | None
    """The code of a movement: exercises that ask for it become findings. Null where there is none: the limit is printed and not checked."""
    side: Literal["left", "right", "both", None]
    """Of which side it speaks; null for both."""
    at_most: float | None
    """So many degrees or kilograms. Never checked."""
    unit: Literal["degrees", "kilograms", None]
    """What the amount counts; null without one."""
    said_by: str
    """The name of the clinician who set it."""
    said_on: str
    """The day on which it was set."""
    until: str | None
    """The last day on which it holds; null until it is cleared."""


class LimitOfPatientInput(TypedDict):
    """What a surgeon or another clinician forbade the patient; it stays as it was set, until it is cleared."""

    cleared_on: NotRequired[str | None]
    """The day it was cleared."""
    cleared_by: NotRequired[str]
    """The clinician's name."""
    cleared_how: NotRequired[str]
    """How: seen in clinic, MRI of that day, phone call."""
    words: str
    """What the patient reads on the sheet, in their language."""
    movement: NotRequired[str | None]
    """The code of a movement: exercises that ask for it become findings. Null where there is none: the limit is printed and not checked."""
    side: NotRequired[Literal["left", "right", "both", None]]
    """Of which side it speaks; null for both."""
    at_most: NotRequired[float | None]
    """So many degrees or kilograms. Never checked."""
    unit: NotRequired[Literal["degrees", "kilograms", None]]
    """What the amount counts; null without one."""
    said_by: str
    """The name of the clinician who set it."""
    said_on: str
    """The day on which it was set."""
    until: NotRequired[str | None]
    """The last day on which it holds; null until it is cleared."""


class Link(TypedDict):
    """A plan's personal link: whoever has it and knows the birth date sees the newest publication."""

    id: str
    """The link's id."""
    plan: str
    """The plan's id."""
    url: str | None
    """The address to hand to the patient; null once it is revoked."""
    code: str | None
    """The 6 digits that its page asks beside the birth date, as they are printed; null where it does not."""
    expires_on: str
    """The last day on which it opens."""
    created_at: str
    """When it was made."""
    revoked_at: str | None
    """When it was revoked."""
    blocked_at: str | None
    """When 30 wrong birth dates in a row closed it. It stays closed until it is renewed."""
    state: Literal["open", "paused", "blocked", "expired", "revoked"]
    """Whether it opens, or why not. While the plan is `paused` it says not to exercise and gives no PDF."""
    openings: int
    """How many times it was opened with the right birth date."""


class LinkInput(TypedDict):
    """Which plan's link, and whether a new one takes the place of the one there is."""

    plan: str
    """The plan's id."""
    renew: NotRequired[bool]
    """Whether to revoke the link there is; sheets printed before then lead nowhere."""


class LinkPage(TypedDict):
    """LinkPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Link]
    """The rows of this page."""


class LogEntry(TypedDict):
    """One session of one exercise on one day, as it was told last."""

    id: str
    """Its id."""
    plan: str
    """The plan's id."""
    publication: str
    """The publication that it was told of."""
    version: int
    """The number of that publication."""
    day: str
    """The day, in the clinic's time zone."""
    feel: Literal["too_easy", "right", "too_hard", "hurt", "cannot", None]
    """How it was; null where it was not said."""
    words: str
    """The patient's own words; blank for none."""
    source: Literal["page", "paper", "api"]
    """Where it was told."""
    recorded_by: str | None
    """Who keyed it in; null where the patient told it."""
    created_at: str
    """When it was told first."""
    changed_at: str
    """When it was told last."""
    item: str
    """The plan item's id, the same in every version."""
    session: int
    """Which time of the day, from 1."""
    outcome: Literal["all", "part", "skipped"]
    """How much of it was done."""
    reason: Literal["pain", "time", "too_hard", "unwell", "forgot", "other", None]
    """Why it was skipped, where that was said."""
    pain_before: int | None
    """Pain before it, 0 to 10; null where it was not said."""
    pain_after: int | None
    """Pain after it, 0 to 10; null where it was not said."""


class LogEntryInput(TypedDict):
    """One session of one exercise on one day. One that was told before is corrected."""

    day: str
    """The day in the clinic's time zone: since the plan's first version, not in the future."""
    feel: NotRequired[Literal["too_easy", "right", "too_hard", "hurt", "cannot"]]
    """How it was."""
    words: NotRequired[str]
    """The patient's own words."""
    client_id: NotRequired[str]
    """An id of your own for this telling: told again under it, it changes nothing."""
    told_at: NotRequired[str]
    """When the patient told it, by the device's clock. It is kept and decides nothing."""
    publication: NotRequired[str]
    """The publication that it is told of; without one, that of the day."""
    whole: NotRequired[bool]
    """Whether what is left out is taken back. Otherwise it stays as it was."""
    item: str
    """The plan item's id."""
    session: NotRequired[int]
    """Which time of the day; 1 if not given."""
    outcome: Literal["all", "part", "skipped"]
    """How much of it was done."""
    reason: NotRequired[Literal["pain", "time", "too_hard", "unwell", "forgot", "other"]]
    """Why it was skipped."""
    pain_before: NotRequired[int]
    """Pain before it, 0 to 10."""
    pain_after: NotRequired[int]
    """Pain after it, 0 to 10."""


class LogEntryPage(TypedDict):
    """LogEntryPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[LogEntry]
    """The rows of this page."""


class MadeKey(TypedDict):
    """A new key with its secret, told this once."""

    id: str
    """The key's id."""
    system: str
    """Its system."""
    client_id: str
    """What names the key where tokens are made."""
    scopes: list[str]
    """The most that its tokens may have."""
    created_at: str
    """When it was made."""
    expires_on: str
    """Its last day."""
    last_used_at: str | None
    """When it was used last, to the minute."""
    revoked_at: str | None
    """When it was revoked."""
    client_secret: str
    """Keep it where nobody reads it."""


class MadeWebhook(TypedDict):
    """A webhook with its secret, told this once."""

    id: str
    """The webhook's id."""
    clinic: str
    """The clinic; yours when not given. Stays."""
    url: str
    """Where to send: https, on the public internet."""
    events: list[
        Literal[
            "rendering.ready",
            "rendering.failed",
            "plan.to_be_reviewed",
            "plan.paused",
            "plan.resumed",
            "link.opened",
            "log.told",
            "follow_up.raised",
            "measure.told",
        ]
    ]
    """What to tell."""
    active: bool
    """Whether it hears anything."""
    created_at: str
    """When it was made."""
    failures_in_row: int
    """How many tries failed since the last that was taken."""
    paused_at: str | None
    """Since when it is paused, as it failed too often: what it is to hear waits until it is resumed."""
    secret: str
    """Checks the signatures (Standard Webhooks)."""


class Mail(TypedDict):
    """A letter with a plan's link. Its Message-ID is `<ID@host>` with this id, so that a returned one names it."""

    id: str
    """The mail's id."""
    publication: str
    """The publication from which it was asked for."""
    plan: str
    """The plan's id."""
    patient: str
    """The patient's id."""
    link: str
    """The link that it carries."""
    address: str
    """Where it goes."""
    language: str
    """The language of its words."""
    state: Literal["queued", "running", "sent", "unknown", "failed", "bounced", "cancelled"]
    """Where it stands. `sent`: a mail server took it. `unknown`: whether one did is not known; it is not sent again by itself. `cancelled`: plan, link or consent ended before."""
    error_code: str
    """Why it failed, was cancelled, or waits for another try; else blank. `refused` and `came_back` mark the address."""
    answer: str
    """What the mail server said."""
    written_to_file: bool
    """Whether it was written into a file, as the service has no mail server."""
    attempts: int
    """How often it was tried."""
    created_at: str
    """When it was asked for."""
    not_before: str | None
    """When it is tried next, while it waits."""
    finished_at: str | None
    """When it ended."""


class MailInput(TypedDict):
    """Whose link goes where."""

    publication: str
    """The publication's id; the link is that of its plan."""
    address: str
    """The patient's mail address."""
    consented: NotRequired[bool]
    """Whether the patient agreed to mails at this address just now. It is recorded, and asked for once for each address, and again after the address failed."""


class MailPage(TypedDict):
    """MailPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Mail]
    """The rows of this page."""


class Measure(TypedDict):
    """What patients are asked at the start of a plan and at its review."""

    id: str
    """Its id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    source: str
    """Where what it says is from."""
    retired_on: str | None
    """Since when it is asked no more."""
    texts: list[MeasureText]
    """The newest text of each language, and older ones that a clinic of yours approves."""


class MeasureInput(TypedDict):
    """The numbers of one measure. What was told for the same start, or the same day's review, is corrected."""

    measure: str
    """The measure's code."""
    occasion: Literal["start", "review"]
    """When it was asked."""
    day: str
    """The day in the clinic's time zone, from 31 days before the first version to today."""
    value: NotRequired[int]
    """The number, of a measure that asks for one."""
    activities: NotRequired[list[ActivityInput]]
    """The activities, of a measure that asks for them."""
    whole: NotRequired[bool]
    """Whether numbers that are left out are taken back. Otherwise they stay as they were."""


class MeasurePage(TypedDict):
    """MeasurePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Measure]
    """The rows of this page."""


class MeasureResult(TypedDict):
    """A measure of a plan from its start to its last review. Means are of what was rated both times."""

    measure: str
    """The measure's code."""
    is_approved: bool
    """Whether the clinic's reviewer approves the scale and the figures that it is held against."""
    better: Literal["lower", "higher"]
    """Which end is better."""
    start: float | None
    """The number or mean at the start."""
    start_day: str | None
    """The day of the start."""
    review: float | None
    """The number or mean at the last review."""
    review_day: str | None
    """The day of that review."""
    change: float | None
    """Review less start; null where one is missing."""
    is_better: bool | None
    """Whether it got better; null for the same or unknown."""
    reached: int
    """By how many sources the change matters to patients."""
    sources: int
    """How many sources say from where on it does, for such a patient."""
    judged: list[Judged]
    """Each of them. Sources may differ."""
    activities: list[ActivityResult]
    """The activities, for a measure that asks for them."""


class MeasureText(TypedDict):
    """A measure in one language, with its scale."""

    language: str
    """The language's code."""
    number: int
    """The version of this text, counted from 1."""
    name: str
    """What it is called."""
    question: str
    """What is asked."""
    help: str
    """What helps to answer; may be blank."""
    lowest: int
    """The lowest number."""
    lowest_words: str
    """What it means."""
    highest: int
    """The highest number."""
    highest_words: str
    """What it means."""
    kind: Literal["number", "pain", "own_activities"]
    """One number, one of pain, or one for each of the patient's own activities."""
    better: Literal["lower", "higher"]
    """Which end is the better one."""
    differences: list[Difference]
    """Which change counts; sources that differ all stand here."""
    approved_for: list[str]
    """Your clinics whose reviewer approves this text, by id; there the newest such is asked."""


class Movement(TypedDict):
    """What an exercise may ask of the body."""

    id: str
    """Its id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    name: str
    """Its name."""
    meaning: str
    """What is meant."""
    implies: list[str]
    """Codes of the wider movements it includes."""
    change_waits: bool
    """Whether a change waits for a reviewer of your clinics; until then what was said before counts too."""


class MovementPage(TypedDict):
    """MovementPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Movement]
    """The rows of this page."""


class NextPhaseInput(TypedDict):
    """Why the plan goes on, and from which of its protocols."""

    because: Literal["met", "time"]
    """`met`: the therapist saw that the criterion is met. `time`: by time, whether it is met or not."""
    of: NotRequired[str]
    """The protocol whose next phase is meant; without it that of the newest one that has a next."""
    take: NotRequired[list[str]]
    """Codes of the exercises that join, also against the rules. Without it all join but those that the rules say to avoid or to stop for this patient."""


class Opening(TypedDict):
    """One use of a link, or a try. The address it came from is never told."""

    id: str
    """Its id."""
    use: Literal["opened", "downloaded", "refused", "slowed"]
    """What was done with the link."""
    at: str
    """When."""


class OpeningPage(TypedDict):
    """OpeningPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Opening]
    """The rows of this page."""


class OwnActivity(TypedDict):
    """One of the patient's own activities."""

    place: int
    """The first, second or third."""
    words: str
    """In the words of the patient or the therapist."""
    recorded_by: str | None
    """Who wrote it; null for the patient."""


class Patient(TypedDict):
    """A patient in the caseload of one therapist of one clinic."""

    id: str
    """The patient's id."""
    external_id: str | None
    """Your own id for this patient; each calling system sees its own. Null for people."""
    clinic: str
    """The clinic; when not given, the only one where you have patients. Stays as it is."""
    therapist: str
    """In whose caseload the patient is; when not given, you, or the only one who treats there."""
    name: str
    """The patient's name, as printed where `printed_name` is blank."""
    printed_name: str
    """How the name stands on the handout. Needed for a name in a script that no handout has."""
    birth_date: str
    """The birth date; it opens the personal link."""
    record_number: str
    """The clinic's record number, unique in the clinic."""
    sex: Literal["female", "male", "other", "unknown"]
    """As recorded by the clinic."""
    language: Literal["ar", "en", "es", "zh-hans"]
    """The language of the handouts, a BCP 47 code in small letters; the clinic's when not given."""
    large_print: bool
    """Whether large print is preset."""
    diagnoses: str
    """Other diagnoses in free words or ICD-10 codes, one on a line. What names a condition is a finding."""
    equipment: list[
        Literal[
            "mat",
            "pillow",
            "towel",
            "chair",
            "wall",
            "step",
            "band",
            "pool",
            "stick",
            "light_weight",
            "ankle_weight",
            "ball",
            "table",
            "bed",
            "door_frame",
            "cushion",
            "stationary_bike",
            "target_card",
        ]
    ]
    """What the patient has at home."""
    pain_control_first: bool
    """Whether pain control must come before exercise."""
    figure_build: Literal["slender", "average", "heavy", None]
    """The build of the person in the pictures, as somebody chose it; null where nobody did: average."""
    figure_skin: Literal["light", "medium", "dark", None]
    """The skin of the person in the pictures, as somebody chose it; null where nobody did: medium."""
    phone: str
    """The phone number."""
    email: str
    """The mail address."""
    conditions: list[ConditionOfPatient]
    """The patient's conditions, each code once. A list that is given replaces the one there is."""
    symptoms: list[SymptomOfPatient]
    """The reported symptoms, each code once beside those that were cleared. A list that is given replaces the one there is, but for what was cleared, which stays on record."""
    limits: list[LimitOfPatient]
    """The limits that were set for the patient. A list that is given names each one that holds, as it was set: clear it to end it. Those that are over or were cleared stay on record."""
    alerts: NotRequired[list[AlertOfPatient]]
    """Plans that the patient follows and the rules now stop, ask a reason for or could not check, and those that are paused. Told of one patient at a time; absent in lists."""


class PatientInput(TypedDict):
    """A patient in the caseload of one therapist of one clinic."""

    external_id: NotRequired[str | None]
    """Your own id for this patient; each calling system sees its own. Null for people."""
    clinic: NotRequired[str]
    """The clinic; when not given, the only one where you have patients. Stays as it is."""
    therapist: NotRequired[str]
    """In whose caseload the patient is; when not given, you, or the only one who treats there."""
    name: str
    """The patient's name, as printed where `printed_name` is blank."""
    printed_name: NotRequired[str]
    """How the name stands on the handout. Needed for a name in a script that no handout has."""
    birth_date: str
    """The birth date; it opens the personal link."""
    record_number: NotRequired[str]
    """The clinic's record number, unique in the clinic."""
    sex: NotRequired[Literal["female", "male", "other", "unknown"]]
    """As recorded by the clinic."""
    language: NotRequired[Literal["ar", "en", "es", "zh-hans"]]
    """The language of the handouts, a BCP 47 code in small letters; the clinic's when not given."""
    large_print: NotRequired[bool]
    """Whether large print is preset."""
    diagnoses: NotRequired[str]
    """Other diagnoses in free words or ICD-10 codes, one on a line. What names a condition is a finding."""
    equipment: NotRequired[
        list[
            Literal[
                "mat",
                "pillow",
                "towel",
                "chair",
                "wall",
                "step",
                "band",
                "pool",
                "stick",
                "light_weight",
                "ankle_weight",
                "ball",
                "table",
                "bed",
                "door_frame",
                "cushion",
                "stationary_bike",
                "target_card",
            ]
        ]
    ]
    """What the patient has at home."""
    pain_control_first: NotRequired[bool]
    """Whether pain control must come before exercise."""
    figure_build: NotRequired[Literal["slender", "average", "heavy", None]]
    """The build of the person in the pictures, as somebody chose it; null where nobody did: average."""
    figure_skin: NotRequired[Literal["light", "medium", "dark", None]]
    """The skin of the person in the pictures, as somebody chose it; null where nobody did: medium."""
    phone: NotRequired[str]
    """The phone number."""
    email: NotRequired[str]
    """The mail address."""
    conditions: NotRequired[list[ConditionOfPatientInput]]
    """The patient's conditions, each code once. A list that is given replaces the one there is."""
    symptoms: NotRequired[list[SymptomOfPatientInput]]
    """The reported symptoms, each code once beside those that were cleared. A list that is given replaces the one there is, but for what was cleared, which stays on record."""
    limits: NotRequired[list[LimitOfPatientInput]]
    """The limits that were set for the patient. A list that is given names each one that holds, as it was set: clear it to end it. Those that are over or were cleared stay on record."""


class PatientPage(TypedDict):
    """PatientPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Patient]
    """The rows of this page."""


class PatientPatch(TypedDict):
    """A patient in the caseload of one therapist of one clinic."""

    external_id: NotRequired[str | None]
    """Your own id for this patient; each calling system sees its own. Null for people."""
    clinic: NotRequired[str]
    """The clinic; when not given, the only one where you have patients. Stays as it is."""
    therapist: NotRequired[str]
    """In whose caseload the patient is; when not given, you, or the only one who treats there."""
    name: NotRequired[str]
    """The patient's name, as printed where `printed_name` is blank."""
    printed_name: NotRequired[str]
    """How the name stands on the handout. Needed for a name in a script that no handout has."""
    birth_date: NotRequired[str]
    """The birth date; it opens the personal link."""
    record_number: NotRequired[str]
    """The clinic's record number, unique in the clinic."""
    sex: NotRequired[Literal["female", "male", "other", "unknown"]]
    """As recorded by the clinic."""
    language: NotRequired[Literal["ar", "en", "es", "zh-hans"]]
    """The language of the handouts, a BCP 47 code in small letters; the clinic's when not given."""
    large_print: NotRequired[bool]
    """Whether large print is preset."""
    diagnoses: NotRequired[str]
    """Other diagnoses in free words or ICD-10 codes, one on a line. What names a condition is a finding."""
    equipment: NotRequired[
        list[
            Literal[
                "mat",
                "pillow",
                "towel",
                "chair",
                "wall",
                "step",
                "band",
                "pool",
                "stick",
                "light_weight",
                "ankle_weight",
                "ball",
                "table",
                "bed",
                "door_frame",
                "cushion",
                "stationary_bike",
                "target_card",
            ]
        ]
    ]
    """What the patient has at home."""
    pain_control_first: NotRequired[bool]
    """Whether pain control must come before exercise."""
    figure_build: NotRequired[Literal["slender", "average", "heavy", None]]
    """The build of the person in the pictures, as somebody chose it; null where nobody did: average."""
    figure_skin: NotRequired[Literal["light", "medium", "dark", None]]
    """The skin of the person in the pictures, as somebody chose it; null where nobody did: medium."""
    phone: NotRequired[str]
    """The phone number."""
    email: NotRequired[str]
    """The mail address."""
    conditions: NotRequired[list[ConditionOfPatientInput]]
    """The patient's conditions, each code once. A list that is given replaces the one there is."""
    symptoms: NotRequired[list[SymptomOfPatientInput]]
    """The reported symptoms, each code once beside those that were cleared. A list that is given replaces the one there is, but for what was cleared, which stays on record."""
    limits: NotRequired[list[LimitOfPatientInput]]
    """The limits that were set for the patient. A list that is given names each one that holds, as it was set: clear it to end it. Those that are over or were cleared stay on record."""


class PatientSearchInput(TypedDict):
    """What to find patients by; all that is given must fit."""

    page_size: NotRequired[int]
    """How many results on a page; 50 when not given."""
    search: NotRequired[str]
    """Words that must all occur, each in one of: name, record_number."""
    external_id: NotRequired[str]
    """Your own id for the patient."""
    record_number: NotRequired[str]
    """The clinic's record number, whole."""
    birth_date: NotRequired[str]
    """The birth date."""
    condition: NotRequired[str]
    """A condition's code."""
    clinic: NotRequired[str]
    """The clinic's id."""
    therapist: NotRequired[str]
    """The therapist's id."""
    ordering: NotRequired[Literal["name", "-name", "birth_date", "-birth_date"]]
    """The field to order by; a minus sign in front turns the order round."""


class PendingRevision(TypedDict):
    """A newer revision that your clinics do not use: it waits for their reviewer, or was taken back."""

    id: str
    """The revision's id."""
    number: int
    """Counted from 1."""


class PendingRule(TypedDict):
    """A change of a rule that waits for review: until then both versions judge, and the stricter finding counts."""

    version: int
    """Counted from 1."""
    condition: str
    """The condition's code."""
    movements: list[str]
    """Codes of the movements it speaks of."""
    whole_plan: bool
    """Whether it speaks of the whole plan."""
    level: Literal["caution", "avoid", "stop"]
    """What it asks for."""
    anchor: Literal["onset", "surgery", "due_date", None]
    """The date its days count from."""
    from_day: int | None
    """The first day."""
    to_day: int | None
    """The day after the last."""
    until_cleared: bool
    """Whether it holds until a clinician clears it."""
    check_first: bool
    """Whether its sentence says what to check each day before the exercises."""
    rationale: str
    """Why."""
    retires: bool
    """Whether it lets the rule fire no more."""


class Phase(TypedDict):
    """A protocol that a plan goes by."""

    protocol: str
    """The protocol's id: of the clinic, or of the library."""
    because: str
    """Why the plan went on to it: `met`, its criterion was met; `time`, by time; blank, it was chosen."""


class Picture(TypedDict):
    """A picture of an exercise, of one figure and for one reading direction."""

    body: str
    """Whom it shows: slender, sturdy, or photo for a photograph."""
    mirrored: bool
    """Whether it is mirrored, for reading from right to left."""
    media_type: str
    """The media type."""
    width: int
    """The width in pixels; at most so much until it is drawn."""
    height: int
    """The height in pixels; at most so much until it is drawn."""
    url: str
    """Where it is."""


class Plan(TypedDict):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    id: str
    """The plan's id."""
    external_id: str | None
    """Your own id for this plan; each calling system sees its own. Null for people."""
    patient: str
    """The patient's id. Stays as it is."""
    title: str
    """The title, as printed."""
    goals: str
    """The goals, as printed."""
    start_on: str | None
    """The first day."""
    review_on: str | None
    """The day on which the plan is looked at again, at most two years ahead."""
    therapies: list[str]
    """Other therapies that the handout notes: codes of advice."""
    leaflets: list[str]
    """Leaflets that are printed with the patient's copy, a page each: their codes."""
    note: str
    """A note to the patient."""
    items: list[Item]
    """The exercises in their order. A list that is given replaces the one there is."""
    stopped_on: str | None
    """The day it was ended."""
    paused_at: str | None
    """Since when it is paused: its link and its sheets say not to exercise."""
    phases: list[Phase]
    """The protocols that the plan goes by, the newest last."""
    created_at: str
    """When it was made."""
    changed_at: str
    """When it was changed last."""
    last_publication: IssuedShort | None
    """The newest issued version; null while it is a draft."""
    expanded: NotRequired[PlanExpanded]
    """What `expand` asked for; else absent."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class PlanExpanded(TypedDict):
    """What `expand` asked for, each only when named there."""

    patient: NotRequired[Patient]
    """The plan's patient."""
    exercises: NotRequired[list[ExerciseShort]]
    """The items' exercises, each once."""
    findings: NotRequired[list[Finding]]
    """What the rules say today."""


class PlanInput(TypedDict):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    external_id: NotRequired[str | None]
    """Your own id for this plan; each calling system sees its own. Null for people."""
    patient: str
    """The patient's id. Stays as it is."""
    title: str
    """The title, as printed."""
    goals: NotRequired[str]
    """The goals, as printed."""
    start_on: NotRequired[str | None]
    """The first day."""
    review_on: NotRequired[str | None]
    """The day on which the plan is looked at again, at most two years ahead."""
    therapies: NotRequired[list[str]]
    """Other therapies that the handout notes: codes of advice."""
    leaflets: NotRequired[list[str]]
    """Leaflets that are printed with the patient's copy, a page each: their codes."""
    note: NotRequired[str]
    """A note to the patient."""
    items: NotRequired[list[ItemInput]]
    """The exercises in their order. A list that is given replaces the one there is."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class PlanMeasures(TypedDict):
    """What measures say of a plan's patient."""

    activities: list[OwnActivity]
    """The patient's own activities, rated or not."""
    results: list[MeasureResult]
    """Each measure that was told of."""


class PlanPage(TypedDict):
    """PlanPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Plan]
    """The rows of this page."""


class PlanPatch(TypedDict):
    """A patient's plan: a draft until it is published, and still editable afterwards."""

    external_id: NotRequired[str | None]
    """Your own id for this plan; each calling system sees its own. Null for people."""
    patient: NotRequired[str]
    """The patient's id. Stays as it is."""
    title: NotRequired[str]
    """The title, as printed."""
    goals: NotRequired[str]
    """The goals, as printed."""
    start_on: NotRequired[str | None]
    """The first day."""
    review_on: NotRequired[str | None]
    """The day on which the plan is looked at again, at most two years ahead."""
    therapies: NotRequired[list[str]]
    """Other therapies that the handout notes: codes of advice."""
    leaflets: NotRequired[list[str]]
    """Leaflets that are printed with the patient's copy, a page each: their codes."""
    note: NotRequired[str]
    """A note to the patient."""
    items: NotRequired[list[ItemInput]]
    """The exercises in their order. A list that is given replaces the one there is."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class PlanSearchInput(TypedDict):
    """What to find plans by; all that is given must fit."""

    page_size: NotRequired[int]
    """How many results on a page; 50 when not given."""
    search: NotRequired[str]
    """Words that must all occur, each in one of: title."""
    external_id: NotRequired[str]
    """Your own id for the plan."""
    patient: NotRequired[str]
    """The patient's id."""
    exercise: NotRequired[str]
    """The code of an exercise in it."""
    published: NotRequired[bool]
    """Whether it was ever issued."""
    stopped: NotRequired[bool]
    """Whether it was ended."""
    review_before: NotRequired[str]
    """To be looked at before this day."""
    ordering: NotRequired[
        Literal["changed_at", "-changed_at", "created_at", "-created_at", "title", "-title"]
    ]
    """The field to order by; a minus sign in front turns the order round."""


class Prepared(TypedDict):
    """The same after all that would be printed was reserved and handed to the worker."""

    findings: list[Finding]
    """All findings, the gravest first."""
    may_be_published: bool
    """Whether it holds an exercise, nothing stops it and every reason is given."""
    stops: int
    """How many findings stop it."""
    unanswered: int
    """How many findings need a reason and have none."""
    minutes_per_day: int
    """About how many minutes a day the plan takes."""
    position_changes: int
    """How many times the position changes in its order."""
    expected_hash: str
    """What publish expects if nothing changes."""


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    """Where the code is explained."""
    title: str
    """The code in words."""
    status: int
    """The HTTP status again."""
    detail: str
    """What went wrong, for a person."""
    code: str
    """What went wrong, for a program. Codes are never renamed."""
    request_id: NotRequired[str]
    """Names this call in the service's logs."""
    errors: NotRequired[list[dict[str, Any]]]
    """The fields that are wrong."""
    findings: NotRequired[list[Finding]]
    """The findings that stand in the way, where publishing was refused."""
    publication: NotRequired[str]
    """The publication that is there already."""


class Protocol(TypedDict):
    """A clinic's named programme, from which plans are made. It holds no patient's data."""

    id: str
    """The protocol's id."""
    external_id: str | None
    """Your own id for this protocol; each calling system sees its own. Null for people."""
    clinic: str
    """The clinic; when not given, the only one whose protocols you write. Stays as it is."""
    title: str
    """The title, once among the clinic's protocols in use."""
    condition: str | None
    """The code of the condition it is for; null for any."""
    phase: str
    """Which phase it is for."""
    window_anchor: Literal["onset", "surgery", "due_date", None]
    """The date of the condition that its window counts from; null for no window."""
    window_from_day: int | None
    """The first day of its window."""
    window_to_day: int | None
    """The day that is no longer inside its window."""
    go_on_when: list[GoOnWhen]
    """The criteria for the next protocol, each language once."""
    next: str | None
    """The id of the protocol that follows on it; null for none."""
    guidance: str
    """A note for therapists. Never printed."""
    goals: str
    """The goals, as printed."""
    therapies: list[str]
    """Other therapies that the handout notes: codes of advice."""
    note: str
    """A note to the patient."""
    items: list[ProtocolItem]
    """The exercises in their order. A list that is given replaces the one there is."""
    retired_on: str | None
    """The day it was retired."""
    created_at: str
    """When it was made."""
    changed_at: str
    """When it was changed last."""
    expanded: NotRequired[ProtocolExpanded]
    """What `expand` asked for; else absent."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class ProtocolExercise(TypedDict):
    """What a list of a protocol's items needs to know of an exercise."""

    exercise: str
    """The exercise's id."""
    code: str
    """The exercise's code."""
    name: str
    """Its name in English; the code where there is no text."""
    retired: bool
    """Whether it is offered no more; then plans do not get it."""
    revision: str | None
    """The revision that a plan takes today; null while the clinic approves none."""


class ProtocolExpanded(TypedDict):
    """What `expand` asked for, each only when named there."""

    exercises: list[ProtocolExercise]
    """The items' exercises, each once."""


class ProtocolInput(TypedDict):
    """A clinic's named programme, from which plans are made. It holds no patient's data."""

    external_id: NotRequired[str | None]
    """Your own id for this protocol; each calling system sees its own. Null for people."""
    clinic: NotRequired[str]
    """The clinic; when not given, the only one whose protocols you write. Stays as it is."""
    title: str
    """The title, once among the clinic's protocols in use."""
    condition: NotRequired[str | None]
    """The code of the condition it is for; null for any."""
    phase: NotRequired[str]
    """Which phase it is for."""
    window_anchor: NotRequired[Literal["onset", "surgery", "due_date", None]]
    """The date of the condition that its window counts from; null for no window."""
    window_from_day: NotRequired[int | None]
    """The first day of its window."""
    window_to_day: NotRequired[int | None]
    """The day that is no longer inside its window."""
    go_on_when: NotRequired[list[GoOnWhenInput]]
    """The criteria for the next protocol, each language once."""
    next: NotRequired[str | None]
    """The id of the protocol that follows on it; null for none."""
    guidance: NotRequired[str]
    """A note for therapists. Never printed."""
    goals: NotRequired[str]
    """The goals, as printed."""
    therapies: NotRequired[list[str]]
    """Other therapies that the handout notes: codes of advice."""
    note: NotRequired[str]
    """A note to the patient."""
    items: NotRequired[list[ProtocolItemInput]]
    """The exercises in their order. A list that is given replaces the one there is."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class ProtocolItem(TypedDict):
    """One exercise of a protocol with its own dose. Names the exercise by `exercise_code` or by `exercise`. A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own."""

    id: str
    """The item's id; given in a list, it keeps the item."""
    exercise_code: str
    """The exercise's code. A plan takes the newest revision that the clinic approves."""
    exercise: str
    """The exercise's id; counts where the code is given too."""
    note: str
    """A note to the patient for this exercise."""
    extra_caution: str
    """A further caution, printed."""
    offers_easier: bool
    """Whether the handout says what to do for those who cannot do it: its easier exercise, if it has one."""
    sets_min: int | None
    """Sets. The fewest. Null: not said."""
    sets_max: int | None
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: int | None
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: int | None
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: int | None
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: int | None
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: int | None
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: int | None
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: int | None
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: int | None
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: int | None
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: int | None
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: int | None
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: int | None
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: int | None
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: int | None
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: int | None
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: int | None
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: Literal["each", "left", "right", None]
    """Which side works; null where sides do not apply."""
    load: str
    """The load in words."""


class ProtocolItemInput(TypedDict):
    """One exercise of a protocol with its own dose. Names the exercise by `exercise_code` or by `exercise`. A new item takes the exercise's usual dose where none is given; an item that is named by id keeps its own."""

    id: NotRequired[str]
    """The item's id; given in a list, it keeps the item."""
    exercise_code: NotRequired[str]
    """The exercise's code. A plan takes the newest revision that the clinic approves."""
    exercise: NotRequired[str]
    """The exercise's id; counts where the code is given too."""
    note: NotRequired[str]
    """A note to the patient for this exercise."""
    extra_caution: NotRequired[str]
    """A further caution, printed."""
    offers_easier: NotRequired[bool]
    """Whether the handout says what to do for those who cannot do it: its easier exercise, if it has one."""
    sets_min: NotRequired[int | None]
    """Sets. The fewest. Null: not said."""
    sets_max: NotRequired[int | None]
    """Sets. The most; when only one of the two is given, both. Null: not said."""
    repetitions_min: NotRequired[int | None]
    """Repetitions. The fewest. Null: not said."""
    repetitions_max: NotRequired[int | None]
    """Repetitions. The most; when only one of the two is given, both. Null: not said."""
    duration_seconds_min: NotRequired[int | None]
    """Time. The fewest, in seconds. Null: not said."""
    duration_seconds_max: NotRequired[int | None]
    """Time. The most; when only one of the two is given, both, in seconds. Null: not said."""
    hold_seconds_min: NotRequired[int | None]
    """Hold. The fewest, in seconds. Null: not said."""
    hold_seconds_max: NotRequired[int | None]
    """Hold. The most; when only one of the two is given, both, in seconds. Null: not said."""
    rest_seconds_min: NotRequired[int | None]
    """Rest. The fewest, in seconds. Null: not said."""
    rest_seconds_max: NotRequired[int | None]
    """Rest. The most; when only one of the two is given, both, in seconds. Null: not said."""
    out_seconds_min: NotRequired[int | None]
    """Time there. The fewest, in seconds. Null: not said."""
    out_seconds_max: NotRequired[int | None]
    """Time there. The most; when only one of the two is given, both, in seconds. Null: not said."""
    back_seconds_min: NotRequired[int | None]
    """Time back. The fewest, in seconds. Null: not said."""
    back_seconds_max: NotRequired[int | None]
    """Time back. The most; when only one of the two is given, both, in seconds. Null: not said."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""
    side: NotRequired[Literal["each", "left", "right", None]]
    """Which side works; null where sides do not apply."""
    load: NotRequired[str]
    """The load in words."""


class ProtocolPage(TypedDict):
    """ProtocolPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Protocol]
    """The rows of this page."""


class ProtocolPatch(TypedDict):
    """A clinic's named programme, from which plans are made. It holds no patient's data."""

    external_id: NotRequired[str | None]
    """Your own id for this protocol; each calling system sees its own. Null for people."""
    clinic: NotRequired[str]
    """The clinic; when not given, the only one whose protocols you write. Stays as it is."""
    title: NotRequired[str]
    """The title, once among the clinic's protocols in use."""
    condition: NotRequired[str | None]
    """The code of the condition it is for; null for any."""
    phase: NotRequired[str]
    """Which phase it is for."""
    window_anchor: NotRequired[Literal["onset", "surgery", "due_date", None]]
    """The date of the condition that its window counts from; null for no window."""
    window_from_day: NotRequired[int | None]
    """The first day of its window."""
    window_to_day: NotRequired[int | None]
    """The day that is no longer inside its window."""
    go_on_when: NotRequired[list[GoOnWhenInput]]
    """The criteria for the next protocol, each language once."""
    next: NotRequired[str | None]
    """The id of the protocol that follows on it; null for none."""
    guidance: NotRequired[str]
    """A note for therapists. Never printed."""
    goals: NotRequired[str]
    """The goals, as printed."""
    therapies: NotRequired[list[str]]
    """Other therapies that the handout notes: codes of advice."""
    note: NotRequired[str]
    """A note to the patient."""
    items: NotRequired[list[ProtocolItemInput]]
    """The exercises in their order. A list that is given replaces the one there is."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class Publication(TypedDict):
    """An issued version of a plan; it never changes, but its plan may be paused, and it may be taught."""

    id: str
    """The publication's id."""
    plan: str
    """The plan's id."""
    patient: str
    """The patient's id."""
    number: int
    """The version, counted from 1."""
    issued_on: str
    """The day of issue, as printed."""
    published_at: str
    """When it was published."""
    published_by: str
    """Who published it, by name."""
    sheet_code: str
    """The code printed on its sheets."""
    content_sha256: str
    """Names what is printed."""
    paused_at: str | None
    """Since when its plan is paused, whichever version this is: the patient is told not to exercise. Its PDF is given with `paused=include` alone."""
    taught_back: Teaching | None
    """That it was shown and taught back; null until then."""
    renderings: list[Rendering]
    """The files that were asked for, newest first."""


class PublicationPage(TypedDict):
    """PublicationPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Publication]
    """The rows of this page."""


class PublishInput(TypedDict):
    """Publishing holds to what you saw: the plan's ETag in If-Match, or `expected_hash` of `prepare`."""

    expected_hash: NotRequired[str]
    """The hash that `prepare` told; stands for If-Match."""
    formats: NotRequired[
        list[
            Literal[
                "patient-a4-normal-colour",
                "patient-a4-normal-grey",
                "patient-a4-large-colour",
                "patient-a4-large-grey",
                "patient-letter-normal-colour",
                "patient-letter-normal-grey",
                "patient-letter-large-colour",
                "patient-letter-large-grey",
                "clinician-a4-normal-colour",
                "clinician-a4-normal-grey",
                "clinician-a4-large-colour",
                "clinician-a4-large-grey",
                "clinician-letter-normal-colour",
                "clinician-letter-normal-grey",
                "clinician-letter-large-colour",
                "clinician-letter-large-grey",
                "summary-a4-normal-colour",
                "summary-a4-normal-grey",
                "summary-a4-large-colour",
                "summary-a4-large-grey",
                "summary-letter-normal-colour",
                "summary-letter-normal-grey",
                "summary-letter-large-colour",
                "summary-letter-large-grey",
            ]
        ]
    ]
    """The formats to render: copy (patient, clinician, summary), paper, type size, ink."""
    reasons: NotRequired[list[ReasonInput]]
    """Reasons for findings that ask for one."""


class QuestionInput(TypedDict):
    """A patient and a plan as they might be."""

    clinic: NotRequired[str]
    """Whose library and approvals count; the only clinic of yours when not given."""
    birth_date: NotRequired[str | None]
    """The birth date."""
    language: NotRequired[Literal["ar", "en", "es", "zh-hans"]]
    """The patient's language."""
    start_on: NotRequired[str | None]
    """The first day."""
    review_on: NotRequired[str | None]
    """The day on which the plan is looked at again, at most two years ahead."""
    diagnoses: NotRequired[str]
    """Other diagnoses in free words or ICD-10 codes, one on a line."""
    equipment: NotRequired[
        list[
            Literal[
                "mat",
                "pillow",
                "towel",
                "chair",
                "wall",
                "step",
                "band",
                "pool",
                "stick",
                "light_weight",
                "ankle_weight",
                "ball",
                "table",
                "bed",
                "door_frame",
                "cushion",
                "stationary_bike",
                "target_card",
            ]
        ]
    ]
    """What the patient has at home."""
    pain_control_first: NotRequired[bool]
    """Whether pain control must come first."""
    conditions: NotRequired[list[ConditionOfPatientInput]]
    """The conditions."""
    symptoms: NotRequired[list[SymptomOfPatientInput]]
    """The symptoms."""
    limits: NotRequired[list[LimitOfPatientInput]]
    """The limits."""
    items: NotRequired[list[ItemInput]]
    """The exercises with their doses."""
    times_per_day_min: NotRequired[int | None]
    """Times a day. The fewest. Null: not said."""
    times_per_day_max: NotRequired[int | None]
    """Times a day. The most; when only one of the two is given, both. Null: not said."""
    days_per_week_min: NotRequired[int | None]
    """Days a week. The fewest. Null: not said."""
    days_per_week_max: NotRequired[int | None]
    """Days a week. The most; when only one of the two is given, both. Null: not said."""


class ReasonGiven(TypedDict):
    """Why a therapist goes on in spite of a finding."""

    id: str
    """Its id: it is taken back by it."""
    words: str
    """The reason."""
    by: str
    """Who gave it, by name."""
    at: str
    """When, with offset."""


class ReasonInput(TypedDict):
    """Why to go on in spite of a finding, or of all findings of a cause."""

    fingerprint: str
    """The finding's name, or its cause's: then the reason answers all findings of that cause."""
    words: str
    """The reason."""


class ReasonsInput(TypedDict):
    """Reasons for findings."""

    reasons: list[ReasonInput]
    """Reasons for findings that ask for one."""


class RecordText(TypedDict):
    """A version as plain text for a record."""

    text: str
    """What was given, on which grounds, that it was taught. Without the link, which opens the plan."""


class Reminder(TypedDict):
    """One mail of a plan's reminders. Its Message-ID is `<ID@host>` with this id, so that a returned one names it."""

    id: str
    """The reminder's id."""
    plan: str
    """The plan's id."""
    patient: str
    """The patient's id."""
    kind: Literal["reminder", "confirm"]
    """`confirm`: it asks the owner of a typed address to say yes."""
    address: str
    """Where it goes."""
    due_at: str
    """When it was due."""
    state: Literal["queued", "running", "sent", "unknown", "failed", "bounced", "cancelled"]
    """Where it stands. `sent`: a mail server took it. `unknown`: whether one did is not known; it is not sent again. `cancelled`: it was left out."""
    error_code: str
    """Why it was not sent, or came back; else blank."""
    answer: str
    """What the mail server said."""
    finished_at: str | None
    """When it ended."""


class Reminders(TypedDict):
    """Whether a patient is reminded by mail of a plan, when the next one goes, and what became of the last."""

    plan: str
    """The plan's id."""
    state: Literal["on", "asked", "off"]
    """`asked`: the patient typed an address on the page, and has not yet said yes by the mail that went there."""
    hour: int | None
    """The hour of the day, 0 to 23."""
    time_zone: str | None
    """The time zone of the hour; the clinic's by default."""
    address: str | None
    """Where they go."""
    by_patient: bool | None
    """Whether the patient asked on the page, and not the clinic."""
    since: str | None
    """Since when they are on."""
    ended_at: str | None
    """When they ended."""
    ended_why: str | None
    """Why: `switched_off`, `plan_stopped`, `link_ended`, `consent_withdrawn`, `address_changed`, `address_fails` or `replaced`."""
    next_at: str | None
    """When the next one goes, if nothing is logged by then. Null when the plan is over by then."""
    last_at: str | None
    """When the last one was due."""
    last_state: Literal["queued", "running", "sent", "unknown", "failed", "bounced", "cancelled", None]
    """What became of it. `unknown`: whether a mail server took it is not known; it is not sent again. `cancelled`: it was left out."""
    last_error_code: str | None
    """Why it was not sent, such as `too_late` or `logged`."""
    unknown: list[str]
    """The newest of which it is not known whether they were sent."""


class RemindersInput(TypedDict):
    """Reminders on, at an hour, or off."""

    on: bool
    """Whether the patient is to be reminded."""
    hour: NotRequired[int]
    """The hour of the day; needed to switch them on."""
    time_zone: NotRequired[str]
    """The patient's time zone by its IANA name. Left out or blank, the clinic's."""
    address: NotRequired[str]
    """The patient's mail address. Left out, what is on stays at its address."""
    consented: NotRequired[bool]
    """Whether the patient agreed to mails at this address just now. It is recorded, and asked for once for each address, and again after the address failed."""


class Rendering(TypedDict):
    """One file for a content and a format."""

    id: str
    """The rendering's id."""
    format: Literal[
        "patient-a4-normal-colour",
        "patient-a4-normal-grey",
        "patient-a4-large-colour",
        "patient-a4-large-grey",
        "patient-letter-normal-colour",
        "patient-letter-normal-grey",
        "patient-letter-large-colour",
        "patient-letter-large-grey",
        "clinician-a4-normal-colour",
        "clinician-a4-normal-grey",
        "clinician-a4-large-colour",
        "clinician-a4-large-grey",
        "clinician-letter-normal-colour",
        "clinician-letter-normal-grey",
        "clinician-letter-large-colour",
        "clinician-letter-large-grey",
        "summary-a4-normal-colour",
        "summary-a4-normal-grey",
        "summary-a4-large-colour",
        "summary-a4-large-grey",
        "summary-letter-normal-colour",
        "summary-letter-normal-grey",
        "summary-letter-large-colour",
        "summary-letter-large-grey",
    ]
    """The format's key."""
    state: Literal["queued", "running", "ready", "failed"]
    """Where it stands."""
    url: str
    """Where its state is told."""
    pdf_url: str
    """Where the PDF is, or will be."""
    size_bytes: int | None
    """The PDF's size in bytes."""
    pages: int | None
    """How many pages it has."""
    sha256: str
    """The PDF's SHA-256 in hex; blank until it is ready."""
    error_code: str
    """Why it failed, or why it waits for another try; else blank."""
    queued_at: str
    """When it was asked for."""
    finished_at: str | None
    """When it was done."""
    paused_at: str | None
    """Since when its plan is paused, whichever version this is: the patient is told not to exercise. Its PDF is given with `paused=include` alone."""


class Review(TypedDict):
    """A difference between the findings of the day of issue and those of today."""

    id: str
    """The review's id."""
    publication: str
    """The publication's id."""
    plan: str
    """The plan's id."""
    appeared: list[str]
    """Findings that are new: code and fingerprint."""
    gone: list[str]
    """Findings that are gone: code and fingerprint."""
    stops: int
    """How many findings stop the plan now: pause it."""
    unanswered: int
    """How many findings ask for a reason that nobody gave."""
    unchecked: bool
    """Whether the last check failed: look at the plan yourself, and pause it if in doubt."""
    found_at: str
    """When it was found."""
    closed_at: str | None
    """When someone looked at it."""


class ReviewPage(TypedDict):
    """ReviewPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Review]
    """The rows of this page."""


class Revision(TypedDict):
    """What an exercise says at one time."""

    id: str
    """The revision's id."""
    number: int
    """Counted from 1."""
    kind: Literal[
        "stretch",
        "mobility",
        "strengthening",
        "aerobic",
        "rest",
        "balance",
        "neuromotor",
        "breathing",
        "relaxation",
    ]
    """What it is for."""
    position: Literal[
        "supine", "side_lying", "prone", "hands_and_knees", "kneeling", "sitting", "standing", "water"
    ]
    """How the body starts."""
    targets: list[str]
    """The parts of the body it is for."""
    region: Literal[
        "neck",
        "thoracic",
        "shoulder",
        "elbow_wrist_hand",
        "low_back",
        "hip",
        "knee",
        "ankle_foot",
        "balance",
        "vestibular",
        "pelvic_floor",
        "breathing",
        "heart_lungs",
        "general",
        None,
    ]
    """The region of the body it is for."""
    level: int | None
    """How hard it is, from 1 (for nearly everybody) to 3."""
    helps: list[Help]
    """The conditions that it helps, each with who says so."""
    movements: list[str]
    """Codes of what it asks of the body."""
    equipment: list[str]
    """What it needs at home."""
    one_sided: bool
    """Whether one side works at a time."""
    limb: Literal["leg", "arm", None]
    """What works on each side, where it is one limb; null where it is the side itself."""
    dose: Dose
    """The usual dose."""
    safe: list[SafeRange]
    """What is safe for this exercise."""
    safe_source: str
    """Who says that it is safe."""
    source: str
    """Where the exercise comes from."""
    disagreement: str
    """What its sources disagree about; may be blank."""
    sources_disagree: Disagreement | None
    """The same, each side for itself; null where they agree."""
    approved_for: list[str]
    """Your clinics whose reviewer approved it, by id."""
    texts: list[Text]
    """Its texts; only the one asked for with `language`."""
    pictures: list[Picture]
    """Its pictures."""


class RevokeInput(TypedDict):
    """A form, as RFC 7009 wants it."""

    token: str
    """The token to end."""
    client_id: NotRequired[str]
    """The key's client id."""
    client_secret: NotRequired[str]
    """The key's secret."""


class Rule(TypedDict):
    """A rule as it is in force. Days count from `anchor`; `from_day` is inside, `to_day` is not."""

    id: str
    """The rule's id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    retired_on: str | None
    """Since when it fires no more."""
    version: int
    """Counted from 1."""
    condition: str
    """The condition's code."""
    movements: list[str]
    """Codes of the movements it speaks of."""
    whole_plan: bool
    """Whether it speaks of the whole plan."""
    level: Literal["caution", "avoid", "stop"]
    """What it asks for."""
    anchor: Literal["onset", "surgery", "due_date", None]
    """The date its days count from."""
    from_day: int | None
    """The first day."""
    to_day: int | None
    """The day after the last."""
    until_cleared: bool
    """Whether it holds until a clinician clears it."""
    check_first: bool
    """Whether its sentence says what to check each day before the exercises."""
    rationale: str
    """Why."""
    evidence: Literal["RCT", "cohort", "consensus", "review", "textbook", "protocol", "web", "opinion"]
    """How well it is supported."""
    source: str
    """Who says so."""
    counter_evidence: str
    """What speaks against it; may be blank."""
    sentences: list[Sentence]
    """What the patient reads."""
    review_on: str
    """When it is to be looked at again."""
    approved_for: list[str]
    """Your clinics whose reviewer approved this version, by id."""
    pending: PendingRule | None
    """A newer version that waits for a reviewer of your clinics; else null."""


class RuleBehind(TypedDict):
    """The version of a rule that found something."""

    code: str
    """The rule's code."""
    version: int
    """The rule's version, counted from 1."""
    rationale: str
    """Why the rule says so."""
    evidence: str
    """How well it is supported."""
    source: str
    """Who says so."""
    counter_evidence: str
    """What speaks against it; may be blank."""
    pending: bool
    """Whether this version waits for a reviewer of the clinic."""


class RulePage(TypedDict):
    """RulePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Rule]
    """The rows of this page."""


class SafeRange(TypedDict):
    """The range of one field of the dose that is safe for an exercise."""

    field: str
    """The field, with its unit."""
    low: int
    """The lowest safe number."""
    high: int
    """The highest safe number."""


class Said(TypedDict):
    """What one source says of an exercise."""

    source: str
    """Who says it."""
    words: str
    """What it says."""


class SaveAsProtocolInput(TypedDict):
    """The name of the protocol that a plan is saved as."""

    title: str
    """The title, once among the clinic's protocols in use."""
    condition: NotRequired[str | None]
    """The code of the condition it is for; null for any."""
    with_words: NotRequired[bool]
    """Whether goals, notes and extra cautions come along. They were written for one patient: look first that they name nobody."""


class Score(TypedDict):
    """One number that was told."""

    id: str
    """Its id."""
    plan: str
    """The plan's id."""
    publication: str
    """The newest publication when it was told."""
    measure: str
    """The measure's code."""
    occasion: Literal["start", "review"]
    """When it was asked."""
    day: str
    """The day, in the clinic's time zone."""
    place: int | None
    """Which of the patient's own activities it is of; null for a measure that asks for none."""
    value: int
    """The number."""
    source: Literal["page", "paper", "api"]
    """Where it was told."""
    recorded_by: str | None
    """Who keyed it in; null where the patient told it."""
    created_at: str
    """When it was told."""


class ScorePage(TypedDict):
    """ScorePage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Score]
    """The rows of this page."""


class Sentence(TypedDict):
    """A rule's sentence for the patient."""

    language: str
    """The language."""
    words: str
    """The sentence."""


class Service(TypedDict):
    """The service that answers."""

    version: str
    """Its release. The API's own version stands in the description."""


class SignSentence(TypedDict):
    """What the patient's copy says of a warning sign in one language."""

    language: str
    """The language's code."""
    number: int
    """The version of this sentence, counted from 1."""
    words: str
    """The sentence, as printed."""
    red_flag: Literal["emergency", "same_day", None]
    """Under which title it stands; null: this version says that it is printed no more."""
    audience: Audience
    """On whose copy it is printed."""
    needs_answer: bool
    """Whether it is printed only where the clinic names who answers."""
    approved_for: list[str]
    """Your clinics whose reviewer approves this sentence, by id; there the newest such is printed."""


class StartPlanInput(TypedDict):
    """For whom a plan is made from the protocol."""

    patient: str
    """The patient's id."""
    title: NotRequired[str]
    """The plan's title; when not given, the protocol's."""
    start_on: NotRequired[str | None]
    """The first day."""
    review_on: NotRequired[str | None]
    """The day on which the plan is looked at again, at most two years ahead."""
    take: NotRequired[list[str]]
    """Codes of the exercises that join, also against the rules. Without it all join but those that the rules say to avoid or to stop for this patient."""


class Symptom(TypedDict):
    """What a patient may report."""

    id: str
    """Its id."""
    code: str
    """Its code."""
    clinic: str | None
    """The clinic it belongs to; null for the shared library."""
    name: str
    """Its name."""
    red_flag: Literal["emergency", "same_day", None]
    """What it asks for, if it is a warning sign."""
    retired_on: str | None
    """Since when it is recorded of nobody anew, and printed no more; where it is recorded it counts."""
    change_waits: bool
    """Whether a change waits for a reviewer of your clinics; until then what was said before counts too."""
    sentences: list[SignSentence]
    """What the patient's copy says of a warning sign: the newest sentence of each language, and older ones that a clinic of yours approves."""


class SymptomOfPatient(TypedDict):
    """A symptom that a patient reported; a red flag stops every plan until it is cleared."""

    cleared_on: str | None
    """The day it was cleared."""
    cleared_by: str
    """The clinician's name."""
    cleared_how: str
    """How: seen in clinic, MRI of that day, phone call."""
    symptom: str
    """The symptom's code."""
    noted_on: str | None
    """The day it was reported."""


class SymptomOfPatientInput(TypedDict):
    """A symptom that a patient reported; a red flag stops every plan until it is cleared."""

    cleared_on: NotRequired[str | None]
    """The day it was cleared."""
    cleared_by: NotRequired[str]
    """The clinician's name."""
    cleared_how: NotRequired[str]
    """How: seen in clinic, MRI of that day, phone call."""
    symptom: str
    """The symptom's code."""
    noted_on: NotRequired[str | None]
    """The day it was reported."""


class SymptomPage(TypedDict):
    """SymptomPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Symptom]
    """The rows of this page."""


class System(TypedDict):
    """A piece of software of a clinic; what it does is recorded under its name."""

    id: str
    """The system's id."""
    clinic: str
    """Its clinic."""
    name: str
    """Its name."""
    on_behalf_of: str | None
    """The therapist in whose caseload it works; null for one that works for the whole clinic."""
    created_at: str
    """When it was made."""
    ended_at: str | None
    """When it was ended."""
    keys: list[Key]
    """Its keys, the newest first."""


class SystemInput(TypedDict):
    """A new system."""

    clinic: str
    """The clinic, where you are lead."""
    name: str
    """Its name, unique in the clinic."""
    role: NotRequired[Literal["lead", "therapist"]]
    """What it may see: lead, the whole clinic; therapist, the caseload of `on_behalf_of`."""
    on_behalf_of: NotRequired[str]
    """For the role therapist: the therapist whom it acts for, by id. It sees and does what they may, as long as they work in the clinic, and the audit names both."""


class SystemPage(TypedDict):
    """SystemPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[System]
    """The rows of this page."""


class TakeBackInput(TypedDict):
    """Reasons that were given by mistake."""

    reasons: list[str]
    """The ids of the reasons, as the findings tell them."""


class Teaching(TypedDict):
    """That a version was shown to the patient, who showed it back."""

    taught_on: str
    """The day."""
    recorded_by: str
    """Who recorded it, by name."""
    recorded_at: str
    """When it was recorded."""


class TeachingInput(TypedDict):
    """On which day it was taught back."""

    taught_on: NotRequired[str]
    """From the day of issue to today; today when not given."""


class Text(TypedDict):
    """An exercise in one language, as the patient reads it."""

    language: str
    """The language, a BCP 47 code in small letters."""
    name: str
    """The name."""
    purpose: str
    """What it is good for."""
    start: str
    """How to start."""
    steps: list[str]
    """The steps in their order."""
    breathing: str
    """How to breathe, where it matters; may be blank."""
    cautions: list[str]
    """When to stop or take care."""
    alt: str
    """What the picture shows."""
    also: list[str]
    """Other names, never printed."""
    approved_for: list[str]
    """Your clinics whose reviewer approved this text, by id."""


class Therapist(TypedDict):
    """A person in whose caseload patients can be."""

    id: str
    """The person's id."""
    name: str
    """The name, as printed."""
    title: str
    """Printed after the name; empty without one."""


class Title(TypedDict):
    """A title of a plan or a person in another language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    title: str
    """The title as it was typed."""
    words: str
    """What handouts in this language print for it."""


class TitleInput(TypedDict):
    """A title of a plan or a person in another language."""

    language: Literal["en", "es", "ar", "zh-hans"]
    """The language, by its code."""
    title: str
    """The title as it was typed."""
    words: str
    """What handouts in this language print for it."""


class Token(TypedDict):
    """A token."""

    access_token: str
    """Send it as `Authorization: Bearer ...`."""
    token_type: str
    """Always Bearer."""
    expires_in: int
    """For how many seconds it works."""
    scope: str
    """Its scopes."""


class TokenError(TypedDict):
    """Why there is no token (RFC 6749, 5.2)."""

    error: str
    """The code."""
    error_description: NotRequired[str]
    """The same in words."""


class TokenInput(TypedDict):
    """A form, not JSON: RFC 6749 wants it so. The key may stand in the Authorization header (Basic) instead."""

    grant_type: str
    """Always client_credentials."""
    client_id: NotRequired[str]
    """The key's client id."""
    client_secret: NotRequired[str]
    """The key's secret."""
    scope: NotRequired[str]
    """Scopes with spaces between; all of the key's when not given."""


class Try(TypedDict):
    """One try to deliver."""

    at: str
    """When."""
    status: int | None
    """The receiver's HTTP status, if it answered."""
    error: str
    """Why it did not answer; else blank."""


class Webhook(TypedDict):
    """An https address that hears of events. It never hears a name or a birth date: only ids and codes."""

    id: str
    """The webhook's id."""
    clinic: str
    """The clinic; yours when not given. Stays."""
    url: str
    """Where to send: https, on the public internet."""
    events: list[
        Literal[
            "rendering.ready",
            "rendering.failed",
            "plan.to_be_reviewed",
            "plan.paused",
            "plan.resumed",
            "link.opened",
            "log.told",
            "follow_up.raised",
            "measure.told",
        ]
    ]
    """What to tell."""
    active: bool
    """Whether it hears anything."""
    created_at: str
    """When it was made."""
    failures_in_row: int
    """How many tries failed since the last that was taken."""
    paused_at: str | None
    """Since when it is paused, as it failed too often: what it is to hear waits until it is resumed."""


class WebhookInput(TypedDict):
    """An https address that hears of events. It never hears a name or a birth date: only ids and codes."""

    clinic: NotRequired[str]
    """The clinic; yours when not given. Stays."""
    url: str
    """Where to send: https, on the public internet."""
    events: list[
        Literal[
            "rendering.ready",
            "rendering.failed",
            "plan.to_be_reviewed",
            "plan.paused",
            "plan.resumed",
            "link.opened",
            "log.told",
            "follow_up.raised",
            "measure.told",
        ]
    ]
    """What to tell."""
    active: NotRequired[bool]
    """Whether it hears anything."""


class WebhookPage(TypedDict):
    """WebhookPage"""

    next: str | None
    """The next page; null on the last."""
    previous: str | None
    """The page before; null on the first."""
    results: list[Webhook]
    """The rows of this page."""


class WebhookPatch(TypedDict):
    """An https address that hears of events. It never hears a name or a birth date: only ids and codes."""

    clinic: NotRequired[str]
    """The clinic; yours when not given. Stays."""
    url: NotRequired[str]
    """Where to send: https, on the public internet."""
    events: NotRequired[
        list[
            Literal[
                "rendering.ready",
                "rendering.failed",
                "plan.to_be_reviewed",
                "plan.paused",
                "plan.resumed",
                "link.opened",
                "log.told",
                "follow_up.raised",
                "measure.told",
            ]
        ]
    ]
    """What to tell."""
    active: NotRequired[bool]
    """Whether it hears anything."""
