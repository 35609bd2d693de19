"""What bodies say that their authors did not write, in a language."""

from __future__ import annotations

from sitegen.markup import Labels
from sitegen.words import Words


def labels_of(words: Words) -> Labels:
    """The labels of the markup as `words` have them."""
    _ = words.gettext
    return Labels(
        section_link=_("Link to this section: {}"),
        footnotes=_("Footnotes"),
        footnote_back=_("Back to reference {}"),
        task_done=_("Completed task"),
        task_open=_("Incomplete task"),
        example_result=_("Result"),
        diagram=_("Diagram in {}"),
        diagram_source=_("Diagram in {}, shown as its source"),
        diagram_details=_("Source of the diagram"),
        kinds=tuple((kind, title) for kind, title in _kinds(words).items() if title != kind.capitalize()),
    )


def _kinds(words: Words) -> dict[str, str]:
    """The titles of boxes that have none, by kind."""
    _ = words.gettext
    return {
        "abstract": _("Abstract"),
        "attention": _("Attention"),
        "bug": _("Bug"),
        "caution": _("Caution"),
        "danger": _("Danger"),
        "details": _("Details"),
        "error": _("Error"),
        "example": _("Example"),
        "failure": _("Failure"),
        "hint": _("Hint"),
        "important": _("Important"),
        "info": _("Info"),
        "note": _("Note"),
        "question": _("Question"),
        "quote": _("Quote"),
        "success": _("Success"),
        "summary": _("Summary"),
        "tip": _("Tip"),
        "todo": _("Todo"),
        "warning": _("Warning"),
    }
