"""Catalogues begun, and brought up to date with the words that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sitegen import files
from sitegen.errors import ProblemsFound
from sitegen.files import PACKAGE
from sitegen.words.catalogue import read
from sitegen.words.collecting import Text, collect
from sitegen.words.vocabulary import FOLDER, SUFFIX, TEMPLATE, plural_of

_WIDTH = 110


def start(root: Path, lang: str, said: Iterable[str] = ()) -> tuple[str, int, int]:
    """Write the site's catalogue for a language, or add to it what is new: the theme's texts, those of its own templates, and `said`.

    What is translated there and stands in none of these stays, since it may be said by other means, such as ``_(name)``.
    Returns the file's path in the site, how many texts it has, and how many of them are not translated there.

    Raises:
        ProblemsFound: there is a catalogue, and it cannot be read.
        TemplateError: a template of the site is none.
    """
    path = root / FOLDER / f"{lang}{SUFFIX}"
    texts = {each.one: each for each in _asked()}
    own = sorted((root / "templates").rglob("*.html"))
    texts |= collect((file.relative_to(root).as_posix(), file) for file in own)
    texts |= {text: Text(text, None, ("site.yaml",), ()) for text in said if text not in texts}
    before = path.read_bytes() if path.is_file() else b""
    after = updated(before, texts, lang, shown=f"{FOLDER}/{path.name}", keep=True)
    files.write_whole(path, after)
    known = read(after, path.name, plural=lambda: plural_of(lang))
    return f"{FOLDER}/{path.name}", len(texts), len(texts.keys() - known.texts.keys() - known.plurals.keys())


def _asked() -> Iterator[Text]:
    """The texts of the theme that is installed, with what translators are told."""
    for message in read_po(BytesIO(TEMPLATE.read_bytes())):
        one, many = message.id if isinstance(message.id, list | tuple) else (message.id, None)
        if one:
            yield Text(one, many, (), tuple(message.auto_comments))


def update_theme() -> list[str]:
    """Bring the theme's own catalogues up to date with its templates and modules, which is done in a checkout; the files written."""
    texts = theme_texts()
    files.write_whole(TEMPLATE, template_of(texts))
    written = [TEMPLATE.name]
    for path in sorted((PACKAGE / FOLDER).glob(f"*{SUFFIX}")):
        files.write_whole(path, updated(path.read_bytes(), texts, path.stem, shown=path.name))
        written.append(path.name)
    return written


def theme_texts() -> dict[str, Text]:
    """Every text of the theme that a checkout holds, in templates and modules."""
    root = PACKAGE.parent
    sources = [*(root / "templates").rglob("*.html"), *PACKAGE.rglob("*.py")]
    return collect((path.relative_to(root).as_posix(), path) for path in sorted(sources))


def template_of(texts: Mapping[str, Text]) -> bytes:
    """The catalogue that others are made from: every text, and no translation."""
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return header.encode() + b"\n" + _written(_catalog(texts, "en"))


def updated(before: bytes, texts: Mapping[str, Text], lang: str, *, shown: str, keep: bool = False) -> bytes:
    """The catalogue `before` with these `texts` and no others, unless it is to `keep` what it translates besides.

    Raises:
        ProblemsFound: it cannot be read.
    """
    known = read(before, shown, plural=lambda: plural_of(lang))
    if known.problems:
        raise ProblemsFound(known.problems)
    header = before.decode("utf-8-sig").replace("\r\n", "\n").split("\n\n", 1)[0] if b"Plural-Forms" in before else _header(lang)
    catalog = read_po(BytesIO(before), locale=None) if before else Catalog(locale=lang.replace("-", "_"))
    others = dict(_translated(catalog, texts)) if keep else {}
    catalog.update(_catalog({**texts, **others}, lang), no_fuzzy_matching=True)
    return header.encode() + b"\n\n" + _written(catalog)


def _translated(catalog: Catalog, known: Mapping[str, Text]) -> Iterator[tuple[str, Text]]:
    """What the catalogue translates beside what is `known`."""
    for message in catalog:
        one, many = message.id if isinstance(message.id, list | tuple) else (message.id, None)
        done = any(message.string) if isinstance(message.string, list | tuple) else message.string
        if one and one not in known and done:
            yield one, Text(one, many, (), ())


def _header(lang: str) -> str:
    count, rule = plural_of(lang)
    lines = (f"Language: {lang}", f"Plural-Forms: nplurals={count}; plural={rule};", "Content-Type: text/plain; charset=utf-8")
    return 'msgid ""\nmsgstr ""\n' + "\n".join(f'"{line}\\n"' for line in lines)


def _catalog(texts: Mapping[str, Text], lang: str) -> Catalog:
    catalog = Catalog(locale=lang.replace("-", "_"))
    for text in texts.values():
        places = [(name, 0) for name in text.files]
        catalog.add((text.one, text.many) if text.many else text.one, locations=places, auto_comments=text.notes)
    return catalog


def _written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=_WIDTH, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()
