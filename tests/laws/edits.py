"""A site with a little of everything, and all that may happen to it between two builds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image

SETTINGS = """title: Small {title}
url: https://small.example/{prefix}
hosting: {hosting}
languages: {{fr: {{title: Petit}}}}
paginate: 3
rules: {{broken-link: warn, broken-anchor: warn, missing-image: warn, bad-directive: warn, duplicate-id: warn, math: warn}}
authors: {{mira: {{name: Mira {name}, url: "https://mira.example/"}}}}
site_id: small.example
protected: {{clients: {{passwords: ../secrets.txt, folders: [vault]}}, team: {{passwords: ../secrets.txt}}}}
menus: {{main: [{{title: About, page: about.md}}, {{title: Blog, url: /blog/}}, {{title: Post, page: blog/p1.md}}]}}
{more}"""
TEXT = """Word. See [another]({post}.md), [its part]({post}.md#{part}), [a doc](../docs/guide/start.md) and [that](/{place}/).

![A picture](picture-{picture}.png)

## {part}

More."""
WORDS = ("alpha", "beta", "gamma", "delta")
KEYS: dict[str, tuple[str, ...]] = {
    "title": ("One", "Two", "Three"),
    "date": ("2024-12-31", "2025-01-01", "2025-02-03", "2026-01-17", "2026-02-01"),
    "tags": ("[alpha]", "[beta, gamma]", "[Alpha, delta]", "[]"),
    "categories": ("[[Food, Soup]]", "[Food]", "[Tools]"),
    "series": ("Garden", "{name: Garden, order: 2}", "Kitchen"),
    "authors": ("[mira]", "[{name: Jo, url: 'https://jo.example/'}]"),
    "slug": ("one", "two", "three"),
    "permalink": ("/placed/", "/placed.html", "/old/one/", "/gone/", "/placed/deep/"),
    "aliases": ("[/old/one/]", "[/old/two/, /gone/]", "[beside]"),
    "redirect": ("https://elsewhere.example/", "/about/"),
    "draft": ("true",),
    "unlisted": ("true",),
    "noindex": ("true",),
    "expires": ("2026-01-16", "2026-02-02", "2025-01-01"),
    "pin": ("true",),
    "image": ("picture-1.png", "picture-2.png"),
    "description": ("Short.", "Shorter."),
    "summary": ("A *summary* with [a link](p1.md).",),
    "weight": ("1", "2"),
    "updated": ("2025-06-01", "2025-07-01"),
    "template": ("special.html", "page.html"),
    "translation_key": ("shared",),
    "public_title": ("For you", "For all"),
}


@dataclass
class Playground:
    """A site in `root` whose clock stands at `now`, with or without a `search`; all that happens is decided by `chance`.

    It may be built `locked`, without the passwords of readers, which lie beside its folder.
    """

    root: Path
    chance: random.Random
    now: datetime = datetime(2026, 1, 15, 12, tzinfo=UTC)
    copies: list[Path] = field(default_factory=list)
    search: bool = False
    locked: bool = False

    @property
    def overrides(self) -> dict[str, object]:
        """What the command line would set."""
        return {"now": self.now, "search": self.search, "allow_locked": self.locked}

    @property
    def output(self) -> Path:
        return self.root / "build"

    def write(self, name: str, text: str | bytes) -> None:
        """Put a file below the site's folder, whatever is in its way."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def pages(self, folder: str = "") -> list[Path]:
        """The content files below a folder."""
        return sorted((self.root / "content" / folder).rglob("*.md"))

    def a_page(self) -> Path:
        """Any content file."""
        return self.chance.choice(self.pages())

    def a_file(self, folder: str) -> Path | None:
        """Any file below a folder of the site's, but for the marker."""
        found = [path for path in (self.root / folder).rglob("*") if path.is_file() and not path.is_symlink() and path.name != ".sitegen"]
        return self.chance.choice(sorted(found)) if found else None

    def number(self, limit: int = 6) -> int:
        """A number from 1 to `limit`."""
        return self.chance.randrange(1, limit + 1)


Edit = Callable[[Playground], None]


def planted(root: Path, chance: random.Random) -> Playground:
    """The site as it is at first."""
    play = Playground(root, chance)
    play.write("site.yaml", settings_of())
    for number in range(1, 6):
        play.write(f"content/blog/p{number}.md", f"---\ndate: 2025-01-0{number}\ntags: [{WORDS[number % 4]}]\n---\n\n{a_text(play)}\n")
    play.write("content/index.md", "---\ntitle: Welcome\n---\n\nRead [it](blog/p1.md).\n")
    play.write("content/about.md", "# About us\n\nWe are few.\n\n![Us](us.png)\n")
    play.write("content/us.png", b"us")
    play.write("content/docs/index.md", "---\ntitle: Docs\n---\n\nStart [here](guide/start.md).\n")
    play.write("content/docs/guide/start.md", "---\ntitle: Start\nweight: 1\n---\n\n## Install\n\nText.\n")
    play.write("content/releases/1.0.0.md", "---\ndate: 2026-01-03\n---\n\nThe first release.\n")
    play.write("content/vault/kept.md", "---\ntitle: Kept\n---\n\nSee [another](other.md), ![this](kept.png) and [us](../about.md).\n")
    play.write("content/vault/other.md", "---\ntitle: Other\nslug: other\n---\n\n## alpha\n\n[Back](kept.md).\n")
    play.write("content/vault/kept.png", b"kept")
    play.write("../secrets.txt", "vault-cobalt-heron-lantern-oak-mist\n")
    play.write("saying.py", extension("first"))
    return play


def settings_of(*, title: int = 1, prefix: str = "", hosting: str = "plain", name: int = 1, more: str = "extensions: [saying]\n") -> str:
    return SETTINGS.format(title=title, prefix=prefix, hosting=hosting, name=name, more=more)


def extension(word: str) -> str:
    return f'def init_app(app):\n    app.add_template_filter(lambda text: "{word}" + text, "saying")\n'


def a_text(play: Playground) -> str:
    part, place = play.chance.choice(WORDS), play.chance.choice(("placed", "old/one", "tags/alpha", "about", "blog/2025"))
    return TEXT.format(post=f"p{play.number()}", part=part, picture=play.number(3), place=place)


# Pages


def edit_a_body(play: Playground) -> None:
    path = play.a_page()
    path.write_text(path.read_text() + f"\nAn added line {play.number(9)}.\n")


def write_a_body_anew(play: Playground) -> None:
    path = play.a_page()
    front, _, _ = path.read_text().rpartition("---\n")
    path.write_text((front + "---\n\n" if front else "") + a_text(play) + "\n")


def write_formulas_and_a_diagram(play: Playground) -> None:
    path = play.a_page()
    number = play.number(3)
    path.write_text(path.read_text() + f"\n$x_{number}$\n\n```math\n\\own_{number}\n```\n\n```mermaid\ngraph {number}\n```\n")


def write_blocks(play: Playground) -> None:
    """Blocks of every kind, some that take in all that comes after them, before or behind what is there."""
    path, number = play.a_page(), play.number()
    blocks = (
        f"```python\nprint({number})",
        f'~~~ title="{number}.txt"\n## Not a heading\n~~~',
        f"> [!WARNING]\n> Word {number}.\n>\n> ## alpha",
        f"::: tip Part {number}\n## beta",
        f"::: details\n- [ ] one\n  1. two\n\n     ## gamma {number}\n:::",
        f"- one\n    - two {number}\n  - three\n\n\tfour",
        f"<!-- a comment {number}",
        f"<div>\n\n## delta\n\n[^n]: A note {number}.\n\nText.[^n]",
        f"| a | b |\n|---|:-:|\n| [x](p{number}.md) | \\| |\n\nSetext {number}\n---",
    )
    front, mark, body = path.read_text().rpartition("---\n\n")
    block = play.chance.choice(blocks)
    path.write_text(front + mark + (f"{block}\n\n{body}" if play.chance.random() < 0.5 else f"{body.rstrip()}\n\n{block}\n"))


def change_the_nesting(play: Playground) -> None:
    """The last lines as another block: in a list, in a quotation, or indented as code."""
    path = play.a_page()
    front, mark, body = path.read_text().rpartition("---\n\n")
    lines = body.split("\n")
    first, others = play.chance.choice((("- ", "  "), ("> ", "> "), ("    ", "    "), ("1. ", "   "), ("> - ", ">   ")))
    at = play.chance.randrange(len(lines))
    moved = [others + line if line else others.rstrip() for line in lines[at:]]
    moved[0] = first + lines[at]
    path.write_text(front + mark + "\n".join([*lines[:at], *moved]) + "\n")


def shift_the_lines(play: Playground) -> None:
    path = play.a_page()
    path.write_text(path.read_text().rstrip("\n").replace("---\n\n", "---\n\n\n", 1) + "\n")


def set_a_key(play: Playground) -> None:
    path, key = play.a_page(), play.chance.choice(sorted(KEYS))
    text = _without(path.read_text(), key)
    text = text if text.startswith("---\n") else f"---\n---\n{text}"
    path.write_text(text.replace("---\n", f"---\n{key}: {play.chance.choice(KEYS[key])}\n", 1))


def drop_a_key(play: Playground) -> None:
    path = play.a_page()
    path.write_text(_without(path.read_text(), play.chance.choice(sorted(KEYS))))


def _without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:"))


def add_a_post(play: Playground) -> None:
    play.write(f"content/blog/p{play.number()}.md", f"---\ndate: 2025-0{play.number()}-05\n---\n\n{a_text(play)}\n")


def add_a_doc(play: Playground) -> None:
    place = play.chance.choice(("", "guide/", "guide/deep/", "other/"))
    play.write(f"content/docs/{place}d{play.number(3)}.md", f"# Doc {play.number()}\n\nText.\n")


def add_an_index(play: Playground) -> None:
    folder = play.chance.choice(("docs/guide", "docs", "blog", "docs/other", "releases", "blog/p2"))
    play.write(f"content/{folder}/index.md", f"---\ntitle: Index {play.number()}\ndate: 2025-01-01\n---\n\n{a_text(play)}\n")


def add_a_translation(play: Playground) -> None:
    path = play.a_page()
    if not path.name.endswith(".fr.md"):
        path.with_suffix(".fr.md").write_text(path.read_text() + "\nBonjour.\n")


def delete_a_page(play: Playground) -> None:
    if len(play.pages()) > 4:
        play.a_page().unlink()


def rename_a_page(play: Playground) -> None:
    path = play.a_page()
    path.rename(path.with_name(f"p{play.number()}.md"))


def move_a_page(play: Playground) -> None:
    path, folder = play.a_page(), play.chance.choice(("blog", "docs/guide", "docs", "releases", "notes", "blog/_drafts"))
    (play.root / "content" / folder).mkdir(parents=True, exist_ok=True)
    path.rename(play.root / "content" / folder / path.name)


def give_a_page_back(play: Playground) -> None:
    """What a checkout of another branch and back does: the same bytes, and another time."""
    path = play.a_page()
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    os.utime(path, (1, 1))


def swap_two_pages(play: Playground) -> None:
    one, other = play.a_page(), play.a_page()
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


# Links


def _append(play: Playground, text: str) -> None:
    path = play.a_page()
    path.write_text(path.read_text().rstrip("\n") + f"\n\n{text}\n")


def link_to_an_anchor(play: Playground) -> None:
    post, part = play.number(), play.chance.choice(WORDS)
    _append(play, f"[a](/blog/p{post}/#{part}), [b](#{part}) and [c](/blog/p{post}#alpa).")


def add_an_anchor(play: Playground) -> None:
    part = play.chance.choice(WORDS)
    _append(play, play.chance.choice((f"## {part}", f"### Else {{#{part}}}", f'<b id="{part}">x</b>', f'<a name="{part}"></a>')))


def take_an_anchor_away(play: Playground) -> None:
    path = play.a_page()
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith(("#", "<b id", "<a name"))))


def link_to_an_old_address(play: Playground) -> None:
    _append(play, play.chance.choice(("[a](/old/one/)", "[a](/old/two)", "[a](/gone/#alpha)", "[a](/old/one/?x)")))


def give_an_old_address(play: Playground) -> None:
    path = play.a_page()
    text = _without(path.read_text(), "aliases")
    text = text if text.startswith("---\n") else f"---\n---\n{text}"
    path.write_text(text.replace("---\n", f"---\naliases: [{play.chance.choice(('/old/one/', '/old/two/', '/gone/'))}]\n", 1))


def toggle_a_draft(play: Playground) -> None:
    path = play.a_page()
    text = path.read_text()
    if "draft: true\n" in text:
        path.write_text(text.replace("draft: true\n", ""))
    elif text.startswith("---\n"):
        path.write_text(text.replace("---\n", "---\ndraft: true\n", 1))


def link_to_a_near_miss(play: Playground) -> None:
    _append(play, f"[a](p{play.number()}x.md), [b](/docs/guide/strat/), [c](P{play.number()}.md) ![d](picture-{play.number()}.jpg)")


def silence_a_link(play: Playground) -> None:
    _append(play, f"[a](p{play.number()}x.md) <!-- sitegen: ignore {play.chance.choice(['broken-link', 'missing-image', 'no-rule'])} -->")


def silence_all_links(play: Playground) -> None:
    path = play.a_page()
    lines = path.read_text().split("\n")
    path.write_text("\n".join(f"{line} <!-- sitegen: ignore broken-link -->" if "](" in line else line for line in lines))


def break_the_front_matter(play: Playground) -> None:
    path = play.a_page()
    path.write_text("---\ntitle: A: b\n---\n" + path.read_text())


# Beside pages


def put_a_picture(play: Playground) -> None:
    folder = play.chance.choice(("blog", "", "docs", "blog/p2"))
    play.write(f"content/{folder}/picture-{play.number(3)}.png", play.chance.randbytes(20))


def put_a_real_picture(play: Playground) -> None:
    """One that has a size, and versions where the settings ask for them."""
    out = BytesIO()
    image = Image.new("RGB", (16 * play.number(3), 16), (40 * play.number(), 0, 0))
    image.save(out, play.chance.choice(("PNG", "PNG", "JPEG")))
    folder = play.chance.choice(("blog", "blog", "", "docs", "blog/p2"))
    play.write(f"content/{folder}/picture-{play.number(3)}.png", out.getvalue())


def show_pictures(play: Playground) -> None:
    """In a line of each kind there is."""
    path, number = play.a_page(), play.number(3)
    lines = (
        f'![Shown](picture-{number}.png "Said")',
        f"![](picture-{number}.png)",
        f'<img src="picture-{number}.png" width="10" alt="">',
        f"![Far](https://pics-{number}.example/x.png)",
        f"::embed[A talk]{{src=https://vimeo.com/{number}}}",
        f"::video[A film]{{src=film.mp4 poster=picture-{number}.png}}",
        "::video[A film]{poster",
    )
    path.write_text(path.read_text() + f"\n{play.chance.choice(lines)}\n")


def take_a_picture_away(play: Playground) -> None:
    pictures = sorted((play.root / "content").rglob("*.png"))
    if pictures:
        play.chance.choice(pictures).unlink()


def put_a_file_without_a_suffix(play: Playground) -> None:
    play.write(f"content/{play.chance.choice(('placed', 'gone', 'LICENSE'))}", f"{play.number()}")


def take_it_away(play: Playground) -> None:
    for name in ("placed", "gone", "LICENSE"):
        (play.root / "content" / name).unlink(missing_ok=True)


def take_in_a_part(play: Playground) -> None:
    path, line = play.a_page(), play.chance.choice(("<!-- @include: @/_part.md -->", "<<< /taken.txt", '--8<-- "/taken.txt::1"'))
    path.write_text(path.read_text().rstrip("\n") + f"\n\n{line}\n")
    for name in ("content/_part.md", "taken.txt"):
        if not (play.root / name).exists():
            play.write(name, "A part.\n")


def edit_a_part(play: Playground) -> None:
    play.write(play.chance.choice(("content/_part.md", "taken.txt")), f"A part, the {play.number()}th.\n\n{a_text(play)}\n")


def drop_a_part(play: Playground) -> None:
    (play.root / play.chance.choice(("content/_part.md", "taken.txt"))).unlink(missing_ok=True)


# All the rest of a site


def change_the_settings(play: Playground) -> None:
    hosting, prefix = play.chance.choice(("plain", "netlify")), play.chance.choice(("", "", "base/"))
    pictures = "images: {widths: [16, 32], formats: [webp]}\n"
    more = play.chance.choice(
        (
            "extensions: [saying]\n",
            "extensions: [saying]\nfeeds: {limit: 2}\n",
            "extensions: [saying]\nredirects: {/old/two/: /about/, /gone/: /old/one/}\n",
            "",
            pictures,
            "social_cards: true\n",
        )
    )
    play.write("site.yaml", settings_of(title=play.number(3), prefix=prefix, hosting=hosting, name=play.number(2), more=more))


def change_the_data(play: Playground) -> None:
    keys = play.chance.sample(WORDS, 2)
    play.write("data/team.yaml", "".join(f"{key}: {play.number(2)}\n" for key in keys))
    text = "{% for key, value in site.data.team.items() %}{{ key }}={{ value }} {% endfor %}"
    play.write(
        "templates/page.html",
        f'{{% extends "theme/page.html" %}}{{% block after %}}{{% if site.data.team is defined %}}{text}{{% endif %}}{{% endblock %}}\n',
    )


def drop_the_data(play: Playground) -> None:
    (play.root / "data" / "team.yaml").unlink(missing_ok=True)


def override_a_template(play: Playground) -> None:
    name = play.chance.choice(("post.html", "list.html", "special.html", "doc.html"))
    base = "post.html" if name == "special.html" else name
    body = "{% block footer %}<footer><a id='foot' href='/blog/'>{{ site.year() }} " + str(play.number()) + "</a></footer>{% endblock %}\n"
    play.write(f"templates/{name}", f'{{% extends "theme/{base}" %}}{body}')


def include_a_part(play: Playground) -> None:
    play.write("templates/part.html", f"<p id=part-{play.number()}>Part {play.number()}</p>\n")
    play.write(
        "templates/post.html", '{% extends "theme/post.html" %}{% block after %}{% include "part.html" ignore missing %}{% endblock %}\n'
    )


def drop_an_override(play: Playground) -> None:
    path = play.a_file("templates")
    if path is not None:
        path.unlink()


def change_a_static_file(play: Playground) -> None:
    name = play.chance.choice(("_reading.css", "_ground.css", "own.css", "robot.txt", "picture.png"))
    play.write(f"static/{name}", f"a {{ margin: {play.number(3)}px }}\n")


def drop_a_static_file(play: Playground) -> None:
    path = play.a_file("static")
    if path is not None:
        path.unlink()


def change_formulas_and_diagrams(play: Playground) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{play.number()}" height="4"/>'
    play.write("drawing.py", f"def render(source):\n    return {svg!r}\n")
    play.write("static/mermaid.own.js", f"window.own = {play.number(3)};\n")
    drawn = play.chance.choice(("diagrams: {mermaid: drawing}", "mermaid: mermaid.own.js", "diagrams: {}"))
    math = play.chance.choice(("true", "false"))
    more = f"markdown: {{math: {math}, math_macros: {{own: '{play.number()}'}}, {drawn}}}\n"
    play.write("site.yaml", settings_of(more=more))


def change_the_extension(play: Playground) -> None:
    play.write("saying.py", extension(play.chance.choice(WORDS)))
    play.write("templates/doc.html", '{% extends "theme/doc.html" %}{% block after %}{{ "x" | saying }}{% endblock %}\n')


def let_time_pass(play: Playground) -> None:
    play.now += timedelta(hours=play.chance.choice((1, 13, 30, 200, 24 * 365)))


def turn_time_back(play: Playground) -> None:
    play.now = datetime(2026, 1, 15, 12, tzinfo=UTC)


def commit(play: Playground) -> None:
    names = {"GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@t"}
    date = f"2025-03-{play.number():02}T12:00:00Z"
    for arguments in (("init", "-q"), ("add", "content"), ("commit", "-qm", "All", "--allow-empty")):
        variables = {**os.environ, **names, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        subprocess.run(("git", *arguments), cwd=play.root, env=variables, check=True)


# What befalls the output


def damage_the_output(play: Playground) -> None:
    path = play.a_file("build")
    if path is not None:
        how = play.chance.choice((_replace, _edit_in_place, _truncate, Path.unlink, _forge, _make_a_folder))
        how(path)


def _replace(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"another")


def _edit_in_place(path: Path) -> None:
    path.write_bytes(b"damaged" + path.read_bytes())


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10])


def _forge(path: Path) -> None:
    """Other bytes, with the size and the time of before."""
    found = path.stat()
    path.write_bytes(bytes(found.st_size))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def forge_and_put_back(play: Playground) -> None:
    """A good copy in the place of a forged file: the spare is linked to what was forged."""
    path = play.a_file("build")
    if path is not None:
        good = path.read_bytes()
        _forge(path)
        path.unlink()
        path.write_bytes(good)


def _make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("stray")


def put_a_stray(play: Playground) -> None:
    folder = play.chance.choice(("build", "build/blog", "build/new/deep", "build/placed"))
    if (play.root / "build").is_dir() and not (play.root / folder).is_file():
        play.write(f"{folder}/stray-{play.number(3)}.html", "<p id=alpha>stray")


def put_a_stray_folder(play: Playground) -> None:
    folder = play.root / "build" / play.chance.choice(("empty", "placed.html", "LICENSE"))
    if folder.parent.is_dir() and not folder.exists():
        folder.mkdir()


def put_a_stray_link(play: Playground) -> None:
    path = play.root / "build" / f"link-{play.number(3)}"
    if path.parent.is_dir() and not path.is_symlink():
        path.symlink_to(play.chance.choice(("/nowhere", "blog", "index.html")))


def lose_the_output(play: Playground) -> None:
    shutil.rmtree(play.output, ignore_errors=True)


def lose_the_marker(play: Playground) -> None:
    if (play.output / ".sitegen").is_file():
        (play.output / ".sitegen").write_text(play.chance.choice(("", "f" * 32, "../../x", "nonsense")))


def put_a_copy_aside(play: Playground) -> None:
    if play.output.is_dir():
        copy = play.root.parent / f"copy-{play.number(2)}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(play.output, copy, symlinks=True)
        play.copies.append(copy)


def restore_a_copy(play: Playground) -> None:
    if play.copies:
        shutil.rmtree(play.output, ignore_errors=True)
        shutil.copytree(play.chance.choice(play.copies), play.output, symlinks=True)


# What befalls the cache


def damage_the_cache(play: Playground) -> None:
    folder = play.chance.choice((".cache/values", ".cache/sites", ".cache/snapshots", ".cache/index"))
    path = play.root / folder if folder.endswith("index") else play.a_file(folder)
    if path is not None and path.is_file():
        play.chance.choice((_replace, _edit_in_place, _truncate, Path.unlink, _forge))(path)


def swap_two_entries(play: Playground) -> None:
    one, other = play.a_file(".cache/values"), play.a_file(".cache/values")
    if one is not None and other is not None:
        one_data, other_data = one.read_bytes(), other.read_bytes()
        one.write_bytes(other_data)
        other.write_bytes(one_data)


def damage_the_spare(play: Playground) -> None:
    path = play.a_file(".cache/spares")
    if path is not None:
        play.chance.choice((_replace, _edit_in_place, _truncate, Path.unlink, _forge, _make_a_folder))(path)


def put_a_stray_into_the_spare(play: Playground) -> None:
    path = play.a_file(".cache/spares")
    if path is not None:
        (path.parent / f"stray-{play.number()}").write_text("stray")


def lose_the_cache(play: Playground) -> None:
    shutil.rmtree(play.root / play.chance.choice((".cache", ".cache/spares", ".cache/values", ".cache/sites")), ignore_errors=True)


def nothing(play: Playground) -> None:
    """Twice the same."""


def edits_among(names: Mapping[str, object], module: str) -> tuple[Edit, ...]:
    """The edits that a module holds, of all its `names`."""
    return tuple(
        value
        for name, value in list(names.items())
        if callable(value)
        and getattr(value, "__module__", "") == module
        and not name.startswith("_")
        and getattr(value, "__annotations__", {}) == {"play": "Playground", "return": "None"}
    )


EDITS = edits_among(globals(), __name__)
