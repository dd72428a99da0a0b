"""The follow-up's addresses."""

from django.urls import path

from followup.views import answers, covering, own, paper, party, public, report

app_name = "followup"
urlpatterns = [
    path("uppfoljning/", public.YearsView.as_view(), name="years"),
    path("uppfoljning/<int:year>/", public.year, name="year"),
    path("uppfoljning/<int:year>/rapport.pdf", public.book, name="book"),
    path("uppfoljning/<int:year>/rapport.csv", public.data_csv, name="data_csv"),
    path("uppfoljning/<int:year>/rapport.json", public.data_json, name="data_json"),
    path("uppfoljning/<int:year>/blankett-<slug:side>.pdf", paper.blank_form, name="blank_form"),
    path("anslutna/<slug:slug>/uppfoljning/<int:year>/", party.party_report, name="party_report"),
    path("mina-sidor/sprak/", own.language, name="language"),
    path("mina-sidor/rapporter/<int:year>/", own.reports, name="reports"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/", report.overview, name="report"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/blankett.pdf", paper.paper_form, name="paper_form"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/laget/", answers.progress, name="progress"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/ataganden/<int:number>/", answers.answer, name="answer"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/aret/", answers.whole_year, name="whole_year"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/som-forut/", answers.confirm, name="confirm"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/medlemmar/", covering.members, name="members"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/sjalva/", covering.stand_alone, name="stand_alone"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/granska/", report.review, name="review"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/visning/", report.preview, name="preview"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/lamna-in/", report.submit, name="submit"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/kvitto/", report.receipt, name="receipt"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/oppna/", report.reopen, name="reopen"),
]
