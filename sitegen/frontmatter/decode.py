"""A content file's bytes to text."""

from __future__ import annotations

import re
from typing import NoReturn

from sitegen.errors import ContentError, Problem
from sitegen.yaml_nodes import shown

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_LINE_END = re.compile(rb"\r\n?|\n")
# What XML forbids, DEL, and Markdown's own placeholders (STX, ETX). C1 controls stay: they are what is left of letters that went
# through a wrong encoding, and `sitegen.mojibake` mends by them.
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ASCII_CONTROLS = bytes((*range(9), *range(11, 32), 127))


def decode(data: bytes, *, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of `data`: no byte order mark, LF at line ends, control characters left out and told of.

    Raises:
        ContentError: it is not UTF-8, or holds a NUL.
    """
    for mark, name in _WIDE_BOMS:
        if data.startswith(mark):
            raise ContentError(f"the file is {name}, UTF-8 was expected", rule="bad-encoding", path=path, line=1, hint="save it as UTF-8")
    if b"\0" in data:
        _refuse_nul(data, path)
    text = _decoded(data, path)
    # In UTF-8 the others begin with these two, as does the byte order mark. A regular expression takes five times as long.
    if len(data.translate(None, _ASCII_CONTROLS)) == len(data) and b"\xed" not in data and b"\xef" not in data:
        return text, ()
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _without_controls(text, path)


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if data[error.start] == 0xED:
            try:
                return data.decode(errors="surrogatepass")
            except UnicodeDecodeError as beyond:
                _refuse(data, beyond.start, path)
        _refuse(data, error.start, path)


def _refuse(data: bytes, offset: int, path: str) -> NoReturn:
    line, column, excerpt = _place(data, offset)
    message = f"the file is not UTF-8 at byte {offset} (0x{data[offset]:02X})"
    raise ContentError(
        message, rule="bad-encoding", path=path, line=line, column=column, excerpt=shown(excerpt), hint=f"{_guess(data)}; save it as UTF-8"
    )


def _refuse_nul(data: bytes, path: str) -> NoReturn:
    offset = data.index(b"\0")
    line, column, _ = _place(data, offset)
    wide = data.count(b"\0") * 5 > len(data) * 2
    hint = "it looks like UTF-16; save it as UTF-8" if wide else "remove the character, or move the file out of content/"
    message = f"the file holds a NUL character at byte {offset}"
    raise ContentError(message, rule="bad-encoding", path=path, line=line, column=column, hint=hint)


def _guess(data: bytes) -> str:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "it is in another encoding, or damaged"
    return "it looks like Latin-1 (Windows-1252)"


def _place(data: bytes, offset: int) -> tuple[int, int, str]:
    """Line and column of the byte at `offset`, and that line as far as it can be read."""
    ends = [found.end() for found in _LINE_END.finditer(data, 0, offset)]
    start = ends[-1] if ends else (len(_BOM) if data.startswith(_BOM) else 0)
    end = _LINE_END.search(data, offset)
    line = data[start : end.start() if end else len(data)]
    column = len(data[start:offset].decode(errors="replace")) + 1
    return len(ends) + 1, column, line.decode(errors="replace")


def _without_controls(text: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    first = _CONTROL.search(text)
    if first is None:
        return text, ()
    clean, count = _CONTROL.subn("", text)
    line = text.count("\n", 0, first.start()) + 1
    column = first.start() - (text.rfind("\n", 0, first.start()) + 1) + 1
    others = f" and {count - 1} more control characters" if count > 1 else ""
    message = f"the file holds U+{ord(first[0]):04X}{others}, left out of the page"
    problem = Problem("control-character", message, path, line, column, hint="remove it: it cannot be seen and feeds may not hold it")
    return clean, (problem,)
