"""What every mapping of site.yaml is made of."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Strict, model_validator

T = TypeVar("T")
# YAML has lists, and strict pydantic takes a tuple for nothing but a tuple.
Many = Annotated[tuple[T, ...], Strict(strict=False)]


class Table(BaseModel):
    """A mapping of site.yaml: values of the right type only, no unknown keys. A key without a value is as good as absent."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    # Whether a text may stand in its place.
    may_be_text: ClassVar[bool] = False

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        if given is None:
            return {}
        if not isinstance(given, dict):
            return given
        return {key: value for key, value in given.items() if value is not None or key not in cls.model_fields}


def model_in(hint: Any) -> type[Table] | None:
    """The model that the values of a type are made of at the bottom; None where they are plain."""
    if isinstance(hint, type) and issubclass(hint, Table):
        return hint
    return next((found for found in map(model_in, get_args(hint)) if found is not None), None)
