"""Who may open which address of the agreement."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import LEARN, Rule, Who

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")

ADDRESSES: dict[str, Rule] = {
    "agreement:agreement": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:principle": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:commitment": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:glossary": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:contacts": Rule(Who.EVERYBODY, LEARN),
    "agreement:links": Rule(Who.EVERYBODY, LEARN),
    "agreement:links_feed": Rule(Who.EVERYBODY, LEARN),
    "agreement:courses": Rule(Who.EVERYBODY, LEARN),
    "agreement:course": Rule(Who.EVERYBODY, LEARN),
}
