"""Who may open which address of the agreement."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, LEARN, OFFICE, POST, USE_DATA, Rule, Who

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")
_READ_VERSIONS = _("läsa, jämföra och ladda ned överenskommelsens versioner")
_COMMENT = _("läsa ett utkast till ny överenskommelse och lämna synpunkter på det")
_READ_PLANS = _("läsa handlingsplanerna, deras aktiviteter och hur det går")
_TELL = _("svara på frågan hur det går med en aktivitet")
_TELL_OWN = _("berätta hur det går med partens egna aktiviteter")

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
    "agreement:plans": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:activities": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:plan": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:side_by_side": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:timeline": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:quarter": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:activity": Rule(Who.EVERYBODY, _READ_PLANS),
    "agreement:updates_feed": Rule(Who.EVERYBODY, USE_DATA),
    "agreement:activities_csv": Rule(Who.EVERYBODY, USE_DATA),
    "agreement:activities_json": Rule(Who.EVERYBODY, USE_DATA),
    "agreement:activities_schema": Rule(Who.EVERYBODY, USE_DATA),
    "agreement:tell": Rule(Who.SECRET, _TELL, BOTH),
    "agreement:told": Rule(Who.SECRET, _TELL),
    "agreement:own_activity": Rule(Who.REPORTS, _TELL_OWN, BOTH),
    "admin:agreement_activity_step": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_activity_tell": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_activity_hide": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_activity_ask": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_activity_renew": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:agreement_activity_revoke": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "agreement:contacts": Rule(Who.EVERYBODY, LEARN),
    "agreement:links": Rule(Who.EVERYBODY, LEARN),
    "agreement:links_feed": Rule(Who.EVERYBODY, LEARN),
    "agreement:courses": Rule(Who.EVERYBODY, LEARN),
    "agreement:course": Rule(Who.EVERYBODY, LEARN),
}
