"""What identity is decided by: the part of an address that stays the same, however an article is reached."""

from newsreader.urls import canonical


def key_of(url: str) -> str:
    """The canonical address without its scheme, since http becomes https; what is no address stands for itself."""
    return canonical(url).partition("://")[2] or url
