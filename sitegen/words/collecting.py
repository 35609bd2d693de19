"""The words of templates and modules, found: what a catalogue has to translate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import babel_extract

from sitegen.errors import TemplateError

_KEYWORDS: Mapping[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2)}
_COMMENT = "Translators:"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be translated; `many` is its plural, `files` are those that say it, sorted, `notes` what translators are told."""

    one: str
    many: str | None
    files: tuple[str, ...]
    notes: tuple[str, ...]


def collect(sources: Iterable[tuple[str, Path]]) -> dict[str, Text]:
    """Every text of the templates and modules among `sources`, which are names and files, sorted.

    Raises:
        TemplateError: a template is none.
    """
    found: dict[str, Text] = {}
    for name, path in sources:
        for one, many, notes in _texts(name, path):
            known = found.get(one, Text(one, None, (), ()))
            files = tuple(sorted({*known.files, name}))
            found[one] = Text(one, many or known.many, files, tuple(dict.fromkeys((*known.notes, *notes))))
    return dict(sorted(found.items()))


def _texts(name: str, path: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    method: Any = babel_extract if path.suffix == ".html" else "python"
    options: dict[str, Any] = {"silent": "false"} if path.suffix == ".html" else {}
    try:
        for _line, message, notes, _context in extract(
            method, BytesIO(path.read_bytes()), keywords=_KEYWORDS, comment_tags=[_COMMENT], options=options, strip_comment_tags=True
        ):
            one, many = message if isinstance(message, tuple) else (message, None)
            yield one, many, notes
    except TemplateSyntaxError as error:
        hint = "mend the template, then ask again"
        raise TemplateError(str(error.message), path=name, line=error.lineno, hint=hint) from error
