import io
from dataclasses import replace

import pikepdf
import pytest

from plans.handout.formats import ALL_FORMATS, Copy, Format
from plans.handout.make import make_handout
from plans.languages import LANGUAGES
from tests.handout.make import NORMAL, check, html_of, pdf_of, plan, render
from tests.handout.samples import (
    FINDINGS,
    LINK_URL,
    SHEET_URL,
    make_plan,
    make_plan_in,
    make_second_version,
    pictures,
)

CLINICIAN = Format(copy=Copy.CLINICIAN)


def codes(data, content=None, form=NORMAL):
    return {problem.code for problem in check(data, content or plan(), form)}


def spoil(change, content=None, form=NORMAL) -> bytes:
    """The plan's PDF after a change by hand."""
    with pikepdf.open(io.BytesIO(pdf_of(content or plan(), form))) as opened:
        change(opened)
        made = io.BytesIO()
        opened.save(made)
    return made.getvalue()


# In one process with veraPDF, which reads the same files.
@pytest.mark.xdist_group("verapdf")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ALL_FORMATS, ids=lambda form: form.key)
def test_every_format_in_every_language_passes(form, language):
    content = make_plan_in(language, findings=FINDINGS)
    assert check(pdf_of(content, form), content, form) == ()


def test_second_version_and_plan_without_boxes_pass():
    for content in (make_second_version(), make_plan(demonstration=False)):
        assert check(pdf_of(content), content, NORMAL) == ()


def drop(*path):
    """Delete the last key on the way from the root."""

    def change(opened):
        place = opened.Root
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def elements(opened):
    return [
        one
        for one in opened.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem"
    ]


def change_language(opened):
    opened.Root.Lang = "es"


def drop_title(opened):
    del opened.docinfo["/Title"]


def drop_conformance(opened):
    opened.Root.Metadata.write(opened.Root.Metadata.read_bytes().replace(b"pdfuaid:part", b"pdfuaid:trap"))


def change_title_of_metadata(opened):
    opened.Root.Metadata.write(opened.Root.Metadata.read_bytes().replace(b"back and leg pain", b"knee"))


def drop_alternative_text(opened):
    del next(one for one in elements(opened) if "/Alt" in one)["/Alt"]


def skip_heading_level(opened):
    next(one for one in elements(opened) if one.S == "/H3").S = pikepdf.Name.H4


def second_title(opened):
    next(one for one in elements(opened) if one.S == "/H2").S = pikepdf.Name.H1


def no_headers(opened):
    for one in elements(opened):
        if one.S == "/TH":
            one.S = pikepdf.Name.TD


def lost_header(opened):
    del next(one for one in elements(opened) if one.S == "/TD").A["/Headers"]


def no_table(opened):
    for one in elements(opened):
        if one.S == "/Table":
            one.S = pikepdf.Name.Div


def unembed(opened):
    for one in opened.objects:
        if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
            del one["/FontFile2"]


def unmap(opened):
    for one in opened.objects:
        if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one:
            del one["/ToUnicode"]


def untag_text(opened):
    page = opened.pages[0]
    page.contents_add(b"BT 1 0 0 1 10 10 Tm ET /Artifact BMC EMC", prepend=True)
    name = next(iter(page.Resources.Font))
    page.contents_add(f"BT {name} 9 Tf [<0024>] TJ ET".encode())


def empty_box_letter(opened):
    name = next(iter(opened.pages[0].Resources.Font))
    opened.pages[0].contents_add(f"/Artifact BMC BT {name} 9 Tf [<0000>] TJ ET EMC".encode())


def drop_last_page(opened):
    del opened.pages[-1]


FAULTS = [
    (change_language, "language"),
    (drop("/Lang"), "language"),
    (drop_title, "title"),
    (change_title_of_metadata, "title"),
    (drop_conformance, "tags"),
    (drop("/MarkInfo", "/Marked"), "tags"),
    (drop("/ViewerPreferences", "/DisplayDocTitle"), "tags"),
    (drop_alternative_text, "alt"),
    (skip_heading_level, "headings"),
    (second_title, "headings"),
    (no_headers, "table"),
    (lost_header, "table"),
    (no_table, "log"),
    (unembed, "fonts"),
    (unmap, "letters"),
    (untag_text, "stray"),
    (empty_box_letter, "letters"),
]


@pytest.mark.parametrize(("change", "code"), FAULTS, ids=lambda one: getattr(one, "__qualname__", one))
def test_planted_fault_is_found(change, code):
    assert code in codes(spoil(change))


def test_a_log_of_many_exercises_may_go_on_over_pages():
    items = [replace(item, number=number) for number, item in enumerate(plan().items * 6, 1)]
    assert pdf_of(replace(plan(), items=tuple(items)))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"<html></html>"])
def test_what_is_no_pdf_is_told(data):
    assert codes(data) == {"unreadable"}


def test_untagged_pdf_is_told():
    assert codes(spoil(drop("/StructTreeRoot"))) >= {"tags", "text", "headings"}


def test_lost_page_is_told():
    assert codes(spoil(drop_last_page)) & {"text", "unreadable", "log"}


@pytest.mark.parametrize(
    "lost",
    [
        "Press your heels down.",
        "Do not arch your back at the top.",
        "You did this one well. Keep going.",
        "Because of your disc: stop if pain goes further down your leg.",
        "Move slowly and with control. Stay where it does not hurt.",
        "10 to 15\u00a0times",
        "Demonstration, not for patients",
        "R-1042",
    ],
)
def test_lost_text_is_told(lost):
    """A page that drops a step, a caution, a note or a dose must not reach anyone."""
    html = html_of(plan()).replace(lost, "")
    assert codes(render(html)) == ({"text"} if lost != "R-1042" else set())


def test_lost_picture_is_told():
    html = html_of(plan())
    start = html.index('<p class="figure">')
    assert codes(render(html[:start] + html[html.index("</p>", start) :])) == {"picture"}


def test_boxes_must_stand_on_the_first_page():
    html = html_of(plan()).replace(
        '<div class="warnings">', '<div class="warnings" style="break-before: page">'
    )
    assert "warnings" in codes(render(html))


def test_lost_warning_sign_is_told():
    assert codes(render(html_of(plan()).replace("<li>a fever</li>", ""))) == {"warnings"}


def test_too_many_pages_are_told():
    html = html_of(plan()).replace("<article", '<article style="break-before: page; break-after: page"')
    html = html.replace("<li>", '<li style="break-before: page">')
    assert "pages" in codes(render(html))


def test_hard_text_is_told_and_the_therapists_own_words_are_not_judged():
    hard = "Neuromuscular stabilisation necessitates simultaneous cocontraction of antagonistic musculature."
    noted = tuple(replace(item, note=hard) for item in plan().items)
    assert codes(pdf_of(make_plan(items=noted, note=hard)), make_plan(items=noted, note=hard)) == set()

    content = make_plan(items=tuple(replace(item, start=hard, steps=(hard, hard)) for item in plan().items))
    assert codes(render(html_of(content)), content) == {"reading"}


def test_findings_must_stand_on_the_clinicians_copy():
    content = make_plan(findings=FINDINGS)
    html = html_of(content, CLINICIAN).replace(FINDINGS[0].reason, "")
    assert codes(render(html, CLINICIAN), content, CLINICIAN) == {"text"}


def test_content_of_another_plan_is_told():
    other = make_plan(items=tuple(replace(item, steps=("Stand on your head.",)) for item in plan().items))
    assert codes(pdf_of(plan()), other) == {"text"}


def test_a_file_is_opened_once_to_be_checked_and_counted(monkeypatch):
    opened = []
    opens = pikepdf.open
    monkeypatch.setattr(pikepdf, "open", lambda *args, **named: opened.append(args) or opens(*args, **named))
    made = make_handout(plan(), NORMAL, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
    assert made.pages == 4
    assert len(opened) == 1


def test_a_number_that_is_missing_from_page_1_is_told():
    html = html_of(plan())
    assert '<p class="call">' in html
    head = html.index('<p class="call">')
    end = html.index("</p>", head)
    assert codes(render(html[:head] + html[end + 4 :])) <= {"phone"}
    late = html.replace('<section class="contact">', '<section class="contact" style="break-before: page">')
    head, end = late.index('<p class="call">'), late.index("</p>", late.index('<p class="call">'))
    assert "phone" in codes(render(late[:head] + late[end + 4 :]))
