"""Who may open which address of the agreement."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, OFFICE, POST, Rule, Who

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")
_READ_VERSIONS = _("läsa, jämföra och ladda ned överenskommelsens versioner")
_COMMENT = _("läsa ett utkast till ny överenskommelse och lämna synpunkter på det")

ADDRESSES: dict[str, Rule] = {
    "agreement:agreement": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix_csv": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:vision": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:goal": Rule(Who.EVERYBODY, _READ_AGREEMENT),
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
    "agreement:versions": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version_pdf": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version_vision": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version_goal": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version_principle": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:version_commitment": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:choose": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:compare": Rule(Who.EVERYBODY, _READ_VERSIONS),
    "agreement:revision": Rule(Who.EVERYBODY, _COMMENT),
    "agreement:comment": Rule(Who.EVERYBODY, _COMMENT, BOTH),
    "agreement:commented": Rule(Who.EVERYBODY, _COMMENT),
    "agreement:revision_answers": Rule(Who.EVERYBODY, _COMMENT),
    "agreement:revision_answers_csv": Rule(Who.EVERYBODY, _COMMENT),
    "admin:agreement_revisioncomment_step": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
}
