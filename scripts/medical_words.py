"""Write the words of ICD-10-CM's descriptions (public domain) that are no typing errors of one another.

.venv/bin/python -m scripts.medical_words
"""

import re
import warnings
from pathlib import Path

TARGET = Path("plans/diagnoses/medical_words.txt")

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import simple_icd_10_cm as icd

lines = [icd.get_description(code) for code in icd.get_all_codes()]
lines += [term for code in icd.get_all_codes() for term in icd.get_inclusion_term(code)]
words = {word for line in lines for word in re.findall(r"[a-z]{5,}", line.lower())}
TARGET.write_text("\n".join(sorted(words)) + "\n")
print(f"{len(words)} words in {TARGET}")
