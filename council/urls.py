"""The council's addresses."""

from django.urls import path, re_path, register_converter
from django.views.decorators.http import require_safe

from council.converters import DayConverter
from council.views import (
    answering,
    ballots,
    binding,
    briefs,
    calendars,
    communication,
    council,
    data,
    dots,
    meetings,
    members,
    minutes,
    nominations,
    people,
    polls,
    proposals,
    search,
)

register_converter(DayConverter, "day")
NAMED = r"(?P<token>[A-Za-z0-9_-]{20,40})"
PROPOSAL, PARTY = r"(?P<slug>[-a-zA-Z0-9_]+)", r"(?P<party>[-a-zA-Z0-9_]+)"

app_name = "council"
urlpatterns = [
    path("radet/", council.council, name="council"),
    path("radet/protokoll/jamfor/", minutes.compare, name="compare"),
    path("radet/moten/<day:day>/protokoll/", minutes.minutes, name="minutes"),
    path("radet/moten/<day:day>/protokoll.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("radet/moten/<day:day>/protokoll.json", minutes.minutes_json, name="minutes_json"),
    path("radet/organ/<slug:body>/moten/<day:day>/protokoll/", minutes.minutes, name="body_minutes"),
    path("radet/organ/<slug:body>/moten/<day:day>/protokoll.pdf", minutes.minutes_pdf, name="body_minutes_pdf"),
    path("radet/organ/<slug:body>/moten/<day:day>/protokoll.json", minutes.minutes_json, name="body_minutes_json"),
    path("mina-sidor/protokoll/<int:pk>/", minutes.adjusting, name="adjusting"),
    path("mina-sidor/protokoll/<int:pk>/godkann/", minutes.approve, name="approve_minutes"),
    path("mina-sidor/protokoll/<int:pk>/synpunkt/", minutes.remark, name="remark_on_minutes"),
    path("radet/platser/<int:number>/", people.seat, name="seat"),
    path("radet/ledamoter/", people.members, name="members"),
    path("radet/ledamoter/<slug:slug>/", people.member, name="member"),
    path("radet/organ/<slug:slug>/", council.body, name="body"),
    path("radet/organ/<slug:slug>/platser/<int:number>/", people.body_seat, name="body_seat"),
    path("mina-sidor/nomineringar/", nominations.nominations, name="own_nominations"),
    path("mina-sidor/nomineringar/plats/<int:pk>/", nominations.nominate, name="nominate"),
    path("mina-sidor/nomineringar/<int:pk>/ta-tillbaka/", nominations.withdraw, name="withdraw_nomination"),
    re_path(rf"^nominering/{NAMED}/$", nominations.nomination, name="nomination"),
    # meetings, as everybody sees them
    path("radet/moten/", meetings.MeetingsView.as_view(), name="meetings"),
    path("radet/moten/<day:day>/", meetings.meeting, name="meeting"),
    path("radet/moten/<day:day>/kalender.ics", calendars.one, name="meeting_calendar"),
    path("radet/organ/<slug:slug>/moten/<day:day>/", meetings.meeting, name="body_meeting"),
    path("radet/organ/<slug:slug>/moten/<day:day>/kalender.ics", calendars.one, name="body_meeting_calendar"),
    path("radet/underlag/<int:pk>.pdf", meetings.paper, name="paper"),
    path("radet/sok/", search.search, name="search"),
    path("radet/kalender/", calendars.subscribe, name="subscribe"),
    path("radet/kalender.ics", calendars.feed, name="calendar"),
    path("radet/organ/<slug:slug>/kalender.ics", calendars.feed, name="body_calendar"),
    # the same as data
    path("radet/data/", data.system, name="data"),
    path("radet/data/<slug:kind>/", data.many, name="data_list"),
    path("radet/data/<slug:kind>/<int:pk>/", data.one, name="data_one"),
    path("radet/kommunikationsplan/", communication.plan, name="communication"),
    path("radet/forslag/", proposals.proposals, name="proposals"),
    path("radet/forslag/feed/", require_safe(proposals.ProposalFeed()), name="proposal_feed"),
    path("radet/forslag/<slug:slug>/", proposals.proposal, name="proposal"),
    # dot ballots
    path("radet/prioriteringar/", ballots.BallotsView.as_view(), name="ballots"),
    path("radet/prioriteringar/<slug:slug>/", ballots.ballot, name="ballot"),
    path("radet/prioriteringar/<slug:slug>/resultat.csv", ballots.ballot_csv, name="ballot_csv"),
    path("radet/prioriteringar/<slug:slug>/resultat.json", ballots.ballot_json, name="ballot_json"),
    path("radet/prioriteringar/<slug:slug>/kalla.pdf", ballots.ballot_source, name="ballot_source"),
    path("mina-sidor/prioriteringar/", dots.own_ballots, name="own_ballots"),
    re_path(rf"^prickar/{NAMED}/$", dots.dots, name="dots"),
    re_path(rf"^prickar/{NAMED}/granska/$", dots.check_dots, name="check_dots"),
    re_path(rf"^prickar/{NAMED}/lamna/$", dots.put_dots, name="put_dots"),
    re_path(rf"^prickar/{NAMED}/kvitto/$", dots.dots_receipt, name="dots_receipt"),
    path("radet/forslag/<slug:slug>/forslag.pdf", proposals.proposal_pdf, name="proposal_pdf"),
    path("radet/forslag/<slug:slug>/bundna/", binding.binding, name="proposal_binding"),
    path("radet/forslag/<slug:slug>/bundna.csv", binding.binding_csv, name="proposal_binding_csv"),
    path("radet/forslag/<slug:slug>/bundna.json", binding.binding_json, name="proposal_binding_json"),
    path("radet/forslag/<slug:slug>/underlag/", binding.papers, name="proposal_papers"),
    re_path(rf"^radet/forslag/{PROPOSAL}/underlag/{PARTY}\.(?P<ending>docx|pdf)$", binding.decision_paper, name="proposal_paper"),
    path("radet/forslag/<slug:slug>/beslut/<slug:party>.pdf", binding.document, name="proposal_document"),
    re_path(rf"^vad-hindrar/{NAMED}/$", binding.hinder, name="hinder"),
    path("mina-sidor/forslag/", proposals.in_the_making, name="proposals_in_the_making"),
    path("mina-sidor/forslag/<int:pk>/", proposals.anchor, name="anchor"),
    # finding a time
    path("mina-sidor/tider/<int:pk>/", polls.times, name="times"),
    re_path(r"^tider/(?P<token>[A-Za-z0-9_-]{20,40})/$", polls.times_by_link, name="times_by_link"),
    # what members and substitutes get and do around a meeting
    path("radet/svar/<str:token>/", answering.reply, name="reply"),
    path("radet/ersattare/<str:token>/", answering.substitute, name="substitute"),
    path("radet/uppdrag/<str:token>/", answering.assignment, name="assignment"),
    path("mina-sidor/moten/", members.my_meetings, name="my_meetings"),
    path("mina-sidor/moten/<int:pk>/", members.meeting, name="member_meeting"),
    path("mina-sidor/moten/<int:pk>/svar/", members.answer, name="member_answer"),
    path("mina-sidor/moten/<int:pk>/underlag/<int:paper>/", members.paper, name="member_paper"),
    path("mina-sidor/moten/<int:pk>/kort/", briefs.brief, name="brief"),
    path("mina-sidor/uppdrag/<int:pk>/", members.finish, name="member_assignment"),
]
