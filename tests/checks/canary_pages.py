"""The protected pages of the site of canaries: one with all that Markdown has, and one for each way in which a page can be special."""

from __future__ import annotations

from collections.abc import Callable

from tests.checks.canaries import PASSWORDS_FILE, READERS, Planted, Planter, days, public

Plant = Callable[..., str]

# How many words a page has that has many, and what a page with a weight and a place in a series has.
_WORDS, _MINUTES, _WEIGHT, _ORDER = 27400, 137, 31337, 40961
_VERSION = "97.31.5"


def planted(*, protect: bool = True, search: bool = True, seed: int = 1, few: bool = False) -> Planted:
    """The whole site; with `protect` off the same pages for all to read, with `few` one page for each group and all that is public."""
    planter = Planter(seed)
    site = planter.planted
    site.files |= public(protect=protect, search=search)
    site.files[PASSWORDS_FILE] = "# Who reads what\n\n" + "".join(f"{name}: {word}\n" for name, word in READERS["clients"].items())
    staff: dict[str, object] = {"protect": "staff"} if protect else {}
    _leading_there(planter)
    _doc(planter, staff, "doc", "docs")
    if not few:
        _all_kinds(planter, staff, protect=protect)
    return site


def _all_kinds(planter: Planter, staff: dict[str, object], *, protect: bool) -> None:
    other = _plain(planter)
    _rich(planter, other)
    _special(planter)
    _bundle(planter)
    _front(planter)
    _offers(planter)
    _warned(planter)
    _long(planter)
    _open_named(planter, protect=protect)
    _post(planter, staff)
    _doc(planter, staff, "deep doc", f"docs/{planter.word()}")
    _release(planter, {"protect": "clients"} if protect else {})
    _in_french(planter, staff)


def _plain(planter: Planter) -> str:
    plant = planter.begin("plain", "clients/{}.md")
    planter.write({"title": f"'{plant('title', 'title')}'"}, f"## {plant('heading', 'text')}\n\nText.", kind="plain")
    return planter.page


def _rich(planter: Planter, other: str) -> None:
    plant = planter.begin("rich", "clients/{}.md")
    body = "\n\n".join((_text(plant, other), _blocks(plant), _code(planter, plant), _media(planter, plant)))
    meta = {
        f"# {plant('comment in the front matter')}\ntitle": f"'Our {plant('title', 'text')} offer'",
        "seo_title": plant("seo_title", "title"),
        "nav_title": plant("nav_title"),
        "description": f"'{plant('description')} is for you.'",
        "summary": f"'{plant('summary')} **in short**.'",
        "date": "1987-11-23",
        "updated": "1991-06-17",
        "tags": f"[{plant('tag')}, gardens]",
        "categories": f"[Tools/{plant('category')}]",
        "series": f"{{name: {plant('series')}, order: {_ORDER}}}",
        "authors": f"[{{name: {plant('author')}, bio: {plant('bio')}, url: 'https://{plant('author url')}.example/'}}]",
        "aliases": f"[/old-{plant('alias')}/]",
        "image": f"{plant('image')}.png",
        "image_alt": plant("image_alt"),
        "translation_key": plant("translation_key"),
        "weight": _WEIGHT,
        "math": "true",
        "extra": f"{{{plant('extra key')}: {plant('extra value')}}}",
        "comments": "true",
    }
    planter.picture(f"content/clients/{meta['image']}", plant("text in the image"), kind="rich")
    planter.planted.spelled |= {"rich: date": days(1987, 11, 23), "rich: updated": days(1991, 6, 17)}
    planter.planted.spelled |= {"rich: weight": (str(_WEIGHT), f"{_WEIGHT:,}"), "rich: order": (str(_ORDER), f"{_ORDER:,}")}
    planter.write(meta, body, kind="rich")


def _text(plant: Plant, other: str) -> str:
    return f"""It begins with {plant("first words", "text")}, *{plant("emphasis", "text")}* and `{plant("code in text", "text")}`.

<!-- more -->

<!-- {plant("HTML comment")} -->

## Heading {plant("heading", "text")}

### Named {{#{plant("id of a heading", "html")} .{plant("class", "html")}}}

A link [to {plant("text of a link", "text")}](https://{plant("host of a link", "html")}.example/{plant("path of a link", "html")}
"{plant("title of a link", "html")}"), [another]({other.rpartition("/")[2]}) of this group, one [for all](../about.md) and
<https://example.org/{plant("plain address", "text")}>.

A note[^{plant("label of a note")}], the {plant("abbreviation", "text")}, <kbd title="{plant("attribute", "html")}">K</kbd>.

[^{plant("label of a note without a place")}]: Never shown {plant("note without a place")}.

<details><summary>{plant("summary of details", "text")}</summary>{plant("text of details", "html")}</details>

Formulas: $\\text{{{plant("formula", "html")}}}$

$$\\begin{{align}} a &= \\text{{{plant("display", "html")}}} \\label{{{plant("label of a formula", "html")}}} \\end{{align}}$$"""


def _blocks(plant: Plant) -> str:
    return f"""- {plant("list", "text")}
- [x] {plant("task", "text")}

> {plant("quotation", "text")}

| {plant("head of a table", "text")} | b |
|---|---|
| {plant("cell", "text")} | d |

!!! warning "{plant("title of a box", "text")}"
    {plant("box", "text")}

??? tip "{plant("title of a folded box", "text")}"
    {plant("folded box", "html")}

=== "{plant("tab", "text")}"
    {plant("text of a tab", "text")}

=== "Other"
    {plant("text of a hidden tab", "html")}

{plant("term", "text")}
:   {plant("definition", "text")}

{plant("paragraph with an abbreviation", "text")} of the ABC.

*[ABC]: {plant("what an abbreviation stands for", "html")}"""


def _code(planter: Planter, plant: Plant) -> str:
    part, sample, under = plant("name of a part"), plant("name of a sample"), plant("name of a part beside it")
    planter.file(f"parts/{part}.md", f"A part says {plant('text of a part', 'text')}.\n", kind="rich: part")
    planter.file(f"examples/{sample}.py", f"# region a\n{plant('code of a sample', 'text')} = 1\n# endregion a\n", kind="rich: sample")
    planter.file(f"content/clients/_{under}.md", f"A part says {plant('text of a part beside it', 'text')}.\n", kind="rich: part beside")
    return f"""```python title="{plant("title of code", "text")}.py" {{#{plant("id of code", "html")}}}
def {plant("code", "text")}(): ...  # [!code ++]
```

```python file="examples/{sample}.py" region="a"
```

--8<-- "parts/{part}.md"

<!-- @include: _{under}.md -->

```mermaid title="{plant("title of a diagram", "text")}"
graph LR
    {plant("diagram", "text")} --> b
```

```plot title="{plant("title of a drawing", "html")}"
{plant("drawing", "html")}
```

```markdown example
## {plant("heading of an example", "text")}
```"""


def _media(planter: Planter, plant: Plant) -> str:
    names = {kind: plant(f"name of a {kind}") for kind in ("photo", "drawn picture", "web picture", "poster", "film", "captions", "paper")}
    folder = plant("folder of pictures")
    planter.picture(f"content/clients/{folder}/{names['photo']}.jpg", plant("EXIF of a photo"), kind="rich", seen=True)
    planter.picture(f"content/pictures/{names['drawn picture']}.png", plant("text in a PNG"), kind="rich", seen=True)
    planter.picture(f"content/clients/{names['web picture']}.webp", plant("EXIF of a WebP"), kind="rich", seen=True)
    planter.picture(f"content/clients/{names['poster']}.jpg", plant("EXIF of a poster"), kind="rich")
    planter.file(f"content/clients/{names['film']}.mp4", b"\0\0\0\x18ftypmp42" + plant("film").encode(), kind="rich")
    planter.file(f"content/clients/{names['captions']}.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{plant('captions')}\n", kind="rich")
    planter.file(f"content/clients/{names['paper']}.pdf", f"%PDF-1.4\n% {plant('download', 'file')}\n", kind="rich")
    planter.file(f"content/clients/{plant('name of an unused file')}.txt", f"{plant('unused file')}\n", kind="rich")
    return f"""![{plant("alt of a photo", "html")}]({folder}/{names["photo"]}.jpg "{plant("caption", "text")}")

![{plant("alt of a picture", "html")}](/pictures/{names["drawn picture"]}.png)

<img src="{names["web picture"]}.webp" alt="{plant("alt of a tag", "html")}">

::video[{plant("title of a film", "text")}]{{src="{names["film"]}.mp4" poster="{names["poster"]}.jpg" captions="{names["captions"]}.vtt"}}

::embed[{plant("title of an embed", "text")}]{{src="https://www.youtube.com/watch?v={plant("video", "html", 11)}"}}

Take [the {plant("text of a download", "text")}]({names["paper"]}.pdf)."""


def _special(planter: Planter) -> None:
    """Pages that are in no list, or not yet, or no more."""
    keys = {
        "unlisted": "unlisted: true",
        "noindex": "noindex: true",
        "draft": "draft: true",
        "future": "date: 2031-05-06",
        "expired": "expires: 2020-02-03",
        "alone": f"redirect_from: [/was-{planter.word()}/]",
    }
    for kind, line in keys.items():
        plant = planter.begin(kind, "clients/{}.md")
        key, _, value = line.partition(": ")
        seen = "" if kind in {"draft", "future", "expired"} else "text"
        meta = {"title": plant("title", seen), key: value, "description": plant("description"), "tags": f"[{plant('tag')}]"}
        planter.write(meta, f"{plant('text', seen)} stands here.\n\n## {plant('heading', seen)}", kind=kind)
    planter.planted.spelled |= {"future: date": days(2031, 5, 6), "expired: expires": days(2020, 2, 3)}


def _bundle(planter: Planter) -> None:
    """A page in a folder to itself, in a folder of which the index is protected as well."""
    section = planter.word()
    plant = planter.begin("bundle", f"clients/{section}/{{}}/index.md")
    planter.picture(f"content/{planter.page.removesuffix('index.md')}p.jpg", plant("EXIF"), kind="bundle", seen=True)
    planter.write({"title": plant("title", "text")}, f"![{plant('alt', 'html')}](p.jpg)", kind="bundle")
    plant = planter.begin("section", f"clients/{section}/index.md")
    planter.write({"title": plant("title", "text")}, plant("text", "text"), kind="section")


def _front(planter: Planter) -> None:
    plant = planter.begin("front", "clients/{}.md")
    image = plant("image")
    planter.picture(f"content/clients/{image}.png", plant("text in the image"), kind="front", seen=True)
    label, text, alt = plant("label", "text"), plant("text of the hero", "text"), plant("alt of the hero", "html")
    action = f"{{title: {plant('action', 'text')}, url: 'https://example.org/{plant('address of the action', 'html')}'}}"
    hero = f"{{label: {label}, title: {plant('title of the hero', 'text')}, text: {text}, image: {image}.png, image_alt: {alt}, "
    feature = f"{{title: {plant('feature', 'text')}, text: {plant('text of a feature', 'text')}, icon: {plant('icon', 'text')}}}"
    meta = {"title": plant("title"), "template": "home", "hero": f"{hero}actions: [{action}]}}", "features": f"[{feature}]"}
    planter.write(meta, plant("text", "text"), kind="front")


def _offers(planter: Planter) -> None:
    """Posts of a protected collection, in one series, with archives of their own and tags that public posts have too."""
    series = planter.word()
    for number, date in enumerate(("1988-07-08", "2026-01-04", "2026-01-10")):
        kind = f"offer {number}"
        plant = planter.begin(kind, "offers/{}.md")
        planter.planted.guessable[f"{kind}: series"] = series.encode()
        meta = {"title": plant("title", "text"), "date": date, "tags": f"[gardens, {plant('tag')}]", "series": series}
        meta |= {"categories": f"[Tools/Spades, {plant('category')}]", "authors": f"[Ann {plant('author')}]"}
        planter.write(meta, f"{plant('first words', 'text')} and more.\n\n<!-- more -->\n\n{plant('rest', 'text')}.", kind=kind)
    planter.planted.spelled["offer 0: date"] = days(1988, 7, 8)


def _warned(planter: Planter) -> None:
    """A page with much that a build warns of, where an excerpt or a message would have the word."""
    plant = planter.begin("warned", "clients/{}.md")
    meta = {
        "title": plant("title", "text"),
        plant("unknown key"): plant("value of an unknown key"),
        "authors": f"[{plant('unknown author')}]",
        "date": "1994-08-09",
        "updated": "1992-01-02",
        "tags": f"[Gardens, {plant('tag')}]",
    }
    body = f"""```{plant("unknown language")}
{plant("code", "text")}
```

<script>{plant("script")}</script>

{{{{ {plant("shortcode", "text")} }}}}

CafÃ© {plant("mojibake", "text")}.

#### {plant("heading that jumps", "text")}

# {plant("second title", "text")}

[](https://{plant("empty link", "html")}.example)

```python {{{plant("fence option")}=1 99}}
x
```

It costs $\\text{{{plant("formula that is off", "text")}}}$."""
    planter.planted.spelled |= {"warned: date": days(1994, 8, 9), "warned: updated": days(1992, 1, 2)}
    planter.write(meta, body, kind="warned")


def _long(planter: Planter) -> None:
    """A post whose number of words, and of minutes that they take, no other has."""
    plant = planter.begin("long", "offers/{}.md")
    planter.planted.spelled["long: number of words"] = (str(_WORDS), f"{_WORDS:,}", f"{_MINUTES} min", f"{_MINUTES} minutes")
    planter.write({"title": plant("title", "text"), "date": "1988-07-09"}, "pond " * _WORDS, kind="long")


def _open_named(planter: Planter, *, protect: bool) -> None:
    """Pages whose authors ask that a title or an address be shown."""
    plant = planter.begin("open title", "clients/{}.md")
    public_title = {"public_title": plant("public_title")} if protect else {}
    planter.write({"title": plant("title", "text"), **public_title}, plant("text", "text"), kind="open title")
    planter.planted.shown |= {"open title: public_title", "open title: value of public_title"}
    plant = planter.begin("open slug", "clients/{}.md")
    planter.write({"title": plant("title", "text"), "slug": plant("slug")}, plant("text", "text"), kind="open slug")
    planter.planted.shown |= {"open slug: slug", "open slug: value of slug"}


def _post(planter: Planter, protect: dict[str, object]) -> None:
    """A post among the public ones, between two of them in time, in their series and with their tags."""
    plant = planter.begin("post", "blog/{}.md")
    image = plant("image")
    planter.picture(f"content/blog/{image}.jpg", plant("EXIF"), kind="post")
    meta = {**protect, "title": plant("title", "text"), "date": "2026-01-07", "tags": f"[gardens, seeds, {plant('tag')}]", "pin": "true"}
    meta |= {"categories": "[Tools/Spades]", "series": "Tour", "image": f"{image}.jpg", "aliases": f"[/{plant('alias')}/]"}
    planter.planted.spelled["post: date"] = days(2026, 1, 7, alone=False)
    planter.write(meta, f"{plant('first words', 'text')} here.\n\n## {plant('heading', 'text')}", kind="post")
    plant = planter.begin("drafted", "blog/_drafts/{}.md")
    planter.write({**protect, "title": plant("title")}, plant("text"), kind="drafted")


def _doc(planter: Planter, protect: dict[str, object], kind: str, folder: str) -> None:
    """A doc among the public ones, or in a folder that would stand in the sidebar."""
    plant = planter.begin(kind, f"{folder}/{{}}.md")
    meta = {**protect, "title": plant("title", "text"), "nav_title": plant("nav_title"), "weight": 2}
    planter.write(meta, f"## {plant('heading', 'text')}\n\n{plant('text', 'text')}", kind=kind)


def _release(planter: Planter, protect: dict[str, object]) -> None:
    plant = planter.begin("release", f"releases/{_VERSION}.md")
    planter.planted.spelled |= {"release: version": (_VERSION, _VERSION.replace(".", "-")), "release: date": days(1995, 10, 11)}
    planter.write({**protect, "date": "1995-10-11"}, f"## Security\n\n- {plant('change', 'text')}", kind="release")


def _in_french(planter: Planter, protect: dict[str, object]) -> None:
    """Translations: of protected pages, of a public one, and a protected original of a public translation's kind."""
    plant = planter.begin("French", "fr/clients/{}.md")
    planter.write({"title": plant("title", "text")}, plant("text", "text"), kind="French")
    plant = planter.begin("French post", "blog/{}.fr.md")
    meta = {**protect, "title": plant("title", "text"), "date": "2026-01-08", "tags": f"[{plant('tag')}]"}
    planter.write(meta, plant("text", "text"), kind="French post")
    plant = planter.begin("translated", "clients/{}.md")
    planter.write({"title": plant("title", "text")}, plant("text", "text"), kind="translated")
    original, key = planter.page, plant("key")
    plant = planter.begin("translation", "clients/{}.fr.md")
    planter.write({"title": plant("title", "text"), "translation_key": key}, plant("text", "text"), kind="translation")
    text = str(planter.planted.files[f"site/content/{original}"])
    planter.planted.files[f"site/content/{original}"] = text.replace("---\n\n", f"translation_key: {key}\n---\n\n", 1)


def _leading_there(planter: Planter) -> None:
    """A public page with a link to a protected one: its author knows the path of that, and writes words of their own."""
    plant = planter.begin("linked", "clients/{}.md")
    planter.write({"title": plant("title", "text")}, plant("text", "text"), kind="linked")
    text = f"---\ntitle: Ways in\n---\n\n[The way in]({planter.page}) for those who may.\n"
    planter.planted.files["site/content/ways.md"] = text
