"""The straightforward way, to compare with: a flex page with SVG pictures, everything made anew for each document.

It prints the same content as the service's handout, in the manner of a first version.
"""

import base64
import io
from collections.abc import Mapping
from html import escape

import segno
from django.utils import translation
from weasyprint import HTML

from plans.content import ItemContent, PlanContent
from plans.handout import phrases, strings
from plans.languages import LANGUAGES

ENGLISH = LANGUAGES["en"]


CSS = """
@page { size: A4; margin: 12mm 14mm 15mm;
  @bottom-left { content: "%(foot)s"; font: 9pt "Noto Sans"; color: #444; width: 75%%; text-align: left }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9pt "Noto Sans"; color: #444 } }
html { font: 12pt/1.35 "Noto Sans"; color: #16202a }
body { margin: 0 }
h1 { font-size: 1.6em; line-height: 1.15; margin: 0 0 .25em }
h2 { font-size: 1.2em; margin: .8em 0 .3em; border-bottom: 1.5pt solid #1f4e79; color: #1f4e79; break-after: avoid }
h3 { font-size: 1.1em; margin: 0 0 .3em; break-after: avoid }
p { margin: .2em 0 }
ol, ul { margin: .2em 0; padding-inline-start: 1.5em }
.meta { display: flex; flex-wrap: wrap; gap: .2em 2em }
.top { display: flex; gap: 6mm; align-items: flex-start } .top > .words { flex: 1 }
.code { width: 31mm; text-align: center; font-size: .82em } .code img { width: 28mm; height: 28mm; display: block }
.red { border: 2pt solid #b3261e; border-radius: 2mm; background: #fdf0ef; padding: 2mm 4mm; break-inside: avoid }
.red h2 { border: 0; margin: 0; color: #8f1a14 }
.pain { display: flex; gap: 4mm; list-style: none; padding: 0 } .pain li { flex: 1; border-top: 5pt solid #b7791f }
.exercise { break-inside: avoid; border: .8pt solid #b7c3cc; border-radius: 2mm; padding: 2mm 3mm; margin: 0 0 3mm }
.row { display: flex; gap: 5mm; align-items: center } .row figure { flex: 0 0 52%%; margin: 0 }
.row figure img { width: 100%%; max-height: 31mm } .row .words { flex: 1 }
table { border-collapse: collapse; width: 100%%; margin: .3em 0; font-size: .93em }
th, td { border: .7pt solid #7c8a96; padding: .15em .5em; text-align: start } thead th { background: #e7eef4 }
.care { background: #fff7e0; border-inline-start: 4pt solid #b7791f; padding: .8mm 3mm }
.log { break-inside: avoid } .log td { height: 6mm }
"""


def render(content: PlanContent, figures: Mapping[str, bytes], *, link_url: str, sheet_url: str) -> bytes:
    """The PDF of a content in English; `figures` holds each exercise's picture by its code."""
    page = make_page(content, figures, link_url=link_url, sheet_url=sheet_url)
    data: bytes = HTML(string=page, base_url=".").write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return data


def make_page(content: PlanContent, figures: Mapping[str, bytes], *, link_url: str, sheet_url: str) -> str:
    """The page, whole: style and pictures are inside."""
    with translation.override("en"):
        return _page(content, figures, link_url=link_url, sheet_url=sheet_url)


def _page(content: PlanContent, figures: Mapping[str, bytes], *, link_url: str, sheet_url: str) -> str:
    css = CSS % {"foot": phrases.say_footer(content)}
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(content.title)}</title>'
        f"<style>{css}</style></head><body>",
        *_head(content, link_url),
        *_warnings(content),
        f"<p><b>{escape(phrases.say_summary(content, ENGLISH))}</b></p><p>{escape(content.goals)}</p>"
        f"<p>{escape(content.note)}</p>",
        *_pain(content),
        f"<h2>Your exercises</h2><p>{escape(phrases.say_common_rhythm(content, ENGLISH))}</p>",
        *(_exercise(item, content, figures[item.exercise_code]) for item in content.items),
        "<h2>Good to know</h2>",
        _list(content.advice),
        *_contact(content, sheet_url),
        *_log(content),
        "</body></html>",
    ]
    return "".join(parts)


def _list(texts: tuple[str, ...] | list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def _png(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode()


def _svg(data: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(data.encode()).decode()


def _code(url: str, alt: str) -> str:
    made = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        made, kind="svg", scale=4, border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return (
        f'<div class="code"><img src="{_svg(made.getvalue().decode())}" alt="{alt}">'
        f'<p><a href="{url}">{alt}</a></p></div>'
    )


def _head(content: PlanContent, link_url: str) -> list[str]:
    demonstration = f"<p><b>{strings.say_demonstration()}</b></p>" if content.demonstration else ""
    return [
        f'<div class="top"><div class="words"><p>{escape(content.clinic.name)}</p>'
        f"<h1>{escape(content.title)}</h1>{demonstration}"
        f'<div class="meta"><p>For: {escape(content.patient.name)}</p>'
        f"<p>From: {escape(content.therapist.name)}</p>"
        f"<p>Date: {phrases.write_date(content.issued_on, ENGLISH)} · {phrases.say_version(content.version)}</p>"
        f"</div></div>{_code(link_url, 'Open this plan on your phone')}</div>"
    ]


def _warnings(content: PlanContent) -> list[str]:
    return [
        f'<section class="red"><h2>{escape(title)}</h2>{_list(signs)}</section>'
        for title, signs in (
            (strings.say_emergency_title(content.clinic.emergency_number), strings.say_emergencies()),
            (strings.say_same_day_title(), strings.say_same_day_signs()),
        )
    ]


def _pain(content: PlanContent) -> list[str]:
    ranges, advice = phrases.say_pain(content.clinic.pain_guide), strings.say_pain_advice()
    rows = "".join(f"<li><b>{ranges[key]}</b> {escape(advice[key])}</li>" for key in ranges)
    return [f'<h2>How much pain is fine?</h2><ul class="pain">{rows}</ul><p>{escape(advice["scale"])}</p>']


def _exercise(item: ItemContent, content: PlanContent, figure: bytes) -> str:
    is_said_above = phrases.rhythm_of(item.dose) == phrases.common_rhythm(content)
    said = (phrases.say_amount if is_said_above else phrases.say_dose)(item, ENGLISH)
    labels = "".join(f'<th scope="col">{escape(phrase.label)}</th>' for phrase in said)
    texts = "".join(f"<td>{escape(phrase.text)}</td>" for phrase in said)
    steps = "".join(f"<li>{escape(step)}</li>" for step in item.steps)
    alt = escape(item.picture.alt if item.picture else item.name)
    care = " ".join((*item.cautions, item.extra_caution, *item.sentences))
    return (
        f'<section class="exercise"><h3>{item.number}. {escape(item.name)}</h3><p>{escape(item.purpose)}</p>'
        f'<div class="row"><figure><img src="{_png(figure)}" alt="{alt}"></figure>'
        f'<div class="words"><p>{escape(item.start)}</p><ol>{steps}</ol></div></div>'
        f"<table><thead><tr>{labels}</tr></thead><tbody><tr>{texts}</tr></tbody></table>"
        f'<p class="care"><b>Take care:</b> {escape(care)}</p><p>{escape(item.note)}</p></section>'
    )


def _contact(content: PlanContent, sheet_url: str) -> list[str]:
    clinic = content.clinic
    return [
        f'<div class="top"><div class="words"><h2>Questions? Call {escape(clinic.name)}: {escape(clinic.phone)}</h2>'
        f"<p>{escape(clinic.address)}</p><p>In an emergency call {escape(clinic.emergency_number)}. "
        f"Sheet {content.sheet_code}</p><p>{escape(clinic.disclaimer)}</p></div>"
        f"{_code(sheet_url, 'Is this sheet still right?')}</div>"
    ]


def _log(content: PlanContent) -> list[str]:
    days = "".join(
        f'<th scope="col">{day}</th>' for day in phrases.say_weekdays(content.clinic.week_starts_on)
    )
    names = [f"{item.number}. {item.name}" for item in content.items] + ["Pain, 0 to 10"]
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th>{"<td></td>" * 7}</tr>' for name in names)
    return [
        '<section class="log"><h2>Your week</h2><table><caption>Tick each day that you do the exercise.</caption>'
        f'<thead><tr><th scope="col">Week</th>{days}</tr></thead><tbody>{rows}</tbody></table></section>'
    ]
