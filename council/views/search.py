"""Searching the meetings."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from council.search import Search

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found of ?q= in agendas, adjusted minutes and papers."""
    wanted = Search.read(request.GET.get("q", ""))
    page = Paginator(wanted.items(), PER_PAGE).get_page(request.GET.get("sida"))
    query = QueryDict(mutable=True)
    query["q"] = wanted.q
    context = {"search": wanted, "page_obj": page, "hits": wanted.hits(list(page)), "query": query.urlencode()}
    return render(request, "council/meetings/search.html", context)
