"""All addresses: Swedish words, the same under /en/ in English."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from affiliation.urls import urlpatterns as joining
from affiliation.views.data import OpenDataView
from agreement.urls import urlpatterns as agreement
from followup.views import my_pages
from followup.views.activities import activity
from followup.views.party import PartyView
from idekom import views

handler400 = "idekom.views.bad_request"
handler403 = "idekom.views.forbidden"
handler404 = "idekom.views.not_found"
handler500 = "idekom.views.server_error"

# A party's page shows its reports and an activity's the way to them, so their views live above the apps that their addresses belong to.
register = [*joining, path("anslutna/<slug:slug>/", PartyView.as_view(), name="party")]
about_agreement = [*agreement, path("handlingsplan/<slug:slug>/", activity, name="activity")]

urlpatterns = [
    path("halsa/", views.health, name="health"),
    *i18n_patterns(
        path("", views.start, name="start"),
        path("om/", views.about, name="about"),
        path("tillganglighet/", views.accessibility, name="accessibility"),
        path("tillganglighet/anmal/", views.accessibility_report, name="accessibility_report"),
        path("integritet/", views.privacy, name="privacy"),
        path("kunskap/likabehandling/", views.equal_treatment, name="equal_treatment"),
        *([path("", include("idekom.demo.urls"))] if settings.DEMO else []),
        path("", include((about_agreement, "agreement"))),
        path("", include("council.urls")),
        path("", include((register, "affiliation"))),
        path("oppna-data/", OpenDataView.as_view(), name="open_data"),
        path("mina-sidor/", my_pages, name="my_pages"),
        path("", include("followup.urls")),
        path("konto/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
