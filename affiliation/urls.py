"""The addresses of joining and of the register."""

from django.urls import path, re_path

from affiliation.views import apply, case, confirming, invitation, leaving, members, own, people, register

CASE = r"(?P<token>[A-Za-z0-9_-]{20,40})"

app_name = "affiliation"
urlpatterns = [
    # applying, and the case
    path("anslut/", apply.ApplyView.as_view(), name="apply"),
    path("anslut/alla-fragor/", apply.AllQuestionsView.as_view(), name="all_questions"),
    path("anslut/ansokan/", case.begin, name="begin"),
    re_path(rf"^anslut/arende/{CASE}/$", case.case, name="case"),
    re_path(rf"^anslut/arende/{CASE}/granska/$", case.check, name="check"),
    re_path(rf"^anslut/arende/{CASE}/skicka/$", case.submit, name="submit"),
    re_path(rf"^anslut/arende/{CASE}/komplettera/$", case.complete, name="complete"),
    re_path(rf"^anslut/arende/{CASE}/ta-tillbaka/$", case.withdraw, name="withdraw"),
    re_path(rf"^anslut/arende/{CASE}/(?P<section>[a-z]+)/$", case.section, name="section"),
    # signing together
    # the register as a whole
    path("anslutna/", register.RegisterView.as_view(), name="register"),
    path("anslutna.csv", register.register_csv, name="register_csv"),
    path("anslutna.json", register.register_json, name="register_json"),
    # following the register
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
    path("mina-sidor/parter/<slug:slug>/lamna/", leaving.leave, name="own_leave"),
    path("mina-sidor/parter/<slug:slug>/lamna/angra/", leaving.stay, name="own_stay"),
    re_path(rf"^inbjudan/{CASE}/$", invitation.invitation, name="invitation"),
    re_path(rf"^medlemskap/{CASE}/$", members.membership, name="membership"),
    re_path(rf"^bekrafta/{CASE}/$", confirming.confirmation, name="confirmation"),
    path("anslutna/<slug:slug>/logga.png", own.logo, name="logo"),
    # one party: idekom/urls.py adds its page, which shows its reports as well, after all other addresses under anslutna/
]
