"""The addresses of joining and of the register."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from affiliation.views import (
    apply,
    case,
    ceremony,
    confirming,
    corrections,
    data,
    decisions,
    development,
    drafts,
    elections,
    embedding,
    following,
    invitation,
    leaving,
    letters,
    members,
    own,
    people,
    places,
    register,
)
from affiliation.views.certificate import certificate

CASE = r"(?P<token>[A-Za-z0-9_-]{20,40})"
OWN_PROPOSAL = r"mina-sidor/parter/(?P<slug>[-a-zA-Z0-9_]+)/forslag/(?P<proposal>[-a-zA-Z0-9_]+)"

app_name = "affiliation"
urlpatterns = [
    # applying, and the case
    path("anslut/", apply.ApplyView.as_view(), name="apply"),
    path("anslut/alla-fragor/", apply.AllQuestionsView.as_view(), name="all_questions"),
    path("anslut/blankett.pdf", letters.paper_form, name="paper_form"),
    path("anslut/ansokan/", drafts.begin, name="begin"),
    re_path(rf"^anslut/arende/{CASE}/$", case.case, name="case"),
    re_path(rf"^anslut/arende/{CASE}/granska/$", drafts.check, name="check"),
    re_path(rf"^anslut/arende/{CASE}/spara/$", drafts.resume, name="resume"),
    re_path(rf"^anslut/arende/{CASE}/brev\.pdf$", letters.letter, name="letter"),
    re_path(rf"^anslut/arende/{CASE}/filer/(?P<name>[a-z]+)/$", case.file, name="file"),
    re_path(rf"^anslut/arende/{CASE}/skicka/$", case.submit, name="submit"),
    re_path(rf"^anslut/arende/{CASE}/komplettera/$", case.complete, name="complete"),
    re_path(rf"^anslut/arende/{CASE}/ta-tillbaka/$", case.withdraw, name="withdraw"),
    re_path(rf"^anslut/arende/{CASE}/(?P<section>[a-z]+)/$", drafts.section, name="section"),
    # signing together
    path("underteckna/<str:code>/", ceremony.ceremony, name="ceremony"),
    re_path(rf"^underteckna/(?P<code>[^/]+)/{CASE}/$", ceremony.invited, name="ceremony_invited"),
    # the register as a whole
    path("anslutna/karta/", places.MapView.as_view(), name="map"),
    path("anslutna/", register.RegisterView.as_view(), name="register"),
    path("anslutna.csv", data.register_csv, name="register_csv"),
    path("anslutna.json", data.register_json, name="register_json"),
    path("anslutna.xlsx", data.register_xlsx, name="register_xlsx"),
    path("anslutna.schema.json", data.register_schema, name="register_schema"),
    path("anslutna/feed/", require_safe(data.NewParties()), name="feed"),
    path("anslutna/tidigare/", register.FormerView.as_view(), name="former"),
    path("anslutna/utveckling/", development.DevelopmentView.as_view(), name="development"),
    path("anslutna/infoga/", embedding.EmbedView.as_view(), name="embed"),
    path("anslutna/infoga/lista/", embedding.embedded, name="embedded"),
    path("anslutna/<slug:slug>/marke.svg", embedding.badge, name="badge"),
    # following the register
    path("anslutna/folj/", following.follow, name="follow"),
    re_path(rf"^anslutna/folj/{CASE}/$", following.following, name="following"),
    re_path(rf"^anslutna/folj/{CASE}/sluta/$", following.unfollow, name="unfollow"),
    re_path(rf"^anslutna/folj/{CASE}/val/$", following.choose, name="following_choices"),
    re_path(rf"^anslutna/adress/{CASE}/$", following.new_address, name="new_address"),
    path("anslutna/<slug:slug>/ratta/", corrections.suggest, name="suggest"),
    # electing a sector's representatives
    path("radet/val/", elections.ElectionsView.as_view(), name="elections"),
    path("radet/val/<slug:slug>/", elections.election, name="election"),
    path("radet/val/<slug:slug>/protokoll/", elections.protocol, name="election_protocol"),
    path("radet/val/<slug:slug>/protokoll.pdf", elections.protocol_pdf, name="election_protocol_pdf"),
    path("mina-sidor/val/<slug:slug>/", elections.own, name="own_election"),
    path("mina-sidor/val/<slug:slug>/nominera/", elections.name, name="name_candidate"),
    path("mina-sidor/val/<slug:slug>/kandidater/<int:pk>/ta-tillbaka/", elections.strike, name="strike_candidate"),
    path("mina-sidor/val/<slug:slug>/rosta/", elections.vote, name="vote"),
    re_path(rf"^kandidatur/{CASE}/$", elections.candidacy, name="candidacy"),
    # acting for a party
    path("mina-sidor/parter/<slug:slug>/", own.hub, name="own_party"),
    path("mina-sidor/parter/<slug:slug>/uppgifter/", own.details, name="own_details"),
    path("mina-sidor/parter/<slug:slug>/bekrafta/", confirming.confirm, name="own_confirm"),
    path("mina-sidor/parter/<slug:slug>/personer/", people.people, name="own_people"),
    path("mina-sidor/parter/<slug:slug>/personer/sluta/", people.step_down, name="step_down"),
    path("mina-sidor/parter/<slug:slug>/personer/lamna-over/", people.hand_over, name="hand_over"),
    path("mina-sidor/parter/<slug:slug>/personer/<int:pk>/", people.person, name="own_person"),
    path("mina-sidor/parter/<slug:slug>/personer/<int:pk>/avsluta/", people.end, name="end_person"),
    path("mina-sidor/parter/<slug:slug>/inbjudningar/<int:pk>/ta-tillbaka/", people.revoke, name="revoke_invitation"),
    path("mina-sidor/parter/<slug:slug>/medlemmar/", members.members, name="own_members"),
    path("mina-sidor/parter/<slug:slug>/medlemmar/<int:pk>/ta-bort/", members.end_member, name="end_member"),
    path("mina-sidor/parter/<slug:slug>/medlemskap/<int:pk>/forneka/", members.deny_from_own, name="deny_membership"),
    path("mina-sidor/parter/<slug:slug>/forslag/", decisions.own_proposals, name="own_proposals"),
    path("mina-sidor/parter/<slug:slug>/forslag/<slug:proposal>/", decisions.own_proposal, name="own_proposal"),
    path("mina-sidor/parter/<slug:slug>/forslag/<slug:proposal>/ta-bort-svaret/", decisions.take_back, name="take_back_decision"),
    re_path(rf"^{OWN_PROPOSAL}/underlag\.(?P<ending>docx|pdf)$", decisions.own_paper, name="own_paper"),
    path("mina-sidor/parter/<slug:slug>/forslag/<slug:proposal>/handlingar/<int:pk>.pdf", decisions.own_document, name="own_document"),
    path("mina-sidor/parter/<slug:slug>/lamna/", leaving.leave, name="own_leave"),
    path("mina-sidor/parter/<slug:slug>/lamna/angra/", leaving.stay, name="own_stay"),
    re_path(rf"^inbjudan/{CASE}/$", invitation.invitation, name="invitation"),
    re_path(rf"^medlemskap/{CASE}/$", members.membership, name="membership"),
    re_path(rf"^bekrafta/{CASE}/$", confirming.confirmation, name="confirmation"),
    path("anslutna/<slug:slug>/logga.png", own.logo, name="logo"),
    path("anslutna/<slug:slug>/bevis.pdf", certificate, name="certificate"),
    # one party: idekom/urls.py adds its page, which shows its reports as well, after all other addresses under anslutna/
]
