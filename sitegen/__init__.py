"""A static site generator for documentation and a blog."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """``sitegen.create_app``, which ``flask --app sitegen`` looks for; imported when asked for, since Flask is slow to load."""
    if name == "create_app":
        from sitegen.app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
