"""What a handout cannot print is refused when it is typed, not hours later by the renderer."""

from collections.abc import Mapping

from plans.exceptions import PlansError
from plans.rendering.fonts import unprintable


class Unprintable(PlansError):
    """{field}: the handout cannot print {characters}. Take it out."""

    code = "unprintable"

    def __init__(self, *, field: str, characters: str) -> None:
        super().__init__(field=field, characters=" ".join(characters))
        self.field = field


def check_printable(texts: Mapping[str, str]) -> None:
    """Raise Unprintable for the first of these texts, by the name of its field, that holds a strange character."""
    for field, text in texts.items():
        if characters := unprintable(text):
            raise Unprintable(field=field, characters=characters)
