"""No word of the desk is in English alone: in templates, pages and scripts each is marked for translation."""

from scripts import unmarked_words


def test_every_word_is_marked():
    assert unmarked_words.unmarked() == [], "see docs/how-to/add-a-word-of-the-desk.md"


def test_an_unmarked_word_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(unmarked_words, "ROOT", tmp_path)
    files = {
        "templates/desk/page.html": '<p title="Load it">{% translate "Right" %} Not so</p>{{ n|pluralize }}',
        "plans/admin/views.py": '"""Words."""\nsaid = "Nothing was saved."\nright = _("All is saved.")\n',
        "static/desk/some.js": 'say("it is gone"); say(gettext("it is here")); // it is a comment\n',
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert unmarked_words.unmarked() == [
        "plans/admin/views.py:2: Nothing was saved.",
        "templates/desk/page.html:1: |pluralize",
        "templates/desk/page.html:1: Load it",
        "templates/desk/page.html:1: Not so",
        "static/desk/some.js:1: it is gone",
    ]
