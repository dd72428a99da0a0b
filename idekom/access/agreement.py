"""Who may open which address of the agreement."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, OFFICE, POST, Rule, Who

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")

ADDRESSES: dict[str, Rule] = {
    "agreement:agreement": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:principle": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:commitment": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:glossary": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "admin:agreement_version_read_in": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:agreement_version_template": Rule(Who.SEES_OFFICE, OFFICE),
    "admin:agreement_version_put_in_force": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:agreement_wording_place": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_wording_promises": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_wording_fix": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_wording_discard": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
}
