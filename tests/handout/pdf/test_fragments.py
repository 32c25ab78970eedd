"""Parts that are laid out once must not show: the pages are the same, in every format, whatever was kept."""

import io
import sys
from dataclasses import replace

import pikepdf
import pytest

from plans.handout.errors import PictureMissing, RendererComplained
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.pdf import fragments, render_pdf
from tests.handout.make import html_of, plan, render
from tests.handout.samples import (
    FINDINGS,
    make_items,
    make_plan,
    make_plan_in,
    make_second_version,
    pictures,
)

PAGES = [
    (make_plan(), Format()),
    (make_second_version(), Format(paper=Paper.LETTER, size=Size.LARGE, ink=Ink.GREY)),
    (make_plan(findings=FINDINGS), Format(copy=Copy.CLINICIAN)),
    (make_plan_in("es"), Format(size=Size.LARGE)),
    (make_plan_in("ar"), Format(paper=Paper.LETTER)),
    (make_plan_in("zh-hans"), Format(ink=Ink.GREY)),
]
NAMES = [f"{content.language} {form.key}" for content, form in PAGES]
PAGE = '<!doctype html>\n<html lang="en"><head><title>Plan</title></head><body>{}</body></html>'
PART = "<!--fragment-->{}<!--/fragment-->"


@pytest.fixture(autouse=True)
def nothing_kept():
    with fragments.nothing_kept():
        yield


def without_parts(html: str) -> str:
    return html.replace("<!--fragment-->", "").replace("<!--/fragment-->", "")


def render_page(body: str, given=None) -> bytes:
    return render_pdf(PAGE.format(body), css="img { display: block }", pictures=given or {})


@pytest.mark.parametrize(("content", "form"), PAGES, ids=NAMES)
def test_a_page_is_the_same_to_the_byte_with_parts_new_or_kept(content, form):
    html = html_of(content, form)
    new = render(html, form, content.language)
    assert fragments._kept
    assert render(html, form, content.language) == new


@pytest.mark.parametrize(("content", "form"), PAGES, ids=NAMES)
def test_switched_off_a_page_is_the_same_to_the_byte(content, form, settings, monkeypatch):
    html = html_of(content, form)
    kept = render(html, form, content.language)
    fragments._kept.clear()
    settings.HANDOUT_FRAGMENTS = False
    # As if the renderer had moved its boxes: the module cannot be imported.
    monkeypatch.setitem(sys.modules, "plans.handout.pdf.fragments", None)
    assert render(html, form, content.language) == kept
    assert not fragments._kept


@pytest.mark.parametrize(("content", "form"), PAGES, ids=NAMES)
def test_a_page_is_the_same_as_if_it_were_laid_out_whole(content, form):
    html = html_of(content, form)
    assert render(html, form, content.language) == render(without_parts(html), form, content.language)


def test_a_kept_part_goes_where_another_page_has_it():
    first, *others = make_items()
    render(html_of(make_plan(items=(first, *others[:2]))))
    moved = html_of(make_plan(items=(first, *others[:2]), goals="Walk. " * 120))
    after = render(moved)
    with fragments.nothing_kept():
        assert render(moved) == after


def test_parts_of_another_format_language_or_colour_are_others():
    render(html_of(plan()))
    first = set(fragments._kept)
    render(html_of(plan(), Format(paper=Paper.LETTER)), Format(paper=Paper.LETTER))
    letter = set(fragments._kept) - first
    render(html_of(make_plan(clinic=replace(plan().clinic, colour="#7a1f1f"))))
    red = set(fragments._kept) - first - letter
    assert {len({key[:3] for key in keys}) for keys in (first, letter, red)} == {1}
    assert all(len(keys) > len(plan().items) for keys in (first, letter, red))


@pytest.mark.parametrize("field", ["note", "extra_caution"])
def test_words_for_one_patient_are_not_kept(field):
    item = replace(make_items()[0], note="", extra_caution="")
    html = html_of(make_plan(items=(replace(item, **{field: "Dear Ana, slowly."}),)))
    assert "Dear Ana" in html
    render(html)
    assert not any("Ana" in part for *_, part in fragments._kept)


def test_an_exercise_is_kept_whatever_its_number():
    item = make_items()[0]
    render(html_of(make_plan(items=(item,))))
    count = len(fragments._kept)
    render(html_of(make_plan(items=(replace(item, number=7),))))
    assert any(item.purpose in part for *_, part in fragments._kept)
    assert len(fragments._kept) == count


def test_a_part_that_is_higher_than_a_page_is_broken_in_its_page():
    lines = "<p>One line of many.</p>" * 120
    body = "<h1>Plan</h1>" + PART.format(f"<section>{lines}</section>")
    for _ in range(2):
        with pikepdf.open(io.BytesIO(render_page(body))) as opened:
            assert len(opened.pages) == 3
    assert list(fragments._kept.values()) == [None]


def test_what_the_renderer_complains_of_is_refused_each_time():
    name, data = next(iter(pictures().items()))
    body = "<h1>Plan</h1>" + PART.format(f'<section><img src="picture:{name}" style="colour: x"></section>')
    for _ in range(2):
        with pytest.raises(RendererComplained):
            render_page(body, {name: data})
    assert not fragments._kept


def test_a_picture_that_is_missing_is_missed_also_in_a_kept_part():
    html = html_of(plan())
    render(html)
    with pytest.raises(PictureMissing):
        render(html, given={})


def test_only_the_parts_used_last_are_kept(monkeypatch):
    monkeypatch.setattr(fragments, "MAX_KEPT", 2)
    for name in ("one", "two", "one", "three"):
        render_page(PART.format(f"<p>{name}</p>"))
    assert [part for *_, part in fragments._kept] == ["<p>one</p>", "<p>three</p>"]


def test_a_patients_words_cannot_name_a_part():
    html = html_of(make_plan(goals="<!--fragment--><p>x</p><!--/fragment-->"))
    render(html)
    assert not any(part == "<p>x</p>" for *_, part in fragments._kept)


def test_advice_that_many_patients_get_is_kept():
    render(html_of(plan()))
    count = len(fragments._kept)
    render(html_of(make_plan(patient=replace(plan().patient, name="Bo"), goals="Dance.")))
    assert any(plan().advice[0] in part for *_, part in fragments._kept)
    assert len(fragments._kept) == count
