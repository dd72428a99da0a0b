"""The addresses of joining and of the register."""

from django.urls import path, re_path

from affiliation.views import apply, case, ceremony, corrections, data, development, drafts, embedding, following, letters, places, register
from affiliation.views.certificate import certificate

CASE = r"(?P<token>[A-Za-z0-9_-]{20,40})"

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
    path("anslutna/feed/", data.NewParties(), name="feed"),
    path("anslutna/tidigare/", register.FormerView.as_view(), name="former"),
    path("anslutna/utveckling/", development.DevelopmentView.as_view(), name="development"),
    path("anslutna/infoga/", embedding.EmbedView.as_view(), name="embed"),
    path("anslutna/infoga/lista/", embedding.embedded, name="embedded"),
    path("anslutna/<slug:slug>/marke.svg", embedding.badge, name="badge"),
    # following the register
    path("anslutna/folj/", following.follow, name="follow"),
    re_path(rf"^anslutna/folj/{CASE}/$", following.following, name="following"),
    re_path(rf"^anslutna/folj/{CASE}/sluta/$", following.unfollow, name="unfollow"),
    path("anslutna/<slug:slug>/ratta/", corrections.suggest, name="suggest"),
    # acting for a party
    # one party: after all other addresses under anslutna/
    path("anslutna/<slug:slug>/bevis.pdf", certificate, name="certificate"),
    path("anslutna/<slug:slug>/", register.PartyView.as_view(), name="party"),
]
