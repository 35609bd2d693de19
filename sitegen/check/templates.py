"""Templates of the site that change nothing: files that nobody asks for, blocks that no template above them has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes

from sitegen import theme
from sitegen.errors import Problem
from sitegen.nearest import most_like
from sitegen.pages import extension_sources
from sitegen.site import Site

_FOLDER = "templates"
_NAME = re.compile(r"[\w./-]+")


def blocks(site: Site, environment: Environment) -> Iterator[Problem]:
    """Blocks that are shown nowhere; `environment` is that of the site's app, which loads its templates."""
    for name, text in theme.own_templates(site.settings).items():
        written = text.decode(errors="replace")
        tree = _parsed(environment, written)
        if tree is not None:
            yield from _blocks(environment, name, written, tree)


def _parsed(environment: Environment, text: str) -> nodes.Template | None:
    try:
        return environment.parse(text)
    except TemplateSyntaxError:
        # A build that needs it names it.
        return None


def unused(site: Site, environment: Environment) -> Iterator[Problem]:
    """Files that replace none of the theme's, and that nothing asks for."""
    own, theirs = theme.own_templates(site.settings), theme.built_in(environment)
    trees = (_parsed(environment, text.decode(errors="replace")) for text in own.values())
    names = [each for tree in trees if tree is not None for each in _asked(tree)]
    # A name that is worked out may be any.
    if not all(names):
        return
    asked = {name for each in names for name in each} | _wanted(site)
    for name in own:
        if name not in theirs and name not in asked:
            near = most_like(name, theirs)
            hint = f"did you mean `{_FOLDER}/{near}`?" if near else "name it in a page's `template:`, include it, or remove it"
            message = "the template replaces none of the theme's, and nothing asks for it"
            yield Problem("unused-template", message, f"{_FOLDER}/{name}", hint=hint)


def _wanted(site: Site) -> set[str]:
    """The templates that pages, collections and extensions name."""
    named = {f"{page.meta.template}.html" for page in site.all if page.meta.template}
    named.update(f"{collection.layout}.html" for collection in site.settings.collections.values() if collection.layout)
    return named.union(*(_NAME.findall(source.decode(errors="replace")) for source in extension_sources(site.settings)))


def _asked(tree: nodes.Template) -> Iterator[list[str]]:
    """What the names of the templates are made of that it brings in, for each time that it does."""
    yield from (list(_constants(node.template)) for node in tree.find_all(nodes.Extends))
    yield from (list(_constants(node.template)) for node in tree.find_all(nodes.Include))
    yield from (list(_constants(node.template)) for node in tree.find_all(nodes.Import))
    yield from (list(_constants(node.template)) for node in tree.find_all(nodes.FromImport))


def _constants(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    yield from (each.value for each in node.find_all(nodes.Const) if isinstance(each.value, str))


def _blocks(environment: Environment, name: str, text: str, tree: nodes.Template) -> Iterator[Problem]:
    """The blocks at the top of a template that extends another: where none above it has that block, it is shown nowhere."""
    above = _blocks_above(environment, tree)
    if above is None:
        return
    for block in tree.body:
        if not isinstance(block, nodes.Block) or block.name in above or f"self.{block.name}" in text:
            continue
        near = most_like(block.name, above)
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(f'`{each}`' for each in sorted(above))}"
        excerpt = text.split("\n")[block.lineno - 1]
        column = max(0, excerpt.find(block.name)) + 1
        message = f"no template that this one extends has a block `{block.name}`, so it is shown nowhere"
        yield Problem("unused-block", message, f"{_FOLDER}/{name}", block.lineno, column, excerpt, hint)


def _blocks_above(environment: Environment, tree: nodes.Template) -> set[str] | None:
    """The blocks of all templates that one extends, in turn; None where it extends none, or nobody can tell which."""
    blocks: set[str] = set()
    seen: set[str] = set()
    here: nodes.Template | None = tree
    while here is not None and (extends := here.find(nodes.Extends)) is not None:
        parent = extends.template
        if not isinstance(parent, nodes.Const) or parent.value in seen:
            return None
        seen.add(parent.value)
        here = _loaded(environment, parent.value)
        if here is None:
            return None
        blocks.update(block.name for block in here.find_all(nodes.Block))
    return blocks if seen else None


def _loaded(environment: Environment, name: str) -> nodes.Template | None:
    try:
        source, _, _ = environment.loader.get_source(environment, name) if environment.loader else ("", None, None)
    except TemplateNotFound:
        return None
    return _parsed(environment, source)
