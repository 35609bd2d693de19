"""The keys of site.yaml about old addresses."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import unquote

from pydantic import Field, model_validator

from sitegen import urls
from sitegen.config.kinds import Fault, Words, checked, quoted, text_fault, web_fault
from sitegen.config.table import Table

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def old_path_fault(path: str) -> Fault | None:
    """Why `path` cannot be an old address of this site: a path, or the start of many with ``*`` in the place of the rest."""
    if not path.startswith("/") or path.startswith("//"):
        cure = f"write `/{path}`" if re.match(r"[\w-]+(?:/|$)", path) else "write its path alone, such as `/old/`"
        return Fault(f"is {quoted(path)}, expected a path of this site", cure)
    if re.search(r"[?#\s]", path):
        return Fault(f"is {quoted(path)}, expected a path alone", "a redirect does not go by what follows `?` or `#`; write a space as %20")
    fixed = path.removesuffix("*") if path.endswith("/*") else path
    reason = urls.fault(unquote(fixed))
    if "*" in fixed:
        reason = "holds `*` elsewhere than at its end, after a `/`"
    return Fault(f"is {quoted(path)}, which {reason}") if reason else None


def redirect_target_fault(address: str) -> Fault | None:
    """Why `address` cannot be what an old address leads to: a page or a path of this site, or a whole address elsewhere."""
    if not _SCHEME.match(address) and not address.startswith("//"):
        return text_fault(address)
    return web_fault(address)


OldPath = Annotated[str, checked(old_path_fault), Words("path")]
RedirectTarget = Annotated[str, checked(redirect_target_fault), Words("address")]


class RedirectKeys(Table):
    """Where an old address leads: the new one alone, or a mapping of these keys."""

    may_be_text: ClassVar[bool] = True

    to: RedirectTarget = Field(
        default="",
        description="The new address: a path of this site, such as `/new/`, a file below `content/`, or a whole address elsewhere. "
        "After an old address that ends in `/*`, `:splat` stands for what the `*` stood for.",
    )
    status: Literal[301, 302] = Field(
        default=301, description="`301` says that it has moved for good, `302` that it may be back. Stub pages say neither."
    )

    @model_validator(mode="before")
    @classmethod
    def _from_address(cls, given: Any) -> Any:
        return {"to": given} if isinstance(given, str) else given
