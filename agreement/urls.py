"""The agreement's addresses."""

from django.urls import path

from agreement import views

app_name = "agreement"
urlpatterns = [
    path("overenskommelsen/", views.AgreementPage.as_view(), name="agreement"),
    path("overenskommelsen/matris/", views.MatrixPage.as_view(), name="matrix"),
    path("overenskommelsen/principer/<slug:slug>/", views.PrinciplePage.as_view(), name="principle"),
    path("overenskommelsen/ataganden/<slug:slug>/", views.CommitmentPage.as_view(), name="commitment"),
    path("kunskap/ordlista/", views.GlossaryPage.as_view(), name="glossary"),
]
