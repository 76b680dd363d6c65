"""The address that a request comes from, to count it in memory and nothing else."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.requests import Request

HOME = 64  # bits of an IPv6 address that a subscriber has; the others change at will


def address_of(request: Request) -> str:
    """A reverse proxy speaks from a private address and names its client; '' for one who speaks unnamed."""
    address = request.client.host if request.client else ""
    private = not address or _is_private(address)
    if private is None:
        return ""
    return counted_as(request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() if private else address)


@lru_cache(maxsize=1024)
def _is_private(address: str) -> bool | None:
    """None for what is no address."""
    try:
        return ip_address(address).is_private
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def counted_as(address: str) -> str:
    """One subscriber: an IPv4 address, written as IPv6 or not, or the network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), HOME), strict=False))
