"""The follow-up's addresses."""

from django.urls import path

from followup.views import forum_questions, forums, own, party, public, report, slides

app_name = "followup"
urlpatterns = [
    path("uppfoljning/", public.YearsView.as_view(), name="years"),
    path("uppfoljning/<int:year>/", public.year, name="year"),
    path("uppfoljning/<int:year>/rapport.pdf", public.book, name="book"),
    path("uppfoljning/<int:year>/rapport.csv", public.data_csv, name="data_csv"),
    path("uppfoljning/<int:year>/rapport.json", public.data_json, name="data_json"),
    path("uppfoljning/<int:year>/bilder/", slides.slides, name="slides"),
    path("uppfoljning/<int:year>/forum/", forums.forum, name="forum"),
    path("uppfoljning/<int:year>/forum/kalender.ics", forums.calendar_file, name="forum_calendar"),
    path("uppfoljning/<int:year>/forum/anmalan/", forums.register, name="register"),
    path("uppfoljning/<int:year>/forum/anmalan/<slug:token>/", forums.registration, name="registration"),
    path("uppfoljning/<int:year>/forum/anmalan/<slug:token>/avanmal/", forums.cancel, name="cancel_registration"),
    path("uppfoljning/<int:year>/forum/fragor/", forum_questions.questions, name="questions"),
    path("uppfoljning/<int:year>/forum/fragor/<int:pk>/gilla/", forum_questions.like, name="like"),
    path("uppfoljning/<int:year>/forum/storbild/", forum_questions.screen, name="forum_screen"),
    path("fragor/", forum_questions.nearest, name="ask"),
    path("anslutna/<slug:slug>/uppfoljning/<int:year>/", party.party_report, name="party_report"),
    path("mina-sidor/sprak/", own.language, name="language"),
    path("mina-sidor/rapporter/<int:year>/", own.reports, name="reports"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/", report.overview, name="report"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/ataganden/<int:number>/", report.answer, name="answer"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/granska/", report.review, name="review"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/lamna-in/", report.submit, name="submit"),
    path("mina-sidor/rapporter/<int:year>/<slug:party>/kvitto/", report.receipt, name="receipt"),
]
