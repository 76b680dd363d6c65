"""The address that a request comes from, to count it in memory and nothing else."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request


def address_of(request: Request) -> str:
    """A reverse proxy speaks from a private address and names its client; '' for one who speaks unnamed."""
    address = request.client.host if request.client else ""
    try:
        private = not address or ip_address(address).is_private
    except ValueError:
        return ""
    return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() if private else address
