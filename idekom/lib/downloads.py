"""Files that are handed out to be saved."""

from typing import Any

from django.core.files import File
from django.http import FileResponse


def as_download(file: File[Any], name: str) -> FileResponse:
    """An uploaded PDF under a name of ours, to be saved and never shown as a page of ours."""
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
