"""A page as its author wrote it: where in its file something stands that is worth a word."""

from __future__ import annotations

from functools import cached_property

from sitegen import frontmatter
from sitegen.config import Settings
from sitegen.errors import Problem, SitegenError
from sitegen.pages import CONTENT, Page
from sitegen.yaml_nodes import shown


class Written:
    """The file of `page`, which is read when something in it has to be pointed at, and not before."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self.page, self.settings = page, settings
        self.path = f"{CONTENT}/{page.source}"

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file; none where it cannot be read any more."""
        return self._text.split("\n")

    @cached_property
    def _text(self) -> str:
        try:
            return frontmatter.decode((self.settings.root / self.path).read_bytes(), path=self.path)[0]
        except (OSError, SitegenError):
            return ""

    @cached_property
    def _fields(self) -> frontmatter.Fields | None:
        try:
            split = frontmatter.split(self._text, path=self.path, limit=self.settings.limits.front_matter_kb * 1024)
        except SitegenError:
            return None
        return frontmatter.Fields(split, path=self.path, zone=self.settings.zone)

    def says(self, rule: str, message: str, hint: str, *, keys: tuple[str, ...] = (), part: str = "") -> Problem:
        """A problem at the first of the canonical front matter `keys` that the page has, and there at the text `part`.

        Where it has none of them, that is its first heading for a title, and the page as a whole for all else.
        """
        line, column = self._place(keys, part)
        excerpt = shown(self.lines[line - 1]) if 0 < line <= len(self.lines) else ""
        return Problem(rule, message, self.path, line, column, excerpt, hint)

    def _place(self, keys: tuple[str, ...], part: str) -> tuple[int, int]:
        fields = self._fields
        field = next((found for key in keys if fields and (found := fields.first(key))), None)
        if field is None:
            heading = next((number for number, line in enumerate(self.lines, 1) if "title" in keys and line.startswith("# ")), 0)
            return heading, 1 if heading else 0
        for number in range(field.value.line, field.value.line + len(self.lines)) if part else ():
            at = self.lines[number - 1].find(part, field.value.column - 1 if number == field.value.line else 0)
            if at >= 0:
                return number, at + 1
            if number >= self.page.body_line - 1:
                break
        return field.value.line, field.value.column
