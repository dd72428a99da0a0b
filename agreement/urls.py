"""The agreement's addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from agreement.views import contacts, courses, links, text

app_name = "agreement"
urlpatterns = [
    path("overenskommelsen/", text.AgreementPage.as_view(), name="agreement"),
    path("overenskommelsen/matris/", text.MatrixPage.as_view(), name="matrix"),
    path("overenskommelsen/principer/<slug:slug>/", text.PrinciplePage.as_view(), name="principle"),
    path("overenskommelsen/ataganden/<slug:slug>/", text.CommitmentPage.as_view(), name="commitment"),
    path("kunskap/ordlista/", text.GlossaryPage.as_view(), name="glossary"),
    path("kunskap/kontakter/", contacts.contacts, name="contacts"),
    path("kunskap/omvarld/", links.links, name="links"),
    path("kunskap/omvarld/feed/", require_safe(links.NewLinks()), name="links_feed"),
    path("kunskap/den-andra-sidan/", courses.courses, name="courses"),
    path("kunskap/den-andra-sidan/<slug:slug>/", courses.course, name="course"),
]
