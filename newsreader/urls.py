"""Addresses: canonical form, resolution, trackers off."""

from urllib.parse import urljoin


def resolve(href: str, base: str) -> str | None:
    """The absolute http(s) address of a link, None if it is something else."""
    found = urljoin(base, href.strip())
    return found if found.startswith(("http://", "https://")) else None


def canonical(url: str) -> str:
    """The identity of an address."""
    return url
