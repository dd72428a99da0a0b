"""Markdown. What CommonMark would drop or hide (link addresses, definitions, cells too many) is kept as text."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from agreement.reading.blocks import Block, Kind, one_line

TAGS = re.compile(r"</?(?:a|b|i|u|p|br|hr|em|div|sub|sup|font|span|center|strong)(?:\s[^<>]*)?/?>", re.IGNORECASE)
ROW_UNDER_HEAD = re.compile(r"^\|? ?:?-+:?(?: ?\| ?:?-+:?)* ?\|?$")
BARS = re.compile(r"(?<!\\)\|")
DEEPEST = 10_000
"""markdown-it leaves out what is nested deeper than it likes; here too deep a nesting is an error instead."""


def reader() -> MarkdownIt:
    """CommonMark without the rules that swallow words: definitions, code blocks, raw HTML."""
    return MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).disable(["reference", "code", "fence"])


def read(text: str) -> Iterator[Block]:
    """The blocks of a Markdown document."""
    markdown = reader()
    tokens = markdown.parse(text.replace("\0", ""))
    lists: list[int | None] = []  # the next number of each open list; None where it has bullets
    marker: str | None = None  # of an item that has just begun
    for place, token in enumerate(tokens):
        if token.type.endswith("_list_open"):
            lists.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type.endswith("_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            marker = _marker(lists, token)
        elif token.type == "inline":
            yield from _block(markdown, tokens[place - 1], token, marker, len(lists))
            marker = None


def _marker(lists: list[int | None], token: Token) -> str:
    number = lists[-1]
    if number is None:
        return ""
    lists[-1] = number + 1
    return f"{number}{token.markup} "


def _block(markdown: MarkdownIt, around: Token, token: Token, marker: str | None, depth: int) -> Iterator[Block]:
    text = words_of(token.children or [])
    if around.type == "heading_open":
        yield Block(Kind.HEADING, (marker or "") + text, int(around.tag[1]))
    elif marker is not None:
        yield Block(Kind.ITEM, marker + text, depth)
    elif rows := _table(token.content):
        yield from (Block(Kind.PARAGRAPH, _row(markdown, row)) for row in rows)
    elif is_all_bold(token.children or []) and len(text) <= 100:
        yield Block(Kind.HEADING, text)
    else:
        yield Block(Kind.PARAGRAPH, text)


def words_of(children: Sequence[Token]) -> str:
    """The text of a line, its markup gone; a link is followed by its address."""
    found: list[str] = []
    links: list[tuple[int, str, str]] = []  # where the words of each open link begin, its address, its title
    for child in children:
        if child.type == "link_open":
            links.append((len(found), str(child.attrs.get("href", "")), str(child.attrs.get("title", ""))))
        elif child.type == "link_close":
            start, address, title = links.pop()
            found.append(_besides("".join(found[start:]), address, title))
        elif child.type == "image":
            found.append(words_of(child.children or []) + _besides("", "", str(child.attrs.get("title", ""))))
        else:
            found.append(" " if child.type in {"softbreak", "hardbreak"} else child.content)
    return TAGS.sub(" ", "".join(found))


def _besides(text: str, address: str, title: str) -> str:
    shown = address.removeprefix("mailto:") != text and not address.startswith("#")
    more = ", ".join(one for one in (address if shown else "", title) if one)
    return f" ({more})" if more else ""


def is_all_bold(children: Sequence[Token]) -> bool:
    """Whether a line is bold from its first letter to its last."""
    marks = [child for child in children if child.type != "text" or child.content.strip()]
    if len(marks) < 3 or marks[0].type != "strong_open" or marks[-1].type != "strong_close":
        return False
    return not any(child.type == "strong_close" for child in marks[:-1])


def _table(content: str) -> list[str]:
    """The rows of a paragraph that is a table; none of one that is not."""
    lines = content.split("\n")
    is_table = len(lines) > 1 and "|" in lines[0] and "|" in lines[1] and ROW_UNDER_HEAD.match(one_line(lines[1]))
    return [lines[0], *lines[2:]] if is_table else []


def _row(markdown: MarkdownIt, line: str) -> str:
    cells = [cell.strip() for cell in BARS.split(line.strip())]
    inlines = (markdown.parseInline(cell.replace("\\|", "|"))[0].children or [] for cell in cells if cell)
    return " | ".join(words_of(children) for children in inlines)
