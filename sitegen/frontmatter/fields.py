"""The written keys of one front matter, found by their canonical name and read to the kind of value they must hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sitegen.errors import Problem
from sitegen.frontmatter.dates import BadDateError, Moment, parse
from sitegen.frontmatter.keys import KEYS, MEANINGS, OWN, PROTECT, SECRETS, folded, is_nested
from sitegen.frontmatter.split import Split
from sitegen.yaml_nodes import Mapping, Node, Scalar, Sequence, cure

_TRUE = frozenset({"true", "yes", "on", "y"})
_FALSE = frozenset({"false", "no", "off", "n"})
_NULL = frozenset({"~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Field:
    """One key as written, with its value. ``name`` is the key folded, after a dot where it stands in a mapping."""

    name: str
    key: Scalar
    value: Node


def is_null(node: Node) -> bool:
    """Whether nothing was written: an empty value or YAML's null."""
    return isinstance(node, Scalar) and (not node.text.strip() or (node.text in _NULL and not node.quoted))


def flag_word(node: Node) -> bool | None:
    """The truth that a scalar spells in any case, or None where it spells none."""
    if not isinstance(node, Scalar):
        return None
    word = node.text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


class Fields:
    """Answers by canonical name and gathers what is wrong. A bad value is told of and counts as not written."""

    def __init__(self, split: Split, *, path: str, zone: ZoneInfo) -> None:
        self.split, self.path, self.zone = split, path, zone
        self.problems: list[Problem] = []
        self.written: dict[str, Field] = {}
        for field in self._flattened():
            first = self.written.setdefault(field.name, field)
            if first is not field:
                message = f"the key `{field.key.text}` is there twice, first on line {first.key.line} as `{first.key.text}`"
                if field.name == PROTECT:
                    self.report_secret(field, message, "keep one of them")
                else:
                    self.report("bad-value", message, field.key, "keep one of them")

        # A page says something under few of the keys, and each is asked for.
        self._said = {name for spelling in self.written for name in MEANINGS.get(spelling, ())}

    def _flattened(self) -> Iterator[Field]:
        for key, value in self.split.meta.pairs:
            name = folded(key.text)
            yield Field(name, key, value)
            if isinstance(value, Mapping) and is_nested(name):
                for inner, item in value.pairs:
                    yield Field(f"{name}.{folded(inner.text)}", inner, item)

    def all(self, name: str) -> Iterator[Field]:
        """The fields that spell the canonical key `name` and say something, in the order they are asked."""
        for spelling in KEYS[name].spellings:
            field = self.written.get(spelling)
            if field is not None and not is_null(field.value):
                yield field

    def first(self, name: str) -> Field | None:
        """The field that counts."""
        return next(self.all(name), None) if name in self._said else None

    def has(self, name: str) -> bool:
        """Whether the page says anything under that canonical key."""
        return self.first(name) is not None

    def report(self, rule: str, message: str, node: Node, hint: str = "") -> None:
        """Note a problem at the place of `node`."""
        self.problems.append(Problem(rule, message, self.path, node.line, node.column, self.split.excerpt(node.line), hint))

    def report_secret(self, field: Field, message: str, hint: str) -> None:
        """Note that a page is meant to be secret, with nothing of the line it says so in."""
        self.problems.append(Problem("secret", message, self.path, field.key.line, field.key.column, hint=hint))

    def bad(self, field: Field, expected: str, hint: str = "", *, node: Node | None = None) -> None:
        """Note that a field holds another kind of value than was expected."""
        node = node or field.value
        place = node if isinstance(node, Scalar) or node.line == field.key.line else field.key
        self.report("bad-value", f"`{field.key.text}` is {_described(node)}, expected {expected}", place, hint)

    def _cure(self, field: Field) -> str:
        """How a text that YAML took for a list or a mapping becomes one."""
        if field.value.line != field.key.line or self.split.dialect != "yaml":
            return "write it as one text"
        return cure(self.split.excerpt(field.value.line), field.value.column)

    def text(self, name: str) -> str:
        """One line of text; numbers, truths and dates as they were written."""
        field = self.first(name)
        return "" if field is None else " ".join(self.scalar(field).split())

    def scalar(self, field: Field, expected: str = "a text") -> str:
        """The text of a field that must not be a list or a mapping."""
        if isinstance(field.value, Scalar):
            return field.value.text.strip()
        self.bad(field, expected, self._cure(field))
        return ""

    def flag(self, name: str) -> bool | None:
        """A truth, or None where the page says nothing."""
        field = self.first(name)
        return None if field is None else self.truth(field)

    def truth(self, field: Field) -> bool | None:
        """The truth a field holds; a text that spells one counts, with a warning."""
        word = flag_word(field.value)
        if word is None:
            self.bad(field, "true or false")
        elif isinstance(field.value, Scalar) and field.value.quoted:
            written = "true" if word else "false"
            self.report(
                "deprecated-value",
                f"`{field.key.text}` is the text `{field.value.text}`, expected {written} without quotes",
                field.value,
                f"write `{field.key.text}: {written}`" if self.split.dialect == "yaml" else f"remove the quotes: {written}",
            )
        return word

    def number(self, name: str) -> float | None:
        """A finite number."""
        field = self.first(name)
        if field is None:
            return None
        text = field.value.text.strip() if isinstance(field.value, Scalar) else ""
        number = _number(text)
        if number is None:
            self.bad(field, "a number", "" if text == "" else "write digits only, such as 10 or 2.5")
        return number

    def date(self, field: Field) -> Moment | None:
        """The moment that `field` holds; none for WordPress' zeros."""
        if not isinstance(field.value, Scalar):
            self.bad(field, "a date")
            return None
        text = field.value.text.strip()
        if text.startswith("0000-00-00"):
            return None
        naive = ZoneInfo("UTC") if field.name.endswith("_gmt") else None
        try:
            return parse(text, self.zone, naive=naive)
        except BadDateError as error:
            self.report("bad-date", f"`{field.key.text}`: {error}", field.value, error.hint)
            return None

    def secrets(self) -> Iterator[Field]:
        """Every field that asks for the page to be kept from the public, also among the author's own keys."""
        names = [*SECRETS, *(f"{own}.{secret}" for own in OWN for secret in (*SECRETS, PROTECT))]
        fields = (self.written.get(name) for name in sorted(names))
        yield from (field for field in fields if field is not None and asks(field.value))

    def group(self, name: str) -> str:
        """The name of a group of readers, or of what cannot be one: then it is told of, since the page is meant for few."""
        field = self.written.get(name)
        if field is None or not asks(field.value):
            return ""
        if isinstance(field.value, Scalar) and flag_word(field.value) is None:
            return field.value.text.strip()
        hint = f"write `{name}: NAME` with a group that stands under `protected` in site.yaml"
        self.report_secret(field, f"`{field.key.text}` names no group of readers", hint)
        return ""


def asks(node: Node) -> bool:
    """Whether a value asks for something: it is neither empty nor false."""
    return not is_null(node) and flag_word(node) is not False


def _number(text: str) -> float | None:
    if len(text) > 30 or not text.replace("_", "").lstrip("+-").replace(".", "", 1).isdecimal() or not text.isascii():
        return None
    return float(text)


def _described(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    text = node.text if len(node.text) <= 60 else node.text[:59] + "…"
    return f"`{' '.join(text.split())}`" if text.strip() else "empty"
