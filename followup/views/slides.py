"""The year's book as slides: the same figures, for the hall."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from followup.models import Compilation, ForumQuestion
from followup.presenting import presentation


@require_safe
def slides(request: HttpRequest, year: int) -> HttpResponse:
    """All the slides on one page: read from above, or stepped through with the arrow keys."""
    book = Compilation.objects.published().select_related("round").filter(round__year=year).first()
    if book is None or not book.snapshot:
        raise Http404
    questions = ForumQuestion.objects.open().filter(forum__round__year__lte=year)
    return render(request, "followup/slides/slides.html", {"round": book.round, "book": book, **presentation(book.snapshot, list(questions))})
