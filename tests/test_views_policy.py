"""The content security policy: as tight as what a site shows allows, in a header or in the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks.policy import NOT_IN_PAGES, faults
from tests.conftest import dom, post, tree

NETLIFY = "hosting: netlify\nsearch: false\n"
Built = Callable[..., Path]


def rules(text: str) -> dict[str, str]:
    return {name: sources for name, _, sources in (rule.partition(" ") for rule in text.split("; "))}


def header(output: Path) -> dict[str, str]:
    lines = (output / "_headers").read_text().splitlines()
    return rules(next(line for line in lines if "Content-Security-Policy" in line).partition(": ")[2])


def of_page(file: Path) -> str:
    return str(dom(file).xpath("string(/html/head/meta[@http-equiv='Content-Security-Policy']/@content)"))


def test_the_policy_allows_this_site_alone_and_no_text_as_code(built: Built):
    assert header(built({"content/x.md": "Text."}, NETLIFY)) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "media-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
        "upgrade-insecure-requests": "",
    }


def test_what_few_sites_have_is_allowed_where_it_is_there(built: Built):
    policy = header(built({"static/a.woff2": b"x", "static/app.webmanifest": b"{}", "content/x.md": "Text."}, NETLIFY))
    assert (policy["font-src"], policy["manifest-src"]) == ("'self'", "'self'")


def test_only_a_site_with_a_search_may_start_web_assembly(built: Built):
    files = {"content/x.md": "Text."}
    assert header(built(files, "hosting: netlify\nsearch: true\n"))["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert header(built(files, NETLIFY))["script-src"] == "'self'"


def test_only_a_site_with_a_mermaid_of_its_own_has_a_policy_for_markup(built: Built):
    files = {"static/mermaid.min.js": "window.mermaid = {};", "content/x.md": "Text."}
    assert header(built(files, f"{NETLIFY}markdown: {{mermaid: mermaid.min.js}}\n"))["trusted-types"] == "default"


def test_a_page_of_a_plain_host_says_the_policy_before_it_loads_anything(built: Built):
    files = {"content/x.md": "![a](https://pics.example/a.png)"}
    in_page = rules(of_page(built(files, "search: false\n") / "x/index.html"))
    sent = header(built(files, NETLIFY))
    assert in_page == {name: value for name, value in sent.items() if name not in NOT_IN_PAGES | {"upgrade-insecure-requests"}}
    head = (built(files) / "x/index.html").read_text().partition("</head>")[0]
    assert head.index("Content-Security-Policy") < min(head.index("<script"), head.index("<link"))


def test_every_page_of_a_plain_host_says_it_redirects_too(built: Built):
    output = built({"content/blog/x.md": post(aliases="[/old/]", tags="[t]"), "content/docs/y.md": "Text."})
    pages = [output / name for name in tree(output) if name.endswith(".html")]
    assert len(pages) > 8
    assert {of_page(page) for page in pages} == {of_page(output / "old/index.html")} != {""}


def test_a_page_says_nothing_where_the_host_sends_the_policy(built: Built):
    assert of_page(built({"content/x.md": "Text."}, NETLIFY) / "x/index.html") == ""


def test_a_site_s_own_policy_is_that_of_its_pages_too(built: Built):
    own = 'headers: {"/*": {content-security-policy: "default-src \'self\'; script-src \\"x\\"; frame-ancestors \'self\'; sandbox"}}\n'
    assert of_page(built({"content/x.md": "Text."}, own) / "x/index.html") == "default-src 'self'; script-src \"x\""


def test_a_site_without_https_asks_for_none(built: Built):
    policy = header(built({"content/x.md": "![a](http://pics.example/a.png)"}, NETLIFY, overrides={"base_url": "http://localhost:8000/"}))
    assert policy["img-src"] == "'self' data: http://pics.example"
    assert "upgrade-insecure-requests" not in policy


SOUND = "default-src 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'"


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("script-src 'self' 'unsafe-inline'", "script-src has 'unsafe-inline'"),
        ("script-src 'self' 'unsafe-eval'", "script-src has 'unsafe-eval'"),
        ("style-src 'unsafe-hashes'", "style-src has 'unsafe-hashes'"),
        ("script-src https://cdn.example", "script-src has https://cdn.example"),
        ("script-src data:", "script-src has data:"),
        ("script-src https:", "script-src has https:"),
        ("img-src *", "img-src has *"),
        ("img-src https://*.example", "img-src has https://*.example"),
        ("img-src http://pics.example", "img-src has http://pics.example"),
        ("img-src 'none' 'self'", "img-src has 'none' beside others"),
        ("img-src", "img-src says nothing"),
        ("image-src 'self'", "image-src is no directive"),
        ("script-src self", "script-src has self"),
        ("form-action 'none'", "form-action stands twice"),
        ("frame-ancestors 'none'", "frame-ancestors means nothing in a page"),
        ("trusted-types *", "trusted-types stands twice"),
    ],
)
def test_what_is_wrong_with_a_policy_is_seen(broken: str, fault: str):
    assert faults(SOUND, in_page=True) == []
    assert fault in faults(f"{SOUND}; {broken}", in_page=True)


@pytest.mark.parametrize(
    ("policy", "fault"),
    [
        ("script-src 'self'", "default-src is missing"),
        ("default-src 'self'", "default-src is not 'none'"),
        ("default-src 'none'; base-uri 'self'", "base-uri is not 'none'"),
        ("default-src 'none'", "frame-ancestors is missing"),
        ("default-src 'none'", "require-trusted-types-for is missing"),
        ("default-src 'none'; trusted-types *", "trusted-types has *"),
    ],
)
def test_what_a_policy_lacks_is_seen(policy: str, fault: str):
    assert fault in faults(policy)
