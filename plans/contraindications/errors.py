"""What the engine refuses to work with: it raises by name rather than pass over."""

from plans.exceptions import PlansError


class UnknownCode(PlansError):
    """{where} names {kind} {code}, which the library does not have."""


class CircularVocabulary(PlansError):
    """{kind} {code} includes itself."""


class InvalidRule(PlansError):
    """Rule {rule}: {problem}."""
