"""The keys of site.yaml about pages that only some readers can open."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from sitegen import urls
from sitegen.config.kinds import Fault, Folder, Text, Words, checked, quoted
from sitegen.config.table import Many, Table

# It is a part of addresses, of the names of environment variables and of what ciphertext is bound to.
_GROUP = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LONGEST = 40


def group_fault(name: str) -> Fault | None:
    """Why `name` cannot be that of a group of readers."""
    if re.fullmatch(_GROUP, name) and len(name) <= _LONGEST:
        return None
    return Fault(f"is {quoted(name)}, expected lower-case letters, digits and hyphens, at most {_LONGEST}", "rename the group")


def _address_fault(address: str) -> Fault | None:
    if not (address.startswith("/") and address.endswith("/") and address != "/"):
        return Fault(f"is {quoted(address)}, expected an address of this site such as `/clients/`", "begin and end it with `/`")
    reason = urls.fault(address)
    return Fault(f"is {quoted(address)}, which {reason}") if reason else None


def _id_fault(name: str) -> Fault | None:
    return None if re.fullmatch(r"[!-~]{1,200}", name) else Fault(f"is {quoted(name)}, expected printable ASCII without spaces")


GroupName = Annotated[str, checked(group_fault), Words("name of a group", f"^({_GROUP})?$")]
GroupAddress = Annotated[str, checked(_address_fault), Words("address", "^(/.*/)?$")]
SiteId = Annotated[str, checked(_id_fault), Words("text", "^[!-~]*$")]


class GroupKeys(Table):
    """A group of readers, who share the key to its pages; each has a password."""

    title: Text = Field(
        default="",
        description="What the group is called on locked pages and on the page that lists its pages. It is public.",
        json_schema_extra={"default": "its name"},
    )
    address: GroupAddress = Field(
        default="",
        description="Where the page that lists its pages is; their own addresses begin with it. It is public.",
        json_schema_extra={"default": "`/<name>/`"},
    )
    folders: Many[Folder] = Field(
        default=(), description="Folders below `content/` in which every page and every file belongs to the group."
    )
    passwords: Text = Field(
        default="",
        description="A file outside the site's folder with the passwords, one `name: password` a line; relative to the site's folder, or "
        "with `~` for your home.",
        json_schema_extra={"default": "the environment variable `SITEGEN_PASSWORDS_<NAME>` holds the same"},
    )
