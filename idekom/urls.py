"""All addresses: Swedish words, the same under /en/ in English."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("", include("agreement.urls")),
        path("", include("council.urls")),
        path("", include("affiliation.urls")),
        path("", include("followup.urls")),
        path("konto/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        prefix_default_language=False,
    ),
]
