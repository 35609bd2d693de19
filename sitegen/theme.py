"""Where templates come from, and the filters they have: the site's own folder, then the built-in theme."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, cast

from flask import Flask, g
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    meta,
    nodes,
    pass_context,
    pass_eval_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from sitegen import files, i18n
from sitegen.config import Settings
from sitegen.nearest import most_like
from sitegen.words import Vocabulary

_PACKAGE = Path(__file__).parent
PREFIX = "theme"


# The theme's templates that stand for a whole page.
_PAGES = "404 archive base doc docs feeds home list page post redirect release releases search term terms"
NAMES = frozenset(f"{name}.html" for name in _PAGES.split(" "))


def folder(kind: str) -> Path:
    """The built-in theme's ``templates`` or ``static``: inside the package where it is installed, beside it in a checkout."""
    inside = _PACKAGE / PREFIX / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind


def loader(settings: Settings) -> BaseLoader:
    """Templates by name, the site's first. ``theme/post.html`` always names the built-in one, so that an override can extend it."""
    theme = FileSystemLoader(folder("templates"))
    own = FileSystemLoader(settings.root / "templates")
    return ChoiceLoader([own, theme, PrefixLoader({PREFIX: theme})])


def template_files(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Every template that a build may read, by its name in its folder, in an order that no file system decides.

    Jinja follows every symbolic link, also one that leads out of the site.
    """
    for root in dict.fromkeys((settings.root / "templates", folder("templates"))):
        for name in files.walk(root, within=Path(root.anchor)).files:
            yield name, (root / name).read_bytes()


def digest_of_all(settings: Settings) -> str:
    """The digest of all templates that a build may read."""
    return files.digest(*(part for name, text in template_files(settings) for part in (name.encode(), text)))


def own_templates(settings: Settings) -> dict[str, bytes]:
    """The templates in the site's own folder, by name; none where that is the theme's."""
    root = settings.root / "templates"
    if root == folder("templates"):
        return {}
    return {name: (root / name).read_bytes() for name in files.walk(root, within=Path(root.anchor)).files}


def built_in(environment: Environment) -> frozenset[str]:
    """The names of the theme's templates."""
    return frozenset(name.removeprefix(f"{PREFIX}/") for name in environment.list_templates() if name.startswith(f"{PREFIX}/"))


# A tag that brings in another template, and its name where it is written out.
_REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|'([^']+)')?""")


# A loader of files asks nothing of the environment that it loads for.
_NOBODY = Environment()  # noqa: S701  nothing is rendered


def digest_of(settings: Settings, name: str) -> str:
    """The digest of the template `name` and of every template that it may extend, include or import; also where there is none."""
    templates = loader(settings)
    sources: dict[str, str] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in sources:
            sources[each] = _source(templates, each)
            waiting += _referenced(sources[each], templates)
    return files.digest(*(part.encode() for each in sorted(sources) for part in (each, sources[each])))


def _source(templates: BaseLoader, name: str) -> str:
    """The text of a template; of one that is not there, a text that none has."""
    try:
        return templates.get_source(_NOBODY, name)[0]
    except TemplateNotFound:
        return "\0"


def _referenced(source: str, templates: BaseLoader) -> list[str]:
    """The templates that one names; all there are where it works a name out."""
    names = [double or single for double, single in _REFERENCE.findall(source)]
    return names if all(names) else templates.list_templates()


def install(app: Flask, settings: Settings, words: Vocabulary) -> None:
    """Give `app` its templates: loader, escaping in every one of them, no undefined names, translations and filters."""
    environment = app.jinja_env
    environment.autoescape = True
    environment.undefined = _Undefined
    environment.code_generator_class = _Compiler
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    _install_words(environment, settings, words)
    environment.filters["date"] = partial(_date, settings.language)
    environment.filters["iso"] = datetime.isoformat
    app.extensions["sitegen-templates"] = frozenset(environment.list_templates())


class _Undefined(StrictUndefined):
    """A name that does not exist, which is an error that says what was most likely meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        message = super()._undefined_message
        known = [] if self._undefined_obj is missing else [name for name in dir(self._undefined_obj) if not name.startswith("_")]
        near = most_like(str(self._undefined_name), known)
        return f"{message}, did you mean {near!r}?" if near else message


class _Compiler(CodeGenerator):
    """Jinja's compiler, which imports a file of macros once a process where it makes no difference.

    The theme imports its macros with context, so that a site that replaces them may use ``site`` or ``page`` there. Jinja then
    defines them all anew for every page, used or not, which takes longer than calling them.
    """

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if isinstance(node.template, nodes.Const) and _is_plain_macros(self.environment, node.template.value):
            self.write(f"environment.get_template({node.template.value!r}, {self.name!r}).module")
        else:
            super()._import_common(node, frame)


_WORDS = frozenset({"_", "gettext", "ngettext"})


def _is_plain_macros(environment: Environment, name: str) -> bool:
    """Whether the template `name` holds macros and nothing else, and these go by their arguments alone."""
    try:
        source, filename, _ = cast(BaseLoader, environment.loader).get_source(environment, name)
        tree = environment.parse(source, name, filename)
    except TemplateError:
        return False
    shown = [node for node in tree.body if not isinstance(node, nodes.Macro)]
    is_blank = all(isinstance(node, nodes.Output) and all(isinstance(each, nodes.TemplateData) for each in node.nodes) for node in shown)
    looks_elsewhere = any(tree.find(kind) for kind in (nodes.Include, nodes.Import, nodes.FromImport))
    return is_blank and not looks_elsewhere and meta.find_undeclared_variables(tree) <= _WORDS


def _install_words(environment: Environment, settings: Settings, words: Vocabulary) -> None:
    """The functions of Jinja's new-style gettext, in the language of the page.

    Its own, around a catalogue's, format every text whether or not there is anything to fill in, and find their function anew for
    each of them; the words of a page are many and nearly all constant.
    """

    @lru_cache(maxsize=4096)
    def translated(lang: str, text: str) -> Markup:
        return _as_text(words.of(lang).gettext(text))

    @lru_cache(maxsize=4096)
    def counted(lang: str, one: str, many: str, count: int) -> Markup:
        return _as_text(words.of(lang).ngettext(one, many, count))

    @pass_eval_context
    def gettext(context: EvalContext, text: str, /, **variables: Any) -> str:
        lang = g.get("lang", settings.language)
        return _filled(translated(lang, text), variables, context, lang)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, count: int, /, **variables: Any) -> str:
        lang = g.get("lang", settings.language)
        return _filled(counted(lang, one, many, count), {"num": count, **variables}, context, lang)

    @pass_context  # of a number that a template writes out, Jinja would otherwise ask once for all languages
    def number(_context: Context, value: float) -> str:
        return i18n.format_number(value, g.get("lang", settings.language))

    def foreign(lang: str) -> Markup:
        return _foreign(lang, g.get("lang", settings.language))

    environment.filters |= {"number": number, "foreign": foreign}
    environment.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    # What the tag `trans` makes of its text has to be new-style as well.
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals["_"] = gettext


_WHOLE_NUMBER = re.compile(r"(%\(\w+\))d")


def _as_text(text: str) -> Markup:
    """A text of the theme, where numbers are filled in as the page's language writes them."""
    return Markup(_WHOLE_NUMBER.sub(r"\1s", text))  # noqa: S704  a template's own words, or a translator's


def _filled(text: Markup, variables: Mapping[str, Any], context: EvalContext, lang: str) -> str:
    """`text` with ``%(name)s`` replaced; what is filled in is escaped where the template escapes."""
    if context.autoescape and "%" not in text:
        return text
    given = {name: i18n.Count(value, lang) if type(value) is int else value for name, value in variables.items()}
    return text % given if context.autoescape else str(text) % given


@lru_cache(maxsize=1024)
def _foreign(lang: str, around: str) -> Markup:
    """The attributes of an element whose text is in `lang` on a page in another language; nothing where the two are one or it is empty."""
    if lang in {"", around}:
        return Markup()
    direction = i18n.direction(lang)
    turned = Markup(' dir="{}"').format(direction) if direction != i18n.direction(around) else Markup()
    return Markup(' lang="{}"').format(lang) + turned


def _date(language: str, value: datetime, style: str = "long") -> str:
    return i18n.format_date(value, g.get("lang", language), style)
