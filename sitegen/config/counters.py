"""Where each service that counts visits wants to be told of one.

Plausible: https://plausible.io/docs/events-api; GoatCounter: https://www.goatcounter.com/help/pixel; Umami:
https://umami.is/docs/api/sending-stats.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.config.reader_keys import AnalyticsKeys


@dataclass(frozen=True, slots=True)
class Counter:
    """A service by name, the address that it is told at, and what it calls the site."""

    service: str
    address: str
    site: str


def counter_of(keys: AnalyticsKeys, host: str) -> Counter | None:
    """The service that `keys` name for the site at `host`."""
    if keys.plausible is not None:
        return Counter("plausible", f"{keys.plausible.host.rstrip('/')}/api/event", keys.plausible.domain or host)
    if keys.goatcounter is not None:
        return Counter("goatcounter", f"{keys.goatcounter.host.rstrip('/')}/count", host)
    return Counter("umami", f"{keys.umami.host.rstrip('/')}/api/send", keys.umami.website) if keys.umami is not None else None
