"""Task lists whose boxes have a name."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from pymdownx.tasklist import RE_CHECKBOX, TasklistTreeprocessor

from sitegen.markup.rendered import Labels
from sitegen.markup.trees import attribute


class TasksExtension(Extension):
    """The ``tasklist`` extension with labelled boxes."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self._labels = labels

    def extendMarkdown(self, md: Markdown) -> None:
        """Register where `pymdownx.tasklist` does."""
        md.treeprocessors.register(_Tasks(md, self._labels), "task-list", 25)


class _Tasks(TasklistTreeprocessor):  # type: ignore[misc]
    def __init__(self, md: Markdown, labels: Labels) -> None:
        super().__init__(md)
        self.config = {"custom_checkbox": False, "clickable_checkbox": False}
        self._labels = labels

    def inline(self, li: Element) -> bool:
        return self._tick(li)

    def sub_paragraph(self, li: Element) -> bool:
        return len(li) > 0 and li[0].tag == "p" and self._tick(li[0])

    def _tick(self, element: Element) -> bool:
        found = RE_CHECKBOX.match(element.text or "")
        if found is None:
            return False
        done = found["state"] != " "
        label = attribute(self._labels.task_done if done else self._labels.task_open).replace('"', "&quot;")
        box = f'<input type="checkbox" disabled{" checked" * done} aria-label="{label}"> '
        element.text = self.md.htmlStash.store(box) + found["line"]
        return True
