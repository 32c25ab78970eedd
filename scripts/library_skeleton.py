"""Print the facts of one exercise as a library file whose words are yet to be written.

    python -m scripts.library_skeleton chin-tuck-sitting > plans/library/exercises/chin-tuck-sitting.yaml

The facts are those of tests/library/facts/exercises.csv. What is left to write is marked TODO, and is refused by
check_library until it is written: level, helps, and the words in each language.
"""

import sys
from collections.abc import Mapping

from tests.library.facts import facts, parts

LIMBS = {
    "shoulder": "arm",
    "elbow_wrist_hand": "arm",
    "hip": "leg",
    "knee": "leg",
    "ankle_foot": "leg",
}
"""What works on a side; the back, the neck and the balance have a side without a limb."""

TEXT = """      {language}:
        name: TODO
        also: [TODO]
        purpose: TODO
        start: TODO
        steps: [TODO, TODO, TODO]
        breathing: TODO
        cautions: [TODO]
        alt: TODO
"""


def skeleton(row: Mapping[str, str], *, written: frozenset[str]) -> str:
    """Return the file's text; an easier or harder exercise is named once it is among the written ones."""
    lines = [
        "exercises:",
        f"  - code: {row['code']}",
        f"    kind: {row['kind']}",
        f"    position: {row['position']}",
        f"    targets: {_list(row['targets'])}",
        f"    region: {row['region']}",
        "    level: TODO",
        "    helps:",
        "      - {condition: TODO, source: TODO}",
        *(f"    {name}: {row[name]}" for name in ("easier", "harder") if row[name] in written),
        f"    movements: {_list(row['movements'])}",
        f"    equipment: {_list(row['equipment'])}",
        f"    one_sided: {'true' if row['one_sided'] == 'yes' else 'false'}",
    ]
    if row["one_sided"] == "yes" and row["region"] in LIMBS:
        lines.append(f"    limb: {LIMBS[row['region']]}")
    lines += [
        f"    dose: {{{row['dose']}}}",
        f"    safe: {{{row['safe']}}}",
        "    safe_source: ours, for review",
        f"    sources: {_list(row['sources'])}",
        f"    figure: {row['code']}",
        "    texts:",
    ]
    return "\n".join(lines) + "\n" + "".join(TEXT.format(language=code) for code in ("en", "es"))


def _list(cell: str) -> str:
    return f"[{', '.join(parts(cell))}]"


def main(code: str) -> None:
    from plans.libraryfiles import read_library
    from tests.library.conftest import STARTER

    rows = {row["code"]: row for row in facts("exercises")}
    if code not in rows:
        sys.exit(f"no row {code} in tests/library/facts/exercises.csv")
    written = frozenset(exercise.code for exercise in read_library(STARTER).exercises)
    sys.stdout.write(skeleton(rows[code], written=written))


if __name__ == "__main__":
    main(sys.argv[1])
