"""Doses in the desk's language, by the words that handouts have for them."""

from gettext import NullTranslations

from django.utils.translation import gettext, ngettext, npgettext, pgettext


class DeskWords(NullTranslations):
    """What dose.phrases asks for its words: those of the language that the page is in."""

    def gettext(self, message: str) -> str:
        return gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return pgettext(context, message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return npgettext(context, msgid1, msgid2, n)


DESK_WORDS = DeskWords()
