"""The groups of the library as they are offered, each with its number; habits that nobody has are not."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from plans.admin.plans.shelf.asked import Group
from plans.admin.plans.shelf.looking import Shelf

WORDS = {
    Group.ALL: gettext_lazy("All"),
    Group.USUAL: gettext_lazy("Usual here"),
    Group.RECENT: gettext_lazy("Mine lately"),
    Group.FAVOURITES: gettext_lazy("Favourites"),
}


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One group to choose."""

    value: str
    label: str
    count: int
    chosen: bool


def tabs_of(shelf: Shelf) -> list[Tab]:
    chosen = shelf.asked.group
    return [
        Tab(value=group.value, label=str(WORDS[group]), count=count, chosen=group is chosen)
        for group, count in shelf.groups.items()
        if count or group in (Group.ALL, Group.FAVOURITES, chosen)
    ]
