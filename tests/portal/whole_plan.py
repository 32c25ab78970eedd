"""Contents with everything in them, put in the place of what was published, and what a reader sees of a page."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

from plans.content import (
    ChangesContent,
    DoseChange,
    EasierContent,
    LaterSentence,
    LeafletContent,
    LeafletSection,
    LimitContent,
    PatientContent,
    SignContent,
    to_json,
)
from plans.content.records import SCHEMA
from plans.dose import Dose, Limb, Side, Span
from plans.models import FrozenContent
from tests.handout.samples import FINDINGS, make_plan_in

VOID = {"area", "br", "hr", "img", "input", "link", "meta", "wbr"}
UNSEEN = re.compile("[\\s\u200b\u200c\u200d\u2060\u2066-\u2069]")
"""White space, which pages set as they need it, and marks that tell where lines end and directions change."""


def full_plan(language="en", **values):
    """A plan in which every field says something, and its first exercise too."""
    base = make_plan_in(language)
    first, second, *others = base.items
    dose = Dose(
        sets=Span(2, 3), repetitions=Span(8, 12), hold_seconds=Span(5, 5), rest_seconds=Span(60, 60),
        out_seconds=Span(2, 2), back_seconds=Span(4, 4), times_per_day=Span(2, 2), days_per_week=Span(3, 5),
        side=Side.LEFT, load="a red band", until=date(2026, 12, 24),
    )  # fmt: skip
    told = EasierContent(
        exercise_code="chair-lift", revision_id="x", name="Knee lift in a chair", start="Sit on a firm chair.",
        steps=("Lift one knee.", "Put it down."), cautions=("Sit tall.",), sentences=("Not after lunch.",),
        dose=Dose(sets=Span(2, 2), repetitions=Span(5, 5)), limb=Limb.LEG,
    )  # fmt: skip
    first = replace(
        first, dose=dose, limb=Limb.LEG, breathing="Breathe out as you lift.", note="You did this one well.",
        extra_caution="Only half as high.", sentences=("Because of your disc: stop if it hurts more.",),
        later_sentences=(LaterSentence(holds_from=date(2026, 12, 1), words="You may go deeper."),), easier=told,
    )  # fmt: skip
    named = replace(told, name=first.name, number=first.number)
    changes = ChangesContent(
        since_version=1, since_date=date(2026, 11, 2), added=("Walking",), removed=("Child's pose",),
        dose_changed=(DoseChange(name="Cat-cow", before=Dose(sets=Span(1, 1)), after=Dose(sets=Span(2, 2))),),
        instructions_changed=("Bird dog",), general_changed=True,
    )  # fmt: skip
    sections = (
        LeafletSection(heading="What it is", lines=("A sore nerve.",)),
        LeafletSection(heading="What helps", lines=("Move.", "Rest for a day.")),
    )
    given = {
        "version": 2, "items": (first, replace(second, easier=named), *others), "changes": changes,
        "start_date": date(2026, 11, 23), "goals": "Walk to the shop.", "note": "See you soon.",
        "patient": PatientContent(name="Ana Whitfield", record_number="R-1042"),
        "clinic": replace(base.clinic, address="12 Mill Lane", phone="555 0100", disclaimer="For you alone."),
        "therapies": ("Massage", "Taping"), "sentences": ("Do not bend with weight.",), "findings": FINDINGS,
        "later_sentences": (LaterSentence(holds_from=date(2026, 12, 5), words="You may lift again."),),
        "leaflets": (LeafletContent(code="nerve", title="A nerve that hurts", sections=sections),),
        "check_first": ("Measure your blood sugar.", "Drink a glass of water."),
        "limits": (
            LimitContent(words="Do not lift more", said_by="Dr. Lee", said_on=date(2026, 11, 1), at_most="5",
                         unit="kilograms", side="left", until=date(2026, 12, 30)),
            LimitContent(words="Do not run", said_by="Dr. Roy"),
        ),
        "signs": (
            SignContent(code="heart", red_flag="emergency", words="your heart races"),
            SignContent(code="wound", red_flag="same_day", words="your wound is hot", answered_by="Ward 3",
                        answered_at="555 0199"),
        ),
    }  # fmt: skip
    return replace(base, **given | values)


def put(publication, content):
    """Put a content, or the JSON that an older release stored, in the place of what was published."""
    text, schema = (content, 1) if isinstance(content, str) else (to_json(content), SCHEMA)
    FrozenContent.objects.filter(pk=publication.content_id).update(json=text, schema=schema)


def bare(text):
    return UNSEEN.sub("", text)


class _Reader(HTMLParser):
    def __init__(self, without):
        super().__init__()
        self.without = set(without)
        self.open = []
        self.words = []
        self.articles = 0
        self.places = []

    def handle_starttag(self, tag, attrs):
        classes = set((dict(attrs).get("class") or "").split())
        left_out = bool(self.open and self.open[-1][1]) or bool(self.without & {tag, *classes})
        if tag == "article":
            self.articles += 1
        if alt := dict(attrs).get("alt"):
            self._add(alt, left_out=left_out)
        if tag not in VOID:
            self.open.append((tag, left_out))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self._add(data, left_out=bool(self.open and self.open[-1][1]))

    def _add(self, text, *, left_out):
        if not left_out and bare(text):
            self.words.append(bare(text))
            inside = any(tag == "article" for tag, _ in self.open)
            self.places.append(self.articles if inside else 0)


def read(html, *, without=()):
    """Return the words of a page's body, one text after the other, each with the number of the article around it.

    Elements with one of these classes or names are left out; white space and marks of direction are taken out.
    """
    reader = _Reader({"script", "style", *without})
    reader.feed(html.partition("<body")[2].partition(">")[2])
    return list(zip(reader.words, reader.places, strict=True))


def words_of(html, *, without=()):
    return "".join(words for words, _ in read(html, without=without))
