"""How often somebody may ask. It is counted in this process and forgotten with it: who asked from
where is written down nowhere."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from ipaddress import IPv6Address, IPv6Network, ip_address

from fastapi import Request

REMEMBERS = 10_000
NETWORK = 64
"""Bits of an IPv6 address that name the network; whoever has one address in it has them all."""


class Window:
    """So many in any so many seconds for each key, to the letter: what guards a door must not let a
    burst pass at the seam of two windows, as a bucket that refills would. It has state: the times
    of those that came."""

    def __init__(self, many: int, seconds: float) -> None:
        self._many = many
        self._seconds = seconds
        self._times: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def takes(self, key: Hashable, now: float) -> bool:
        """Whether one more may pass now (seconds of a clock that only goes forward)."""
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(self._times) > REMEMBERS:
            self._times.popitem(last=False)
        if len(times) >= self._many:
            return False
        times.append(now)
        return True


def whence(request: Request) -> str:
    """The place a request is counted under: its address; of IPv6 the network, or a guesser would
    come from a new address each time."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((int(address), NETWORK), strict=False))
