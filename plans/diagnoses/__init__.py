"""Diagnoses in free words and ICD-10 codes, read as the library's conditions. Values only, no database."""

from plans.diagnoses.icd10 import looks_like_code, same_code, written
from plans.diagnoses.index import (
    ConditionName,
    ConditionNames,
    Mention,
    NameKey,
    Reading,
    name_key,
    words_of_code,
)

__all__ = [
    "ConditionName",
    "ConditionNames",
    "Mention",
    "NameKey",
    "Reading",
    "looks_like_code",
    "name_key",
    "same_code",
    "words_of_code",
    "written",
]
