"""What the rules say is said in the desk's language: each of their sentences is known, and read part by part."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

import plans.contraindications
import plans.dose
from plans.admin.words.finding_parts import PARTS
from plans.admin.words.finding_problems import PROBLEMS
from plans.admin.words.finding_sentences import SENTENCES
from plans.admin.words.findings import in_words
from plans.libraryfiles import Level
from plans.libraryfiles.vocabulary import Equipment
from tests import factories
from tests.admin.forms import text_of

ELSEWHERE = {
    "rules.py",
    "rulebook.py",
    "vocabulary.py",
    "errors.py",
    "facts.py",
    "side_words.py",
    "phrases.py",
    "brief.py",
}
"""Their words are for whoever writes a library file, or are words of doses, which have a catalogue."""


def sentences(module):
    """Yield file, line and pattern of each sentence in the code, with what is filled in left open."""
    for path in sorted(Path(module.__file__).parent.glob("*.py")):
        if path.name in ELSEWHERE:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        passed = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Expr) for part in ast.walk(node)
                  if isinstance(node.value, ast.Constant)}  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                passed |= {id(part) for part in ast.walk(node)} - {id(node)}
        for node in ast.walk(tree):
            if id(node) in passed or not isinstance(node, ast.Constant | ast.JoinedStr):
                continue
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            said = [part.value if isinstance(part, ast.Constant) else None for part in parts]
            if not all(isinstance(part, str | None) for part in said):
                continue
            words = "".join(part or "" for part in said)
            if re.search(r"[a-z]{2,} [a-z]{2,}", words) and re.search(r"[.?]$", words.strip()):
                pattern = "".join(".*" if part is None else re.escape(part) for part in said)
                yield f"{path.name}:{node.lineno}", pattern


@pytest.mark.parametrize("module", [plans.contraindications, plans.dose])
def test_every_sentence_of_the_rules_is_known(module):
    known = (*SENTENCES, *PROBLEMS, *PARTS)
    found = list(sentences(module))
    assert len(found) > (50 if module is plans.contraindications else 3)
    unknown = [place for place, pattern in found if not any(re.search(pattern, one) for one in known)]
    assert unknown == [], "add them to plans/admin/words/finding_sentences.py"


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("The plan has no exercise.", "El plan no tiene ningún ejercicio."),
        ("Not at home: light weight, towel.", "No hay en casa: peso ligero, toalla."),
        (
            "Hold: 40 seconds is outside 5-30, which this exercise allows.",
            "Mantener: 40 segundos queda fuera de 5-30, lo que este ejercicio permite.",
        ),
        (
            "hip replacement, left: avoid from 2026-12-03, while this plan goes on: the joint may slip.",
            "hip replacement, izquierda: evitar desde el 3 de diciembre de 2026, mientras dura este plan: "
            "the joint may slip.",
        ),
        (
            "knee (if it is meniscus): it presses. Day 3 since the date of surgery; holds to day 41.",
            "knee (si es meniscus): it presses. Día 3 desde la fecha de la cirugía; vale hasta el día 41.",
        ),
        (
            "The birth date cannot be after 03 December 2026.",
            "La fecha de nacimiento no puede ser posterior al 3 de",
        ),
        ("Something that nobody says.", "Something that nobody says."),
    ],
)
def test_a_sentence_is_read_part_by_part(english, spanish):
    assert in_words(english) == english
    with translation.override("es"):
        assert in_words(english).startswith(spanish)


def test_a_spanish_page_says_what_to_do_in_spanish(desk, therapist, clinic):
    therapist.desk_language = "es"
    therapist.save()
    factories.approved_rule(clinic, level=Level.AVOID, rationale="it presses on the nerve")
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), review_on=None)
    words = text_of(desk.get(reverse("admin:plans_plan_change", args=[plan.pk])))
    assert "it presses on the nerve" in words
    assert "Choose another exercise" not in words
    assert "Elegir otro ejercicio" in words
    assert "No review date" not in words


def test_every_thing_at_home_has_its_name():
    from plans.admin.words.equipment import equipment_name

    with translation.override("es"):
        same = [
            thing.value for thing in Equipment if equipment_name(thing.value) == thing.value.replace("_", " ")
        ]
    assert same == []
