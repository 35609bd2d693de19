"""Addresses: what they may hold, how they are made, the files they are written to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import urls

HOSTILE = [
    "/../../pwn.html",
    "/a/../b/",
    "/./a/",
    "/../out-evil/x",
    "////tmp/x.html",
    "//evil/",
    "/a//b/",
    "",
    "a/b/",
    "http://evil/",
    "javascript:alert(1)",
    "/http://evil/",
    "/javascript:alert(1)/",
    "/%2e%2e/x.html",
    "/_headers",
    "/_redirects",
    "/_worker.js",
    "/docs/_headers",
    "/.git/config",
    "/.gitignore",
    "/.htaccess",
    "/.sitegen",
    "/-rf.html",
    "/con",
    "/CON/",
    "/nul.html",
    "/aux.tar.gz",
    "/com1/",
    "/lpt9.txt",
    "/a.",
    "/a./b/",
    "/a ",
    "/a /b/",
    "/what?",
    "/a#b/",
    "/x?x=1",
    "/a\nb/",
    "/old /evil 301\n/* https://evil/ 302!",
    "/a\rb/",
    "/a\tb/",
    "/a\x00b/",
    "/a\x7f/",
    "/a\x85b/",
    "/a\u2028b/",
    "/a\\b/",
    "/c:/x/",
    "/a*b/",
    '/a"b/',
    "/a<b>/",
    "/a|b/",
    "/100%/",
    "/\u202egnp.html",
    "/a\u200fb/",
    "/a\u2066b/",
    "/a\u061cb/",
    "/a\ud800b/",
    "/a\uffffb/",
    "/" + "a" * 300 + "/",
    "/" + "🎉" * 70 + "/",
]
GOOD = [
    "/",
    "/blog/",
    "/blog/grüße/",
    "/a.html",
    "/docs/v1.2/",
    "/日本語/",
    "/a b/",
    "/.well-known/x.txt",
    "/a-b_c~d/",
    "/console/",
    "/" + "a" * 255 + "/",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_an_address_that_is_no_file_on_every_host_is_refused(path):
    assert urls.fault(path)


@pytest.mark.parametrize("path", GOOD)
def test_an_address_that_is_a_file_on_every_host_passes(path):
    assert urls.fault(path) == ""


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/../x/", "holds `..`"),
        ("/_headers", "uses the reserved name `_headers`"),
        ("/a\nb/", "holds the character U+000A"),
        ("/a?b/", "holds `?`"),
        ("/nul.html", "uses `nul.html`, a device name on Windows"),
        ("/a ", "has a part that ends with the character U+0020"),
        ("/-rf.html", "has a part that starts with `-`"),
        ("/" + "🎉" * 70 + "/", "has a part of 280 bytes, the limit is 255"),
    ],
)
def test_a_refusal_says_what_is_wrong(path, reason):
    assert urls.fault(path) == reason


@given(st.text())
def test_no_text_breaks_the_check(text):
    assert isinstance(urls.fault("/" + text), str)


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), min_size=1), min_size=1))
def test_an_address_that_passes_stays_in_the_output_folder(parts):
    path = "/" + "/".join(parts)
    if not urls.fault(path):
        segments = urls.file_of(path).split("/")
        assert not {"", ".", ".."}.intersection(segments)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("C", "c"),
        ("C++", "cpp"),
        ("c#", "csharp"),
        ("F#", "fsharp"),
        (".NET", "dotnet"),
        ("Modern C++ and C#", "modern-cpp-and-csharp"),
        ("example.net", "example-net"),
        ("What's new", "whats-new"),
        ("It’s here", "its-here"),
        ("naïve café", "naïve-café"),
        ("cafe\u0301", "café"),
        ("Straße", "straße"),
        ("ﬁnal ①", "final-1"),
        ("日本語 テスト", "日本語-テスト"),
        ("हिन्दी में", "हिन्दी-में"),
        ("ภาษาไทย", "ภาษาไทย"),
        ("نمی\u200cخواهم", "نمی-خواهم"),
        ("snake_case", "snake-case"),
        ("--a -- b--", "a-b"),
        ("1️⃣ first", "1-first"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\u202eb", "ab"),
        ("🎉", ""),
        ("❤️", ""),
        ("👨\u200d👩\u200d👧", ""),
        ("?!", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_of_any_script(text, slug):
    assert urls.slugify(text) == slug


@pytest.mark.parametrize("text", ["word " * 60, "漢字 " * 60, "a" * 300, "漢" * 300])
def test_a_slug_is_cut_to_what_every_disk_takes(text):
    slug = urls.slugify(text)
    assert 100 < len(slug.encode()) <= urls.SLUG_BYTES
    assert urls.fault(f"/{slug}/") == ""


def test_a_long_slug_is_cut_between_words():
    assert urls.slugify("word " * 60).split("-") == ["word"] * 24


@given(st.text())
def test_slugifying_twice_is_slugifying_once(text):
    slug = urls.slugify(text)
    assert urls.slugify(slug) == slug


@given(st.text(min_size=1))
def test_a_slug_is_a_good_address_unless_windows_minds(text):
    slug = urls.slugify(text)
    assert not slug or urls.fault(f"/{slug}/") in {"", f"uses `{slug}`, a device name on Windows"}


@pytest.mark.parametrize(
    ("path", "normal"),
    [
        ("a", "/a/"),
        ("/a", "/a/"),
        ("/a/", "/a/"),
        ("/a.html", "/a.html"),
        ("/A.HTML", "/A.HTML"),
        ("/feed.xml", "/feed.xml"),
        ("/v1.2", "/v1.2/"),
        ("/a/index.html", "/a/"),
        ("index.html", "/"),
        ("", "/"),
        ("/", "/"),
        ("/cafe\u0301", "/café/"),
    ],
)
def test_an_address_has_one_normal_form(path, normal):
    assert urls.normalise(path) == normal


@pytest.mark.parametrize(
    ("one", "other"), [("/about.html", "/About.html"), ("/café/", "/cafe\u0301/"), ("/a/", "/a/index.html"), ("/straße/", "/STRASSE/")]
)
def test_paths_that_some_host_takes_for_one_file_have_one_key(one, other):
    assert urls.key(one) == urls.key(other)


def test_paths_of_two_files_have_two_keys():
    assert urls.key("/a/") != urls.key("/a.html")


@pytest.mark.parametrize("path", ["/", "/a/", "/a/b.html", "/a/index.md", "/grüße/"])
def test_path_of_is_the_reverse_of_file_of(path):
    assert urls.path_of(urls.file_of(path)) == path


@pytest.mark.parametrize(
    ("path", "href"),
    [("/grüße/", "/docs/gr%C3%BC%C3%9Fe/"), ("/a b/", "/docs/a%20b/"), ("/it's/", "/docs/it's/"), ('/"<>', "/docs/%22%3C%3E")],
)
def test_an_href_is_encoded_and_stands_below_the_base(path, href):
    assert urls.href(path, "/docs") == href


@pytest.mark.parametrize("path", ["/", "/grüße/", "/a b/", "/100%/", "/a+b/"])
def test_the_path_of_an_href_is_the_path_it_was_made_of(path):
    assert urls.path_of_href(urls.href(path, "/docs"), "/docs") == path


@pytest.mark.parametrize("href", ["/", "/docsmore/", "/other/", "https://example.org/docs/"])
def test_an_href_outside_the_base_has_no_path(href):
    assert urls.path_of_href(href, "/docs") is None


@pytest.mark.parametrize(("path", "twin"), [("/a/", "/a/index.md"), ("/a.html", "/a.md"), ("/a.txt", "/a.txt.md"), ("/", "/index.md")])
def test_the_twin_stands_beside_the_page(path, twin):
    assert urls.twin_of(path) == twin


def test_a_pattern_names_its_tokens():
    assert urls.tokens("/:year/:i_month/:slug.html") == ["year", "i_month", "slug"]


def test_an_empty_token_leaves_no_empty_segment():
    assert urls.expand("/:categories/:slug/", {"categories": "", "slug": "x"}) == "/x/"


def test_an_unknown_token_cannot_be_expanded():
    with pytest.raises(KeyError):
        urls.expand("/:nope/", {"slug": "x"})
