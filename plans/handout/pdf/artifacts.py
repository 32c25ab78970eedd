"""Footers as what they are to a screen reader: page decoration, to be skipped."""

from typing import Any, cast

import pydyf


def mark_artifacts(pdf: pydyf.PDF) -> None:
    """Turn marked content that the structure tree does not reach into pagination artifacts.

    The renderer tags the page margins like the text but leaves them out of the tree; PDF/UA wants all content to
    be one or the other. Works on the unwritten document, because opening the file again costs a fifth more time.
    """
    reached = _reached_content(pdf)
    for reference in pdf.page_references:
        page = _find(pdf, reference)
        _mark_page(_find(pdf, page["Contents"]).stream, reached.get(reference, set()))


def _reached_content(pdf: pydyf.PDF) -> dict[bytes, set[int]]:
    found: dict[bytes, set[int]] = {}
    waiting = list(_find(pdf, pdf.catalog["StructTreeRoot"])["K"])
    while waiting:
        element = _find(pdf, waiting.pop())
        for kid in element.get("K", ()):
            if isinstance(kid, int):
                found.setdefault(element["Pg"], set()).add(kid)
            else:
                waiting.append(kid)
    return found


def _mark_page(operators: list[Any], reached: set[int]) -> None:
    for at, operator in enumerate(operators):
        # Three neighbours: the tag, its properties, and BDC (begin marked content with properties).
        if operator == b"BDC" and operators[at - 1].get("MCID") not in reached:
            operators[at - 2] = "/Artifact"
            operators[at - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _find(pdf: pydyf.PDF, reference: object) -> Any:
    return pdf.objects[int(cast(bytes, reference).split()[0])]
