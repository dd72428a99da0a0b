"""How to cite a part of the agreement: its words, where they stand and since when, and the address that stays."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agreement.models import Version
from agreement.texts import Section
from idekom.lib.mail import absolute


def quote(version: Version, section: Section | None, address: str) -> str:
    """What to paste: the sentence, its source, its address."""
    if section is None:
        return ""
    words = next((one.words for one in section.paragraphs if one.kind != "heading"), section.title)
    anchor = next((one.anchor for one in section.paragraphs if one.kind != "heading"), section.anchor)
    return f"”{words}”\n{_source(version, section)}\n{absolute(address)}#{anchor}"


def _source(version: Version, section: Section) -> str:
    named = {"version": version.name, "part": f"{section.name[:1].lower()}{section.name[1:]}"}
    if version.in_force_on is None:
        return _("%(version)s (utkast), %(part)s") % named
    return _("%(version)s (gäller från %(day)s), %(part)s") % {**named, "day": date_format(version.in_force_on, "j F Y")}
