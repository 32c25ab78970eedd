"""The warning boxes: one tap away on every screen, and a tap back."""

from dataclasses import replace

import pytest

from tests.portal.whole_plan import full_plan, put


@pytest.fixture
def path(issued):
    put(issued.publication, full_plan())
    return issued.path


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    "screen", ["", "exercise/1/", "exercise/8/", "log/", "log/1/", "progress/", "reminders/", "no/such/"]
)
def test_they_are_one_tap_away_on_every_screen(opened, path, screen):
    came_from = f"?from={screen.split('/')[1]}" if screen.startswith("exercise") else ""

    page = text(opened.get(f"{path}{screen}"))

    assert f'<a class="alarm" href="{path}warnings/{came_from}">Warning signs</a>' in page


def test_they_dial_and_lead_back(opened, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = text(opened.get(f"{path}warnings/?from=2"))

    assert '<a class="button call" href="tel:911">Call 911</a>' in page
    assert "Talk to Ward 3 now: 555" in page
    assert "How much pain is fine?" in page
    assert f'<a href="{path}exercise/2/">Back to the exercise</a>' in page


@pytest.mark.parametrize("came_from", ["", "?from=99", "?from=//evil.example", "?from=%00"])
def test_from_nowhere_they_lead_back_to_the_plan(opened, path, came_from):
    page = text(opened.get(f"{path}warnings/{came_from}"))

    assert f'<a href="{path}">Back to my plan</a>' in page
    assert "evil" not in page
    assert "Back to the exercise" not in page


def test_a_number_on_a_page_from_right_to_left_is_dialled_with_its_plus(issued, opened):
    content = full_plan("ar")
    put(
        issued.publication, replace(content, clinic=replace(content.clinic, phone="+1 (555) 010-4477 ext. 3"))
    )

    page = text(opened.get(f"{issued.path}warnings/"))

    assert '<html lang="ar" dir="rtl">' in page
    assert 'href="tel:911"' in page
    assert 'href="tel:+15550104477"' in page
