"""What the engine refuses to work with: it raises by name rather than pass over."""

from plans.exceptions import PlansError


class UnknownCode(PlansError):
    """{where} names {kind} {code}, which the library does not have."""

    code = "unknown_code"


class CircularVocabulary(PlansError):
    """{kind} {code} includes itself."""

    code = "circular_vocabulary"


class OneSided(PlansError):
    """Sources disagree when at least two are named, each with its words, and what would justify going on."""

    code = "one_sided"


class InvalidRule(PlansError):
    """Rule {rule}: {problem}."""

    code = "invalid_rule"
