"""Who may do what, address by address.

This is the rule that a test holds every address against (tests/access), and what the page on equal treatment is written from: what
needs affiliation is what stands here under a party's own people, and nothing else.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Who(Enum):
    """Who is let in."""

    EVERYBODY = "everybody"
    SECRET = "has the address"  # noqa: S105
    """Whoever has the secret address."""
    SIGNED_IN = "signed in"
    ACTS = "acts for a party"
    """Whoever acts for the party, in any role."""
    NOMINATES = "nominates for seats"
    """Administrators and reporters of a body that names people for seats in the council. This does not depend on affiliation."""
    REPORTS = "reports for a party"
    """Its administrators and reporters."""
    ADMINISTERS = "administers a party"
    """Its administrators."""
    ASKED = "is asked"
    """Whoever is asked which times they can."""
    EVALUATES = "evaluates"
    """Whoever is invited to make the external evaluation."""
    ADJUSTS = "adjusts minutes"
    """Whoever is to adjust the minutes of the meeting."""
    SITS = "sits in the council"
    """Whoever holds a seat in the body on the day of the meeting."""
    SEES_OFFICE = "sees the office"
    """Staff with the right to view."""
    WORKS_IN_OFFICE = "works in the office"
    """Staff with the right to change."""


OF_A_PARTY = (Who.ACTS, Who.REPORTS, Who.ADMINISTERS)
OPEN_TO_ALL = (Who.EVERYBODY, Who.SECRET)


@dataclass(frozen=True)
class Rule:
    """Who may open an address, with which methods, and what one does there in words."""

    who: Who
    does: str | Promise
    methods: tuple[str, ...] = ("GET",)
    writer: Who | None = None
    """Who may POST, where not everybody who may look may."""

    def admits(self, method: str) -> Who:
        """Who is let in with the method."""
        return self.writer if self.writer and method == "POST" else self.who


BOTH, POST = ("GET", "POST"), ("POST",)

_READ_AGREEMENT = _("läsa överenskommelsen, dess principer och åtaganden")
_READ_COUNCIL = _("se rådet, dess platser och möten")
_READ_MINUTES = _("läsa rådets protokoll, och kontrollera att en fil är den rätta")
_ADJUST = _("justera rådets protokoll")
_READ_REGISTER = _("söka i förteckningen, se hur den såg ut en viss dag och ladda ned den")
_READ_REPORTS = _("läsa och ladda ned de årliga sammanställningarna")
_ABOUT = _("läsa om portalen, tillgängligheten och hur personuppgifter hanteras")
_APPLY = _("ansöka om att ansluta sig, och följa sitt ärende")
_SIGN = _("underteckna vid en underteckningskväll")
_FOLLOW = _("få mejl om nya anslutna")
_CORRECT = _("föreslå rättelser i förteckningen")
_ANSWER = _("svara på en inbjudan, en bekräftelse eller en uppgift om medlemskap")
_USE_DATA = _("använda öppna data och bädda in listan på en egen webbplats")
_KEEP_ENTRY = _("hålla partens uppgifter i förteckningen aktuella")
_KEEP_PEOPLE = _("bestämma vilka som företräder parten")
_NAME_MEMBERS = _("ange vilka medlemmar ett paraply har")
_LEAVE = _("meddela att parten lämnar överenskommelsen")
_REPORT = _("lämna den årliga rapporten")
_FOLLOW_REPORT = _("följa den egna partens rapporter")
_READ_EVALUATIONS = _("läsa och ladda ned utvärderingarna, och lämna synpunkter på ett utkast")
_EVALUATE = _("läsa allt från en period och skriva utvärderingen")
_FORUM = _("läsa programmet till dialogforum, anmäla sig och ställa frågor")
_NOMINATE = _("nominera till platser i rådet som ens organ nominerar till")
_STAND = _("svara på om man tackar ja till en nominering")
_ELECT = _("nominera och rösta när sektorn väljer företrädare i rådet")
_READ_ELECTIONS = _("läsa om valen av företrädare, kandidaterna och resultaten")
_READ_MEETINGS = _("läsa dagordningar, underlag och justerade protokoll, söka i dem och få mötena i sin kalender")
_TIMES = _("svara på vilka tider man kan")
_MEET = _("svara på en kallelse och hålla reda på sina möten och uppdrag i rådet")
_OFFICE = _("arbeta på kansliet")

ADDRESSES: dict[str, Rule] = {
    "health": Rule(Who.EVERYBODY, _ABOUT),
    "start": Rule(Who.EVERYBODY, _ABOUT),
    "about": Rule(Who.EVERYBODY, _ABOUT),
    "accessibility": Rule(Who.EVERYBODY, _ABOUT),
    "accessibility_report": Rule(Who.EVERYBODY, _("anmäla brister i tillgängligheten"), BOTH),
    "privacy": Rule(Who.EVERYBODY, _ABOUT),
    "equal_treatment": Rule(Who.EVERYBODY, _ABOUT),
    "agreement:agreement": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:matrix": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:principle": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:commitment": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "agreement:glossary": Rule(Who.EVERYBODY, _READ_AGREEMENT),
    "council:council": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:proposals": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:proposal": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "admin:council_proposal_agenda": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_proposal_decide": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_proposal_withdraw": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "council:compare": Rule(Who.EVERYBODY, _READ_MINUTES, BOTH),
    "council:minutes": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:minutes_pdf": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:minutes_json": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:body_minutes": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:body_minutes_pdf": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:body_minutes_json": Rule(Who.EVERYBODY, _READ_MINUTES),
    "council:adjusting": Rule(Who.ADJUSTS, _ADJUST),
    "council:approve_minutes": Rule(Who.ADJUSTS, _ADJUST, POST),
    "council:remark_on_minutes": Rule(Who.ADJUSTS, _ADJUST, POST),
    "council:seat": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:members": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:member": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:body": Rule(Who.EVERYBODY, _READ_COUNCIL),
    "council:body_seat": Rule(Who.EVERYBODY, _READ_COUNCIL),
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
    "followup:party_report": Rule(Who.EVERYBODY, _READ_REPORTS),
    "open_data": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:register_xlsx": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:register_schema": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:feed": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:embed": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:embedded": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:badge": Rule(Who.EVERYBODY, _USE_DATA),
    "affiliation:follow": Rule(Who.EVERYBODY, _FOLLOW, BOTH),
    "affiliation:following": Rule(Who.SECRET, _FOLLOW, BOTH),
    "affiliation:unfollow": Rule(Who.SECRET, _FOLLOW, BOTH),
    "affiliation:suggest": Rule(Who.EVERYBODY, _CORRECT, BOTH),
    "affiliation:invitation": Rule(Who.SECRET, _ANSWER, BOTH),
    "affiliation:membership": Rule(Who.SECRET, _ANSWER, BOTH),
    "affiliation:confirmation": Rule(Who.SECRET, _ANSWER, BOTH),
    "followup:years": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:year": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:book": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:blank_form": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:chapter": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:statements": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:answers": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:parties": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:data_csv": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:data_json": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:slides": Rule(Who.EVERYBODY, _READ_REPORTS),
    "followup:forum": Rule(Who.EVERYBODY, _FORUM),
    "followup:forum_calendar": Rule(Who.EVERYBODY, _FORUM),
    "followup:register": Rule(Who.EVERYBODY, _FORUM, BOTH),
    "followup:registration": Rule(Who.SECRET, _FORUM, BOTH),
    "followup:cancel_registration": Rule(Who.SECRET, _FORUM, POST),
    "followup:questions": Rule(Who.EVERYBODY, _FORUM, BOTH),
    "followup:like": Rule(Who.EVERYBODY, _FORUM, POST),
    "followup:forum_screen": Rule(Who.EVERYBODY, _FORUM),
    "followup:ask": Rule(Who.EVERYBODY, _FORUM),
    "my_pages": Rule(Who.SIGNED_IN, _("se vad man har att göra")),
    "followup:language": Rule(Who.SIGNED_IN, _("välja språk i mejlen"), POST),
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
    "affiliation:own_leave": Rule(Who.ACTS, _LEAVE, BOTH, Who.ADMINISTERS),
    "affiliation:own_stay": Rule(Who.ADMINISTERS, _LEAVE, POST),
    "followup:reports": Rule(Who.SIGNED_IN, _FOLLOW_REPORT),
    "followup:report": Rule(Who.ACTS, _FOLLOW_REPORT),
    "followup:paper_form": Rule(Who.ACTS, _FOLLOW_REPORT),
    "followup:answer": Rule(Who.REPORTS, _REPORT, BOTH),
    "followup:progress": Rule(Who.REPORTS, _REPORT, BOTH),
    "followup:whole_year": Rule(Who.REPORTS, _REPORT, BOTH),
    "followup:confirm": Rule(Who.REPORTS, _REPORT, POST),
    "followup:members": Rule(Who.REPORTS, _REPORT, BOTH),
    "followup:stand_alone": Rule(Who.REPORTS, _REPORT, POST),
    "followup:review": Rule(Who.REPORTS, _REPORT),
    "followup:preview": Rule(Who.ACTS, _FOLLOW_REPORT),
    "followup:submit": Rule(Who.REPORTS, _REPORT, POST),
    "followup:reopen": Rule(Who.REPORTS, _REPORT, POST),
    "followup:receipt": Rule(Who.ACTS, _FOLLOW_REPORT),
    "followup:more_time": Rule(Who.REPORTS, _REPORT, BOTH),
    "admin:affiliation_application_decide": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_application_decide_take": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_application_decided": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:affiliation_application_hand_over": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_application_paper": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_application_note": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_application_registry": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_application_assign": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_application_file": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:affiliation_application_step": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_application_take": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_affiliation_leave": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_affiliation_stay": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_affiliation_import": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_affiliation_import_confirm": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_correction_approve": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_correction_decline": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_ceremony_screen": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:affiliation_ceremony_poster": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:affiliation_ceremony_invite": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_ceremony_send": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:affiliation_ceremony_uninvite": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_meeting_details": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_call": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_move": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_move_take": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_meeting_cancel": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_hold": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_agenda": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_meeting_agenda_sheet": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_meeting_agenda_order": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_meeting_item_add": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_item": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_item_remove": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_meeting_paper": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_meeting_paper_remove": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_meeting_room": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_meeting_outcomes": Rule(Who.WORKS_IN_OFFICE, _OFFICE),
    "admin:council_meeting_outcome": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_assignment_step": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_report_paper_form": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:followup_report_type_in": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_report_hand_in": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_report_throw_away": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_report_clarify": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_report_ask": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_questionset_copy": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_round_open": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_round_close": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_round_compile": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_round_remind": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_round_grant": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_round_decline": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_compilation_cancel": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_compilation_publish": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_compilation_unpublish": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_compilation_file": Rule(Who.SEES_OFFICE, _OFFICE),
    "followup:evaluations": Rule(Who.EVERYBODY, _READ_EVALUATIONS),
    "followup:evaluation": Rule(Who.EVERYBODY, _READ_EVALUATIONS),
    "followup:evaluation_package": Rule(Who.EVERYBODY, _READ_EVALUATIONS),
    "followup:evaluation_comment": Rule(Who.EVERYBODY, _READ_EVALUATIONS, BOTH),
    "followup:evaluation_commented": Rule(Who.EVERYBODY, _READ_EVALUATIONS),
    "followup:evaluator": Rule(Who.EVALUATES, _EVALUATE),
    "followup:evaluator_reports": Rule(Who.EVALUATES, _EVALUATE),
    "followup:evaluator_report": Rule(Who.EVALUATES, _EVALUATE),
    "followup:evaluator_introduction": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "followup:evaluator_new_finding": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "followup:evaluator_finding": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "followup:evaluator_new_recommendation": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "followup:evaluator_recommendation": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "followup:evaluator_mark": Rule(Who.EVALUATES, _EVALUATE, BOTH),
    "admin:followup_evaluation_start": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_evaluation_open": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_evaluation_final": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_evaluation_invite": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_evaluation_dismiss": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_evaluation_show": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_evaluation_hold_back": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:followup_evaluation_ledger": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:followup_forum_tags": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:followup_forum_attendance": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:followup_forum_certificates": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:followup_forumquestion_step": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_begin": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_write": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_adjusters": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_send": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_take_back": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_addendum": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_minutes_file": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_body_board": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_body_close": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_seat_pass_on": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_seat_vacate": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_seat_chair": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_mandate_void": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_office_end": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "council:own_nominations": Rule(Who.NOMINATES, _NOMINATE),
    "council:nominate": Rule(Who.NOMINATES, _NOMINATE, BOTH),
    "council:withdraw_nomination": Rule(Who.NOMINATES, _NOMINATE, POST),
    "council:nomination": Rule(Who.SECRET, _STAND, BOTH),
    "admin:council_nomination_seat": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_nomination_decline": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_nomination_agree": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_nomination_withdraw": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_mandate_letter": Rule(Who.SEES_OFFICE, _OFFICE),
    "affiliation:elections": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election_protocol": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:election_protocol_pdf": Rule(Who.EVERYBODY, _READ_ELECTIONS),
    "affiliation:own_election": Rule(Who.REPORTS, _ELECT),
    "affiliation:name_candidate": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:strike_candidate": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:vote": Rule(Who.REPORTS, _ELECT, POST),
    "affiliation:candidacy": Rule(Who.SECRET, _STAND, BOTH),
    "admin:affiliation_election_lot": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_election_settle": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_election_cancel": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:affiliation_election_strike": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "council:meetings": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:meeting": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:meeting_calendar": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:body_meeting": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:body_meeting_calendar": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:paper": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:search": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:subscribe": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:calendar": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:body_calendar": Rule(Who.EVERYBODY, _READ_MEETINGS),
    "council:data": Rule(Who.EVERYBODY, _USE_DATA),
    "council:data_list": Rule(Who.EVERYBODY, _USE_DATA),
    "council:data_one": Rule(Who.EVERYBODY, _USE_DATA),
    "council:times": Rule(Who.ASKED, _TIMES, BOTH),
    "council:times_by_link": Rule(Who.SECRET, _TIMES, BOTH),
    "admin:council_timepoll_open": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_timepoll_choose": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "admin:council_timepoll_cancel": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
    "council:reply": Rule(Who.SECRET, _MEET, BOTH),
    "council:substitute": Rule(Who.SECRET, _MEET, BOTH),
    "council:assignment": Rule(Who.SECRET, _MEET, BOTH),
    "council:my_meetings": Rule(Who.SIGNED_IN, _MEET),
    "council:member_meeting": Rule(Who.SITS, _MEET),
    "council:member_answer": Rule(Who.SITS, _MEET, POST),
    "council:member_paper": Rule(Who.SITS, _MEET),
    "council:brief": Rule(Who.SITS, _MEET, BOTH),
    "council:member_assignment": Rule(Who.SITS, _MEET, BOTH),
    "admin:council_reply_answers": Rule(Who.SEES_OFFICE, _OFFICE),
    "admin:council_reply_remind": Rule(Who.WORKS_IN_OFFICE, _OFFICE, BOTH),
    "admin:council_reply_answer": Rule(Who.WORKS_IN_OFFICE, _OFFICE, POST),
}
"""Every address of the portal's own. Django's own pages of a model in the admin follow MODELS; signing in is allauth's."""

VIEW, ADD, CHANGE = "view", "add", "change"
MODELS: dict[str, frozenset[str]] = {
    "users.user": frozenset({VIEW, ADD, CHANGE}),
    "agreement.version": frozenset({VIEW, ADD, CHANGE}),
    "agreement.principle": frozenset({VIEW, ADD, CHANGE}),
    "agreement.commitment": frozenset({VIEW, ADD, CHANGE}),
    "agreement.term": frozenset({VIEW, ADD, CHANGE}),
    "agreement.sector": frozenset({VIEW, ADD, CHANGE}),
    "agreement.district": frozenset({VIEW, ADD, CHANGE}),
    "agreement.party": frozenset({VIEW, ADD, CHANGE}),
    "agreement.membership": frozenset({VIEW, ADD, CHANGE}),
    "agreement.representative": frozenset({VIEW, ADD, CHANGE}),
    "council.body": frozenset({VIEW, ADD, CHANGE}),
    "council.seatgroup": frozenset({VIEW, ADD, CHANGE}),
    "council.seat": frozenset({VIEW, ADD, CHANGE}),
    "council.person": frozenset({VIEW, ADD, CHANGE}),
    "council.mandate": frozenset({VIEW, ADD, CHANGE}),
    "council.office": frozenset({VIEW}),
    "council.workinggroup": frozenset({VIEW, ADD, CHANGE}),
    "council.seatnotice": frozenset({VIEW}),
    "council.meeting": frozenset({VIEW, ADD, CHANGE}),
    "council.proposal": frozenset({VIEW, ADD, CHANGE}),
    "council.minutes": frozenset({VIEW, CHANGE}),
    "council.nomination": frozenset({VIEW, ADD, CHANGE}),
    "affiliation.election": frozenset({VIEW, ADD, CHANGE}),
    "council.timepoll": frozenset({VIEW, ADD, CHANGE}),
    "council.assignment": frozenset({VIEW, CHANGE}),
    "council.noticereader": frozenset({VIEW, ADD, CHANGE}),
    "council.reply": frozenset({VIEW, CHANGE}),
    "affiliation.affiliation": frozenset({VIEW, ADD, CHANGE}),
    "affiliation.application": frozenset({VIEW, CHANGE}),
    "affiliation.ceremony": frozenset({VIEW, ADD, CHANGE}),
    "affiliation.correction": frozenset({VIEW, CHANGE}),
    "affiliation.follower": frozenset({VIEW, CHANGE}),
    "followup.evaluation": frozenset({VIEW, ADD, CHANGE}),
    "followup.round": frozenset({VIEW, ADD, CHANGE}),
    "followup.questionset": frozenset({VIEW, ADD, CHANGE}),
    "followup.report": frozenset({VIEW, CHANGE}),
    "followup.compilation": frozenset({VIEW}),
    "followup.forum": frozenset({VIEW, ADD, CHANGE}),
    "followup.forumregistration": frozenset({VIEW, ADD, CHANGE}),
    "followup.forumquestion": frozenset({VIEW, CHANGE}),
}
"""What the secretary may do with each kind of row in the admin. Nothing is deleted. A model that is not here is for superusers alone."""


@dataclass(frozen=True)
class EqualTreatment:
    """What affiliation opens, and what is open to everybody alike, in words."""

    needs_affiliation: list[str]
    open_to_all: list[str]


def equal_treatment() -> EqualTreatment:
    """The rules in words, each once, in the order in which they stand here."""
    return EqualTreatment(_words(OF_A_PARTY), _words(OPEN_TO_ALL))


def _words(who: tuple[Who, ...]) -> list[str]:
    return list(dict.fromkeys(str(rule.does) for rule in ADDRESSES.values() if rule.who in who))
