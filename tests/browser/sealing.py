"""A site of public and of sealed pages: what it holds is first built in the open, then sealed, and shown by an extension."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from sitegen import encryption
from sitegen.encryption import Key
from sitegen.freeze import Options, build_site

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
SITE, GROUP = "sealed.example", "clients"
PASSWORDS = ("vault-cobalt-heron-lantern-oak-mist", "Größe ist nicht alles, sagte der Igel")
BASE = f"/{GROUP}/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sealed{more}"
)
SETTINGS = """title: Small
url: https://sealed.example/
hosting: netlify
search: false
extensions: [vault]
menus:
  main:
    - {{title: Clients, url: /clients/}}
    - {{title: About, url: /about/}}
headers:
  "/*":
    Content-Security-Policy: "{policy}"
"""
# The address of each sealed page, below that of its group.
OFFER, FIGURES, HOSTILE, TRUSTED, LOCKED = "0f2a000000000001/", "0f2a000000000002/", "0f2a000000000003/", "0f2a000000000004/", "preview/"
TABLE = "| " + " | ".join(f"A long heading {number}" for number in range(12)) + " |\n" + "|---" * 12 + "|\n" + "| cell " * 12 + "|"
NUMBERS = "Numbers and sums.\n\n" * 60
TEXTS = {
    "index.md": "---\ntitle: For our clients\n---\n\nEverything that we made for you.\n",
    "offer.md": f"""---
title: The offer of spring
---

What we [worked out](figures.md#costs) for you, and [where we are](../about.md).

## Timetable

=== "Fast"

    Two weeks.

=== "Slow"

    Two months.

```python title="sum.py"
total = 40 + 2
```

{TABLE}

## Äpfel & Birnen

{"Some words about fruit. " * 200}

## The end

$x^2$ and no more.
""",
    "figures.md": f"""---
title: Figures
---

From the [offer](offer.md).

## Costs

{NUMBERS}

## Last

Done.
""",
}
PUBLIC = {
    "content/index.md": "# Welcome\n\nHello.\n",
    "content/about.md": "# About\n\nWe are here. [Clients](/clients/).\n",
}
VAULT = '''"""Shows the sealed pages."""

import json
from pathlib import Path
from types import SimpleNamespace

from flask import Blueprint
from markupsafe import Markup

from sitegen.site import current_site
from sitegen.views import page
from sitegen.views.head import of_list

bp = Blueprint("vault", __name__)
PAGES = json.loads((Path(__file__).parent / "sealed.json").read_text("utf-8"))


def init_app(app):
    app.register_blueprint(bp)


def urls(site):
    yield from PAGES


@bp.get("/clients/", defaults={"name": ""})
@bp.get("/clients/<name>/")
def show(name):
    site = current_site()
    address = f"/clients/{name}/" if name else "/clients/"
    found = PAGES[address]
    sheet = site.sheet(" ".join(part for part in page._PARTS))
    document = Markup(json.dumps(found["document"]).replace("<", "\\\\u003c"))
    contents = "/clients/" if name else ""
    said = {"title": "", "group": "clients", "name": "For our clients", "is_locked": found["is_locked"]}
    shell = SimpleNamespace(document=document, sheet=sheet, contents=contents, **said)
    head = of_list(site, "Protected page", address, lang=site.settings.language, noindex=True)
    return page.render("protected.html", lang=site.settings.language, head=head, page=None, shell=shell)
'''


def picture(width: int, height: int) -> bytes:
    """A sky above a sea."""
    image = Image.new("RGB", (width, height), "#8fa7b3")
    ImageDraw.Draw(image).rectangle((0, height // 2, width, height), fill="#3d4f57")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


FILES: dict[str, tuple[str, str, bytes]] = {
    "/_sealed/aa01.bin": ("image/png", "harbour.png", picture(400, 300)),
    "/_sealed/aa02.bin": ("image/png", "far.png", picture(200, 100)),
    "/_sealed/aa03.bin": ("text/plain", "The terms.txt", b"Terms and conditions.\n" * 40),
    "/_sealed/aa04.bin": ("image/png", "damaged.png", picture(40, 30)),
    "/_sealed/aa05.bin": ("image/png", "missing.png", picture(40, 30)),
    "/_sealed/aa06.bin": ("text/plain", "lost.txt", b"gone"),
}
MEDIA = """<p><img src="/_sealed/aa01.bin" alt="The harbour" width="400" height="300"></p>
<p><img src="/_sealed/aa04.bin" alt="What is damaged" width="40" height="30">
<img src="/_sealed/aa05.bin" alt="What is missing" width="40" height="30"></p>
<p><a href="/_sealed/aa03.bin">The terms</a> and <a href="/_sealed/aa06.bin">what is lost</a></p>
<p><img src="/_sealed/aa02.bin" alt="Far below" width="200" height="100"></p>"""
LIST = """<p class="field"><input type="search" class="narrow-list" aria-label="Filter these pages" data-found="Pages: {count}"></p>
<p class="found" role="status"></p><ul class="sealed-list">
<li><a href="/clients/0f2a000000000001/">The offer of spring</a></li>
<li><a href="/clients/0f2a000000000002/">Figures</a></li>
<li><a href="/clients/0f2a000000000003/">Crème brûlée</a></li></ul>"""
HARM = """<script>window.harmed = 1</script><script src="/harm.js"></script><img src="/nowhere.png" alt="" onerror="window.harmed = 2">
<svg onload="window.harmed = 3"><script>window.harmed = 4</script></svg><iframe srcdoc="<script>parent.harmed = 5</script>" title="x">
</iframe><a href="javascript:window.harmed = 6">Press</a><details open ontoggle="window.harmed = 7"><summary>x</summary></details>"""


def build_sealed(root: Path, *, more: str = "") -> None:
    """Write the site into `root` and build it into ``build/`` there; `more` are other policies that make text into markup."""
    settings = SETTINGS.format(policy=POLICY.format(more=more))
    contents = _contents(root / "open", settings)
    key = encryption.made(SITE, GROUP, PASSWORDS, jobs=2)
    documents = {address: key.page(address, json.dumps(content).encode()) for address, content in contents.items()}
    pages = {address: {"document": document, "is_locked": False} for address, document in documents.items()}
    pages[BASE + LOCKED] = {"document": {}, "is_locked": True}
    site = root / "site"
    _write(site, {**PUBLIC, "site.yaml": settings, "vault.py": VAULT, "sealed.json": json.dumps(pages)})
    build_site(site, root / "build", Options(overrides={"now": NOW}))
    _seal_files(root / "build" / "_sealed", key)
    (root / "build" / "harm.js").write_text("window.ran = true;")


def _contents(root: Path, settings: str) -> dict[str, dict[str, Any]]:
    """What each page holds, by its address: made of pages that were built in the open."""
    _write(root, {**PUBLIC, **{f"content/{GROUP}/{name}": text for name, text in TEXTS.items()}})
    _write(root, {"site.yaml": settings.replace("extensions: [vault]\n", "")})
    build_site(root, root / "build", Options(overrides={"now": NOW}))
    offer, figures = (_content(root / "build" / GROUP / name / "index.html") for name in ("offer", "figures"))
    index = _content(root / "build" / GROUP / "index.html")
    files = {href: {"type": kind, "name": name} for href, (kind, name, _) in FILES.items()}
    media = offer | {"html": _end(offer["html"], MEDIA), "files": files}
    listed = index | {"html": _end(index["html"], LIST)}
    hostile = figures | {"title": "Harm", "html": _end(figures["html"], HARM)}
    return {BASE: listed, BASE + OFFER: media, BASE + FIGURES: figures, BASE + HOSTILE: hostile, BASE + TRUSTED: hostile | {"run": True}}


def _content(file: Path) -> dict[str, Any]:
    text = file.read_text("utf-8")
    html = text.partition('<div class="layout">')[2].rpartition("</div>\n<footer")[0]
    html = html.replace(f"{BASE}offer/", BASE + OFFER).replace(f"{BASE}figures/", BASE + FIGURES)
    title, body = (re.search(pattern, text) for pattern in ("<title>(.*?)</title>", '<body class="(.*?)">'))
    assert title
    assert body
    return {"title": title[1], "html": html, "body_class": body[1], "files": {}, "scripts": [], "run": False}


def _end(html: str, more: str) -> str:
    before, end, after = html.rpartition("</main>")
    return f'{before}<div class="prose">{more}</div>{end}{after}'


def _seal_files(folder: Path, key: Key) -> None:
    folder.mkdir()
    for href, (_, name, data) in FILES.items():
        sealed = key.file(href, data)
        if name == "damaged.png":
            sealed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        if name not in ("missing.png", "lost.txt"):
            (folder / Path(href).name).write_bytes(sealed)


def _write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
