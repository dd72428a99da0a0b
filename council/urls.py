"""The council's addresses."""

from django.urls import path, re_path, register_converter

from council import views
from council.converters import DayConverter
from council.views import calendars, data, meetings, polls, search

register_converter(DayConverter, "day")

app_name = "council"
urlpatterns = [
    path("radet/", views.council, name="council"),
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
    # finding a time
    path("mina-sidor/tider/<int:pk>/", polls.times, name="times"),
    re_path(r"^tider/(?P<token>[A-Za-z0-9_-]{20,40})/$", polls.times_by_link, name="times_by_link"),
]
