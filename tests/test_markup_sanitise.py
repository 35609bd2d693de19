"""Nothing an author, or a guest, writes can act in a reader's browser; what was taken out is said."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.markup import Options, render

SANITISE = Options()
TRUST = Options(html="trust")
FORBIDDEN = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "base",
    "meta",
    "link",
    "form",
    "button",
    "select",
    "textarea",
    "svg",
    "math",
    "frameset",
}
ADDRESSES = {"href", "src", "action", "formaction", "poster", "cite", "srcset", "data", "background", "ping", "xlink:href"}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<input type=password name=p>",
    "<textarea></textarea><script>alert(1)</script>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<style>@import '//evil.example/x.css';</style>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](<\x01javascript:alert(1)>)",
    "<a href='java\nscript:alert(1)'>x</a>",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "<javascript:alert(1)>",
    "[r]\n\n[r]: javascript:alert(1)",
    "text{: onclick=alert(1) }",
    'text\n{: onmouseover="alert(1)" style="color:red" }',
    "[x](y){: href=javascript:alert(1) }",
    "# Title {: onclick=alert(1) }",
    '<div markdown="1" onclick="alert(1)">*x*</div>',
    '!!! note "<img src=x onerror=alert(1)>"\n    x',
    '=== "<img src=x onerror=alert(1)>"\n    x',
    '```python title="<img src=x onerror=alert(1)>"\nx\n```',
    "``` { .python data-x='\"><img src=x onerror=alert(1)>' #\"><script> }\nx\n```",
    "```<img src=x onerror=alert(1)>\nx\n```",
    '[^"><img src=x onerror=alert(1)>] x\n\n[^"><img src=x onerror=alert(1)>]: y',
    '*[x]: "><img src=x onerror=alert(1)>\n\nx',
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php <img src=x onerror=alert(1)> ?>",
    "\x02wzxhzdk:0\x03 <script>alert(1)</script>",
    "&#2;<!-- more --><script>alert(1)</script>",
    '<a href="x" title=\'"><script>alert(1)</script>\'>x</a>',
    "<img src=a.png srcset='javascript:alert(1) 2x'>",
    "<video poster=javascript:alert(1) src=javascript:alert(1) onerror=alert(1)></video>",
    "<a xlink:href=javascript:alert(1)>x</a>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<table background=javascript:alert(1)><tr><td background=javascript:alert(1)>x</table>",
]


def scheme(address: str) -> str:
    """As a browser reads it (https://url.spec.whatwg.org)."""
    address = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", address)
    return found[1].lower() if found else ""


def active(html: str) -> list[str]:
    """What could act, as a browser's parser sees it."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if tag in FORBIDDEN or (tag == "input" and element.get("type") not in {"checkbox", "radio"}):
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            name = str(name).rpartition("}")[2].lower()
            if name.startswith("on") or name in {"style", "srcdoc"}:
                found.append(f"<{tag} {name}>")
            is_picture = tag == "img" and re.match(r"data:image/(png|jpeg|gif|webp|avif)[;,]", value)
            if name in ADDRESSES and not is_picture and scheme(value) not in {"", "http", "https", "mailto", "tel", "ftp"}:
                found.append(f"<{tag} {name}={value}>")
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_stays_active(payload: str):
    for body in (payload, f"text {payload} text", f"- {payload}", f"> {payload}", f"| a |\n|---|\n| {payload} |", f"# {payload}"):
        rendered = render(body, SANITISE)
        assert active(rendered.body.html) == []
        assert active(rendered.summary.html) == []


@given(
    st.lists(
        st.sampled_from(PAYLOADS)
        | st.sampled_from(["\n", "\n\n", " ", "`", "<!-- more -->", "<b>", "</b>", "'", '"', "<!--", "-->", "    "]),
        max_size=6,
    )
)
def test_no_mixture_of_payloads_stays_active(parts: list[str]):
    rendered = render("".join(parts), SANITISE)
    assert active(rendered.body.html) == []
    assert active(rendered.summary.html) == []


def test_without_sanitising_the_payloads_are_active():
    assert sum(bool(active(render(payload, TRUST).body.html)) for payload in PAYLOADS) > 40


def removed(body: str) -> list[tuple[int, int, str]]:
    return [(problem.line, problem.column, problem.message) for problem in render(body, SANITISE, line=3).problems]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a <script>b</script>", [(3, 3, "`<script>` was taken out")]),
        ("`<script>` <script>x</script>", [(3, 12, "`<script>` was taken out")]),
        ("a\n\n<a href='x' onclick='y'>b</a>", [(5, 13, "`onclick` was taken out of `<a>`")]),
        ("a <b onclick=y title=z>b</b>", [(3, 6, "`onclick` was taken out of `<b>`")]),
        ("[b](javascript:x)", [(3, 5, "the address `javascript:x` was taken out of `<a>`")]),
        ("b{: onclick=x }\n{: style='x' }", [(4, 4, "`style` was taken out of `<p>`")]),
        ("<td style='a'>x</td>", [(3, 5, "`style` was taken out of `<td>`")]),
        ("<input type=text> <input type=checkbox disabled>", [(3, 1, "`<input>` was taken out")]),
        ("<center>x</center>\n\n<center>y</center>", [(3, 1, "`<center>` was taken out, 2 times")]),
        ("<noscript><img src='x' style='y'></noscript>", [(3, 1, "`<noscript>` was taken out")]),
        ("<!-- a comment --> <b>x</b>", []),
    ],
)
def test_what_was_taken_out_is_a_warning_at_its_place(body: str, expected: list[tuple[int, int, str]]):
    assert removed(body) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p><kbd>K</kbd> <mark>m</mark> <small>s</small> <q>q</q> <cite>c</cite></p>",
        '<p><time datetime="2024-01-01">t</time> <ins>i</ins> <u>u</u></p>',
        '<details name="a" open=""><summary>s</summary>x</details>',
        '<figure><video src="v.mp4" poster="p.png" controls="" autoplay="" muted="" loop="" playsinline=""></video></figure>',
        "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> <bdi>b</bdi> <var>v</var> <samp>s</samp> <dfn>d</dfn></p>",
        '<ol start="3" reversed=""><li value="9">x</li></ol>',
        '<table><colgroup><col span="2"></colgroup><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>',
        '<p><a href="tel:+1" rel="me" target="_blank" hreflang="fr">t</a> <a name="old"></a></p>',
        '<section aria-label="x" role="note" lang="fr" dir="rtl"><h3 id="a" class="b" title="c">d</h3></section>',
    ],
)
def test_html_that_is_safe_stays_as_it_is(html: str):
    rendered = render(html, SANITISE)
    assert (rendered.body.html, rendered.problems) == (html, ())


def test_trust_takes_nothing_out():
    html = '<div style="color: red" onclick="x()"><script>go()</script></div>'
    rendered = render(html, TRUST)
    assert (rendered.body.html, rendered.problems) == (html, ())


def test_no_rel_is_forced_on_links():
    assert render("[a](https://example.com)", SANITISE).body.html == '<p><a href="https://example.com">a</a></p>'


def test_content_is_never_a_template():
    assert render("{{ 7*7 }} {% raw %}", SANITISE).body.html == "<p>{{ 7*7 }} {% raw %}</p>"


@pytest.mark.parametrize(
    ("source", "column", "message", "hint"),
    [
        ('<p style="color: red">x</p>', 4, "`style` was taken out of `<p>`", "give it a class"),
        ('<p\nclass="a" onclick="x()">x</p>', 11, "`onclick` was taken out of `<p>`", "a script belongs into a template"),
        ("text <script src='https://other.example/x.js'></script>", 6, "`<script>` was taken out", "a script belongs into a template"),
        ("<iframe src='https://player.example/x'></iframe>", 1, "`<iframe>` was taken out", "write `::embed"),
        ("[a](javascript:alert(1))", 5, "the address `javascript:alert(1)` was taken out of `<a>`", "link to a page"),
        ("<a href='&#106;avascript:x'>a</a>", 10, "the address `javascript:x` was taken out of `<a>`", "link to a page"),
        ("[a](data:text/html,x)", 5, "the address `data:text/html,x` was taken out of `<a>`", "link to a page"),
        ("<form action='/x'>x</form>", 1, "`<form>` was taken out", "a form belongs into a template"),
        ("<made-up a=b>x</made-up>", 1, "`<made-up>` was taken out", "write Markdown for it"),
        ("<svg onload='x()'><circle onclick='y()'/></svg>", 1, "`<svg>` was taken out", "save the drawing as a file"),
        ("<details ontoggle=x>y</details>", 10, "`ontoggle` was taken out of `<details>`", "a script belongs"),
        ("<base href='https://other.example/'>", 1, "`<base>` was taken out", "what is for the head"),
        ("<meta http-equiv=refresh content=0>", 1, "`<meta>` was taken out", "what is for the head"),
        ('[a](b.md){onclick="x"}', 11, "`onclick` was taken out of `<a>`", "a script belongs"),
        ('## A {style="x"}', 7, "`style` was taken out of `<h2>`", "give it a class"),
        ("<table bgcolor=red><tr><td>x</td></tr></table>", 8, "`bgcolor` was taken out of `<table>`", "give it a class"),
        ("<math><mi>x</mi></math>", 1, "`<math>` was taken out", "write `$…$`"),
    ],
)
def test_each_kind_of_thing_that_is_taken_out_is_said_with_its_place_and_a_cure(source: str, column: int, message: str, hint: str):
    (problem,) = [each for each in render(f"text\n\n{source}\n", Options()).problems if each.rule == "html-removed"]
    assert (problem.message, problem.line, problem.column) == (message, 3 + source[: source.find("onclick")].count("\n"), column)
    assert problem.hint.startswith(hint)
    assert "content: {html: trust}" in problem.hint


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<![CDATA[" * 900, "`<![CDATA[` and what follows it was taken out"),
        ("Words <![CDATA[words]]> words.", "`<![CDATA[` and what follows it was taken out"),
        ("Words <?php echo 1 ?> words.", "`<?php` and what follows it was taken out"),
        ("<!DOCTYPE html>", "`<!DOCTYPE` and what follows it was taken out"),
    ],
)
def test_text_that_html_takes_for_a_comment_does_not_go_without_a_word(body: str, named: str):
    (problem,) = render(body, SANITISE).problems
    assert (problem.rule, problem.line, problem.column) == ("html-removed", 1, body.index("<") + 1)
    assert problem.message.startswith(named)


@pytest.mark.parametrize("body", ["<!-- <?php ?> -->", '<b title="<?php ?>">x</b>', "`<?php`", "```php\n<?php\n```"])
def test_what_stays_or_is_a_comment_is_not_told_of(body: str):
    assert not render(body, SANITISE).problems
