"""Who may open which address of the agreement."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, OFFICE, POST, USE_DATA, Rule, Who

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")
_READ_PLANS = _("läsa handlingsplanerna, deras aktiviteter och hur det går")
_TELL = _("svara på frågan hur det går med en aktivitet")
_TELL_OWN = _("berätta hur det går med partens egna aktiviteter")

ADDRESSES: dict[str, Rule] = {
    "agreement:agreement": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:principle": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:commitment": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:glossary": Rule(Who.EVERYBODY, _READ_AGREEMENT),
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
}
