"""Where a test is looked for: in the folder of its module, under its name; and fixtures of all stand in one place."""

import ast
from fnmatch import fnmatch

from tests.repository.facts import ROOT

SHARED_FIXTURES = {"clinic", "therapist", "pat", "lead", "reviewer"}

ELSEWHERE = {
    # --- Edges: asked as a browser or a program asks, so that a form or a serializer is seen in its page or answer.
    "plans/admin/*": ("tests/admin", "pages are tested as pages, by area"),
    "plans/api/*": ("tests/api/views", "addresses are tested as addresses, by resource"),
    "plans/portal/*": ("tests/portal/views", "the patient's pages are tested as pages"),
    "plans/management/*": ("tests/management", "a command calls one action and prints"),
    "plans/apps.py": ("tests/test_model_words.py", "what stands ready before the desk's pages are made"),
    "plans/admin_site.py": ("tests/admin/test_access.py", "the site that all pages hang on"),
    # --- Rows: what they hold is a table of constraints; how they change is for the actions.
    "plans/models/*": ("tests/models/test_constraints.py", "columns, and constraints that are broken there one by one"),
    # --- Packages with one door, whose pieces are nothing that others call.
    "plans/contraindications/*": ("tests/contraindications/test_engine.py", "values that the engine reads"),
    "plans/diagnoses/*": ("tests/diagnoses/test_index.py", "ConditionNames is the door: one line in, its names out"),
    "plans/figures/body/*": ("tests/figures/body/test_load.py", "load_body is the door"),
    "plans/figures/draw/*": ("tests/figures/test_make.py", "draw_figure is the door"),
    "plans/figures/read/contact_words.py": ("tests/figures/read/test_contacts.py", "the grammar of its phrases"),
    "plans/figures/schema/*": ("tests/figures/schema/test_schema.py", "pieces of one schema"),
    "plans/figures/solve/*": ("tests/figures/solve/test_starts.py", "solve_panel is the door"),
    "plans/libraryfiles/*": ("tests/libraryfiles/test_problems.py", "read_library is the door"),
    "plans/search/*": ("tests/search/test_index.py", "SearchIndex is the door: words in, the best first"),
    "plans/pictures/*": ("tests/pictures/test_converting.py", "parts of converting an upload"),
    "plans/handout/pdf/*": ("tests/handout/pdf/test_pdf.py", "the renderer and its tools: what they make is a PDF"),
    "plans/handout/preflight/*": ("tests/handout/preflight/test_checks.py", "what the checks read"),
    "plans/handout/bidi.py": ("tests/handout/test_phrases.py", "marks between scripts, within phrases"),
    "plans/handout/picture_address.py": ("tests/handout/test_html.py", "how a page names its pictures"),
    "plans/content/pictures.py": ("tests/content/test_codec.py", "the dataclasses that are stored and read"),
    "plans/content/records.py": ("tests/content/test_codec.py", "the dataclasses that are stored and read"),
    # --- Reads that belong to one action or one page.
    "plans/queries/follow_up*.py": ("tests/actions/test_follow_up_reasons.py", "what is told, and what comes of it"),
    "plans/queries/silence.py": ("tests/actions/test_silence.py", "what nobody told of, and what comes of it"),
    "plans/queries/access_changes.py": ("tests/admin/audit/test_admin.py", "shown in the trail"),
    "plans/queries/alerts.py": ("tests/admin/patients/test_presenters.py", "shown at home and on the patient's page"),
    "plans/queries/approvals.py": ("tests/actions/test_approving.py", "what waits for approval"),
    "plans/queries/diagnoses.py": ("tests/admin/patients/test_named_conditions.py", "names in a patient's free words"),
    "plans/queries/devices.py": ("tests/actions/test_devices.py", "which devices open a link, and for how long"),
    "plans/queries/drafts.py": ("tests/actions/test_publishing.py", "what prepare shows"),
    "plans/queries/exercises.py": ("tests/actions/test_revisions.py", "which revision is in use"),
    "plans/queries/facts.py": ("tests/queries/test_checks.py", "what the rules are told"),
    "plans/queries/library.py": ("tests/api/views/test_library.py", "the lists of the library"),
    "plans/queries/library_stamp.py": ("tests/queries/test_exercise_search.py", "when the search reads again"),
    "plans/queries/search_documents.py": ("tests/queries/test_exercise_search.py", "what the search looks in"),
    "plans/queries/links.py": ("tests/actions/test_links.py", "the link that a sheet names"),
    "plans/queries/locks.py": ("tests/actions/test_publishing.py", "the order of locks, within publish"),
    "plans/queries/pauses.py": ("tests/actions/test_pausing.py", "whether a plan is paused"),
    "plans/queries/plans.py": ("tests/api/views/test_plans.py", "the lists of plans"),
    "plans/queries/library_protocols.py": ("tests/actions/test_library_protocols.py", "what a clinic approves"),
    "plans/queries/programmes.py": ("tests/actions/test_apply_protocol.py", "which protocols a clinic may take"),
    "plans/queries/proposals.py": ("tests/actions/test_apply_protocol.py", "what a plan would become"),
    "plans/queries/protocols.py": ("tests/actions/test_apply_protocol.py", "what of a protocol fits a patient"),
    "plans/queries/review_*.py": ("tests/actions/test_library_review.py", "what reviewers are shown and decide on"),
    "plans/queries/library_measures.py": ("tests/actions/test_library_measures.py", "what a clinic approves"),
    "plans/queries/measures/scales.py": ("tests/actions/measures/test_telling.py", "how the patient is asked"),
    "plans/queries/reissues.py": ("tests/actions/test_reissuing.py", "how far a re-issue is"),
    "plans/queries/library_snapshot.py": ("tests/queries/test_checks.py", "what plans of a clinic share is read once"),
    # --- Parts of actions.
    "plans/actions/exercise_steps.py": (
        "tests/actions/test_load_library.py",
        "the easier and harder exercise that a revision tells",
    ),
    "plans/actions/draft_*.py": ("tests/actions/drafts/test_save.py", "a draft's fields and log"),
    "plans/actions/plan_defaults.py": ("tests/actions/drafts/test_begin.py", "what a new draft begins with"),
    "plans/actions/drafts/*": ("tests/actions/drafts/test_save.py", "save_draft_changes is the door"),
    "plans/queries/draft_changes.py": ("tests/actions/drafts/test_save.py", "who changed what meanwhile"),
    "plans/actions/shared_rows.py": ("tests/actions/test_load_library.py", "the same library again is no work"),
    "plans/actions/mail_cancelling.py": ("tests/actions/mails/test_sending.py", "what waits and shall not go"),
    "plans/actions/reminders/by_mail.py": ("tests/actions/reminders/test_switching.py", "a yes and an end by mail"),
    "plans/actions/reminders/schedules.py": ("tests/actions/reminders/test_switching.py", "the row of both"),
    "plans/actions/outgoing/letters.py": ("tests/actions/mails/test_letter.py", "what all letters have in common"),
    "plans/actions/outgoing/queue.py": ("tests/actions/mails/test_sending.py", "the way of a mail from row to end"),
    "plans/actions/external_ids.py": ("tests/api/views/test_plans.py", "ids of other systems, in answers and searches"),
    "plans/actions/phases.py": ("tests/actions/drafts/test_save.py", "how a draft names its protocols"),
    "plans/actions/measures/*.py": ("tests/actions/measures/test_telling.py", "numbers and their activities"),
    "plans/actions/logs/checks.py": ("tests/actions/logs/test_telling.py", "what a telling refuses"),
    "plans/actions/freezing.py": ("tests/actions/test_publishing.py", "what publish freezes"),
    "plans/actions/fingerprints.py": ("tests/actions/test_exercises.py", "the same content is the same revision"),
    "plans/actions/idempotency.py": ("tests/api/viewsets/test_idempotency.py", "a call that is sent again"),
    "plans/actions/items.py": ("tests/actions/test_plans.py", "the rows of plans and protocols"),
    "plans/actions/library_texts.py": ("tests/actions/test_texts.py", "the gate for text, of library files"),
    "plans/actions/link_sessions.py": ("tests/portal/test_session.py", "a browser that gave the birth date"),
    "plans/actions/recording.py": ("tests/admin/patients/test_named_conditions.py", "a condition by one click"),
    "plans/actions/webhooks/endpoints.py": ("tests/api/views/test_webhooks.py", "webhooks and their secrets"),
    "plans/rendering/draft_drawings.py": ("tests/rendering/test_drawings.py", "the figures of a draft"),
    "plans/rendering/keep_drawn.py": ("tests/rendering/test_drawings.py", "a drawing is kept once"),
    "plans/rendering/queue.py": ("tests/rendering/test_versions.py", "asking for files, asked by publish"),
    "plans/tokens.py": ("tests/actions/test_links.py", "the token of a link"),
}  # fmt: skip
"""Modules without a test of their own name: where they are tested, and why there."""


def modules_with_logic():
    for path in sorted((ROOT / "plans").rglob("*.py")):
        if "migrations" in path.parts or path.name == "__init__.py":
            continue
        if any(isinstance(node, ast.FunctionDef) for node in ast.walk(ast.parse(path.read_text()))):
            yield path.relative_to(ROOT)


def has_its_own_test(module):
    folder = ROOT.joinpath("tests", *module.parts[1:-1])
    return any((place / f"test_{module.name}").exists() for place in (folder, folder / module.stem))


def test_every_module_has_a_test_of_its_name_or_is_told_where():
    without = [str(module) for module in modules_with_logic() if not has_its_own_test(module)]

    assert [name for name in without if not any(fnmatch(name, pattern) for pattern in ELSEWHERE)] == []
    assert [pattern for pattern in ELSEWHERE if not any(fnmatch(name, pattern) for name in without)] == []


def test_what_stands_elsewhere_is_there():
    assert [place for place, _ in ELSEWHERE.values() if not (ROOT / place).exists()] == []


def test_each_area_of_the_desk_has_tests():
    areas = [path.parent for path in (ROOT / "plans/admin").glob("*/admin*")]
    assert [area.name for area in areas if area.name != "base" and not files_for(area)] == []


def files_for(folder):
    return list((ROOT / "tests" / folder.relative_to(ROOT / "plans")).rglob("test_*.py"))


def fixtures_in(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef) and any(
            "fixture" in ast.unparse(decorator) for decorator in node.decorator_list
        ):
            yield node.name


def test_the_shared_fixtures_stand_in_one_place():
    shared = ROOT / "tests/conftest.py"
    again = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "tests").rglob("*.py")
        for name in SHARED_FIXTURES & set(fixtures_in(path))
        if path != shared
    }

    assert again == set()
    assert set(fixtures_in(shared)) >= SHARED_FIXTURES
