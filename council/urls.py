"""The council's addresses."""

from django.urls import path

from council import views
from council.views import answering, briefs, members

app_name = "council"
urlpatterns = [
    path("radet/", views.council, name="council"),
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
