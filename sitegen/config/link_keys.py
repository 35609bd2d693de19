"""The keys of site.yaml about old addresses."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from sitegen.config.kinds import RedirectTarget
from sitegen.config.table import Table


class RedirectKeys(Table):
    """Where an old address leads: the new one alone, or a mapping of these keys."""

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
