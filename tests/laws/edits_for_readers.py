"""What may happen between two builds to all that a site offers its readers: words, a front page, a search, a style, comforts."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.laws.edits import Playground, edits_among

LANGUAGES = (
    "languages: {fr: {title: Petit}, de: {name: Deutsch}}",
    "languages: {fr: {title: Petit}, ar: {description: Small}}",
    "languages: {fr: {home: {hero: {title: Bonjour}, sections: [text, latest]}}}",
    "languages: {}",
)
HOMES = (
    "home: {hero: {label: A garden, title: Growing, image: hero.png, actions: [{title: Go, url: /blog/}, {page: blog/p1.md}]}}",
    "home: {features: [{title: Soil, text: It lives., icon: hero.png, page: about.md}, {title: Rain, icon: 🌧, url: /tags/alpha/}]}",
    "home: {sections: [docs, release, latest, pages, text]}",
    "home: {hero: {image: us.png, image_alt: Us}, sections: [pages, docs]}",
    "home: {}",
)
COMMENTS = "comments: {giscus: {repo: own/garden, repo_id: R_1, category: Talk, category_id: D_1, mapping: %s}}"
COMFORTS = (
    "share: [mastodon, email, copy]",
    "share: [device]",
    COMMENTS % "title",
    COMMENTS % "pathname",
    "analytics: {plausible: {}}",
    "analytics: {goatcounter: {host: 'https://small.goatcounter.com'}}",
    "repository: https://github.com/own/garden",
    "repository: https://gitlab.com/own/garden/-/tree/main/site",
    "edit_url: https://edit.example/{path}",
    "fallback: true",
    "social: {Elsewhere: 'https://elsewhere.example/@small'}",
    "theme: {accent: '#0a66c2', logo: hero.png}",
    "theme: {accent: '#aa2200', favicon: us.png}",
    "search: false",
    "search: true",
)
KEYS = (
    "search: false",
    "searchable: true",
    "comments: true",
    "comments: false",
    "hero: {title: Its own, image: picture-1.png, actions: [{title: Read, page: blog/p2.md}]}",
    "features: [{title: One, text: Two., icon: picture-2.png, page: docs/index.md}]",
    "template: home.html",
)
BLOCKS = (
    "::: tabs\n== One\n\nFirst.\n\n== Two\n\nSecond.\n:::",
    '=== "One"\n\n    First.\n\n=== "Two"\n\n    Second.',
    "$$\nx^2\n$$",
    "::: tip Part\nA tip.\n:::",
    "> [!CAUTION]\n> Word.",
    "Text.[^own]\n\n[^own]: A note.",
    "```python\nprint(1)  # [!code ++]\n```",
    "A ++word++ and ~~another~~.",
    "::embed[A talk]{src=https://vimeo.com/7}",
    "| a |\n|---|\n| b |",
)
COUNTED = """msgid "%(num)d post"
msgid_plural "%(num)d posts"
msgstr[0] "%(num)d un"
msgstr[1] "%(num)d de"
"""
PARTS = ("ground", "reading", "tabs", "notes", "math", "home", "lists", "search")
WHOLE = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ head.tab_title }}</title>%s</head>
<body><main>{{ body }}</main></body></html>
"""


def put_line(play: Playground, line: str) -> None:
    """A line of site.yaml in the place of the one with its key."""
    path = play.root / "site.yaml"
    key = line.partition(":")[0]
    kept = [each for each in path.read_text().splitlines() if not each.startswith(f"{key}:")]
    path.write_text("\n".join([*kept, line, ""]))


def _drop(play: Playground, folder: str) -> None:
    path = play.a_file(folder)
    if path is not None:
        path.unlink()


# Words and languages


def change_the_languages(play: Playground) -> None:
    put_line(play, play.chance.choice(LANGUAGES))


def write_a_catalogue(play: Playground) -> None:
    """Words of every page, of some, of a body, in the site's own language and others; with an odd one now and then."""
    lang = play.chance.choice(("fr", "fr", "en", "de", "ar", "en-GB"))
    said = {
        "Search": f"Chercher {play.number()}",
        "Tip": "Conseil",
        "Related posts": "Aussi",
        "Updated": "Mis à jour",
        "Skip to content": f"Au contenu {play.number(2)}",
    }
    entries = [f'msgid "{text}"\nmsgstr "{said[text]}"\n' for text in play.chance.sample(sorted(said), play.number(5))]
    play.write(f"locale/{lang}.po", "\n".join([*entries, *play.chance.choice(((), (), (COUNTED,)))]))


def drop_a_catalogue(play: Playground) -> None:
    _drop(play, "locale")


# The front page and the comforts


def change_the_front_page(play: Playground) -> None:
    put_line(play, play.chance.choice(HOMES))


def put_a_picture_of_the_front_page(play: Playground) -> None:
    out = BytesIO()
    Image.new("RGB", (16 * play.number(3), 16), (0, 40 * play.number(), 0)).save(out, "PNG")
    play.write(play.chance.choice(("static/hero.png", "static/hero.png", "content/hero.png")), out.getvalue())


def drop_a_picture_of_the_front_page(play: Playground) -> None:
    for name in ("static/hero.png", "content/hero.png"):
        (play.root / name).unlink(missing_ok=True)


def change_a_comfort(play: Playground) -> None:
    put_line(play, play.chance.choice(COMFORTS))


def say_it_of_a_page(play: Playground) -> None:
    path, line = play.a_page(), play.chance.choice(KEYS)
    text, key = path.read_text(), line.partition(":")[0]
    text = "".join(each for each in text.splitlines(keepends=True) if not each.startswith(f"{key}:"))
    text = text if text.startswith("---\n") else f"---\n---\n{text}"
    path.write_text(text.replace("---\n", f"---\n{line}\n", 1))


def turn_the_search(play: Playground) -> None:
    play.search = not play.search


# The style


def write_what_needs_a_part(play: Playground) -> None:
    path = play.a_page()
    path.write_text(f"{path.read_text().rstrip()}\n\n{play.chance.choice(BLOCKS)}\n")


def take_out_what_needs_a_part(play: Playground) -> None:
    for path in play.pages():
        text = path.read_text()
        found = [block for block in BLOCKS if block in text]
        if found:
            path.write_text(text.replace(play.chance.choice(found), "Nothing."))
            return


def override_a_part(play: Playground) -> None:
    name, number = play.chance.choice(PARTS), play.number()
    picture = "background: url(hero.png)" if number < 2 else f"top: {number}px"
    play.write(f"static/_{name}.css", f".own {{ {picture} }}\n")


def write_a_sheet_of_a_part(play: Playground) -> None:
    play.write("static/_own.css", f".part{{left:{play.number()}px}}\n")
    play.write("static/own.css", f'@import "_own.css";\n.own{{right:{play.number(2)}px}}\n')
    link = "<link rel=stylesheet href=\"{{ url_for('static', filename='own.css') }}\">"
    play.write("templates/doc.html", f'{{% extends "theme/doc.html" %}}{{% block head %}}{link}{{% endblock %}}\n')


def drop_a_static_file(play: Playground) -> None:
    _drop(play, "static")


def write_a_template_of_ones_own(play: Playground) -> None:
    """A whole page that wants the style sheet, or asks for parts by their names, or does without."""
    head = play.chance.choice(("", "<!-- stylesheet -->", '<link rel="stylesheet" href="{{ site.sheet(\'ground reading\') }}">'))
    play.write(f"templates/{play.chance.choice(('page', 'post', 'doc'))}.html", WHOLE % head)


EDITS = edits_among(globals(), __name__)
