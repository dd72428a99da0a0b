"""Ways to make a PDF engine open an address, as somebody might type them into a field. `{url}` is the address."""

KINDS = {
    "a rel=attachment": '<a rel="attachment" href="{url}">x</a>',
    "link rel=attachment": '<link rel="attachment" href="{url}">',
    "link rel=stylesheet": '<link rel="stylesheet" href="{url}">',
    "img": '<img src="{url}" alt="x">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "input image": '<input type="image" src="{url}">',
    "base and relative img": '<base href="{url}/"><img src="x" alt="x">',
    "style attribute": '<p style="background: url({url})">x</p>',
    "css @import": '<style>@import "{url}";</style>',
    "css @font-face": "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style><p>x</p>",
    "css @color-profile": "<style>@color-profile --x {{ src: url({url}) }}</style>",
    "css background": "<style>p {{ background: url({url}) }}</style><p>x</p>",
    "css list-style-image": "<style>li {{ list-style-image: url({url}) }}</style><ul><li>x</li></ul>",
    "css content": "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    "css border-image": "<style>p {{ border: 1px solid; border-image: url({url}) 1 }}</style><p>x</p>",
    "css @page": "<style>@page {{ background: url({url}) }}</style>",
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#x"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import "{url}";</style><rect width="9" height="9"/></svg>',
}
assert len(KINDS) == 21

NASTY = {
    "empty": "",
    "spaces": "   \t ",
    "markup": "<script>alert(1)</script>\"'><b>&amp;</b>{{ 7*7 }}{% load x %}",
    "formula": '=HYPERLINK("http://x")\n+1\n@SUM(A1)\n-2',
    "NUL and control": "före\x00efter\x07\x1b[31m\x7f slut",
    "emoji": "Bra 👩‍👩‍👧 arbete 🇸🇪",
    "right to left": "\u202eabc\u202c مرحبا بالعالم שלום",
    "other scripts": "中文 हिन्दी ไทย አማርኛ Ελληνικά Русский",
    "combining": "Z" + "\u0301\u0323" * 40,
    "line ends": "ett\r\ntvå\rtre\u2028fyra\x85fem",
    "odd spaces": "\ufeff\u00a0\u200b\u2060x\u00ad\u3000",
    "one long word": "å" * 2900,
    "many lines": "rad\n" * 700,
    "noncharacter": "x\ufffe\uffff\U0010ffffx\ue000",
}
"""What people, spreadsheets and scanners put into a field."""


def typed(kind: str, url: str) -> str:
    """The payload with the address in it."""
    return KINDS[kind].format(url=url)
