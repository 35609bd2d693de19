"""A site with some of everything, for checks of what becomes of it."""

from __future__ import annotations

from io import BytesIO
from itertools import chain

from PIL import Image

SETTINGS = """title: Wide
description: Some of everything.
url: https://wide.example/
hosting: plain
search: false
paginate: 10
edit_url: https://example.org/edit/{path}
author: ann
authors:
  ann: {name: Ann Önn, bio: Writes., url: "https://ann.example/", image: portraits/ann.png}
  ben: {name: Ben}
languages:
  de: {}
  ar: {}
images: {widths: [200, 400]}
markdown: {math: true}
social: {Mastodon: "https://social.example/@wide"}
menus:
  main:
    - page: docs/index.md
    - title: More
      children: [{title: Blog, url: /blog/}, {title: Elsewhere, url: "https://example.org/"}]
  footer:
    - page: about.md
"""
_BODY = """Text with *emphasis*, `code`, ~~struck~~, a [link](../about.md), a footnote[^1] and the same[^1] again, $x^2$ and an <abbr title="A B">AB</abbr>.

## A heading

| Left | Right |
|:-----|------:|
| a    | b     |

- [x] done
- [ ] to do

### A smaller one

```python title="a.py" hl_lines="1"
def f(): return 1  # [!code ++]
```

!!! note "Mind"
    A box.

??? tip
    Folded.

> [!WARNING]
> An alert.

=== "One"

    First.

=== "Two"

    Second.

$$\\begin{align} a &= b \\\\ c &= \\dfrac{1}{2} \\end{align}$$

```mermaid title="Flow"
graph LR
```

![A picture](/pictures/wide.png "Said of it")

::embed[A talk]{src="https://www.youtube.com/watch?v=dQw4w9WgXcQ"}

<details><summary>More</summary>Inside.</details>

Term
:   What it means.

[^1]: A note.
"""


def files() -> dict[str, str | bytes]:
    """The files of the site."""
    pages = chain(_posts(), _docs(), _releases(), _others())
    pictures = {"static/portraits/ann.png": _picture(64, 64), "content/pictures/wide.png": _picture(800, 400)}
    return {"site.yaml": SETTINGS, **dict(pages), **pictures}


def _picture(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def _page(body: str, **meta: object) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + f"---\n\n{body}\n"


def _posts() -> list[tuple[str, str]]:
    written = []
    for number in range(1, 31):
        meta: dict[str, object] = {"title": f"'Post {number} <b>& more</b>'", "date": f"2025-{1 + number % 12:02}-{number:02}"}
        meta |= {"tags": f"[all, t{number % 5}]", "categories": f"[[top, c{number % 3}]]", "authors": "[ann, ben]"}
        meta |= {"series": "{name: Tour}"} if number < 6 else {}
        meta |= {"image": "/pictures/wide.png", "image_alt": "Teal", "updated": "2025-12-31"} if number % 7 == 0 else {}
        meta |= {"pin": "true"} if number == 9 else {}
        written.append((f"content/blog/p{number}.md", _page(_BODY if number in {1, 7} else f"Text {number}.", **meta)))
    return written


def _docs() -> list[tuple[str, str]]:
    return [
        ("content/docs/index.md", _page("## One\n\nText.\n\n## Two\n\nText.", title="Manual")),
        ("content/docs/start.md", _page(_BODY, title="Start", weight=1)),
        ("content/docs/deep/index.md", _page("Text.", title="Deep")),
        ("content/docs/deep/er/est.md", _page("Text.", title="Deepest")),
        ("content/docs/start.de.md", _page("Text auf Deutsch.", title="Anfang")),
        ("content/docs/start.ar.md", _page("نص بالعربية.", title="بداية")),
    ]


def _releases() -> list[tuple[str, str]]:
    body = "## Added\n\n- A thing.\n\n## Fixed\n\n- Another.\n\n## Security\n\n- A hole."
    return [(f"content/releases/1.{minor}.0.md", _page(body, date=f"2025-02-{minor:02}")) for minor in range(1, 13)]


def _others() -> list[tuple[str, str]]:
    return [
        ("content/about.md", _page("Text.", title="About", aliases="[/old/]")),
        ("content/about.de.md", _page("Text.", title="Über")),
        ("content/index.md", _page("Welcome.\n\n## Here\n\nText.", title="Front")),
        ("content/hidden.md", _page("Text.", title="Hidden", unlisted="true")),
        ("content/plain.md", "Neither a title nor anything."),
        ("content/blog/p1.de.md", _page("Text.", title="Beitrag", date="2025-03-01", tags="[alle]")),
        ("content/blog/p1.ar.md", _page("نص.", title="مقالة", date="2025-03-01")),
    ]
