"""What the engine refuses to work with: it raises by name rather than pass over."""

from plans.exceptions import PlansError


class UnknownCode(PlansError):
    """{where} names {kind} {code}, which the library does not have."""


class CircularVocabulary(PlansError):
    """{kind} {code} includes itself."""


class OneSided(PlansError):
    """Sources disagree when at least two are named, each with its words, and what would justify going on."""


class InvalidRule(PlansError):
    """Rule {rule}: {problem}."""
