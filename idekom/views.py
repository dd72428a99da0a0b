"""The start page, the statements, the health check and the error pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open too long or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)
