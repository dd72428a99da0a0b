"""Plain text, and the letters of any text file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from agreement.reading import words
from agreement.reading.blocks import MARKER, MOST_LETTERS, Block, Kind, Unreadable, looks_like_heading, one_line

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
LONGEST = 100_000
UNDERLINE = re.compile(r"^\s*(=|-|~|\.|\*){3,}\s*$")
LEVELS = {"=": 1, "-": 2, "~": 3, ".": 4, "*": 4}
BULLET = re.compile(r"^(?P<indent>\s*)[-*•·–+]\s+(?P<text>\S.*)$")
NUMBERED = re.compile(r"^(?P<indent>\s*)(?P<text>(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s+\S.*)$")


def decode(data: bytes) -> str:
    """The text of a file, in UTF-8, UTF-16 with its mark, or Windows' western letters; raises Unreadable."""
    encodings = [encoding for mark, encoding in MARKS if data.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\0") * 20 > len(text):  # a picture, a program: no text
            break
        if len(text) > 2 * MOST_LETTERS:
            raise Unreadable(_("Texten är för lång: högst en miljon tecken. Dela upp den."))
        _refuse_endless(text)
        return text
    raise Unreadable(_("Filens bokstäver går inte att läsa. Spara den som text i UTF-8 och försök igen."))


def _refuse_endless(text: str) -> None:
    """What has no empty line for this long is no agreement, and takes long to read."""
    length = 0
    for line in text.splitlines():
        length = length + len(line) + 1 if line.strip() else 0
        if length > LONGEST:
            raise Unreadable(_("Texten har ett stycke med över hundra tusen tecken. Skilj styckena åt med tomma rader och försök igen."))


@dataclass
class _Reading:
    """What has been read of a text: the blocks, and the lines of the one that is being read."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    may_be_underlined: bool = False  # a heading that its words told, on the line before

    def begin(self, kind: Kind, text: str, level: int = 0) -> None:
        self.close()
        self.kind, self.lines, self.level = kind, [text], level

    def close(self, *, before_blank: bool = False) -> None:
        """Put down the block that is being read."""
        if self.lines:
            is_heading = self.kind == Kind.PARAGRAPH and len(self.lines) == 1 and before_blank and _is_heading_line(self.lines[0])
            kind = Kind.HEADING if is_heading else self.kind
            self.blocks.append(Block(kind, " ".join(self.lines), _level(self.lines[0]) if is_heading else self.level))
        self.kind, self.lines, self.level = Kind.PARAGRAPH, [], 0
        self.may_be_underlined = False

    def underline(self, level: int) -> None:
        """A row of dashes makes the line above it a heading of this level; below anything else it says nothing."""
        if len(self.lines) == 1 and (self.kind == Kind.PARAGRAPH or MARKER.match(self.lines[0])):
            self.begin(Kind.HEADING, self.lines.pop(), level)
        elif self.may_be_underlined:
            self.blocks[-1] = replace(self.blocks[-1], level=level)
        self.close()


def read(text: str) -> Iterator[Block]:
    """The blocks of a plain text: paragraphs between empty lines, and lines that look like headings or items."""
    reading = _Reading()
    for line in re.split(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", text):
        _take(reading, line)
    reading.close(before_blank=True)
    yield from reading.blocks


def _take(reading: _Reading, line: str) -> None:
    bare = one_line(line)
    underline = UNDERLINE.match(line)
    item = BULLET.match(line) or NUMBERED.match(line)
    if not bare:
        reading.close(before_blank=True)
    elif underline:
        reading.underline(LEVELS[underline[1]])
    elif item:
        reading.begin(Kind.ITEM, item["text"], 1 + len(item["indent"].expandtabs(4)) // 2)
    elif not reading.lines and len(bare.split()) <= 4 and words.part_named(words.parse(bare).name) and looks_like_heading(bare.rstrip(":")):
        reading.begin(Kind.HEADING, bare, _level(bare))
        reading.close()
        reading.may_be_underlined = True
    else:
        reading.lines.append(bare)


def _is_heading_line(line: str) -> bool:
    return looks_like_heading(line) and len(line) <= 80 and not line.endswith("?")


def _level(line: str) -> int:
    """The level that a heading's own line tells: its numbers, or capitals; 0 when it does not."""
    heading = words.parse(line)
    if heading.numbers and not heading.label:
        return len(heading.numbers) + 1
    return 2 if line.isupper() and not heading.label else 0
