"""The follow-up's addresses."""

from django.urls import path

from followup.views import answers, covering, evaluation, evaluator, figures, more_time, own, party, public, report

FINDING = "mina-sidor/utvardering/<int:year>/iakttagelser/<int:number>/"
app_name = "followup"
urlpatterns = [
    path("uppfoljning/", public.YearsView.as_view(), name="years"),
    path("uppfoljning/<int:year>/", public.year, name="year"),
    path("uppfoljning/<int:year>/rapport.pdf", public.book, name="book"),
    path("uppfoljning/<int:year>/rapport.csv", public.data_csv, name="data_csv"),
    path("uppfoljning/<int:year>/rapport.json", public.data_json, name="data_json"),
    path("uppfoljning/<int:year>/ataganden/<int:number>/", figures.chapter, name="chapter"),
    path("uppfoljning/<int:year>/pastaenden/", figures.statements, name="statements"),
    path("uppfoljning/<int:year>/svar/", figures.answers, name="answers"),
    path("uppfoljning/<int:year>/parter/", figures.parties, name="parties"),
    path("anslutna/<slug:slug>/uppfoljning/<int:year>/", party.party_report, name="party_report"),
    path("mina-sidor/sprak/", own.language, name="language"),
    path("mina-sidor/rapporter/<int:year>/", own.reports, name="reports"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/", report.overview, name="report"),
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
    path("mina-sidor/rapporter/<int:year>/<slug:party>/mer-tid/", more_time.more_time, name="more_time"),
    path("utvardering/", evaluation.evaluations, name="evaluations"),
    path("utvardering/<int:year>/", evaluation.evaluation, name="evaluation"),
    path("utvardering/<int:year>/synpunkter/", evaluation.comment, name="evaluation_comment"),
    path("utvardering/<int:year>/synpunkter/tack/", evaluation.commented, name="evaluation_commented"),
    path("utvardering/<int:year>/paket.zip", evaluation.package, name="evaluation_package"),
    path("mina-sidor/utvardering/<int:year>/", evaluator.desk, name="evaluator"),
    path("mina-sidor/utvardering/<int:year>/inledning/", evaluator.introduction, name="evaluator_introduction"),
    path("mina-sidor/utvardering/<int:year>/iakttagelser/ny/", evaluator.finding, name="evaluator_new_finding"),
    path(FINDING, evaluator.finding, name="evaluator_finding"),
    path(f"{FINDING}rekommendationer/ny/", evaluator.recommendation, name="evaluator_new_recommendation"),
    path(f"{FINDING}rekommendationer/<int:which>/", evaluator.recommendation, name="evaluator_recommendation"),
    path("mina-sidor/utvardering/<int:year>/ataganden/<int:number>/", evaluator.mark, name="evaluator_mark"),
    path("mina-sidor/utvardering/<int:year>/rapporter/<int:of>/", evaluator.reports, name="evaluator_reports"),
    path("mina-sidor/utvardering/<int:year>/rapporter/<int:of>/<slug:party>/", evaluator.report, name="evaluator_report"),
]
