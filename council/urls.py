"""The council's addresses."""

from django.urls import path, re_path

from council.views import council, nominations

NAMED = r"(?P<token>[A-Za-z0-9_-]{20,40})"

app_name = "council"
urlpatterns = [
    path("radet/", council.council, name="council"),
    # naming people for seats
    path("mina-sidor/nomineringar/", nominations.nominations, name="own_nominations"),
    path("mina-sidor/nomineringar/plats/<int:pk>/", nominations.nominate, name="nominate"),
    path("mina-sidor/nomineringar/<int:pk>/ta-tillbaka/", nominations.withdraw, name="withdraw_nomination"),
    re_path(rf"^nominering/{NAMED}/$", nominations.nomination, name="nomination"),
]
