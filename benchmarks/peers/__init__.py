"""The generators that are compared, in the order in which they take turns."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.peers.peer import Peer
from benchmarks.peers.with_eleventy import Eleventy
from benchmarks.peers.with_flask import FrozenFlask
from benchmarks.peers.with_hugo import Hugo
from benchmarks.peers.with_mkdocs import MkDocs
from benchmarks.peers.with_pelican import Pelican
from benchmarks.peers.with_sitegen import Sitegen, SitegenAlone

PEERS: Mapping[str, Peer] = {
    "sitegen": Sitegen(),
    "sitegen-1": SitegenAlone(),
    "hugo": Hugo(),
    "eleventy": Eleventy(),
    "pelican": Pelican(),
    "flask": FrozenFlask(),
    "mkdocs": MkDocs(),
}
