"""As little as a Django page can be, and the settings of a Django that has nothing else: no middleware, no apps."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """One word."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello)]

SECRET_KEY = "not secret"  # noqa: S105 - nothing is signed
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "benchmarks.hello"
WSGI_APPLICATION = "idekom.wsgi.application"
