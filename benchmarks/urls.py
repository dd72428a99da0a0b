"""The portal's addresses and /hello/."""

from django.urls import path

from benchmarks.hello import hello
from idekom.urls import urlpatterns as portal

urlpatterns = [path("hello/", hello), *portal]
