"""What sealed pages weigh, and the derivation that nobody can spare them."""

from __future__ import annotations

import gzip
import json
import re
import statistics
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen import theme
from sitegen.encryption import Key, unlocked
from sitegen.encryption.documents import decoded
from sitegen.encryption.envelope import opened
from sitegen.encryption.passwords import parsed

# Prints the seconds of work and by the clock that so many keys take; they are made as a build makes them.
DERIVE = """
import os, time
from sitegen.encryption import derivation
words, began, worked = [f"reader {{each}} of many" for each in range({count})], time.perf_counter(), time.process_time()
derivation.all_derived(words, bytes(16), jobs=os.cpu_count() or 1)
print(time.process_time() - worked, time.perf_counter() - began)
"""
_DOCUMENT = re.compile(r'<script type="application/json" id="site:sealed">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes, medians over all pages of a group: the `content` of a page deflated, its `ciphertext` in base64, and the `shell`, which is
    the rest of the locked page with the script that opens it, compressed. `ratio` and `largest` are of ciphertext to content.
    """

    content: int
    ciphertext: int
    shell: int
    ratio: float
    largest: float


def weights(folder: Path, readers: Path) -> Weights:
    """Those of the pages below `folder`, opened with the first password in the file `readers`."""
    password = parsed(readers.read_text(encoding="utf-8"))[0].password
    key: Key | None = None
    script = len(_compressed((theme.folder("static") / "unlock.js").read_bytes()))
    content, ciphertext, shell = list[int](), list[int](), list[int]()
    for path in sorted(folder.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        found = _DOCUMENT.search(html)
        if not found:
            continue
        document = json.loads(found[1])
        key = key or unlocked(document, password)
        content.append(_deflated(document, key))
        ciphertext.append(len(document["ct"]))
        shell.append(len(_compressed(html.replace(document["ct"], "").encode())) + script)
    ratios = [one / other for one, other in zip(ciphertext, content, strict=True)]
    middle = [int(statistics.median(each)) for each in (content, ciphertext, shell)]
    return Weights(middle[0], middle[1], middle[2], statistics.median(ratios), max(ratios))


def _deflated(document: Mapping[str, Any], key: Key) -> int:
    aad = key.lock.page_aad(document["page"])
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return len(deflater.compress(opened(key.secret, aad, decoded(document["siv"]), decoded(document["ct"]))) + deflater.flush())


def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
