"""The rules: what is known of a plan and its patient goes in, findings come out."""

from plans.contraindications.burden import Burden, measure_burden, suggest_order
from plans.contraindications.cards import Card, causes_of, fingerprints_of, make_cards, name_together
from plans.contraindications.days import months_after
from plans.contraindications.diagnoses import unrecorded
from plans.contraindications.engine import check, check_with
from plans.contraindications.errors import CircularVocabulary, InvalidRule, OneSided, UnknownCode
from plans.contraindications.fact_limits import EARLIEST_BIRTH, FactProblem, check_birth, check_fact
from plans.contraindications.facts import (
    Clearance,
    ConditionFacts,
    DiagnosisFacts,
    Disagreement,
    ItemFacts,
    LeafletFacts,
    LimitFacts,
    Meaning,
    MovementSide,
    Operated,
    PlanFacts,
    RedFlag,
    ReviewState,
    Said,
    SignFacts,
    SignState,
    SymptomFacts,
)
from plans.contraindications.facts_digest import digest_of
from plans.contraindications.finding import KINDS, Finding
from plans.contraindications.gaps import nothing_to_do
from plans.contraindications.levels import Level
from plans.contraindications.limit_problems import check_limit
from plans.contraindications.limits import limits_in_force
from plans.contraindications.reasons import blocking, open_questions
from plans.contraindications.rulebook import RuleBook
from plans.contraindications.rules import Anchor, Rule, window_problem
from plans.contraindications.vocabulary import Vocabulary, check_circles

__all__ = [
    "EARLIEST_BIRTH",
    "KINDS",
    "Anchor",
    "Burden",
    "Card",
    "CircularVocabulary",
    "Clearance",
    "ConditionFacts",
    "DiagnosisFacts",
    "Disagreement",
    "FactProblem",
    "Finding",
    "InvalidRule",
    "ItemFacts",
    "LeafletFacts",
    "Level",
    "LimitFacts",
    "Meaning",
    "MovementSide",
    "OneSided",
    "Operated",
    "PlanFacts",
    "RedFlag",
    "ReviewState",
    "Rule",
    "RuleBook",
    "Said",
    "SignFacts",
    "SignState",
    "SymptomFacts",
    "UnknownCode",
    "Vocabulary",
    "blocking",
    "causes_of",
    "check",
    "check_birth",
    "check_circles",
    "check_fact",
    "check_limit",
    "check_with",
    "digest_of",
    "fingerprints_of",
    "limits_in_force",
    "make_cards",
    "measure_burden",
    "months_after",
    "name_together",
    "nothing_to_do",
    "open_questions",
    "suggest_order",
    "unrecorded",
    "window_problem",
]
