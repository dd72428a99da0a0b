"""Following by mail: ask, say yes, choose, stop. The mailed links open a page with one button; nothing happens on a GET."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from affiliation.forms.following import ChoicesForm, FollowForm
from affiliation.models import Follower, NewAddress, Wish
from affiliation.views.secrets import secret
from idekom.lib.limits import at_most


@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Leave an address. The answer is the same whether it follows already or not. ?nyhetsbrev=1 has the newsletter chosen."""
    is_newsletter = "nyhetsbrev" in request.GET
    initial = {"is_daily": not is_newsletter, "categories": Wish.categories() if is_newsletter else []}
    form = FollowForm(request.POST if request.method == "POST" else None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent:
        Follower.ask(form.cleaned_data["email"], language=get_language() or "sv", wishes=form.wishes)
    return render(request, "affiliation/follow.html", {"form": form, "is_sent": is_sent})


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link: one button to start, or to stop. A POST starts; twice is as once."""
    follower = get_object_or_404(Follower, token=token)
    if request.method == "POST":
        follower.confirm()
        return redirect(follower)
    return render(request, "affiliation/following.html", {"follower": follower})


@secret
@at_most(10, minutes=10)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Change what one hears of, the language or the address. A new address is asked first."""
    follower = get_object_or_404(Follower, token=token)
    now = {"is_daily": Wish.DAILY in follower.wishes, "categories": follower.wishes, "language": follower.language, "email": follower.email}
    form = ChoicesForm(request.POST if request.method == "POST" else None, initial=now)
    if not form.is_valid():
        return render(request, "affiliation/following_choices.html", {"form": form, "follower": follower})
    follower.choose(form.wishes, language=form.cleaned_data["language"])
    follower.move(form.cleaned_data["email"])
    messages.success(request, _("Sparat."))
    return redirect(follower)


@secret
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link that is mailed to a new address: one button."""
    asked = get_object_or_404(NewAddress.objects.select_related("follower"), token=token)
    if request.method == "POST":
        messages.success(request, _("Mejlen går nu till den nya adressen."))
        return redirect(asked.confirm())
    return render(request, "affiliation/new_address.html", {"asked": asked})


@secret
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """Stop, by a button here or in a mail program, which has no cookie: the token is the proof (RFC 8058).

    Said twice it is answered as the first time. A GET, from a mail program that only opens links, shows the button.
    """
    if request.method == "POST":
        Follower.objects.filter(token=token).delete()
        return render(request, "affiliation/following_stopped.html")
    return redirect(get_object_or_404(Follower, token=token))
