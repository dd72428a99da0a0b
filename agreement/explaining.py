"""Words of the glossary explained where they first stand on a page.

The word becomes a button that opens its meaning (the browser's own popover: keyboard, Escape, a click beside it; no script). The
meanings stand after the text, so that nothing comes between the words for those who copy or listen, and a browser without popovers
shows them there as notes. The meaning takes the focus when it opens, so that a screen reader reads it, and gives it back.
"""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreement.models import Term

TAG = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>)""")
NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")
UNTOUCHED = {
    "a", "button", "caption", "code", "dt", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "label", "legend", "nav", "option",
    "script", "select", "style", "summary", "svg", "table", "textarea", "title",
}  # fmt: skip
"""Elements in which nothing is explained: a button may not stand there, or would be in the way."""


def explained(html: SafeString, terms: Iterable[Term]) -> SafeString:
    """The HTML with the first of each term in it made a button, and the meanings after it."""
    wanted = [(term, _pattern(term)) for term in terms]
    found: list[Term] = []
    pieces, inside = [], list[str]()
    for piece in TAG.split(html):
        is_tag = piece.startswith("<")
        if is_tag:
            _follow(piece, inside)
        pieces.append(piece if is_tag or inside or not piece else _with_buttons(piece, wanted, found))
    return mark_safe("".join(pieces) + _meanings(found))  # noqa: S308 - safe HTML with escaped words in it


def _pattern(term: Term) -> "re.Pattern[str]":
    """The term in any of its forms, as whole words, as they stand in HTML."""
    forms = "|".join(re.escape(str(conditional_escape(form))) for form in term.spellings)
    return re.compile(rf"(?<![\w&#-])(?:{forms})(?![\w-])", re.IGNORECASE)


def _follow(tag: str, inside: list[str]) -> None:
    """Keep account of the untouched elements that one is in."""
    match = NAME.match(tag)
    name = match[1].lower() if match else ""
    if name not in UNTOUCHED or tag.endswith("/>"):
        return
    if not tag.startswith("</"):
        inside.append(name)
    elif name in inside:
        del inside[len(inside) - 1 - inside[::-1].index(name) :]


def _with_buttons(text: str, wanted: "list[tuple[Term, re.Pattern[str]]]", found: list[Term]) -> str:
    """The text with a button for each term that has not been found before; what is found leaves `wanted`."""
    places: list[tuple[int, int, Term]] = []
    for term, pattern in wanted:
        match = pattern.search(text)
        if match and all(match.end() <= start or end <= match.start() for start, end, _term in places):
            places.append((match.start(), match.end(), term))
    places.sort(key=lambda place: place[0])
    pieces, last = [], 0
    for start, end, term in places:
        word = mark_safe(text[start:end])  # noqa: S308 - a piece of safe HTML
        button = format_html('<button type="button" class="term" popovertarget="ord-{}">{}</button>', term.slug, word)
        pieces += [text[last:start], button]
        last = end
        found.append(term)
    wanted[:] = [(term, pattern) for term, pattern in wanted if term not in found]
    return "".join(pieces) + text[last:]


def _meanings(found: list[Term]) -> SafeString:
    if not found:
        return mark_safe("")
    told = format_html_join(
        "",
        '<div class="meaning" popover id="ord-{}" role="note" aria-label="{}"><p tabindex="-1" autofocus><b>{}</b>: {}</p>'
        '<button type="button" class="button button--quiet" popovertarget="ord-{}" popovertargetaction="hide">{}</button></div>',
        ((one.slug, _("Vad %(word)s betyder") % {"word": one.word}, _capital(one.word), one.meaning, one.slug, _("Stäng")) for one in found),
    )
    return format_html('<div class="meanings">{}</div>', told)


def _capital(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"
