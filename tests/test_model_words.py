"""What the models say is translated where it is shown, and is what it was for everything else."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation

from plans.model_words import MARKED
from plans.models import Patient, Role, User


def test_fields_helps_and_choices_are_read_in_the_language_of_the_reader():
    field = Patient._meta.get_field("birth_date")
    assert field.verbose_name == "birth date"
    with translation.override("es"):
        assert field.verbose_name == "fecha de nacimiento"
        assert Role.LEAD.label == "terapeuta responsable"
        assert dict(User._meta.get_field("desk_language").choices)["es"] == "Español"
        assert User._meta.get_field("title").help_text.startswith("Se imprime")


def test_a_languages_own_name_and_signs_are_no_words():
    assert "Español" not in MARKED
    assert not [word for word in MARKED if not any(sign.islower() for sign in word)]


def test_no_plural_ends_as_no_english_word_does():
    names = [str(model._meta.verbose_name_plural) for model in apps.get_app_config("plans").get_models()]

    assert [name for name in names if re.search("[^aeiou]ys$", name)] == []


@pytest.mark.django_db
def test_the_migrations_know_nothing_of_it():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
