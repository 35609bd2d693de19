"""What is published of protected pages: a locked page, sealed files, and no word anywhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.encryption import opened_file
from sitegen.errors import SitegenError
from sitegen.freeze import Built
from tests.conftest import Build, SiteOf, dom, tree
from tests.protecting import FILES, PASSWORD, SECRET, SETTINGS, SITE, VARIABLE, content_of, contents, document_of, key_of, told


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSWORD)


@pytest.fixture
def site(site_of: SiteOf, build: Build) -> Path:
    root = site_of(FILES)
    build(root)
    return root


def offer(root: Path) -> Path:
    """The locked page of content/clients/offer.md, which has no slug."""
    (found,) = (page for page in (root / "build/clients").iterdir() if re.fullmatch("[0-9a-f]{16}", page.name))
    return found / "index.html"


def failure(build: Build, root: Path) -> list[str]:
    with pytest.raises(SitegenError) as caught:
        build(root)
    return [f"{each.path}:{each.line}: {each.rule}: {each.message} | {each.hint}" for each in caught.value.problems]


def warnings(built: Built) -> list[tuple[str, int, str]]:
    return [(each.path, each.line, each.rule) for each in built.warnings]


def links(html: str, kind: str = "//main//a/@href") -> list[str]:
    return [str(each) for each in dom(f"<html><body>{html}</body></html>").xpath(kind)]


# What everybody sees


def test_no_word_of_a_protected_page_is_published(site: Path):
    assert told(site) == []


def test_a_page_is_at_an_address_that_says_nothing_or_at_the_slug_that_its_author_chose(site: Path):
    found = sorted(path.parent.name for path in (site / "build/clients").rglob("index.html"))
    assert [name for name in found if name not in {"clients", "terms"} and not re.fullmatch("[0-9a-f]{16}", name)] == []
    assert len(found) == 3


def test_a_locked_page_is_not_for_search_engines(site: Path):
    for page in (site / "build/clients").rglob("index.html"):
        head = dom(page)
        assert head.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
        assert head.xpath("//link[@rel='canonical'] | //meta[starts-with(@property, 'og:url')] | //link[@rel='alternate'][@hreflang]") == []


@pytest.mark.parametrize("name", ["sitemap.xml", "atom.xml", "rss.xml", "feed.json", "llms.txt", "index.md", "blog/atom.xml"])
def test_lists_for_programs_have_no_protected_page(site: Path, name: str):
    text = (site / "build" / name).read_text()
    found = re.findall(r"/clients/\w+/", text)
    # What a public page links to is in its text.
    assert found == (re.findall(r"/clients/[0-9a-f]{16}/", text) if name == "index.md" else [])


def test_only_its_title_and_its_slug_can_be_made_public(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/clients/offer.md": f"---\ntitle: {SECRET}\npublic_title: An offer\nslug: offer\n---\n\n{SECRET}\n"})
    build(root)
    page = dom(root / "build/clients/offer/index.html")
    assert page.xpath("//title")[0].text_content() == "An offer · Small"
    assert "An offer" in page.xpath("//main")[0].text_content()
    assert told(root) == []


def test_two_pages_with_one_slug_are_an_error(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/clients/more.md": "---\nslug: terms\n---\n\nMore.\n"})
    (problem,) = failure(build, root)
    assert problem.startswith("content/clients/terms.md:0: collision: ")


def test_a_public_page_at_the_address_of_a_group_is_an_error(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/x.md": "---\npermalink: /clients/\n---\n\nOpen.\n"})
    assert ["collision" in each for each in failure(build, root)] == [True]


@pytest.mark.parametrize("key", ["aliases: [/old/]", "redirect: /blog/first/", "redirect: https://elsewhere.example/"])
@pytest.mark.parametrize("hosting", ["plain", "netlify"])
def test_no_redirect_tells_where_a_protected_page_is(site_of: SiteOf, build: Build, key: str, hosting: str):
    page = f"---\ntitle: {SECRET}\n{key}\n---\n\n{SECRET}\n"
    root = site_of({**FILES, "site.yaml": f"{SETTINGS}hosting: {hosting}\n", "content/clients/moved.md": page})
    build(root)
    assert not (root / "build/old").exists()
    rules = root / "build/_redirects"
    assert not rules.exists() or "old" not in rules.read_text()
    assert told(root, "elsewhere.example") == []


def test_a_permalink_of_a_protected_page_counts_for_nothing(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/clients/placed.md": f"---\npermalink: /zwetschgen/\n---\n\n{SECRET}\n"})
    build(root)
    assert not (root / "build/zwetschgen").exists()
    assert told(root, "zwetschgen") == []


@pytest.mark.parametrize("hosting", ["netlify", "cloudflare"])
def test_the_policy_allows_what_an_opened_page_needs(site_of: SiteOf, build: Build, hosting: str):
    root = site_of({**FILES, "site.yaml": f"{SETTINGS}hosting: {hosting}\n"})
    build(root)
    (policy, *_) = re.findall("Content-Security-Policy: (.*)", (root / "build/_headers").read_text())
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert "sealed" in parts["trusted-types"]
    assert "blob:" in parts["img-src"]
    assert "blob:" in parts["media-src"]
    assert "'unsafe-inline'" not in policy


def test_a_menu_may_name_a_protected_page_and_says_nothing_of_it(site_of: SiteOf, build: Build):
    menus = "menus: {main: [{page: clients/offer.md}, {title: For you, page: clients/terms.md}]}\n"
    root = site_of({**FILES, "site.yaml": SETTINGS + menus})
    build(root)
    found = dom(root / "build/blog/first/index.html").xpath("//nav//a[starts-with(@href, '/clients/')]")
    assert [(each.text_content().strip(), each.get("href")) for each in found[:2]] == [
        ("Protected page", f"/clients/{offer(root).parent.name}/"),
        ("For you", "/clients/terms/"),
    ]
    assert told(root) == []


def test_a_menu_that_names_no_page_is_an_error(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "site.yaml": f"{SETTINGS}menus: {{main: [{{page: clients/gone.md}}]}}\n"})
    (problem,) = failure(build, root)
    assert problem.startswith("site.yaml:4")


# What readers see


def test_a_page_is_rendered_by_its_templates_and_bound_to_its_address(site: Path):
    document, page = document_of(offer(site)), content_of(offer(site))
    assert document is not None
    assert (document["site"], document["group"]) == (SITE, "clients")
    assert document["page"] == f"/clients/{offer(site).parent.name}/"
    assert page["title"] == f"Offer {SECRET} · Small"
    assert dom(page["html"]).xpath("//main//h1")[0].text_content().strip() == f"Offer {SECRET}"


def test_links_lead_to_protected_and_public_pages_and_to_their_parts(site: Path):
    found = links(content_of(offer(site))["html"])
    assert {"/clients/terms/#price", "/blog/first/"} <= {*found}


def test_the_contents_page_lists_the_group_newest_first(site: Path):
    page = content_of(site / "build/clients/index.html")
    names = dom(page["html"]).xpath("//ul[contains(@class, 'sealed-list')]/li//a")
    assert [each.text_content().strip() for each in names if each.getparent().tag != "p"] == ["Terms", f"Offer {SECRET}"]
    assert dom(page["html"]).xpath("//input[@type='search'][contains(@class, 'narrow-list')]")


def test_a_picture_and_a_download_are_sealed_and_open(site: Path):
    page = content_of(offer(site))
    ((href, known),) = page["files"].items()
    assert known == {"type": "image/png", "name": "plan.png"}
    assert links(page["html"], "//img/@src") == [href]
    data = (site / "build" / href.removeprefix("/")).read_bytes()
    assert opened_file(data, key_of(), href) == FILES["content/clients/plan.png"]


def test_under_a_base_path_everything_is_bound_to_the_whole_address(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "site.yaml": SETTINGS.replace("example/", "example/docs/") + f"site_id: {SITE}\n"})
    build(root)
    page = content_of(offer(root))
    ((href, _),) = page["files"].items()
    document = document_of(offer(root))
    assert document is not None
    assert document["page"].startswith("/docs/clients/")
    assert {"/docs/clients/terms/#price", "/docs/blog/first/"} <= {*links(page["html"])}
    assert href.startswith("/docs/_sealed/")
    assert opened_file((root / "build" / href.removeprefix("/docs/")).read_bytes(), key_of(), href)


@pytest.mark.parametrize(
    ("link", "rule"),
    [
        ("terms.md#prize", "broken-anchor"),
        ("gone.md", "broken-link"),
        ("Terms.md", "broken-link"),
        ("../blog/first.md#no", "broken-anchor"),
        ("/nowhere/", "broken-link"),
        ("/clients/nothing/", "broken-link"),
        ("#nothing", "broken-anchor"),
    ],
)
def test_a_broken_link_of_a_protected_page_is_told_of_by_its_line_alone(site_of: SiteOf, build: Build, link: str, rule: str):
    root = site_of({**FILES, "content/clients/x.md": f"# X\n\nThe [{SECRET}]({link}).\n"})
    (problem,) = failure(build, root)
    assert problem.startswith(f"content/clients/x.md:3: {rule}: ")
    assert SECRET not in problem
    assert link not in problem


def test_a_missing_picture_likewise(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/clients/x.md": f"# X\n\n![{SECRET}](gone.png)\n"})
    (problem,) = failure(build, root)
    assert problem.startswith("content/clients/x.md:3: missing-image: ")
    assert "gone" not in problem


@pytest.mark.parametrize(
    ("link", "rule"), [("clients/gone.md", "broken-link"), ("clients/Offer.md", "broken-link"), ("/clients/no/", "broken-link")]
)
def test_a_broken_link_of_a_public_page_names_no_protected_one(site_of: SiteOf, build: Build, link: str, rule: str):
    root = site_of({**FILES, "content/index.md": f"# X\n\nThe [it]({link}).\n"})
    (problem,) = failure(build, root)
    assert problem.startswith(f"content/index.md:3: {rule}: ")
    assert "offer.md" not in problem


@pytest.mark.parametrize("text", ["![A](/clients/plan.png)", "[A](clients/plan.png)", '<img src="/clients/plan.png" alt="A">'])
def test_a_file_that_a_public_page_uses_too_is_an_error_at_that_page(site_of: SiteOf, build: Build, text: str):
    root = site_of({**FILES, "content/x.md": f"# X\n\n{text}\n"})
    (problem,) = failure(build, root)
    assert problem.startswith("content/x.md:3: ")
    assert told(root) == []


def test_a_picture_elsewhere_that_a_protected_page_shows_is_sealed_with_it(site_of: SiteOf, build: Build):
    picture = {"content/pictures/p.png": SECRET, "content/clients/x.md": "![A](/pictures/p.png)\n"}
    root = site_of({**FILES, **picture})
    build(root)
    assert told(root) == []
    assert len(tree(root / "build/_sealed")) == 2


def test_translations_of_a_protected_page_are_protected_and_linked(site_of: SiteOf, build: Build):
    french = {"content/clients/offer.fr.md": f"# {SECRET} en français\n", "content/index.fr.md": "# Bonjour\n"}
    root = site_of({**FILES, **french, "site.yaml": f"{SETTINGS}languages: {{fr: {{}}}}\n"})
    build(root)
    assert told(root) == []
    locked = {dom(page).get("lang") for page in (root / "build/clients").rglob("index.html")}
    assert locked == {"en", "fr"}
    read = {page["title"] for page in contents(root / "build").values()}
    assert f"{SECRET} en français · Small" in read


def test_a_language_that_protected_pages_alone_have_has_a_front_page(site_of: SiteOf, build: Build):
    root = site_of({**FILES, "content/clients/x.fr.md": SECRET, "site.yaml": f"{SETTINGS}languages: {{fr: {{}}}}\n"})
    build(root)
    assert (root / "build/fr/index.html").exists()
    assert told(root) == []


def test_scripts_are_run_where_the_site_trusts_its_html_alone(site_of: SiteOf, build: Build):
    for way, run in {"sanitise": False, "trust": True}.items():
        root = site_of({**FILES, "site.yaml": f"{SETTINGS}content: {{html: {way}}}\n"})
        build(root)
        assert content_of(offer(root))["run"] is run


def test_a_page_that_becomes_public_and_protected_again_is_the_same_bytes(site: Path, build: Build):
    before = tree(site / "build")
    page = site / "content/clients/terms.md"
    text = page.read_text()
    page.rename(site / "content/terms.md")
    (site / "content/clients/offer.md").write_text("# Another\n")
    build(site)
    assert (site / "build/terms/index.html").exists()
    (site / "content/terms.md").rename(page)
    page.write_text(text)
    (site / "content/clients/offer.md").write_text(str(FILES["content/clients/offer.md"]))
    build(site)
    assert tree(site / "build") == before
    assert told(site) == []


def test_each_page_and_each_file_has_a_key_of_its_own(site_of: SiteOf, build: Build):
    root = site_of({**FILES, **{f"content/clients/n{number}.md": f"{SECRET}\n" for number in range(20)}})
    build(root)
    documents = [found for page in (root / "build/clients").rglob("index.html") if (found := document_of(page))]
    sivs = [found["siv"] for found in documents]
    assert len({*sivs}) == len(sivs) == 23
    assert len({json.dumps(found["slots"]) for found in documents}) == 1


# Previews


def test_a_preview_without_passwords_has_locked_pages_at_the_same_addresses(site: Path, build: Build, monkeypatch: pytest.MonkeyPatch):
    real = {name for name in tree(site / "build") if name.startswith("clients/")}
    monkeypatch.delenv(VARIABLE)
    built = build(site, overrides={"allow_locked": True})
    assert {name for name in tree(site / "build") if name.startswith("clients/")} == real
    assert contents(site / "build") == {}
    assert not (site / "build/_sealed").exists()
    assert told(site) == []
    assert built.pages == 4
    monkeypatch.setenv(VARIABLE, PASSWORD)
    build(site)
    assert len(contents(site / "build")) == 3


def test_a_preview_is_the_same_bytes_with_and_without_a_cache(site: Path, build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv(VARIABLE)
    build(site, overrides={"allow_locked": True})
    build(site, output=tmp_path / "clean", clean=True, overrides={"allow_locked": True})
    assert tree(site / "build") == tree(tmp_path / "clean")
