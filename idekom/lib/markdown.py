"""Markdown that people write in the admin, as HTML that is safe to show."""

from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from nh3 import Cleaner

PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
CLEANER = Cleaner(
    tags={"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code"}
    | {"table", "thead", "tbody", "tr", "th", "td"},
    attributes={"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)


@dataclass(frozen=True)
class Block:
    """A paragraph, a list, a heading … of a text, as HTML that is safe to show and as plain words."""

    tag: str
    html: SafeString

    @property
    def words(self) -> str:
        """What is read in it."""
        return " ".join(unescape(strip_tags(self.html)).split())


def to_html(text: str, *, under: int = 0) -> SafeString:
    """The text as HTML; headings have ids, so that they can be linked to.

    `under` is the level of the heading that it stands under: its own headings then begin one level below, and leave no level out.
    """
    return _rendered(_addressed(text, under))


def blocks(text: str, *, under: int = 0) -> list[Block]:
    """The same HTML in its pieces, one for each paragraph, list, heading …"""
    found: list[Block] = []
    piece: list[Token] = []
    depth = 0
    for token in _addressed(text, under):
        piece.append(token)
        depth += token.nesting
        if depth == 0 and token.type != "inline":
            found.append(Block(piece[0].tag, _rendered(piece)))
            piece = []
    return found


def headings(text: str) -> list[tuple[str, str]]:
    """(id, title) of each heading of the second level."""
    return [(address, title) for address, (token, title) in _headings(PARSER.parse(text)).items() if token.tag == "h2"]


def _addressed(text: str, under: int) -> list[Token]:
    tokens = PARSER.parse(text)
    if under:
        _lower(tokens, under)
    for address, heading in _headings(tokens).items():
        heading[0].attrSet("id", address)
    return tokens


def _rendered(tokens: list[Token]) -> SafeString:
    return mark_safe(CLEANER.clean(PARSER.renderer.render(tokens, PARSER.options, {})))  # noqa: S308 - cleaned


def _headings(tokens: list[Token]) -> dict[str, tuple[Token, str]]:
    """The first heading of each title, by the id it gets. The prefix keeps clear of the page's own ids."""
    found: dict[str, tuple[Token, str]] = {}
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            found.setdefault(f"om-{slugify(inner.content)}", (token, inner.content))
    return found


def _lower(tokens: list[Token], under: int) -> None:
    """Move the headings below the one that the text stands under."""
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = under
    for token in tokens:
        if token.type == "heading_open":
            level = min(under + 1 + levels.index(token.tag), level + 1, 4)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{level}"
