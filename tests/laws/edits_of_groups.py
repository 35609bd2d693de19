"""What may happen between two builds to pages that only some may read, to their readers and to all around them."""

from __future__ import annotations

import shutil
from pathlib import Path

from sitegen.vaults import keys
from tests.laws.edits import WORDS, Playground, a_text, edits_among
from tests.laws.edits_for_readers import put_line

# Where the passwords of one group are, below the folder around the site's.
SECRETS = "../secrets.txt"
PASSWORDS = ("vault-cobalt-heron-lantern-oak-mist", "Größe ist nicht alles, sagte der Igel", "amber-otter-quilt-saddle-fern-nine")
READERS = ((0,), (1,), (0, 1), (2, 0, 1))
# What is no folder is an error.
GROUPS = (
    "{clients: {passwords: ../secrets.txt, folders: [vault]}, team: {passwords: ../secrets.txt}}",
    "{clients: {passwords: ../secrets.txt, folders: [vault]}, team: {passwords: ../secrets.txt, folders: [docs/guide]}}",
    "{clients: {passwords: ../secrets.txt, folders: [vault, blog]}, team: {passwords: ../secrets.txt}}",
    "{clients: {passwords: ../secrets.txt}, team: {passwords: ../secrets.txt, folders: [vault]}}",
    "{clients: {passwords: ../secrets.txt, title: For you, address: /placed/, folders: [vault]}, team: {passwords: ../secrets.txt}}",
    "{clients: {passwords: ../secrets.txt, title: For all of you}, team: {passwords: ../secrets.txt, folders: [releases, vault]}}",
    "{clients: {passwords: ../secrets.txt, folders: [docs]}, team: {passwords: ../secrets.txt, folders: [vault]}}",
)
COLLECTIONS = (
    "collections: {docs: {protect: clients}}",
    "collections: {releases: {protect: team}}",
    "collections: {vault: {kind: blog}}",
    "collections: {vault: {kind: docs, protect: clients}}",
    "collections: {}",
)
AROUND = (
    "menus: {main: [{title: Kept, page: vault/kept.md}, {page: vault/other.md}, {page: blog/p1.md}]}",
    "menus: {main: [{page: vault/kept.md, children: [{page: blog/p2.md}]}]}",
    "redirects: {/old/two/: /clients/, /gone/: /team/}",
    "home: {hero: {actions: [{title: Go, page: vault/kept.md}]}, features: [{title: Kept, page: vault/other.md}]}",
    "content: {html: trust}",
    "content: {html: sanitise}",
    "images: {widths: [16, 32], formats: [webp]}",
    "llms: {full: true}",
    "site_id: other.example",
    "site_id: small.example",
)
TEXT = """Kept {number}. See [another](other.md#{part}), [a post](../blog/p{number}.md#{part}), [docs](../docs/guide/start.md).

![A picture](picture-{picture}.png) [A file](/vault/list-{picture}.csv) ![Of all](../blog/picture-{picture}.png)

## {part}

```python
print({number})
```
"""


def kept_text(play: Playground) -> str:
    """The body of a page in the vault."""
    return TEXT.format(number=play.number(), part=play.chance.choice(WORDS), picture=play.number(2))


def _protected(play: Playground) -> list[Path]:
    return [path for path in play.pages() if "vault" in path.parts or "\nprotect:" in path.read_text()]


def _without(text: str, key: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:"))


def _say(path: Path, line: str) -> None:
    """A line of front matter, in the place of the one with its key."""
    text = _without(path.read_text(), line.partition(":")[0])
    text = text if text.startswith("---\n") else f"---\n---\n{text}"
    path.write_text(text.replace("---\n", f"---\n{line}\n", 1))


def _of(play: Playground) -> Path:
    """A protected page, if there is one."""
    return play.chance.choice(_protected(play) or play.pages())


# Pages


def protect_a_page(play: Playground) -> None:
    _say(play.a_page(), f"protect: {play.chance.choice(('clients', 'clients', 'team'))}")


def unprotect_a_page(play: Playground) -> None:
    path = _of(play)
    path.write_text(_without(path.read_text(), "protect"))


def protect_for_nobody(play: Playground) -> None:
    if play.number() == 1:
        _say(play.a_page(), f"protect: {play.chance.choice(('client', 'nobody', ''))}")


def add_a_kept_page(play: Playground) -> None:
    name = play.chance.choice(("kept", "other", "deep/third", "kept.fr", "deep/index", "index"))
    date = play.chance.choice(("", "date: 2025-02-03\n", "date: 2026-01-17\n", "expires: 2026-01-16\n"))
    play.write(f"content/vault/{name}.md", f"---\ntitle: Kept {play.number()}\n{date}---\n\n{kept_text(play)}")


def edit_a_kept_page(play: Playground) -> None:
    path = _of(play)
    path.write_text(path.read_text() + f"\nAn added line {play.number(9)}.\n\n### {play.chance.choice(WORDS)}\n")


def write_a_kept_page_anew(play: Playground) -> None:
    path = _of(play)
    front, _, _ = path.read_text().rpartition("---\n")
    path.write_text((front + "---\n\n" if front else "") + kept_text(play))


def say_it_of_a_kept_page(play: Playground) -> None:
    lines = (
        "title: Another",
        "public_title: For you",
        "public_title: For all",
        "slug: offer",
        "slug: one",
        "date: 2025-03-04",
        "draft: true",
    )
    more = (
        "date: 2025-03-04",
        "image: picture-1.png",
        "aliases: [/old/one/]",
        "redirect: /about/",
        "tags: [alpha]",
        "unlisted: true",
        "template: doc.html",
    )
    _say(_of(play), play.chance.choice((*lines, *more)))


def drop_it_from_a_kept_page(play: Playground) -> None:
    path, key = _of(play), play.chance.choice(("title", "public_title", "slug", "date", "draft", "image", "aliases", "expires", "redirect"))
    path.write_text(_without(path.read_text(), key))


def rename_a_kept_page(play: Playground) -> None:
    path = _of(play)
    path.rename(path.with_name(play.chance.choice(("kept.md", "other.md", "fourth.md", "index.md"))))


def delete_a_kept_page(play: Playground) -> None:
    if len(play.pages()) > 4:
        _of(play).unlink()


def move_a_page_in_or_out(play: Playground) -> None:
    path, folder = (play.a_page(), "vault") if play.number(2) == 1 else (_of(play), play.chance.choice(("blog", "docs", "vault/deep")))
    (play.root / "content" / folder).mkdir(parents=True, exist_ok=True)
    path.rename(play.root / "content" / folder / path.name)


# What links to them, and what they show


def link_to_a_kept_page(play: Playground) -> None:
    path, part = play.a_page(), play.chance.choice(WORDS)
    targets = ("/vault/kept.md", f"/vault/kept.md#{part}", "/vault/other.md", "/clients/", f"/clients/#{part}", "/clients/offer/", "/team/")
    path.write_text(f"{path.read_text().rstrip()}\n\n[a]({play.chance.choice((*targets, '@/vault/', '/vault/Kept.md'))})\n")


def put_a_kept_file(play: Playground) -> None:
    name = play.chance.choice(("picture-1.png", "picture-2.png", "list-1.csv", "list-2.csv", "deep/picture-1.png"))
    play.write(f"content/vault/{name}", play.chance.randbytes(play.chance.choice((20, 20, 3000))))


def drop_a_kept_file(play: Playground) -> None:
    files = [path for path in (play.root / "content" / "vault").rglob("*") if path.suffix in {".png", ".csv"}]
    if files:
        play.chance.choice(sorted(files)).unlink()


def show_a_kept_picture(play: Playground) -> None:
    """In a public page at times, which is an error, and a picture of a public folder in a kept page, which makes it one of theirs."""
    path = play.a_page() if play.number(4) == 1 else _of(play)
    target = play.chance.choice(("/vault/picture-1.png", "/blog/picture-1.png", "/picture-2.png", "/vault/deep/picture-1.png"))
    path.write_text(f"{path.read_text().rstrip()}\n\n![A]({target})\n")


def take_a_part_into_a_kept_page(play: Playground) -> None:
    path, line = _of(play), play.chance.choice(("<!-- @include: @/vault/_part.md -->", "<<< /taken.txt", "<!-- @include: @/about.md -->"))
    path.write_text(f"{path.read_text().rstrip()}\n\n{line}\n")
    for name in ("content/vault/_part.md", "taken.txt"):
        if not (play.root / name).exists():
            play.write(name, "A part.\n")


def edit_a_kept_part(play: Playground) -> None:
    play.write("content/vault/_part.md", f"A part, the {play.number()}th.\n\n{kept_text(play)}\n")


def drop_a_kept_part(play: Playground) -> None:
    (play.root / "content/vault/_part.md").unlink(missing_ok=True)


# Groups and readers


def change_the_groups(play: Playground) -> None:
    put_line(play, f"protected: {play.chance.choice(GROUPS)}")


def change_a_collection(play: Playground) -> None:
    put_line(play, play.chance.choice(COLLECTIONS))


def change_what_is_around(play: Playground) -> None:
    put_line(play, play.chance.choice(AROUND))


def change_the_readers(play: Playground) -> None:
    """One more, one less, or another name for the same."""
    chosen, word = play.chance.choice(READERS), play.chance.choice(("a", "b"))
    play.write(SECRETS, "# Readers.\n\n" + "".join(f"{word}{number}: {PASSWORDS[number]}\n" for number in chosen))


def lose_the_passwords(play: Playground) -> None:
    """Most builds do without then, and the next brings them back."""
    if play.locked:
        play.locked = False
        change_the_readers(play)
    else:
        (play.root / SECRETS).unlink(missing_ok=True)
        play.locked = play.number() > 1


def mistype_a_password(play: Playground) -> None:
    if play.number(3) == 1:
        play.write(SECRETS, play.chance.choice(("short", f"a: {PASSWORDS[0]}\nb: {PASSWORDS[0]}\n", "a: aaaaaaaaaaaaaaaaaaaa\n")))


def forget_the_keys(play: Playground) -> None:
    """What another process does: it knows none of those that were derived in this one."""
    if play.number(3) == 1:
        keys._made.clear()


# Templates and the cache


def override_a_locked_template(play: Playground) -> None:
    name = play.chance.choice(("protected.html", "group.html", "page.html"))
    body = "{% block footer %}<footer>{{ site.title(lang) }} " + str(play.number()) + "</footer>{% endblock %}\n"
    play.write(f"templates/{name}", f'{{% extends "theme/{name}" %}}{body}')


def damage_a_vault(play: Playground) -> None:
    path = play.a_file(".cache/vaults")
    if path is not None:
        data = bytearray(path.read_bytes())
        data[play.chance.randrange(len(data))] ^= 1 << play.chance.randrange(8)
        path.write_bytes(play.chance.choice((bytes(data), bytes(data), b"", data[:9])))


def lose_a_vault(play: Playground) -> None:
    shutil.rmtree(play.root / ".cache" / "vaults", ignore_errors=True)


def swap_two_entries_of_vaults(play: Playground) -> None:
    one, other = play.a_file(".cache/vaults"), play.a_file(".cache/vaults")
    if one is not None and other is not None:
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)


def set_a_body_aside(play: Playground) -> None:
    """The same text under a public and a kept name."""
    play.write("content/vault/other.md", f"---\ntitle: Other\n---\n\n{a_text(play)}\n")


EDITS = edits_among(globals(), __name__)
