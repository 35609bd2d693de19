"""Video, audio, figures and pages of other sites: lines of ours, and the policy that lets a browser load what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import ProblemsFound
from sitegen.markup import Options, render
from sitegen.pages import origin_of
from tests.conftest import Build, SiteOf, dom, tree
from tests.test_pictures import picture

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def html(text: str, **options: object) -> str:
    return render(text, Options(**options)).body.html.replace("\n", "")  # type: ignore[arg-type]


def problems(text: str, **options: object) -> list[tuple[str, int, int]]:
    return [(problem.rule, problem.line, problem.column) for problem in render(text, Options(**options)).problems]  # type: ignore[arg-type]


# What each line becomes.


def test_a_video_of_the_site_waits_for_its_reader_and_has_captions():
    made = '<video controls="" preload="none" src="t.mp4" poster="t.jpg" aria-label="A talk">'
    track = '<track kind="captions" default="" src="t.vtt" srclang="en">'
    text = '::video[A talk]{src="t.mp4" poster="t.jpg" captions="t.vtt" lang=en}'
    assert html(text) == f"<figure>{made}{track}</video><figcaption>A talk</figcaption></figure>"
    assert problems(text) == []


def test_a_sound_of_the_site():
    made = '<figure><audio controls="" preload="none" src="s.mp3" aria-label="A song"></audio><figcaption>A song</figcaption></figure>'
    assert html("::audio[A song]{src=s.mp3}") == made


def test_a_figure_has_a_caption_with_markdown():
    made = '<figure><img src="a_b_c.png" alt="A" width="40"><figcaption>See <em>this</em> <a href="b.md">one</a></figcaption></figure>'
    assert html('::figure[See *this* [one](b.md)]{src="a_b_c.png" alt="A" width=40}') == made


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (YOUTUBE, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        (f"{YOUTUBE}&t=1h2m3s", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=3723"),
        ("https://youtu.be/dQw4w9WgXcQ?t=90", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=90"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"),
        ("https://vimeo.com/76979871/abcdef1234", "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=abcdef1234"),
        ("https://maps.example.org/a b?q=<x>", "https://maps.example.org/a%20b?q=%3Cx%3E"),
    ],
)
def test_an_embed_is_a_link_that_names_where_it_leads_until_a_reader_asks_for_it(address: str, frame: str):
    rendered = render(f'::embed[A & B]{{src="{address}" poster="p.jpg"}}', Options(embeds=("maps.example.org",)))
    (figure,) = dom(rendered.body.html).xpath("//figure[@class='embed']")
    (link,) = figure.xpath("./a")
    assert (figure.get("data-embed"), rendered.embeds) == (frame, (frame,))
    assert (link.get("href"), link.xpath("./img/@src"), link.xpath("./img/@alt")) == (address, ["p.jpg"], [""])
    assert link.xpath("string(./span[@class='embed-title'])") == "A & B"
    assert rendered.problems == ()


def test_such_lines_stand_in_lists_and_quotes_and_side_by_side():
    text = "- one\n\n    ::audio[A]{src=a.mp3}\n\n> ::audio[B]{src=b.mp3}\n\n::audio[C]{src=c.mp3}\n::audio[D]{src=d.mp3}\n"
    assert html(text).count("<figure><audio") == 4


@pytest.mark.parametrize("text", [":: video", "::unknown[x]{src=a}", "a ::video[x]{src=a}", "`::video[x]{src=a}`", "::videos[x]"])
def test_what_is_only_like_such_a_line_stays_text(text: str):
    assert "figure" not in html(text)
    assert problems(text) == []


# What is wrong.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("::video[A](a.mp4)", [("bad-directive", 1, 1)]),
        ("Text.\n\n::video[A]{src=a.mp4 loop}", [("bad-directive", 3, 1)]),
        ("::video[A]{src=a.mp4 loop=1 width=wide}", [("bad-directive", 1, 1), ("bad-directive", 1, 1)]),
        ("::video[A]", [("bad-directive", 1, 1)]),
        ("::video{src=a.mp4}", [("missing-alt", 1, 1)]),
        ("::figure[A]{src=a.png}", [("missing-alt", 1, 1)]),
        ('::figure[A]{src=a.png alt=""}', []),
        ("> ::embed[A]{src=https://evil.example/}", [("embed-host", 1, 3)]),
        ("::embed[A]{src=https://youtube.com/feed}", [("bad-directive", 1, 1)]),
        ("::embed[A]{src=talk.mp4}", [("bad-directive", 1, 1)]),
        ("::embed[A]{src=javascript:alert(1)}", [("bad-directive", 1, 1)]),
        ("::embed[A]{src=https://www.youtube.com@evil.example/}", [("bad-directive", 1, 1)]),
        ("```\n::audio{src=a.mp3}\n```\n\n::audio{src=a.mp3}\n\n::audio{src=a.mp3}", [("missing-alt", 5, 1), ("missing-alt", 7, 1)]),
    ],
)
def test_a_mistake_in_such_a_line_is_named_at_its_place(text: str, expected: list[tuple[str, int, int]]):
    assert problems(text) == expected


def test_a_host_that_is_not_allowed_stays_a_link():
    made = html("::embed[A]{src=https://evil.example/}")
    assert "data-embed" not in made
    assert 'href="https://evil.example/"' in made


@pytest.mark.parametrize(
    "text",
    [
        '<figure class="embed" data-embed="https://evil.example/"><a href="https://a.example">x</a></figure>',
        '<figure class="embed" data-embed="7"><a href="https://a.example">x</a></figure>',
        '<div data-embed="0"><a href="https://a.example">x</a></div>',
    ],
)
def test_no_raw_html_makes_a_player(text: str):
    made = html(f"{text}\n\n::embed[A]{{src={YOUTUBE}}}")
    assert made.count("data-embed") == 1
    assert "evil" not in made


@pytest.mark.parametrize("text", ["<img src=x onerror=alert(1)>", '" onload="alert(1)', "<script>alert(1)</script>"])
def test_nothing_in_such_a_line_acts(text: str):
    made = html(f"::video[{text}]{{src=a.mp4}}\n\n::embed[{text}]{{src={YOUTUBE}}}\n\n::figure[{text}]{{src='{text}' alt='{text}'}}")
    tree = dom(f"<div>{made}</div>")
    assert tree.xpath("//script | //@onerror | //@onload") == []


def test_many_brackets_take_no_time():
    assert "::video" in html("::video[" + "][" * 4000)


def test_files_that_such_a_line_names_are_checked(site_of: SiteOf, build: Build):
    root = site_of({"content/x.md": '# X\n\n::video[A]{src="gone.mp4" poster=gone.jpg captions="gone.vtt"}\n'})
    with pytest.raises(ProblemsFound) as found:
        build(root)
    assert [(problem.rule, problem.line, problem.column) for problem in found.value.problems] == [
        ("missing-image", 3, 17),
        ("missing-image", 3, 34),
        ("missing-image", 3, 53),
    ]


# On the site.


def test_a_video_has_the_size_of_its_poster(built):
    files = {"content/x.md": "# X\n\n::video[A]{src=a.mp4 poster=a.png}\n", "content/a.mp4": b"x", "content/a.png": picture("PNG")}
    (video,) = dom(built(files) / "x/index.html").xpath("//video")
    assert (video.get("width"), video.get("height"), video.get("poster")) == ("40", "20", "/a.png")


def test_only_pages_with_an_embed_have_the_script(built):
    output = built({"content/x.md": f"# X\n\n::embed[A]{{src={YOUTUBE}}}\n", "content/y.md": "# Y\n\nText.\n"})
    assert len(dom(output / "x/index.html").xpath("//script[contains(@src, '/embed.')]")) == 1
    assert "/embed." not in (output / "y/index.html").read_text()


NETLIFY = "hosting: netlify\n"


def policy(output: Path) -> dict[str, str]:
    line = next(line for line in (output / "_headers").read_text().splitlines() if "Content-Security-Policy" in line)
    return dict(part.strip().partition(" ")[::2] for part in line.split(": ", 1)[1].split(";"))


def test_a_site_that_shows_nothing_from_elsewhere_allows_nothing(built):
    found = policy(built({"content/x.md": "[a](https://a.example/)"}, NETLIFY))
    assert (found["img-src"], found["media-src"], found.get("frame-src")) == ("'self' data:", "'self'", None)


def test_the_policy_allows_what_pages_show_from_elsewhere_and_no_more(built):
    text = (
        "![a](https://a.example/x.png) ![b](http://B.example:8080/y.png)\n\n"
        '<video src="https://v.example/x.mp4" poster="//p.example/p.jpg"></video>\n\n'
        f"::embed[A]{{src={YOUTUBE}}}\n"
    )
    front = "---\ntitle: X\nimage: https://c.example/card.png\n---\n\n"
    draft = "---\ndraft: true\n---\n\n![d](https://draft.example/x.png)\n"
    found = policy(built({"content/x.md": front + text, "content/y.md": draft}, NETLIFY))
    assert found["img-src"] == "'self' data: https://a.example https://b.example:8080 https://c.example https://p.example"
    assert found["media-src"] == "'self' https://v.example"
    assert found["frame-src"] == "https://www.youtube-nocookie.com"


def test_a_line_of_headers_stays_short_however_many_hosts_there_are(built):
    text = "\n".join(f"![a](https://host-{number}.example/x.png)" for number in range(100))
    output = built({"content/x.md": text}, NETLIFY)
    assert policy(output)["img-src"] == "'self' data: https:"
    assert max(map(len, (output / "_headers").read_text().splitlines())) < 2000


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://a.example; script-src *", ""),
        ("https://a.example/;x", "https://a.example"),
        ("https://grüße.example/x", "https://xn--gre-6ka8l.example"),
        ("https://a\n.example/x", "https://a.example"),
        ("https://[::1]:8443/x", "https://[::1]:8443"),
        ("https://[x", ""),
        ("https://a.example:99999/", ""),
        ("x.png", ""),
        ("data:image/png;base64,AA==", ""),
    ],
)
def test_an_origin_cannot_widen_the_policy(address: str, origin: str):
    assert origin_of(address) == origin


def test_a_picture_from_elsewhere_changes_the_policy_at_once(site_of: SiteOf, build: Build):
    root = site_of({"site.yaml": NETLIFY + "url: https://small.example/\n", "content/x.md": "# X\n\nText.\n", "content/y.md": "# Y\n"})
    build(root)
    (root / "content/x.md").write_text("# X\n\nText.\n\n![a](https://a.example/x.png)\n")
    before = tree(root / "build")
    build(root)
    after = tree(root / "build")
    assert policy(root / "build")["img-src"] == "'self' data: https://a.example"
    assert before["y/index.html"] == after["y/index.html"]
    (root / "content/x.md").write_text("# X\n\nText.\n")
    build(root)
    assert policy(root / "build")["img-src"] == "'self' data:"
