"""Contents for tests: any content that fits the records, and one that reads like a real plan."""

import string
from datetime import date

from hypothesis import strategies as st

from plans.content import (
    ChangesContent,
    ClinicContent,
    DoseChange,
    EasierContent,
    FindingContent,
    ItemContent,
    LaterSentence,
    LeafletContent,
    LeafletSection,
    PatientContent,
    PictureContent,
    PlanContent,
    SignContent,
    TherapistContent,
)
from plans.dose import Dose, Frequency, Limb, Side, Span

words = st.text(st.characters(codec="utf-8"), max_size=40)
some_words = st.lists(words, max_size=3).map(tuple)
hashes = st.text(string.hexdigits[:16], min_size=64, max_size=64)
dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
spans = st.builds(Span, st.integers(0, 400), st.integers(0, 400))
doses = st.builds(
    Dose,
    sets=st.none() | spans,
    repetitions=st.none() | spans,
    duration_seconds=st.none() | spans,
    hold_seconds=st.none() | spans,
    times_per_day=st.none() | spans,
    side=st.none() | st.sampled_from(Side),
    load=words,
    until=st.none() | dates,
)
frequencies = st.builds(Frequency, times_per_day=st.none() | spans, days_per_week=st.none() | spans)
pictures = st.builds(PictureContent, sha256=hashes, alt=words)
later = st.lists(st.builds(LaterSentence, holds_from=dates, words=words), max_size=2).map(tuple)
items = st.builds(
    ItemContent,
    key=st.uuids().map(str),
    number=st.integers(1, 50),
    exercise_code=words,
    revision_id=words,
    name=words,
    kind=words,
    position=words,
    purpose=words,
    start=words,
    steps=some_words,
    dose=doses,
    cautions=some_words,
    extra_caution=words,
    note=words,
    sentences=some_words,
    later_sentences=later,
    sides_in_steps=st.booleans(),
    limb=st.sampled_from(["", *Limb]).map(str),
    breathing=words,
    offers_easier=st.booleans(),
    easier=st.none()
    | st.builds(EasierContent, exercise_code=words, revision_id=words, name=words, dose=doses),
    picture=st.none() | pictures,
)
changes = st.builds(
    ChangesContent,
    since_version=st.integers(1, 99),
    since_date=dates,
    added=some_words,
    removed=some_words,
    dose_changed=st.lists(st.builds(DoseChange, name=words, before=doses, after=doses), max_size=2).map(
        tuple
    ),
    general_changed=st.booleans(),
)
findings = st.builds(
    FindingContent, code=words, level=words, message=words, item=st.none() | st.integers(1, 9)
)
leaflets = st.builds(
    LeafletContent,
    code=words,
    title=words,
    sections=st.lists(st.builds(LeafletSection, heading=words, lines=some_words), max_size=2).map(tuple),
)
contents = st.builds(
    PlanContent,
    plan_id=st.uuids().map(str),
    publication_id=st.uuids().map(str),
    version=st.integers(1, 99),
    issued_on=dates,
    sheet_code=words,
    link_id=words,
    language=st.sampled_from(["en", "es", "ar", "zh-hans"]),
    clinic=st.builds(ClinicContent, name=words, logo=st.none() | hashes),
    patient=st.builds(PatientContent, name=words),
    therapist=st.builds(TherapistContent, name=words),
    title=words,
    items=st.lists(items, max_size=3).map(tuple),
    goals=words,
    start_date=st.none() | dates,
    review_date=st.none() | dates,
    frequency=frequencies,
    therapies=some_words,
    note=words,
    later_sentences=later,
    advice=some_words,
    leaflets=st.lists(leaflets, max_size=2).map(tuple),
    signs=st.lists(st.builds(SignContent, code=words, red_flag=words, words=words), max_size=2).map(tuple),
    demonstration=st.booleans(),
    changes=st.none() | changes,
    findings=st.lists(findings, max_size=2).map(tuple),
)


def bridge(**values):
    """An exercise as a plan prints it."""
    given = {
        "key": "5d6c0c0e-0001-4000-8000-000000000001",
        "number": 1,
        "exercise_code": "glute-bridge",
        "revision_id": "5d6c0c0e-0002-4000-8000-000000000001",
        "name": "Glute bridge",
        "kind": "strengthening",
        "position": "supine",
        "purpose": "Makes your buttocks and low back stronger.",
        "start": "Lie on your back. Bend your knees.",
        "steps": ("Press your heels down.", "Lift your hips.", "Lower slowly."),
        "dose": Dose(sets=Span(1, 1), repetitions=Span(10, 15), hold_seconds=Span(5, 5)),
        "cautions": ("Do not arch your back at the top.",),
    }
    return ItemContent(**given | values)


def plan(**values):
    """A small published plan."""
    given = {
        "plan_id": "5d6c0c0e-0003-4000-8000-000000000001",
        "publication_id": "5d6c0c0e-0004-4000-8000-000000000001",
        "version": 1,
        "issued_on": date(2026, 11, 20),
        "sheet_code": "K7QM-4T2X",
        "link_id": "5d6c0c0e-0005-4000-8000-000000000001",
        "language": "en",
        "clinic": ClinicContent(name="Riverside Physiotherapy", phone="555 0100"),
        "patient": PatientContent(name="Ana Whitfield", record_number="R-100"),
        "therapist": TherapistContent(name="Sam Okafor", title="Physical therapist"),
        "title": "Low back pain: your plan",
        "items": (bridge(),),
    }
    return PlanContent(**given | values)
