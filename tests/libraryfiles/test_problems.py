"""Everything that can be wrong with an entry is said with its line, and everything is said at once."""

import pickle

import pytest

from plans.exceptions import PlansError
from plans.libraryfiles import Known, LibraryError, read_library
from tests.libraryfiles.conftest import SMALL, line_of

LONG = "very " * 60 + "long"
BOTH_SIDES = """    one_sided: true
    limb: leg
    dose: {sets: 2, repetitions: 10-15, hold_seconds: 5, out_seconds: 2, back_seconds: 3-4, side: each, load: red band}
"""

# The text replaced, what replaces it, the line of the problem by a text on it, the problem.
WRONG = [
    # keys
    ("title: Guide A", "titel: Guide A", "title: Guide A", "unknown key titel in a"),
    ("title: Guide A", "titel: Guide A", "code: a", "a has no title"),
    ("sources:", "sauces:", "sources:", "unknown key sauces in the file"),
    ("    title: Guide A", "    code: b\n    title: Guide A", "title: Guide A", "code stands twice in a"),
    (
        "  - code: a\n    title: Guide A",
        "  - Guide A",
        "code: a",
        "an entry of sources must be keys with values",
    ),
    (
        "    title: Guide A",
        "    title: Guide A\n    [x]: y",
        ("title: Guide A", 1),
        "a key of a must be a word",
    ),
    ("    also: [deep bend]", "    also: deep bend", "also: [deep bend]", "also of bend_far must be a list"),
    # languages
    (
        "      en: You have",
        "      tlh: You have",
        "en: You have",
        "tlh in sentences of fever is no language of this service, which has en, es, ar, zh-Hans",
    ),
    # whom advice is for
    ("    for: all\n", "", "code: slowly", "slowly has no for"),
    ("    for: all\n", "    for: everyone\n", "for: all", "for of slowly must be keys with values"),
    ("    for: all\n", "    for: {}\n", "for: all", "for of slowly names nobody"),
    (
        "    for: all\n",
        "    for: {conditions: [gout]}\n",
        "code: slowly",
        "slowly names the unknown condition gout",
    ),
    (
        "    for: all\n",
        "    for: {symptoms: [itch]}\n",
        "code: slowly",
        "slowly names the unknown symptom itch",
    ),
    (
        "    for: all\n",
        "    for: {regions: [tail]}\n",
        "for: all",
        "regions of for of slowly is 'tail', must be one of neck,",
    ),
    (
        "    for: all\n",
        "    for: {people: [all]}\n",
        "for: all",
        "unknown key people in for of slowly",
    ),
    (
        "    kind: general\n",
        "    kind: therapy\n",
        "for: all",
        "slowly is a therapy: a plan notes it, so it has no for",
    ),
    (
        "    until_cleared: true\n",
        "    until_cleared: true\n    check_first: true\n",
        ("until_cleared: true", 1),
        "what to check first is a caution for the whole plan without a window",
    ),
    # on whose copy a warning sign is printed
    (
        "    red_flag: same_day\n",
        "    red_flag: same_day\n    for: {conditions: [gout]}\n",
        "code: fever",
        "fever names the unknown condition gout",
    ),
    (
        "    red_flag: same_day\n",
        "    red_flag: same_day\n    for: {}\n",
        ("red_flag: same_day", 1),
        "for of fever names nobody",
    ),
    (
        "    red_flag: same_day\n",
        "    for: all\n",
        "red_flag: same_day",
        "fever is no red flag: nothing is printed of it, so it has no for",
    ),
    (
        "    red_flag: same_day\n",
        "    red_flag: same_day\n    needs_answer: maybe\n",
        ("red_flag: same_day", 1),
        "needs_answer of fever must be true or false",
    ),
    # sources
    (
        "    treat_cause_first: true\n    source: A\n",
        "    treat_cause_first: true\n    sources: [smith]\n",
        ("treat_cause_first: true", 1),
        "fusion names the unknown source smith",
    ),
    (
        "    name: Ache\n    source: A\n",
        "    name: Ache\n",
        "code: ache",
        "ache has no source: name it by its code",
    ),
    # sides
    (
        "    limb: leg\n",
        "    limb: leg\n    movement_sides: {supine: working}\n",
        "code: bridge",
        "bridge tells a side of supine, a movement that has none",
    ),
    (
        "    limb: leg\n",
        "    limb: leg\n    movement_sides: {bend: working}\n",
        ("limb: leg", 1),
        "movement_sides of bridge names bend, which is none of its movements",
    ),
    (
        "    limb: leg\n",
        "    limb: leg\n    movement_sides: {supine: left}\n",
        ("limb: leg", 1),
        "supine of movement_sides of bridge is 'left', must be one of working, other",
    ),
    (
        BOTH_SIDES,
        "    movement_sides: {supine: working}\n    dose: {sets: 2, repetitions: 10-15, hold_seconds: 5}\n",
        "one_sided: true",
        "bridge tells sides of movements, but one_sided is not true",
    ),
    # leaflets
    (
        "    conditions: [surgery]\n    source",
        "    source",
        "code: after-surgery",
        "after-surgery has no conditions",
    ),
    (
        "    conditions: [surgery]\n    source",
        "    conditions: [gout]\n    source",
        "code: after-surgery",
        "after-surgery names the unknown condition gout",
    ),
    (
        "        title: After your surgery\n",
        "",
        ("title: After your surgery", 0),
        "en of after-surgery has no title",
    ),
    (
        "          - heading: What it is\n",
        "          - head: What it is\n",
        "heading: What it is",
        "unknown key head in a section of en of after-surgery",
    ),
    (
        "            lines: [Your back was operated on.]\n",
        "            lines: []\n",
        "Your back was operated",
        "a section of en of after-surgery has no lines",
    ),
    (
        "            lines: [Walk a bit., Rest a bit.]\n",
        "            lines: [" + ", ".join(["Walk a bit."] * 7) + "]\n",
        "Walk a bit.",
        "lines of a section of en of after-surgery has 7 entries, at most 6",
    ),
    (
        "          - heading: What helps\n",
        "          - heading: " + "What helps " * 7 + "\n",
        "heading: What helps",
        "heading of a section of en of after-surgery has 76 characters, at most 70",
    ),
    (
        "            lines: [Walk a bit., Rest a bit.]\n",
        "            lines: [" + ", ".join(["多走路多休息" * 40] * 5) + "]\n",
        "heading: What helps",
        "a section of en of after-surgery fills 45 lines, at most 16",
    ),
    (
        "            lines: [Walk a bit., Rest a bit.]\n",
        "            lines: [" + ", ".join(["多走路多休息" * 40] * 5) + "]\n",
        "title: After your surgery",
        "en of after-surgery fills 48 lines, one page holds at most 40",
    ),
    # codes
    (
        "code: bend\n",
        "code: Bend\n",
        "code: bend",
        "code of Bend must be a code of small letters, digits, - and _",
    ),
    (
        "code: bend\n",
        "code: " + "b" * 65 + "\n",
        "code: bend",
        f"code of {'b' * 65} must be a code of small letters",
    ),
    ("code: supine\n", "code: bend\n", "code: supine", "movement bend is already defined at {file}:5"),
    ("code: rule-2", "code: rule-1", "code: rule-2", "rule rule-1 is already defined at {file}:76"),
    (
        "also: [back surgery]",
        "also: [After Fusion]",
        "name: After fusion",
        "After fusion is already a name of condition surgery at {file}:19",
    ),
    (
        "name: After fusion\n",
        "name: After fusion\n    also:\n      - Spinal fusion\n      - surgery back\n",
        ("name: After fusion", 3),
        "surgery back is already a name of condition surgery at {file}:19",
    ),
    (
        "name: After fusion\n",
        "name: After fusion\n    also: [surgery]\n",
        ("name: After fusion", 1),
        "surgery is already a name of condition surgery at {file}:17",
    ),
    (
        "name: After fusion\n",
        "name: After fusion\n    also: [Fusi\u00f3n, fusio\u0301n]\n",
        ("name: After fusion", 1),
        "fusion names fusión twice, first at {file}:24",
    ),
    ("code: bend\n", "code: [bend]\n", "code: bend", "code of an entry of movements must be a code of small"),
    ("    condition: fusion\n", "", "code: rule-1", "rule-1 has no condition"),
    (
        "  - code: fever\n    name: Fever\n",
        "  - name: Fever\n",
        "code: fever",
        "an entry of symptoms has no code",
    ),
    # texts
    ("name: Bending\n", "name:\n", "name: Bending", "name of bend is empty"),
    ("name: Bending\n", "name: ''\n", "name: Bending", "name of bend is empty"),
    ("name: Bending\n", "name: no\n", "name: Bending", "name of bend is not text: put no in quotes"),
    ("name: Bending\n", "name: [x]\n", "name: Bending", "name of bend must be one text"),
    ("name: Bending\n", f"name: {LONG}\n", "name: Bending", "name of bend has 304 characters, at most 70"),
    (
        "name: Bending\n",
        "name: Ben\u202eding\n",
        "name: Bending",
        "name of bend holds the unseen character U+202E",
    ),
    (
        "- Lift your hips.",
        f"- {LONG}",
        "Lift your hips.",
        "steps of en text of bridge has 304 characters, at most 160",
    ),
    # movements and conditions
    ("implies: [bend]", "implies: [bow]", "code: bend_far", "bend_far names the unknown movement bow"),
    ("implies: [bend]", "implies: [bend, bend]", "implies: [bend]", "implies of bend_far names bend twice"),
    ("implies: [bend]", "implies: [bend_far]", "code: bend_far", "movement bend_far implies itself"),
    (
        "meaning: The back rounds.\n",
        "meaning: The back rounds.\n    implies: [bend_far]\n",
        "code: bend\n",
        "movement bend implies itself",
    ),
    ("parent: surgery", "parent: sugery", "code: fusion", "fusion names the unknown condition sugery"),
    ("parent: surgery", "parent: fusion", "code: fusion", "condition fusion is its own parent"),
    ("icd10: [Z98.1]", "icd10: [Z98.1, Q99.99]", "icd10: [", "icd10 of surgery: Q99.99 is no ICD-10-CM code"),
    (
        "icd10: [Z98.1]",
        "icd10: [M54.3]",
        "icd10: [",
        "M54.3 is a heading, not a code to record: use one of M54.30",
    ),
    ("icd10: [Z98.1]", "icd10: [M50-M54]", "icd10: [", "icd10 of surgery: M50-M54 is no ICD-10-CM code"),
    (
        "dates: [surgery]",
        "dates: [birth]",
        "dates: [surgery]",
        "dates of surgery is 'birth', must be one of onset",
    ),
    (
        "treat_cause_first: true",
        "treat_cause_first: yes",
        "treat_cause",
        "treat_cause_first of fusion must be true or",
    ),
    # symptoms
    (
        "red_flag: same_day",
        "red_flag: later",
        "red_flag",
        "red_flag of fever is 'later', must be one of emergency",
    ),
    ("    sentences:\n      en: You have a fever.\n", "", "code: fever", "fever has no sentences"),
    (
        "en: You have a fever.",
        "sp: Tiene fiebre.",
        "en: You have a fever.",
        "sp in sentences of fever is no language",
    ),
    (
        "en: You have a fever.",
        "en_US: You have a fever.",
        "en: You have a",
        "en_US in sentences of fever is no language",
    ),
    (
        "    sentences:\n      en: You have a fever.",
        "    sentences: {}",
        "sentences:",
        "sentences of fever is empty",
    ),
    # exercises
    ("    movements: [supine]\n", "", "code: bridge", "bridge has no movements"),
    ("    movements: [supine]\n", "    movements: []\n", "movements: [supine]", "bridge has no movements"),
    (
        "    movements: [supine]\n",
        "    movements: [supin]\n",
        "code: bridge",
        "bridge names the unknown movement supin",
    ),
    (
        "        cautions:\n          - Stop if it hurts.\n",
        "",
        "name: Bridge",
        "en text of bridge has no cautions",
    ),
    ("- Stop if it hurts.", "- ''", "Stop if it hurts.", "cautions of en text of bridge is empty"),
    (
        "kind: strengthening",
        "kind: strong",
        "kind: strength",
        "kind of bridge is 'strong', must be one of stretch",
    ),
    ("figure: bridge", "figure: brige", "code: bridge", "bridge names the unknown figure brige"),
    (
        "figure: bridge",
        "alternative_to: x\n    figure: bridge",
        "code: bridge",
        "bridge names the unknown exercise x",
    ),
    (
        "figure: bridge",
        "easier: x\n    figure: bridge",
        "code: bridge",
        "bridge names the unknown exercise x",
    ),
    (
        "figure: bridge",
        "harder: bridge\n    figure: bridge",
        "code: bridge",
        "bridge names itself under harder",
    ),
    ("region: low_back", "region: tail", "region:", "region of bridge is 'tail', must be one of neck"),
    ("level: 2", "level: 4", "level:", "level of bridge is 4, must be 1, 2 or 3"),
    ("level: 2", "level: two", "level:", "level of bridge must be a whole number"),
    (
        "condition: surgery, source: A",
        "condition: surgry, source: A",
        "code: bridge",
        "bridge names the unknown condition surgry",
    ),
    (
        "condition: surgery, source: A",
        "condition: surgery",
        "{condition: surgery",
        "helps of bridge has no source",
    ),
    (
        "{condition: surgery, source: A}",
        "{condition: surgery, source: A}\n      - {condition: surgery, source: B}",
        ("condition: surgery, source: A", 1),
        "helps of bridge names surgery twice",
    ),
    ("also: [Hip lift]", "also: Hip lift", "also: [Hip", "also of en text of bridge must be a list"),
    ("      go_on_when", "      why", "positions:", "disagreement of bridge has no go_on_when"),
    (
        "        - {source: Guide B, says: do not.}\n",
        "",
        "positions:",
        "disagreement of bridge needs at least two",
    ),
    ("    texts:\n      en:\n", "    textes:\n      en:\n", "code: bridge", "bridge has no texts"),
    (
        "kind: strengthening",
        "kind: [strengthening]",
        "kind: strength",
        "kind of bridge is '', must be one of",
    ),
    # doses
    (
        "repetitions: 10-15",
        "repetitions: ten",
        "dose:",
        "repetitions of dose of bridge must be a whole number or a",
    ),
    ("repetitions: 10-15", "repetitions: 15-10", "dose:", "Repetitions: from 15 to 10 is upside down."),
    ("sets: 2,", "sets: 0,", "dose:", "Sets: 0 is below 1."),
    (
        "hold_seconds: 5,",
        "hold_seconds: 11,",
        "safe:",
        "hold_seconds of bridge: 11 is outside the safe range 2-10",
    ),
    ("hold_seconds: 5,", "hold: 5,", "dose:", "unknown key hold in dose of bridge"),
    ("side: each", "side: both", "dose:", "side of dose of bridge is 'both', must be one of each"),
    ("side: each, ", "", "one_sided", "bridge works one side, so its dose needs a side"),
    ("limb: leg", "limb: tail", "limb:", "limb of bridge is 'tail', must be one of leg, arm"),
    (
        BOTH_SIDES,
        BOTH_SIDES.replace("    one_sided: true\n", "").replace("side: each, ", ""),
        ("limb:", -1),
        "bridge names the limb that works on a side, but one_sided is not true",
    ),
    (
        "Breathe out as you lift.",
        121 * "x",
        "breathing:",
        "breathing of en text of bridge has 121 characters, at most 120",
    ),
    ("    one_sided: true\n", "", ("dose:", -1), "the dose of bridge has a side, but one_sided is not true"),
    ("sets: 1-3, ", "", "safe:", "safe range of bridge says nothing of sets, which the dose has"),
    ("sets: 1-3, ", "sets: 1-99, ", "safe:", "Sets: 99 is above 10."),
    ("    dose: {", "    dosage: {", "code: bridge", "bridge has no dose"),
    # rules
    ("condition: fusion", "condition: fussion", "code: rule-1", "rule-1 names the unknown condition fussion"),
    (
        "movements: [bend, supine]",
        "movements: [bent]",
        "code: rule-1",
        "rule-1 names the unknown movement bent",
    ),
    ("movements: [bend, supine]", "movements: []", "movements: [bend,", "rule-1 has no movements"),
    (
        "movements: [bend, supine]",
        "movements: [supine, bend, bend_far]",
        "code: rule-1",
        "rule rule-1 names all movements: use movements: '*' for the whole plan",
    ),
    ("level: avoid", "level: forbid", "level: avoid", "level of rule-1 is 'forbid', must be one of caution"),
    (
        "anchor: surgery",
        "anchor: onset",
        "code: rule-1",
        "rule-1 counts from onset, a date that fusion has not",
    ),
    ("    anchor: surgery\n", "", ("from_day", -1), "rule-1 counts days but names no anchor to count from"),
    ("    from_day: 0\n", "", "anchor: surgery", "rule-1 has an anchor but no from_day"),
    (
        "anchor: surgery\n    from_day: 0\n    to_day: 42",
        "anchor: due_date\n    from_day: -182\n    to_day: 1",
        "to_day",
        "rule-1: a window that reaches the due date holds to day 21: to_day is 22 or later",
    ),
    ("from_day: 0", "from_day: 84", "to_day", "the window of rule-1 ends (42) before it begins (84)"),
    ("from_day: 0", "from_day: soon", "from_day", "from_day of rule-1 must be a whole number"),
    ("    source: one clinic\n", "", "code: rule-1", "rule-1 has no source"),
    ("    evidence: protocol\n", "", "code: rule-1", "rule-1 has no evidence"),
    (
        "review_on: 2027-11-20",
        "review_on: 2027-02-30",
        "review_on",
        "review_on of rule-1 must be a day such as",
    ),
    ("review_on: 2027-11-20", "review_on: soon", "review_on", "review_on of rule-1 must be a day such as"),
]


def _says(problem, expected):
    """The same line, and the expected words somewhere after it."""
    line, _, words = expected.partition(": ")
    return problem.startswith(f"{line}: ") and words in problem


@pytest.mark.parametrize(("old", "new", "where", "message"), WRONG, ids=[wrong[3][:60] for wrong in WRONG])
def test_problem_with_its_line(problems_of, folder, old, new, where, message):
    text, shift = where if isinstance(where, tuple) else (where, 0)
    expected = f"{line_of(text.strip()) + shift}: {message.format(file=folder / 'small.yaml')}"
    found = problems_of(old, new)
    assert any(_says(problem, expected) for problem in found), found


def test_all_problems_at_once_in_the_order_of_the_lines(folder):
    broken = SMALL.replace("level: avoid", "level: forbid").replace("kind: strengthening", "kind: strong")
    (folder / "small.yaml").write_text(broken.replace("Z98.1", "nonsense"), encoding="utf-8")
    (folder / "other.yaml").write_text("rules: 5\n", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    lines = [(problem.place.file.rpartition("/")[2], problem.place.line) for problem in caught.value.problems]
    assert lines == [
        ("other.yaml", 1),
        ("small.yaml", line_of("icd10")),
        ("small.yaml", line_of("kind: strength")),
        ("small.yaml", line_of("level: avoid")),
    ]
    assert str(caught.value).splitlines()[0] == f"{folder / 'other.yaml'}:1: rules of the file must be a list"


def test_two_files_that_define_the_same(folder):
    (folder / "twice.yaml").write_text(
        "movements:\n  - {code: bend, name: B, meaning: M.}\n", encoding="utf-8"
    )
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    (problem,) = caught.value.problems
    assert str(problem.place) == f"{folder / 'twice.yaml'}:2"
    assert problem.message == f"movement bend is already defined at {folder / 'small.yaml'}:5"


def test_a_name_that_stands_in_the_library_already(tmp_path):
    file = tmp_path / "more.yaml"
    file.write_text("conditions:\n  - code: spine\n    name: Surgery of the back\n", encoding="utf-8")
    known = Known(condition_names={"surgery": ("After surgery", "back surgery")})
    with pytest.raises(LibraryError) as caught:
        read_library(file, known=known)
    assert str(caught.value) == f"{file}:3: Surgery of the back is already a name of condition surgery"


def test_files_may_give_a_stored_condition_its_names_again(tmp_path):
    file = tmp_path / "more.yaml"
    file.write_text("conditions:\n  - code: surgery\n    name: Back surgery\n", encoding="utf-8")
    known = Known(condition_names={"surgery": ("After surgery", "back surgery")})
    assert read_library(file, known=known).conditions[0].name == "Back surgery"


def test_more_entries_than_any_exercise_needs(problems_of):
    steps = "\n".join(["          - Lift."] * 9)
    found = problems_of("          - Lift your hips.\n          - Lower slowly.", steps)
    assert found == [f"{line_of('Lift your hips')}: steps of en text of bridge has 9 entries, at most 8"]


def test_the_error_is_a_plans_error_and_survives_a_queue():
    error = LibraryError(problems=())
    assert isinstance(error, PlansError)
    assert pickle.loads(pickle.dumps(error)).problems == ()


def test_a_circle_that_others_only_lead_into_is_told_once_for_each_of_its_own(problems_of):
    found = problems_of(
        "  - code: supine\n",
        "  - {code: a, name: A, meaning: A., implies: [b]}\n"
        "  - {code: b, name: B, meaning: B., implies: [c]}\n"
        "  - {code: c, name: C, meaning: C., implies: [b]}\n"
        "  - code: supine\n",
    )
    assert [problem.partition(": ")[2] for problem in found] == [
        "movement b implies itself",
        "movement c implies itself",
    ]


def ladder(folder, *steps):
    """The small library with three exercises more, and these lines of easier and harder."""
    bridge = SMALL[SMALL.index("  - code: bridge") : SMALL.index("rules:")]
    more = "".join(
        bridge.replace("code: bridge", f"code: {code}").replace(
            "    figure: bridge", f"{lines}    figure: bridge"
        )
        for code, lines in zip(("low", "middle", "high"), steps, strict=True)
    )
    (folder / "more.yaml").write_text(f"exercises:\n{more}", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    return [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize(
    "steps",
    [
        ("    harder: middle\n", "    harder: high\n", "    harder: low\n"),
        ("    harder: middle\n", "    harder: high\n", "    easier: middle\n    harder: low\n"),
        ("    easier: middle\n", "    easier: low\n", ""),
    ],
    ids=["all harder", "both ways agree, then round", "each easier than the other"],
)
def test_steps_that_lead_round(folder, steps):
    found = ladder(folder, *steps)
    assert "the easier and harder steps of low lead round to it again" in found
    assert "the easier and harder steps of middle lead round to it again" in found


def test_steps_told_from_both_ends_are_no_circle(folder):
    bridge = SMALL[SMALL.index("  - code: bridge") : SMALL.index("rules:")]
    low = bridge.replace("code: bridge", "code: low").replace(
        "    figure: bridge", "    harder: bridge\n    figure: bridge"
    )
    (folder / "more.yaml").write_text(f"exercises:\n{low}", encoding="utf-8")
    text = SMALL.replace("    figure: bridge", "    easier: low\n    figure: bridge")
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    assert {exercise.code for exercise in read_library(folder).exercises} == {"bridge", "low"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{kind: rule, code: rule-1, reason: Old.}", "rule rule-1 is withdrawn, and defined at "),
        ("{kind: exercise, code: bridge, reason: Old.}", "exercise bridge is withdrawn, and defined at "),
        ("{kind: advice, code: slowly, reason: Old.}", "advice slowly is withdrawn, and defined at "),
        ("{kind: leaflet, code: after-surgery, reason: Old.}", "leaflet after-surgery is withdrawn, and "),
        ("{kind: symptom, code: fever, reason: Old.}", "symptom fever is withdrawn, and defined at "),
        ("{kind: exercise, code: gone}", "gone has no reason"),
        ("{kind: leaflet, code: 'a b', reason: Old.}", "code of "),
        (
            "{kind: figure, code: gone, reason: Old.}",
            "kind of gone is 'figure', must be one of exercise, rule, protocol, advice, leaflet, symptom",
        ),
    ],
)
def test_what_is_withdrawn_is_held_no_more(folder, line, message):
    file = folder / "withdrawn.yaml"
    file.write_text(f"withdrawn:\n  - {line}\n", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"{file}:2: {message}")


def test_an_exercise_that_names_a_withdrawn_one(folder):
    text = "withdrawn:\n  - {kind: exercise, code: gone, reason: Old.}\n"
    (folder / "withdrawn.yaml").write_text(text, encoding="utf-8")
    small = SMALL.replace("    figure: bridge", "    easier: gone\n    figure: bridge")
    (folder / "small.yaml").write_text(small, encoding="utf-8")
    with pytest.raises(LibraryError, match="bridge names the unknown exercise gone"):
        read_library(folder, known=Known(exercises=frozenset({"gone"})))


@pytest.mark.parametrize(
    ("withdrawn", "known"),
    [
        ("withdrawn:\n  - {kind: symptom, code: gone, reason: Old.}\n", Known(symptoms=frozenset({"gone"}))),
        ("", Known(symptoms=frozenset({"gone"}), retired_symptoms=frozenset({"gone"}))),
    ],
    ids=["withdrawn by the same files", "retired before"],
)
def test_advice_and_signs_that_name_a_withdrawn_symptom(folder, withdrawn, known):
    advice = (
        "advice:\n  - {code: more, kind: general, for: {symptoms: [gone]}, source: B, texts: {en: Go on.}}\n"
    )
    sign = (
        "symptoms:\n  - {code: worse, name: Worse, red_flag: same_day, for: {symptoms: [gone]}, source: B,"
        " sentences: {en: It is worse.}}\n"
    )
    file = folder / "more.yaml"
    file.write_text(f"{advice}{sign}{withdrawn}", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(folder, known=known)
    assert list(map(str, caught.value.problems)) == [
        f"{file}:2: more names the retired symptom gone",
        f"{file}:4: worse names the retired symptom gone",
    ]


def test_a_retired_symptom_that_the_files_bring_back_may_be_named(folder):
    (folder / "more.yaml").write_text(
        "advice:\n  - {code: more, kind: general, for: {symptoms: [back]}, source: B, texts: {en: Go on.}}\n"
        "symptoms:\n  - {code: back, name: Back, source: B}\n",
        encoding="utf-8",
    )
    known = Known(symptoms=frozenset({"back"}), retired_symptoms=frozenset({"back"}))
    assert [entry.code for entry in read_library(folder, known=known).advice] == ["more", "slowly"]


def test_a_code_is_withdrawn_once_of_each_kind(folder):
    text = "withdrawn:\n" + "".join(
        f"  - {{kind: {kind}, code: gone, reason: Old.}}\n" for kind in ("leaflet", "advice", "leaflet")
    )
    file = folder / "withdrawn.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        read_library(folder)
    (problem,) = caught.value.problems
    assert str(problem) == f"{file}:4: withdrawn leaflet gone is already defined at {file}:2"
