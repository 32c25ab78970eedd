"""The gate for text: every column that people fill with words goes through it, whichever action writes it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.db import models

from plans.actions import (
    clinics,
    exercises,
    external_ids,
    handing_over,
    library_review,
    library_texts,
    load_library,
    logs,
    patient_notes,
    patients,
    people,
    plans,
    publishing,
    reissuing,
)
from plans.actions import reasons as reasons_given
from plans.actions import systems as system_actions
from plans.actions.measures import write_activities
from plans.actions.photo_rights import PhotoRights
from plans.actions.texts import (
    InvisibleCharacter,
    LooksBlank,
    LooseMark,
    PrintedNameMissing,
    TextRefused,
    TextTooLong,
    Unprintable,
)
from plans.libraryfiles import Level, Library, MovementData
from plans.models import Patient, PatientCondition, PatientLimit, PatientSymptom, Plan, Role, SentBack
from plans.models.folded import FoldedField
from plans.pictures import PHOTOGRAPH, convert_picture
from plans.queries.review_entries import picture_seen, seen_of
from plans.queries.review_state import entry_of
from tests import factories
from tests.logs import plan_of, tell, tell_day
from tests.pictures.samples import photo

BAD = "Turn \u202eround"
TAMIL = "அருண்"


def write_crisis_contact(at, pat, field, text):
    said = {"crisis_contact": "Crisis line", "crisis_phone": "988", field: text}
    return clinics.change_settings(clinic=at, by=factories.lead(at), **said)


def write_clinic(at, pat, field, text):
    if field.startswith("crisis"):
        return write_crisis_contact(at, pat, field, text)
    setattr(at, field, text)
    return clinics.make_clinic(clinic=at, by=None)


def write_person(at, pat, field, text):
    setattr(pat, field, text)
    return people.save_person(person=pat, by=None)


def write_role(at, pat, field, text):
    return clinics.give_role(person=pat, clinic=at, role=Role.REVIEWER, licence_number=text, by=None)


def write_patient(at, pat, field, text):
    return factories.patient(pat, **{field: text})


def cleared(row, field, text):
    row.cleared_on, row.cleared_by, row.cleared_how = factories.date(2026, 1, 5), "Dr. A", "seen"
    setattr(row, field, text)
    return row


def write_condition(at, pat, field, text):
    row = cleared(PatientCondition(condition=factories.condition("arthritis")), field, text)
    patients.save_patient(patient=factories.patient(pat), conditions=[row], by=pat)
    return row


def write_symptom(at, pat, field, text):
    row = cleared(PatientSymptom(symptom=factories.symptom()), field, text)
    patients.save_patient(patient=factories.patient(pat), symptoms=[row], by=pat)
    return row


def write_limit(at, pat, field, text):
    row = PatientLimit(words="Do not kneel", said_by="Dr A", said_on=factories.date(2026, 1, 4))
    patients.save_patient(patient=factories.patient(pat), limits=[cleared(row, field, text)], by=pat)
    return row


def write_plan(at, pat, field, text):
    return plans.save_plan(
        plan=Plan(**{"patient": factories.patient(pat), "title": "Plan", field: text}), items=[], by=pat
    )


def write_plan_item(at, pat, field, text):
    row = factories.item(factories.approved_exercise(at), **{field: text})
    plans.save_plan(plan=Plan(patient=factories.patient(pat), title="Plan"), items=[row], by=pat)
    return row


def write_protocol(at, pat, field, text):
    return factories.protocol(factories.lead(at), **{field: text})


def write_protocol_item(at, pat, field, text):
    row = factories.protocol_item(factories.approved_exercise(at).exercise, **{field: text})
    factories.protocol(factories.lead(at), items=[row])
    return row


def write_reason(at, pat, field, text):
    of_plan = factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    factories.approved_rule(at, level=Level.AVOID)
    (finding,) = publishing.check_plan(of_plan).unanswered
    reasons_given.give_reasons(plan=of_plan, reasons={finding.fingerprint: text}, by=pat, strict=True)
    return of_plan.reasons.get()


def write_system(at, pat, field, text):
    return system_actions.make_system(clinic=at, name=text, by=None)


def write_external_id(at, pat, field, text):
    system = system_actions.make_system(clinic=at, name="S", by=None)
    external_ids.set_external_id(system=system, what=factories.patient(pat), value=text)
    return system.external_ids.get()


def write_reissue(at, pat, field, text):
    issued = factories.publication(pat)
    exercise = issued.plan.items.get().revision.exercise
    return reissuing.order_reissue(exercise=exercise, clinic=at, why=text, by=factories.lead(at))


def write_handover(at, pat, field, text):
    to = factories.lead(at)
    return handing_over.hand_over(patients=[factories.patient(pat)], to=to, by=pat, **{field: text})


def write_patient_note(at, pat, field, text):
    return patient_notes.write_note(patient=factories.patient(pat), by=pat, **{field: text})


def write_sent_back(at, pat, field, text):
    revision = factories.exercise()
    entry = entry_of(at, "exercise", revision.exercise_id)
    library_review.send_back(
        kind=entry.kind,
        pk=entry.pk,
        seen=seen_of(entry, picture_seen(entry)),
        clinic=at,
        by=factories.reviewer(at),
        **{field: text},
    )
    return SentBack.objects.get()


def write_exercise(at, pat, field, text):
    return factories.exercise(**{field: text})


def write_photo(at, pat, field, text):
    rights = PhotoRights(
        **{"consent_by": "Kim", "consent_on": date(2026, 1, 2), "licence": "ours", field: text}
    )
    factories.movement("supine")
    revision, _ = exercises.write_exercise(
        data=factories.exercise_data("heel-slide"),
        photo=convert_picture(BytesIO(photo()), bounds=PHOTOGRAPH),
        rights=rights,
        clinic=at,
        by=factories.library_admin(at),
    )
    return revision.pictures.get()


def write_exercise_text(at, pat, field, text):
    value = (text,) if field in ("steps", "cautions") else text
    return factories.exercise(texts={"en": factories.exercise_text(**{field: value})}).texts.get()


def write_rule(at, pat, field, text):
    return factories.rule(**{field: text})


def write_intention(issued, **words):
    given = {"goal": "", "when_and_where": "", **words}
    return logs.set_intention(plan=issued.plan, by=None, **given)


def write_activity(issued, *, words):
    return write_activities(plan=issued.plan, words={1: words}, by=None)[1]


def write_sentence(at, pat, field, text):
    return factories.rule(sentences={"en": text}).sentences.get()


WRITERS = {
    "clinic": (write_clinic, "name address phone emergency_number disclaimer crisis_contact crisis_phone"),
    "user": (write_person, "username first_name last_name title email"),
    "membership": (write_role, "licence_number"),
    "patient": (write_patient, "name printed_name record_number diagnoses phone email"),
    "patientcondition": (write_condition, "cleared_by cleared_how"),
    "patientsymptom": (write_symptom, "cleared_by cleared_how"),
    "patientlimit": (write_limit, "words said_by cleared_by cleared_how"),
    "plan": (write_plan, "title goals note"),
    "planitem": (write_plan_item, "note extra_caution load"),
    "protocol": (write_protocol, "title phase guidance goals note"),
    "protocolitem": (write_protocol_item, "note extra_caution load"),
    "reason": (write_reason, "words"),
    "clinicsystem": (write_system, "name"),
    "externalid": (write_external_id, "value"),
    "reissue": (write_reissue, "why"),
    "handover": (write_handover, "note"),
    "patientnote": (write_patient_note, "words"),
    "sentback": (write_sent_back, "words"),
    "exerciserevision": (write_exercise, "source source_note safe_source"),
    "exercisetext": (write_exercise_text, "name purpose start steps breathing cautions alt note"),
    "revisionpicture": (write_photo, "consent_by licence"),
    "rulerevision": (write_rule, "rationale source counter_evidence"),
    "rulesentence": (write_sentence, "words"),
}
"""Each column that people fill, by its model, with the action that writes it."""

COLUMNS = [(model, field) for model, (_, fields) in WRITERS.items() for field in fields.split()]

PATIENTS_OWN = {
    "logentry": (tell, "words"),
    "dayentry": (tell_day, "words"),
    "intention": (write_intention, "goal when_and_where"),
    "ownactivity": (write_activity, "words"),
}
"""Each column that patients fill, by its model, with the action that writes it."""

FROM_FILES = {
    "movement": "name meaning",
    "condition": "name source",
    "symptom": "name source",
    "source": "title cite where read strength",
    "advice": "source",
    "advicetext": "words",
    "leaflet": "source",
    "leaflettext": "title",
    "measure": "source",
    "measuretext": "name question help lowest_words highest_words",
    "symptomsentence": "words",
    "revisionhelp": "source",
    "libraryprotocolrevision": "phase note source",
    "libraryprotocolitem": "load",
}
"""Written by the loader alone, from files that it checks as a whole."""

BY_MACHINE = {
    "clinic": "colour time_zone locale",
    "exerciserevision": "load figure fingerprint",
    "exercisetext": "language",
    "advicetext": "language",
    "leaflettext": "language",
    "measuretext": "language",
    "symptomsentence": "language",
    "patient": "language",
    "reason": "fingerprint finding_code facts",
    "reviewplace": "page kind code",
    "draftchange": "field",
    "libraryprotocolrevision": "fingerprint",
    "mail": "answer error_code language",
    "mailconsent": "address failing_answer",
    "reminder": "answer error_code language",
    "reminderschedule": "confirm_digest ended_why stop_digest time_zone typed_address",
    "plan": "follows",
    "rulerevision": "fingerprint",
    "rulesentence": "language",
    "user": "password",
    "externalid": "object_type",
}
"""Hashes, languages, words of closed lists, addresses with a check of their own."""

RECORDS = frozenset({
    "approval", "auditevent", "downloadlink", "linkopening", "linksession", "frozencontent", "publication", "rendering",
    "reservation", "review", "picture", "figure", "drawing", "reissuedplan", "repeatablecall", "systemkey",
    "webhookdelivery", "webhookendpoint", "outboxevent",
})  # fmt: skip
"""Models that nobody types into."""


def is_free(field):
    text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
    return text and not field.choices and not isinstance(field, FoldedField)


def fields_of(writers):
    return {name: fields for name, (_, fields) in writers.items()}


def test_every_column_of_text_has_its_place():
    """A new column that people fill: let its action call clean_texts, and name it in WRITERS.

    What patients write is named in PATIENTS_OWN: its action calls clean_words, which refuses nothing that they type.
    """
    known = {
        (model, field)
        for table in (*map(fields_of, (WRITERS, PATIENTS_OWN)), FROM_FILES, BY_MACHINE)
        for model, fields in table.items()
        for field in fields.split()
    }
    found = {
        (model._meta.model_name, field.name)
        for model in apps.get_app_config("plans").get_models()
        if model._meta.model_name not in RECORDS
        for field in model._meta.concrete_fields
        if is_free(field)
    }
    assert found - known == set()


def write(model, field, at, pat, text):
    return WRITERS[model][0](at, pat, field, text)


@pytest.mark.parametrize(("model", "field"), COLUMNS)
def test_what_turns_text_round_is_refused_by_the_name_of_the_field(model, field, clinic, pat):
    with pytest.raises(InvisibleCharacter, match="U\\+202E right-to-left override"):
        write(model, field, clinic, pat, BAD)


@pytest.mark.parametrize(("model", "field"), [one for one in COLUMNS if one[1] not in ("steps", "cautions")])
def test_letters_are_kept_composed(model, field, clinic, pat):
    row = write(model, field, clinic, pat, "re\u0301sume\u0301")
    row = row if isinstance(row, models.Model) else row[0]
    assert getattr(row, field) == "r\u00e9sum\u00e9"


@pytest.mark.parametrize(
    ("model", "field"),
    [(model, field) for model, (_, fields) in PATIENTS_OWN.items() for field in fields.split()],
)
def test_what_a_patient_types_is_kept_without_what_nobody_sees(model, field, pat):
    row = PATIENTS_OWN[model][0](plan_of(pat), **{field: f"re\u0301sume\u0301 {BAD} {TAMIL} \U0001f600"})

    row.refresh_from_db()
    assert getattr(row, field) == f"r\u00e9sum\u00e9 Turn round {TAMIL} \U0001f600"


@pytest.mark.parametrize("text", ["a\x0bb", "a\x0cb", "a\x1fb", "a\x85b", "a\u202eb", "\ud800", "\uffff"])
def test_controls_are_refused(pat, text):
    with pytest.raises(InvisibleCharacter, match=r"^Title: "):
        plans.save_plan(plan=Plan(patient=factories.patient(pat), title=text), by=pat)


def test_a_separator_of_lines_is_a_line_break(pat):
    plan = plans.save_plan(
        plan=Plan(patient=factories.patient(pat), title="Back\u2028plan", note="one\r\ntwo\u2028three"),
        by=pat,
    )
    plan.refresh_from_db()
    assert (plan.title, plan.note) == ("Back plan", "one\ntwo\nthree")


@pytest.mark.parametrize("text", ["\u0301", "Back \u0301plan"])
def test_an_accent_in_the_air_is_refused(pat, text):
    with pytest.raises(LooseMark, match="combining acute accent"):
        plans.save_plan(plan=Plan(patient=factories.patient(pat), title=text), by=pat)


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "\u200b", "\u3000"])
def test_a_name_that_looks_blank_is_refused(pat, name):
    with pytest.raises(LooksBlank, match=r"^Name: "):
        factories.patient(pat, name=name)


def test_what_looks_blank_where_nothing_is_needed_is_blank(pat):
    assert factories.patient(pat, phone="\u00a0 ").phone == ""


def test_a_filler_is_no_name(pat):
    with pytest.raises(InvisibleCharacter, match="hangul filler"):
        factories.patient(pat, name="\u3164")


def test_what_is_too_long_once_it_is_composed_is_refused(pat):
    """Some letters are kept as two: the column counts those."""
    with pytest.raises(TextTooLong, match="more than 40"):
        factories.patient(pat, record_number="\u0958" * 21)


@pytest.mark.parametrize("text", ["Well done \U0001f600", "Stretch \u2713", TAMIL])
def test_what_no_font_has_is_refused_where_it_would_be_printed(pat, text):
    with pytest.raises(Unprintable, match="cannot print"):
        plans.save_plan(plan=Plan(patient=factories.patient(pat), title=text), by=pat)


def test_a_letter_and_a_mark_of_two_fonts_are_refused(pat):
    with pytest.raises(Unprintable):
        plans.save_plan(plan=Plan(patient=factories.patient(pat), title="\u738b\u0301"), by=pat)


def test_what_is_never_printed_may_be_in_any_script(clinic, pat):
    assert (
        factories.protocol(factories.lead(clinic), guidance=f"{TAMIL} \U0001f600").guidance
        == f"{TAMIL} \U0001f600"
    )


def test_a_name_in_another_script_is_kept_and_asked_for_as_it_shall_be_printed(pat):
    with pytest.raises(PrintedNameMissing, match="Printed name") as refused:
        factories.patient(pat, name=TAMIL)
    assert refused.value.attribute == "printed_name"

    patient = factories.patient(pat, name=TAMIL, printed_name="Arun")
    assert Patient.objects.get(pk=patient.pk).name == TAMIL
    assert (
        factories.publication(pat, of_plan=factories.plan(pat, of=patient)).content.json.count('"Arun"') == 1
    )


def test_the_printed_name_must_be_printable(pat):
    with pytest.raises(Unprintable, match=r"^Printed name"):
        factories.patient(pat, name=TAMIL, printed_name=TAMIL)


@pytest.mark.parametrize(
    "name",
    [
        "Zoë O’Neill-Søren",
        "Nguyễn Thị Ánh",
        "شيرين می\u200cخواهم",
        "क्\u200dष राम",
        "שָׂרָה",
        "김서연",
        "น้ำ",
        "王小明",
    ],
)
def test_names_of_the_world_pass(pat, name):
    assert factories.patient(pat, name=name).name == name


def test_the_refusal_names_what_the_field_belongs_to(clinic, pat):
    with pytest.raises(TextRefused, match=r"^Own note of heel-slide: "):
        write_plan_item(clinic, pat, "note", BAD)


def test_names_and_advice_of_library_files_go_through_the_gate(db):
    movement = MovementData(
        code="bend", place=factories.PLACE, name="Bend", meaning=BAD, implies=(), also=(), source=""
    )
    with pytest.raises(InvisibleCharacter, match=r"^Meaning of bend: "):
        load_library.load_library(library=Library(movements=(movement,)), figures={})


def test_a_disagreement_goes_through_the_gate(db):
    said = factories.disagreement(go_on_when=BAD)
    with pytest.raises(InvisibleCharacter, match="What the sources of heel-slide disagree about"):
        library_texts.clean_exercise(factories.exercise_data(disagreement=said))


def test_a_load_in_a_protocol_of_the_library_goes_through_the_gate(db):
    (item,) = factories.library_protocol_data().items
    loaded = replace(item, dose=replace(item.dose, load=BAD))
    with pytest.raises(InvisibleCharacter, match=r"^Items of early: "):
        library_texts.check_entries([factories.library_protocol_data(items=(loaded,))])
