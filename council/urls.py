"""The council's addresses."""

from django.urls import path

from council import views

app_name = "council"
urlpatterns = [path("radet/", views.council, name="council")]
