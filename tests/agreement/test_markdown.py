"""Markdown from the admin becomes HTML that is safe to show."""

import pytest

from idekom.lib.markdown import headings, to_html


def test_markdown_becomes_html_with_addresses() -> None:
    assert to_html("## Så ansluter ni er\n\nSkriv **till** oss.\n\n- ett\n- två") == (
        '<h2 id="om-sa-ansluter-ni-er">Så ansluter ni er</h2>\n<p>Skriv <strong>till</strong> oss.</p>\n<ul>\n<li>ett</li>\n<li>två</li>\n</ul>\n'
    )


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "[klicka](javascript:alert(1))",
        '<img src="x" onerror="alert(1)">',
        "![bild](https://example.org/x.png)",
        "<style>*{display:none}</style>",
        '<a href="https://example.org" onclick="x()">x</a>',
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_markdown_lets_nothing_dangerous_through(payload: str) -> None:
    html = to_html(payload)
    assert not any(part in html for part in ("<script", "<img", "<style", 'href="javascript', 'href="data', "<a onclick"))
    assert "<a href" not in html or 'rel="noopener noreferrer"' in html


def test_headings_lists_the_second_level_once() -> None:
    assert headings("## Värden\n\n### Under\n\n## Parterna\n\n## Värden") == [("om-varden", "Värden"), ("om-parterna", "Parterna")]
    assert to_html("## Värden\n\n## Värden").count("id=") == 1


def test_an_address_never_breaks_out_of_its_attribute() -> None:
    assert to_html('## "><b>x') == '<h2 id="om-bx">"&gt;&lt;b&gt;x</h2>\n'
