"""Who may open which address of joining and the register."""

from django.utils.translation import gettext_lazy as _

from idekom.access.rules import BOTH, OFFICE, POST, STAND, USE_DATA, Rule, Who

_READ_REGISTER = _("söka i förteckningen, se hur den såg ut en viss dag och ladda ned den")
_APPLY = _("ansöka om att ansluta sig, och följa sitt ärende")
_SIGN = _("underteckna vid en underteckningskväll")
_FOLLOW = _("få mejl om nya anslutna")
_CORRECT = _("föreslå rättelser i förteckningen")
_ANSWER = _("svara på en inbjudan, en bekräftelse eller en uppgift om medlemskap")
_KEEP_ENTRY = _("hålla partens uppgifter i förteckningen aktuella")
_KEEP_PEOPLE = _("bestämma vilka som företräder parten")
_NAME_MEMBERS = _("ange vilka medlemmar ett paraply har")
_ANSWER_PROPOSALS = _("svara på rådets förslag för sin part")
_LEAVE = _("meddela att parten lämnar överenskommelsen")
_ELECT = _("nominera och rösta när sektorn väljer företrädare i rådet")
_READ_ELECTIONS = _("läsa om valen av företrädare, kandidaterna och resultaten")

ADDRESSES: dict[str, Rule] = {
    "affiliation:apply": Rule(Who.EVERYBODY, _APPLY),
    "affiliation:all_questions": Rule(Who.EVERYBODY, _APPLY),
    "affiliation:begin": Rule(Who.EVERYBODY, _APPLY, BOTH),
    "affiliation:case": Rule(Who.SECRET, _APPLY),
    "affiliation:check": Rule(Who.SECRET, _APPLY),
    "affiliation:submit": Rule(Who.SECRET, _APPLY, POST),
    "affiliation:complete": Rule(Who.SECRET, _APPLY, POST),
    "affiliation:withdraw": Rule(Who.SECRET, _APPLY, POST),
    "affiliation:section": Rule(Who.SECRET, _APPLY, BOTH),
    "affiliation:resume": Rule(Who.SECRET, _APPLY, BOTH),
    "affiliation:file": Rule(Who.SECRET, _APPLY),
    "affiliation:letter": Rule(Who.SECRET, _APPLY),
    "affiliation:paper_form": Rule(Who.EVERYBODY, _APPLY),
    "affiliation:ceremony": Rule(Who.EVERYBODY, _SIGN, BOTH),
    "affiliation:ceremony_invited": Rule(Who.SECRET, _SIGN, BOTH),
    "affiliation:register": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:register_csv": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:register_json": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:former": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:development": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:map": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:party": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:logo": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:certificate": Rule(Who.EVERYBODY, _READ_REGISTER),
    "affiliation:register_xlsx": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:register_schema": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:feed": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:embed": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:embedded": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:badge": Rule(Who.EVERYBODY, USE_DATA),
    "affiliation:follow": Rule(Who.EVERYBODY, _FOLLOW, BOTH),
    "affiliation:following": Rule(Who.SECRET, _FOLLOW, BOTH),
    "affiliation:unfollow": Rule(Who.SECRET, _FOLLOW, BOTH),
    "affiliation:suggest": Rule(Who.EVERYBODY, _CORRECT, BOTH),
    "affiliation:invitation": Rule(Who.SECRET, _ANSWER, BOTH),
    "affiliation:membership": Rule(Who.SECRET, _ANSWER, BOTH),
    "affiliation:confirmation": Rule(Who.SECRET, _ANSWER, BOTH),
    "affiliation:own_party": Rule(Who.ACTS, _KEEP_ENTRY),
    "affiliation:own_details": Rule(Who.ACTS, _KEEP_ENTRY, BOTH, Who.ADMINISTERS),
    "affiliation:own_confirm": Rule(Who.ADMINISTERS, _KEEP_ENTRY, POST),
    "affiliation:own_people": Rule(Who.ACTS, _KEEP_PEOPLE, BOTH, Who.ADMINISTERS),
    "affiliation:step_down": Rule(Who.ACTS, _KEEP_PEOPLE, POST),
    "affiliation:hand_over": Rule(Who.ADMINISTERS, _KEEP_PEOPLE, BOTH),
    "affiliation:own_person": Rule(Who.ADMINISTERS, _KEEP_PEOPLE, BOTH),
    "affiliation:end_person": Rule(Who.ADMINISTERS, _KEEP_PEOPLE, POST),
    "affiliation:revoke_invitation": Rule(Who.ADMINISTERS, _KEEP_PEOPLE, POST),
    "affiliation:own_members": Rule(Who.ACTS, _NAME_MEMBERS, BOTH, Who.ADMINISTERS),
    "affiliation:end_member": Rule(Who.ADMINISTERS, _NAME_MEMBERS, POST),
    "affiliation:deny_membership": Rule(Who.ADMINISTERS, _KEEP_ENTRY, POST),
    "affiliation:own_proposals": Rule(Who.ACTS, _ANSWER_PROPOSALS),
    "affiliation:own_proposal": Rule(Who.ACTS, _ANSWER_PROPOSALS, BOTH, Who.ADMINISTERS),
    "affiliation:take_back_decision": Rule(Who.ADMINISTERS, _ANSWER_PROPOSALS, POST),
    "affiliation:own_paper": Rule(Who.ACTS, _ANSWER_PROPOSALS),
    "affiliation:own_document": Rule(Who.ACTS, _ANSWER_PROPOSALS),
    "admin:affiliation_affiliation_address": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "affiliation:own_leave": Rule(Who.ACTS, _LEAVE, BOTH, Who.ADMINISTERS),
    "affiliation:own_stay": Rule(Who.ADMINISTERS, _LEAVE, POST),
    "admin:affiliation_application_decide": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_application_decide_take": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_application_decided": Rule(Who.SEES_OFFICE, OFFICE),
    "admin:affiliation_application_hand_over": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_application_paper": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_application_note": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_application_registry": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_application_assign": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_application_file": Rule(Who.SEES_OFFICE, OFFICE),
    "admin:affiliation_application_step": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_application_take": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_affiliation_leave": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_affiliation_stay": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_affiliation_import": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_affiliation_import_confirm": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_correction_approve": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_correction_decline": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_ceremony_screen": Rule(Who.SEES_OFFICE, OFFICE),
    "admin:affiliation_ceremony_poster": Rule(Who.SEES_OFFICE, OFFICE),
    "admin:affiliation_ceremony_invite": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_ceremony_send": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "admin:affiliation_ceremony_uninvite": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
    "affiliation:elections": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election_protocol": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election_protocol_pdf": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:own_election": Rule(Who.REPORTS, _ELECT),
    "affiliation:name_candidate": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:strike_candidate": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:vote": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:candidacy": Rule(Who.SECRET, STAND, BOTH),
    "admin:affiliation_election_lot": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_election_settle": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_election_cancel": Rule(Who.WORKS_IN_OFFICE, OFFICE, BOTH),
    "admin:affiliation_election_strike": Rule(Who.WORKS_IN_OFFICE, OFFICE, POST),
}
