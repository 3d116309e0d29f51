import pytest

from portal.mail.wording import WordingError, fill_html, fill_subject, fill_text, unknown_placeholders


def test_only_allowed_names_in_braces_are_filled_and_nothing_is_interpreted_twice():
    values = {"name": "{link} {0.__class__}", "link": "https://portal.example/x"}
    assert fill_text("Dear {name}: {link}", values) == "Dear {link} {0.__class__}: https://portal.example/x"


@pytest.mark.parametrize("text", ["{name.__class__}", "{}", "{0}", "{name!r}", "{unknown}"])
def test_anything_else_in_braces_is_unknown(text):
    assert unknown_placeholders([text], {"name"}) == [text.strip("{}")]
    with pytest.raises(WordingError):
        fill_text(text, {"name": "x"})


def test_a_subject_is_one_line_whatever_the_values_hold():
    assert fill_subject("For {name}", {"name": "A\r\nBcc: x@example.org\x0b\u2028!"}) == "For A Bcc: x@example.org !"


def test_a_line_that_held_only_an_empty_value_leaves_one_blank_line():
    assert fill_text("One\n\n{place}\n\nTwo", {"place": ""}) == "One\n\nTwo"


def test_html_escapes_everything_and_parts_paragraphs():
    html = fill_html("Dear {name},\nhello\n\n\nBye <all>", {"name": "<b>Ann & Bo</b>"})
    assert html == ["Dear &lt;b&gt;Ann &amp; Bo&lt;/b&gt;,<br>\nhello", "Bye &lt;all&gt;"]


def test_addresses_in_the_wording_and_in_link_placeholders_are_clickable():
    html = fill_html("请打开{link}，或见 https://portal.example/help。", {"link": "https://portal.example/a?b=1&c=2"})
    assert "".join(html) == (
        '请打开<a href="https://portal.example/a?b=1&amp;c=2">https://portal.example/a?b=1&amp;c=2</a>，'
        '或见 <a href="https://portal.example/help">https://portal.example/help</a>。'
    )


def test_an_address_somebody_typed_as_a_name_is_not_clickable():
    assert fill_html("Dear {name}", {"name": "Win at http://evil.example/"}) == ["Dear Win at http://evil.example/"]


def test_a_link_that_is_no_web_address_is_not_clickable():
    assert fill_html("{link}", {"link": 'javascript:alert("x")'}) == ["javascript:alert(&quot;x&quot;)"]
