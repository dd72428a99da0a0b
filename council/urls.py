"""The council's addresses."""

from django.urls import path

from council import views

app_name = "council"
urlpatterns = [
    path("radet/", views.council, name="council"),
    path("radet/platser/<int:number>/", views.seat, name="seat"),
    path("radet/ledamoter/", views.members, name="members"),
    path("radet/ledamoter/<slug:slug>/", views.member, name="member"),
    path("radet/organ/<slug:slug>/", views.body, name="body"),
    path("radet/organ/<slug:slug>/platser/<int:number>/", views.body_seat, name="body_seat"),
]
