"""What a browser would post: the values of a shown form, with changes."""

import uuid

from lxml import html


def posted(answer, form_id, **changes):
    """Read the form of a page as a browser does, and change some fields."""
    page = html.fromstring(answer.content.decode())
    form = page.get_element_by_id(form_id)
    data = {}
    for name, value in form.form_values():
        if name in data:
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
        else:
            data[name] = value
    return {**data, **changes}


def errors_of(answer):
    """The words of all errors on a page, in order."""
    page = html.fromstring(answer.content.decode())
    found = page.xpath("//*[contains(concat(' ', @class, ' '), ' desk-error ')]")
    return [" ".join(one.text_content().split()) for one in found]


def text_of(answer):
    """All words of a page or fragment."""
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def rows(prefix, *rows, initial=0):
    """The fields of a formset with these rows."""
    data = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{field}": value for field, value in row.items()}
    return data


def item_row(revision, **fields):
    """A row of the exercises of a plan or protocol."""
    return {
        "revision": str(revision.pk),
        "key": str(uuid.uuid4()),
        "order": 1,
        "repetitions": "8-10",
        **fields,
    }


def programme(*items, **fields):
    """What the forms of a plan and of a protocol have alike, with these rows."""
    return {"times_per_day": "1-2", "days_per_week": "7", **rows("items", *items), **fields}
