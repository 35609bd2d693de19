"""The front page as front matter describes it: sitegen's own words, those of VitePress, and those of VuePress.

https://vitepress.dev/reference/default-theme-home-page and https://v1.vuepress.vuejs.org/theme/default-theme-config.html#homepage
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen.frontmatter.fields import Field, Fields, is_null
from sitegen.frontmatter.keys import folded
from sitegen.frontmatter.meta import Action, Feature, Hero
from sitegen.yaml_nodes import Mapping as MappingNode
from sitegen.yaml_nodes import Node, Scalar, Sequence

_Nodes = Mapping[str, Node]
_FEATURE = frozenset({"title", "text", "details", "icon", "page", "url", "link"})


def read_hero(fields: Fields) -> Hero | None:
    """The top of the front page; None where the page says nothing of it. A `hero` that is no mapping is another tool's."""
    field = fields.first("hero")
    hero = _hero(fields, field, _nodes(field.value)) if field is not None and isinstance(field.value, MappingNode) else Hero()
    flat = {
        "title": fields.text("hero_title"),
        "text": fields.text("hero_text"),
        "image": fields.text("hero_image"),
        "image_alt": fields.text("hero_alt"),
    }
    actions = hero.actions or tuple(_flat_actions(fields))
    hero = replace(hero, actions=actions, **{name: getattr(hero, name) or value for name, value in flat.items()})
    return hero if hero != Hero() else None


def read_features(fields: Fields) -> tuple[Feature, ...]:
    """The reasons to read on. What is no list of such mappings is another tool's."""
    field = fields.first("features")
    tables = _tables(field) if field is not None else []
    return tuple(_feature(fields, field, nodes) for nodes in tables if field is not None and not _FEATURE.isdisjoint(nodes))


def _hero(fields: Fields, field: Field, nodes: _Nodes) -> Hero:
    label, title, text = (_text(fields, field, nodes, *names) for names in (("label",), ("title", "name"), ("text",)))
    tagline = _text(fields, field, nodes, "tagline")
    # VitePress shows the name, the text and the tagline one below the other, each smaller.
    if "name" in nodes and text and not label:
        label, title, text = title, text, ""
    image, alt = _picture(fields, field, nodes.get("image"))
    actions = Field(field.name, field.key, nodes["actions"]) if "actions" in nodes else None
    return Hero(
        label=label,
        title=title,
        text=text if not tagline else tagline if not text else f"{text} {tagline}",
        image=image,
        image_alt=_text(fields, field, nodes, "image_alt") or alt,
        actions=tuple(_actions(fields, actions)) if actions else (),
    )


def _flat_actions(fields: Fields) -> Iterator[Action]:
    field = fields.first("hero_actions")
    if field is not None:
        yield from _actions(fields, field)
    title, link = fields.text("action_text"), fields.text("action_link")
    if title and link:
        yield Action(title, link)


def _actions(fields: Fields, field: Field) -> Iterator[Action]:
    for nodes in _tables(field):
        title, link = _text(fields, field, nodes, "title", "text"), _text(fields, field, nodes, "page", "url", "link")
        if title and link:
            yield Action(title, link)
        elif title or link:
            fields.report(
                "bad-value", f"a button of the front page has no {'address' if title else 'title'}", _first(nodes), "give it both"
            )


def _feature(fields: Fields, field: Field, nodes: _Nodes) -> Feature:
    icon = nodes.get("icon")
    sign = "" if isinstance(icon, Scalar) and icon.text.lstrip().startswith("<") else _picture(fields, field, icon)[0]
    title = _text(fields, field, nodes, "title")
    if not title:
        fields.report("bad-value", "a feature of the front page has no title", _first(nodes), "give it one")
    return Feature(title, _text(fields, field, nodes, "text", "details"), sign, _text(fields, field, nodes, "page", "url", "link"))


def _picture(fields: Fields, field: Field, node: Node | None) -> tuple[str, str]:
    """The address of a picture and what it shows, written alone or as a mapping; of two for light and dark, the one for light."""
    if isinstance(node, MappingNode):
        nodes = _nodes(node)
        return _text(fields, field, nodes, "src", "path", "light"), _text(fields, field, nodes, "alt")
    return (_said(fields, field, node), "") if node is not None else ("", "")


def _tables(field: Field) -> list[_Nodes]:
    """The items of a list that are mappings."""
    items = field.value.items if isinstance(field.value, Sequence) else ()
    return [_nodes(item) for item in items if isinstance(item, MappingNode) and item.pairs]


def _nodes(node: MappingNode) -> _Nodes:
    return {folded(key.text): value for key, value in node.pairs if not is_null(value)}


def _first(nodes: _Nodes) -> Node:
    return next(iter(nodes.values()), Scalar("", 0, 0))


def _text(fields: Fields, field: Field, nodes: _Nodes, *names: str) -> str:
    """The first of these keys that says something."""
    return next((_said(fields, field, nodes[name]) for name in names if name in nodes), "")


def _said(fields: Fields, field: Field, node: Node) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    fields.bad(field, "a text", "write it as one text", node=node)
    return ""
