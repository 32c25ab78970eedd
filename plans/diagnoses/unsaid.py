"""Does a line say more than the conditions that were found in it? What was not read must be said to be unchecked."""

from collections.abc import Collection, Sequence
from typing import Final

from plans.diagnoses.asides import CUES
from plans.diagnoses.text import Token, word_set

FILLERS: Final = word_set("a an the of in at on to and with de del la el los las en un una con y")
"""Words that stand in names and between them, and say nothing by themselves."""
_TELLS_NOTHING: Final = FILLERS | word_set(
    "left right bilateral both side sided chronic acute subacute mild moderate severe current currently now old known"
    " recent recurrent long longstanding standing year month week day since for ago from after about patient pt has had"
    " have is was history hx h/o s/p dx diagnosis diagnosed confirmed suspected suspicion probable possible possibly"
    " likely query level mri ct x ray xray scan dexa icd cm code also plus and or"
    " lumbar low lower back spine spinal izquierda izquierdo derecha derecho cronica cronico aguda agudo leve moderada"
    " moderado grave ano anos mes meses semana semanas dia dias desde hace por paciente tiene diagnostico probable"
    " posible nivel columna status post"
)


def says_more(sentence: Sequence[Token], spans: Collection[tuple[int, int]]) -> bool:
    read = {place for start, end in spans for place in range(start, end)}
    silent = CUES if spans else frozenset()
    return any(
        place not in read and token.word not in silent and not _tells_nothing(token)
        for place, token in enumerate(sentence)
    )


def _tells_nothing(token: Token) -> bool:
    word = token.word.casefold()
    return (
        word in _TELLS_NOTHING
        or word.isdecimal()
        or (len(word) <= 3 and word[0] in "ls" and word[1:].isdecimal())
    )
