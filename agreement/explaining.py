"""Words of the glossary explained where they first stand on a page.

The word becomes a link to its meaning, which stands after the text, so that nothing comes between the words for those who copy or
listen, and also stands on paper. A screen reader reads the meaning as the link's description. Whoever follows the link gets the meaning
in view beside the text that they read (CSS :target, no script), and a link there closes it and leads back to the word.
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
    "a", "button", "caption", "code", "dt", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "label", "legend", "nav", "option",
    "script", "select", "style", "summary", "svg", "table", "textarea", "title",
}  # fmt: skip
"""Elements in which nothing is explained: a link may not stand there, or would be in the way."""


def explained(html: SafeString, terms: Iterable[Term]) -> SafeString:
    """The HTML with the first of each term in it made a link, and the meanings after it."""
    wanted = [(term, _pattern(term)) for term in terms]
    found: list[Term] = []
    pieces, inside = [], list[str]()
    for piece in TAG.split(html):
        is_tag = piece.startswith("<")
        if is_tag:
            _follow(piece, inside)
        pieces.append(piece if is_tag or inside or not piece else _with_links(piece, wanted, found))
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


def _with_links(text: str, wanted: "list[tuple[Term, re.Pattern[str]]]", found: list[Term]) -> str:
    """The text with a link for each term that has not been found before; what is found leaves `wanted`."""
    places: list[tuple[int, int, Term]] = []
    for term, pattern in wanted:
        match = pattern.search(text)
        if match and all(match.end() <= start or end <= match.start() for start, end, _term in places):
            places.append((match.start(), match.end(), term))
    places.sort(key=lambda place: place[0])
    pieces, last = [], 0
    for start, end, term in places:
        word = mark_safe(text[start:end])  # noqa: S308 - a piece of safe HTML
        link = format_html('<a class="term" id="ordet-{}" href="#ord-{}" aria-describedby="vad-{}">{}</a>', term.slug, term.slug, term.slug, word)
        pieces += [text[last:start], link]
        last = end
        found.append(term)
    wanted[:] = [(term, pattern) for term, pattern in wanted if term not in found]
    return "".join(pieces) + text[last:]


def _meanings(found: list[Term]) -> SafeString:
    if not found:
        return mark_safe("")
    told = format_html_join(
        "",
        '<div class="meaning" id="ord-{}" tabindex="-1"><p id="vad-{}"><b>{}</b>: {}</p><p><a href="#ordet-{}">{}</a></p></div>',
        ((one.slug, one.slug, _capital(one.word), one.meaning, one.slug, _("Tillbaka till texten")) for one in found),
    )
    return format_html('<div class="meanings"><p class="meanings__title">{}</p>{}</div>', _("Ord i texten"), told)


def _capital(word: str) -> str:
    return f"{word[:1].upper()}{word[1:]}"
