"""Is what a line mentions the patient's own? "No osteoporosis", "mother had sciatica", "denies pregnancy".

A mention that is passed over is the worse mistake, so only what is certainly denied, or somebody else's, counts as
such: between "no" and the mention may stand nothing but the words of `_BETWEEN`.
"""

from collections.abc import Sequence
from typing import Final

from plans.diagnoses.text import Gap, Token, word_set

_NO: Final = word_set(
    "no not without never nor sin nunca ni doesnt didnt hasnt isnt wasnt dont havent hadnt arent nil none"
    " ningun ninguna"
)
# These deny or give away a whole list, over its commas.
_DENY: Final = word_set("denies denied deny denying niega niegan negaba descarta descartan")
_FAMILY_LIST: Final = word_set("family fh fhx famhx familiar familiare familia")
_FAMILY: Final = word_set(
    "mother mom mum mama father dad papa parent sister brother sibling aunt uncle grandmother grandfather grandma"
    " grandpa cousin son daughter wife husband partner spouse relative maternal paternal madre padre padres hermana"
    " hermano tia tio abuela abuelo abuelos primo prima hijo hija esposa esposo marido pareja materna paterna"
)
_OR: Final = word_set("or nor ni o u")
_AND: Final = word_set("and y e")
_BUT: Final = word_set("but however except although though pero aunque excepto salvo")
_BETWEEN: Final = word_set(
    "a an the any of for known current currently now active actual longer previous prior past clinical radiological"
    " history hx h/o sign evidence symptom diagnosis diagnosed indication suspicion feature"
    " finding record documented have has had having been be is was ever yet"
    " un una de del la el los las antecedentes historia signos evidencia sintomas diagnostico"
    " sospecha indicios conocida conocido tiene tenia tuvo ha hay esta estaba es presenta"
    " left right lumbar low back spine spinal chronic acute mild severe"
)
_YET_TO_COME: Final = word_set(
    "yet treated controlled"
)  # "not yet diagnosed", "not treated": the patient has it
# Words after which the patient is spoken of again.
_PATIENT: Final = word_set("patient pt paciente now herself himself self client she he")
_PATIENT_HAS: Final = _PATIENT | word_set(
    "has have present presents presenting tiene presenta complain c/o diagnosed currently"
)
_TELLS: Final = word_set(
    "say said report reported state stated think thought notice noticed help bring brought dice"
    " refiere informa of to de"
)
_RULED_OUT: Final = (
    ("ruled", "out"), ("excluded",), ("negative",), ("absent",), ("denied",), ("not", "present"), ("not", "found"),
    ("descartada",), ("descartado",), ("excluida",), ("excluido",), ("negativa",), ("negativo",), ("ausente",),
)  # fmt: skip
_WAS: Final = word_set("has have been was were is are now fue ha sido esta test")
_IN_HER: Final = word_set("in on of with en de por the her his my their la el su lo runs side both")

CUES: Final = frozenset().union(
    _NO, _DENY, _FAMILY_LIST, _FAMILY, _BUT, _BETWEEN, _PATIENT_HAS, _WAS, _IN_HER, *_RULED_OUT
)
"""Words that say whose a mention is, and nothing by themselves."""


def is_aside(sentence: Sequence[Token], start: int, end: int) -> bool:
    """Whether the mention from `start` to `end` of a sentence is denied or somebody else's."""
    return _denied_after(sentence, end) or _told_before(sentence, start, end)


def sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    """Part tokens at full stops and "but": nothing reaches over them."""
    found: list[list[Token]] = []
    for token in tokens:
        if not found or token.gap is Gap.STOP or token.word in _BUT:
            found.append([])
        found[-1].append(token)
    return found


def _told_before(sentence: Sequence[Token], start: int, end: int) -> bool:
    """Look back for the nearest cue: first in the mention's own phrase, then over the commas of a list."""
    between: list[str] = []
    ahead = [token.word for token in sentence[end:]]
    for listed, phrase in enumerate(reversed(_phrases(sentence[: start + 1]))):
        cue = next((place for place in reversed(range(len(phrase))) if _is_cue(phrase, place)), None)
        if cue is not None:
            between = phrase[cue + 1 :] + between
            return _holds(phrase[cue], between, listed=listed > 0, ahead=ahead)
        if _PATIENT_HAS & set(phrase):
            return False
        between = phrase + between
    return False


def _phrases(opening: Sequence[Token]) -> list[list[str]]:
    """Part the words before a mention, which is the last one given, at their commas."""
    found: list[list[str]] = [[]]
    for place, token in enumerate(opening):
        if token.gap is Gap.COMMA:
            found.append([])
        if place + 1 < len(opening):
            found[-1].append(token.word)
    return found


def _is_cue(words: list[str], place: int) -> bool:
    if words[place : place + 2] in (["ruled", "out"], ["negative", "for"], ["neg", "for"]):
        return True
    return words[place] in _DENY | _FAMILY_LIST | _FAMILY | _NO


def _holds(cue: str, between: list[str], *, listed: bool, ahead: list[str]) -> bool:
    said = set(between)
    if cue in _FAMILY:
        return not (listed or said & _PATIENT or set(between[:1]) & _TELLS)
    if cue in _FAMILY_LIST:
        return not said & (_PATIENT_HAS | _NO)
    if cue not in _NO:
        return not said & _PATIENT_HAS
    if listed or said & _OR:
        return not said & (_PATIENT_HAS | _AND) and _has_or(between + ahead)
    return said <= _BETWEEN and not said & _YET_TO_COME


def _has_or(words: list[str]) -> bool:
    last = next((word for word in words if word in _OR | _AND), "")
    return last in _OR


def _denied_after(sentence: Sequence[Token], end: int) -> bool:
    rest = list(sentence[end:])
    words: list[str] = []
    for token in rest:
        if token.gap is Gap.COMMA or token.word in _AND | _OR:
            break
        words.append(token.word)
    if not words:
        return False
    if words in (["no"], ["none"], ["nil"], ["neg"]):
        return True
    while words and words[0] in _WAS:
        words = words[1:]
    if words[1:2] in (["from"], ["de"]):
        # "Excluded from surgery" is said of the patient, who has it.
        return False
    if any(tuple(words[: len(cue)]) == cue for cue in _RULED_OUT):
        return True
    aside = rest[0].gap is Gap.ASIDE
    led = [word for word in words if word not in _IN_HER]
    others = bool(led) and led[0] in _FAMILY | _FAMILY_LIST
    return others and (aside or words[0] in _IN_HER) and not set(words) & _PATIENT
