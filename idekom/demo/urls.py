"""The mailbox's addresses."""

from django.urls import path

from idekom.demo import views

urlpatterns = [
    path("demo/post/", views.mailbox, name="demo_mail"),
    path("demo/post/<str:name>/", views.mail, name="demo_mail_one"),
]
