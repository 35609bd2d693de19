"""The theme's catalogues with those of the site laid over them: what each language says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path

from sitegen import files
from sitegen.errors import Problem
from sitegen.files import PACKAGE
from sitegen.words.catalogue import Catalogue, read

FOLDER, SUFFIX = "locale", ".po"
TEMPLATE = PACKAGE / FOLDER / "sitegen.pot"
SOURCE = "en"
_UNREAD = "theme-words"


class Words:
    """What the theme says in one language; a text without a translation is said as it is."""

    def __init__(self, catalogues: Sequence[Catalogue] = ()) -> None:
        """Of two `catalogues` with the same text the later one counts."""
        self._texts: dict[str, str] = {}
        self._plurals: dict[str, tuple[Catalogue, tuple[str, ...]]] = {}
        for each in catalogues:
            self._texts |= each.texts
            self._texts |= {one: forms[each.choose(1)] for one, forms in each.plurals.items()}
            self._plurals |= {one: (each, forms) for one, forms in each.plurals.items()}

    def gettext(self, text: str) -> str:
        """`text` in this language."""
        return self._texts.get(text, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form of the text `one` that `count` wants; English where it has no translation."""
        found = self._plurals.get(one)
        if found is None:
            return one if count == 1 else many
        catalogue, forms = found
        return forms[catalogue.choose(count)]

    def lacks(self, text: str) -> bool:
        """Whether `text` is said as it is because nothing else is known."""
        return text not in self._texts


class Vocabulary:
    """The words of a site in `languages` and any other.

    `spoken` are those languages, and others that the site in `root` has a catalogue for; `problems` is what is wrong with these.
    """

    def __init__(self, root: Path, languages: Sequence[str]) -> None:
        self._languages = tuple(languages)
        self._own = {path.stem.replace("_", "-"): _read_own(path) for path in _paths(root)}
        self._files = {path.stem.replace("_", "-"): path.name for path in _paths(root)}
        self._words: dict[str, Words] = {}
        self.spoken = tuple(sorted({*languages, *self._own}))
        wrong = [problem for each in self._own.values() for problem in each.problems]
        self.problems = (*wrong, *self._untranslated(), *self._unread())

    def of(self, lang: str) -> Words:
        """What the theme says in a language: as the site's catalogue has it, else as the theme's; what both lack, as without the region."""
        if lang not in self._words:
            self._words[lang] = Words(self._catalogues(lang))
        return self._words[lang]

    def knows(self, lang: str) -> bool:
        """Whether anything is translated into the language, or it is the theme's own."""
        return _codes(lang)[-1] == SOURCE or bool(self._catalogues(lang))

    def _catalogues(self, lang: str) -> list[Catalogue]:
        codes = _codes(lang)
        of_theme = [found for code in reversed(codes) if (found := _of_theme(code)) is not None]
        return of_theme + [self._own[code] for code in reversed(codes) if code in self._own]

    def _untranslated(self) -> Iterator[Problem]:
        for lang in self._languages:
            if _codes(lang)[-1] == SOURCE or any(_of_theme(code) for code in _codes(lang)):
                continue
            lacking = [text for text in sorted(self._texts) if self.of(lang).lacks(text)]
            if lacking:
                share = f"{len(lacking)} of {len(self._texts)} texts"
                example = next((text for text in lacking if "%" not in text and "{" not in text), lacking[0])
                message = f"{share} of the theme are English on pages in {lang!r}, such as {example!r}"
                yield Problem(_UNREAD, message, path="site.yaml", hint=self._cure(lang, lacking))

    def _cure(self, lang: str, lacking: Sequence[str]) -> str:
        """What to do about the `lacking` texts: another thing where they stand in the catalogue and only want a translation."""
        own = self._own.get(lang)
        if own is not None and own.asked.issuperset(lacking):
            return f"write their translations into {FOLDER}/{self._files[lang]}, where each has an empty `msgstr` or is `fuzzy`"
        what = f"writes {FOLDER}/{lang}{SUFFIX} with" if own is None else f"adds to {FOLDER}/{self._files[lang]}"
        return f"`sitegen words {lang}` {what} what is to be translated"

    def _unread(self) -> Iterator[Problem]:
        wanted = {code for lang in self._languages for code in _codes(lang)}
        for code in sorted(self._own.keys() - wanted):
            message = f"is read for the language {code!r}, which the site does not have"
            known = ", ".join(f"{lang}{SUFFIX}" for lang in self._languages)
            yield Problem(_UNREAD, message, path=f"{FOLDER}/{self._files[code]}", hint=f"call it after a language of the site: {known}")

    @cached_property
    def _texts(self) -> frozenset[str]:
        return read(TEMPLATE.read_bytes(), TEMPLATE.name, plural=_english).asked


def digest_of(root: Path) -> str:
    """The digest of the catalogues of the site in `root`."""
    return files.digest(*(part for path in _paths(root) for part in (path.name.encode(), files.digest_of(path).encode())))


def _paths(root: Path) -> list[Path]:
    folder = root / FOLDER
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file()) if folder.is_dir() else []


def _read_own(path: Path) -> Catalogue:
    shown = f"{FOLDER}/{path.name}"
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = Problem("unreadable", f"cannot be read: {error.strerror}", path=shown, hint="check its permissions")
        return Catalogue(problems=(problem,))
    return read(data, shown, plural=lambda: plural_of(path.stem))


@cache
def _of_theme(code: str) -> Catalogue | None:
    path = PACKAGE / FOLDER / f"{code}{SUFFIX}"
    return read(path.read_bytes(), path.name, plural=lambda: plural_of(code)) if path.is_file() else None


def _codes(lang: str) -> list[str]:
    """The language, then without its last part, and so on: ``zh-Hant-TW``, ``zh-Hant``, ``zh``."""
    parts = lang.replace("_", "-").split("-")
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def plural_of(lang: str) -> tuple[int, str]:
    """How many plural forms a language has, and the expression that chooses one, as gettext writes it."""
    # Babel's half for messages takes longer to load than a catalogue to read, and most say themselves what it would tell.
    from babel import UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        rule = get_plural(lang.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        # The file is not called after a language; that no page reads it is told elsewhere.
        return _english()
    return rule.num_plurals, rule.plural_expr


def _english() -> tuple[int, str]:
    return 2, "(n != 1)"
