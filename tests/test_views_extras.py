"""What hosts read: the 404 page, redirects as stubs or rules, and headers."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import ProblemsFound
from sitegen.report import as_text
from sitegen.views.extras import RULES_LIMIT
from tests.conftest import dom, post, tree

NETLIFY = "hosting: netlify\n"


@pytest.fixture
def refused(built):
    """The errors for which a site is not built, each on one line."""

    def run(files: dict[str, str | bytes], settings: str = "") -> list[str]:
        with pytest.raises(ProblemsFound) as caught:
            built(files, settings)
        return [as_text(problem).partition("\n")[0] for problem in caught.value.problems]

    return run


# The 404 page


def test_the_404_page_leads_home_and_to_the_main_places(built):
    page = dom(built({"content/blog/a.md": post(date="2025-01-01")}) / "404.html")
    assert {"/", "/blog/", "/blog/a/"} <= set(page.xpath("//main//a/@href"))


def test_the_404_page_works_from_any_depth(built):
    page = dom(built({"content/a.md": "Text."}, overrides={"base_url": "https://x.example/base/"}) / "404.html")
    addresses = page.xpath("//@href | //@src")
    assert [address for address in addresses if not address.startswith(("/base/", "#", "https://"))] == []


# Redirects


def stub(path: Path):
    page = dom(path)
    return (
        page.xpath("string(//link[@rel='canonical']/@href)"),
        page.xpath("string(//script/@data-target)"),
        page.xpath("string(//main//a/@href)"),
    )


def test_an_alias_is_a_stub_that_leads_to_the_page(built):
    output = built({"content/x.md": post(aliases="[/old/]")})
    assert stub(output / "old" / "index.html") == ("https://small.example/x/", "/x/", "/x/")


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/old", "old/index.html"),
        ("/old.html", "old.html"),
        ("/old/index.html", "old/index.html"),
        ("/a/b c/", "a/b c/index.html"),
        ("/p%C3%A9/", "pé/index.html"),
        ("sibling", "docs/sibling/index.html"),
        ("https://elsewhere.example/old/", "old/index.html"),
        ("/feed.xml", "feed.xml"),
    ],
)
def test_an_alias_is_written_where_the_old_address_was(built, alias: str, file: str):
    assert (built({"content/docs/x.md": post(aliases=f"['{alias}']")}) / file).is_file()


def test_a_stub_is_kept_from_search_engines(built):
    page = dom(built({"content/x.md": post(aliases="[/old/]")}) / "old" / "index.html")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_stub_refreshes_for_readers_without_scripts(built):
    text = (built({"content/x.md": post(aliases="[/old/]")}) / "old" / "index.html").read_text()
    assert '<noscript><meta http-equiv="refresh" content="0; url=/x/"></noscript>' in text


def test_a_page_may_be_nothing_but_a_redirect(built):
    output = built({"content/old.md": post(redirect_to="new.md#part"), "content/new.md": "## Part"})
    assert stub(output / "old" / "index.html") == ("https://small.example/new/#part", "/new/#part", "/new/#part")


def test_a_page_may_redirect_elsewhere(built):
    output = built({"content/old.md": post(redirect_to="https://new.example/?a=1&b=2")})
    assert stub(output / "old" / "index.html")[1] == "https://new.example/?a=1&b=2"


@pytest.mark.parametrize("hosting", ["plain", "netlify"])
@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "' JavaScript:x'"])
def test_a_redirect_never_runs_a_script(refused, hosting: str, target: str):
    (problem,) = refused({"content/old.md": post(redirect_to=target)}, f"hosting: {hosting}\n")
    assert problem.startswith("content/old.md: error[bad-value]: the redirect ")


@pytest.mark.parametrize("source", ["/a", "/a/", "a.md", "/b", "/b/"])
def test_chains_are_collapsed(built, source: str):
    files = {"content/a.md": post(redirect_to="/b/"), "content/c.md": post(aliases="[/b]"), "content/first.md": post(redirect_to=source)}
    output = built(files)
    assert stub(output / "first" / "index.html")[1] == "/c/"
    assert stub(output / "a" / "index.html")[1] == "/c/"


def test_an_alias_on_another_s_redirect_leads_to_the_end(built):
    files = {"content/a.md": post(redirect_to="https://x.example/", aliases="[/old/]")}
    assert stub(built(files) / "old" / "index.html")[1] == "https://x.example/"


def test_redirects_in_a_circle_are_an_error_at_each_file(refused):
    files = {"content/a.md": post(redirect_to="/b/"), "content/b.md": post(redirect_to="/a/")}
    assert refused(files) == [
        "content/a.md: error[bad-alias]: the old address '/a/' leads back to itself",
        "content/b.md: error[bad-alias]: the old address '/b/' leads back to itself",
    ]


@pytest.mark.parametrize("hosting", ["plain", "netlify", "cloudflare"])
def test_an_alias_of_a_page_to_itself_is_one_error(refused, hosting: str):
    assert refused({"content/x.md": post(aliases="[/x/]")}, f"hosting: {hosting}\n") == [
        "content/x.md: error[bad-alias]: the old address '/x/' leads back to itself"
    ]


@pytest.mark.parametrize("hosting", ["plain", "netlify", "cloudflare"])
@pytest.mark.parametrize("alias", ["/y/", "/y", "/Y/", "/blog/", "/robots.txt", "/tags/t/"])
def test_an_alias_that_is_another_page_s_address_is_an_error_that_names_both(refused, hosting: str, alias: str):
    files = {"content/x.md": post(aliases=f"[{alias}]"), "content/y.md": "Text.", "content/blog/z.md": post(tags="[t]")}
    (problem,) = refused(files, f"hosting: {hosting}\n")
    assert "error[collision]" in problem
    assert "content/x.md" in problem


@pytest.mark.parametrize("hosting", ["plain", "netlify"])
def test_an_alias_of_two_pages_is_an_error_that_names_both(refused, hosting: str):
    files = {"content/x.md": post(aliases="[/old/]"), "content/y.md": post(aliases="[/old]")}
    (problem,) = refused(files, f"hosting: {hosting}\n")
    assert "content/x.md and content/y.md both want the address '/old/'" in problem


@pytest.mark.parametrize("alias", ['"/old /evil 301\\n/* https://evil.example/ 302!"', '"/a\\tb"', '"/a:b"', '"/*"', '"/../x"', '"/a//b"'])
@pytest.mark.parametrize("hosting", ["plain", "netlify"])
def test_an_alias_cannot_inject_a_rule(refused, alias: str, hosting: str):
    (problem,) = refused({"content/x.md": post(aliases=f"[{alias}]")}, f"hosting: {hosting}\n")
    assert problem.startswith("content/x.md: error[bad-alias]: ")


@pytest.mark.parametrize("target", ['"https://a.example/b c"', '"https://a.example/ 200!\\n/* https://evil.example/ 302!"', '"/b c/ 200"'])
def test_a_redirect_cannot_inject_a_rule(built, refused, target: str):
    try:
        rules = (built({"content/x.md": post(redirect_to=target)}, NETLIFY) / "_redirects").read_text()
    except ProblemsFound:
        return
    assert [line.split()[0::2] for line in rules.splitlines()] == [["/x/", "301"], ["/x", "301"]]


# Rules


@pytest.mark.parametrize("hosting", ["netlify", "cloudflare"])
def test_a_host_with_rules_gets_rules_and_no_stubs(built, hosting: str):
    output = built({"content/x.md": post(aliases="[/old/, /a b.html]")}, f"hosting: {hosting}\n")
    assert (output / "_redirects").read_text() == "/a%20b.html /x/ 301\n/old/ /x/ 301\n/old /x/ 301\n"
    assert not (output / "old").exists()


def test_a_host_without_rules_gets_no_files_for_them(built):
    output = built({"content/x.md": post(aliases="[/old/]")})
    assert not {"_headers", "_redirects"} & set(tree(output))


def test_a_site_without_redirects_has_no_rules(built):
    assert not (built({"content/x.md": "Text."}, NETLIFY) / "_redirects").exists()


def test_rules_stand_below_the_base_path(built):
    output = built({"content/x.md": post(aliases="[/old/]")}, NETLIFY, overrides={"base_url": "https://x.example/base/"})
    assert (output / "_redirects").read_text() == "/base/old/ /base/x/ 301\n/base/old /base/x/ 301\n"


@pytest.mark.parametrize("link", ["/old/", "/old", "/old/#part"])
@pytest.mark.parametrize("hosting", ["plain", "netlify"])
def test_a_link_to_an_alias_is_whole(built, link: str, hosting: str):
    assert built({"content/x.md": post(aliases="[/old/]"), "content/y.md": f"[a]({link})"}, f"hosting: {hosting}\n").is_dir()


def test_more_rules_than_a_host_takes_are_a_warning(site_of, build):
    aliases = ", ".join(f"/old/{number}" for number in range(RULES_LIMIT // 2 + 1))
    root = site_of({"site.yaml": "url: https://small.example/\n" + NETLIFY, "content/x.md": post(aliases=f"[{aliases}]")})
    (problem,) = [problem for problem in build(root).warnings if problem.rule == "too-many-redirects"]
    assert problem.message == "the site has 2,002 redirect rules; Cloudflare Pages takes 2,000"


# Headers


def rules(path: Path) -> dict[str, dict[str, str]]:
    blocks = [block.splitlines() for block in path.read_text().strip().split("\n\n")]
    return {head: dict(line.strip().split(": ", 1) for line in lines) for head, *lines in blocks}


def test_security_headers_are_for_every_path(built):
    headers = rules(built({"content/x.md": "Text."}, NETLIFY) / "_headers")["/*"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


def test_fingerprinted_files_are_kept_for_ever(built):
    assert rules(built({"content/x.md": "Text."}, NETLIFY) / "_headers")["/static/*"] == {
        "Cache-Control": "public, max-age=31536000, immutable"
    }


def test_a_site_adds_and_replaces_headers(built):
    settings = NETLIFY + 'headers:\n  "/*": {X-Frame-Options: SAMEORIGIN}\n  "/downloads/*": {X-Robots-Tag: noindex}\n'
    headers = rules(built({"content/x.md": "Text."}, settings) / "_headers")
    assert headers["/*"]["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["/downloads/*"] == {"X-Robots-Tag": "noindex"}


def test_headers_stand_below_the_base_path(built):
    output = built({"content/x.md": "Text."}, NETLIFY, overrides={"base_url": "https://x.example/base/"})
    assert set(rules(output / "_headers")) == {"/base/*", "/base/static/*"}


def test_a_preview_is_kept_from_search_engines_by_a_header(built):
    output = built({"content/x.md": "Text."}, NETLIFY, overrides={"base_url": "https://preview.example/"})
    assert rules(output / "_headers")["/*"]["X-Robots-Tag"] == "noindex"


# The redirects of site.yaml

SET = """redirects:
  /old/: /new/
  /gone: https://elsewhere.example/x
  /file.php: new.md#part
  /summer/: {to: /new/, status: 302}
"""
NEW = {"content/new.md": "## Part"}


def test_a_redirect_of_site_yaml_is_a_stub_on_a_plain_host(built):
    output = built(NEW, SET)
    assert stub(output / "old" / "index.html") == ("https://small.example/new/", "/new/", "/new/")
    assert stub(output / "gone" / "index.html")[2] == "https://elsewhere.example/x"
    assert stub(output / "file.php")[2] == "/new/#part"


def test_a_redirect_of_site_yaml_is_a_rule_with_its_status(built):
    rules = (built(NEW, NETLIFY + SET, overrides={"base_url": "https://x.example/b/"}) / "_redirects").read_text().splitlines()
    assert rules == [
        "/b/file.php /b/new/#part 301",
        "/b/gone/ https://elsewhere.example/x 301",
        "/b/gone https://elsewhere.example/x 301",
        "/b/old/ /b/new/ 301",
        "/b/old /b/new/ 301",
        "/b/summer/ /b/new/ 302",
        "/b/summer /b/new/ 302",
    ]


def test_a_redirect_of_many_addresses_is_a_rule_after_all_others(built):
    settings = NETLIFY + "redirects:\n  /a/*: /new/\n  /a/b/*: https://x.example/:splat\n  /a/z/: /new/\n"
    rules = (built(NEW, settings) / "_redirects").read_text().splitlines()
    assert rules == ["/a/z/ /new/ 301", "/a/z /new/ 301", "/a/b/* https://x.example/:splat 301", "/a/* /new/ 301"]


@pytest.mark.parametrize("hosting", ["plain", "netlify"])
@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("/old/: /nwe/", "site.yaml:5:10: error[broken-link]: '/nwe/' is not a page or a file of this site"),
        ("/old/: /new/#prat", "site.yaml:5:10: error[broken-anchor]: there is no `#prat` on /new/"),
        ("/old/: draft.md", "site.yaml:5:10: error[broken-link]: 'draft.md' is a draft, and so not in this site"),
        ("/new/: /", "content/new.md: error[collision]: site.yaml and content/new.md both want the address '/new/'"),
        ("/new: /", "content/new.md: error[collision]: site.yaml and content/new.md both want the address '/new/'"),
        ("/kept/: /", "content/new.md: error[collision]: site.yaml and content/new.md both want the address '/kept/'"),
        ("/old/: /old/", "site.yaml:5:3: error[bad-alias]: the old address '/old/' leads back to itself"),
    ],
)
def test_a_redirect_of_site_yaml_that_cannot_be_one_is_an_error_at_its_line(refused, hosting: str, entry: str, message: str):
    files = {"content/new.md": post("## Part", aliases="[/kept/]"), "content/draft.md": post(draft="true"), "content/index.md": "x"}
    assert refused(files, f"hosting: {hosting}\nredirects:\n  {entry}\n") == [message]


def test_redirects_of_site_yaml_that_lead_round_are_errors(refused):
    assert refused(NEW, "redirects:\n  /a/: /b/\n  /b/: /a/\n") == [
        "site.yaml:4:3: error[bad-alias]: the old address '/a/' leads back to itself",
        "site.yaml:5:3: error[bad-alias]: the old address '/b/' leads back to itself",
    ]


def test_a_chain_of_redirects_is_a_warning_with_its_end_and_made_short(site_of, build):
    settings = f"title: x\nurl: https://x.example/\n{NETLIFY}redirects:\n  /a/: /b/\n  /b/: /new/\n"
    root = site_of({"site.yaml": settings, **NEW})
    (problem,) = build(root).warnings
    assert as_text(problem, "warn").splitlines()[0] == (
        "site.yaml:5:3: warning[redirect-chain]: the old address '/a/' leads to another old address, '/b/'"
    )
    assert problem.hint == "lead it to the end at once: `/new/`"
    assert "/a/ /new/ 301" in (root / "build" / "_redirects").read_text()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("redirects: {/a/*: /new/}", "stands for many addresses"),
        ("hosting: netlify\nredirects: {/a/: /new/:splat}", "no `*` that it could stand for"),
        ("redirects: {old/: /new/}", "expected a path of this site"),
        ("redirects: {'/a?b': /new/}", "expected a path alone"),
        ("redirects: {/a/*/b/: /new/}", "elsewhere than at its end"),
        ("redirects: {/a/: 'javascript:alert(1)'}", "expected an address"),
        ("redirects: {/a/: {status: 301}}", "leads nowhere"),
        ("redirects: {/a/: {to: /new/, status: 307}}", "expected"),
        ("redirects: {/../a/: /new/}", "holds"),
    ],
)
def test_a_mistake_in_the_redirects_of_site_yaml_is_one_of_the_settings(refused, settings: str, message: str):
    (problem,) = refused(NEW, settings + "\n")
    assert problem.startswith("site.yaml:")
    assert "error[settings]" in problem
    assert message in problem


def test_a_redirect_of_many_addresses_may_not_cover_a_page(refused):
    files = {"content/a/new.md": "Text."}
    assert refused(files, NETLIFY + "redirects: {/a/*: /}\n")[0].startswith(
        "site.yaml:4:13: error[bad-alias]: the old addresses '/a/*' would lead away from '/a/new/', which is a page"
    )


def test_a_link_below_a_redirect_of_many_addresses_is_told_the_new_one(site_of, build):
    settings = f"title: x\nurl: https://x.example/\n{NETLIFY}redirects: {{/a/*: 'https://y.example/:splat'}}\n"
    (problem,) = build(site_of({"site.yaml": settings, "content/x.md": "[a](/a/b/c/?x#y)"})).warnings
    assert (problem.rule, problem.hint) == ("redirected-link", "link to its new one: `https://y.example/b/c/#y`")


def test_a_page_s_redirect_to_nothing_is_an_error_at_its_line(refused):
    assert refused({"content/x.md": post(redirect_to="/nowhere/")}, NETLIFY) == [
        "content/x.md:2:14: error[broken-link]: '/nowhere/' is not a page or a file of this site"
    ]


def test_an_alias_of_zola_s_goes_by_the_root(built):
    front = '+++\ntitle = "X"\naliases = ["old", "older/one"]\n\n[extra]\na = 1\n+++\n\nText.\n'
    output = built({"content/docs/x.md": front})
    assert (output / "old/index.html").is_file()
    assert (output / "older/one/index.html").is_file()


def test_an_alias_of_hugo_s_stands_beside_the_page(built):
    assert (built({"content/docs/x.md": '+++\naliases = ["old"]\n+++\n\nText.\n'}) / "docs/old/index.html").is_file()
