"""The cookies of one chain of redirects: some sites ask for that, and none shall learn that we came back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

RawHeaders = Sequence[tuple[bytes, bytes]]


class Cookies:
    """What the sites of one chain have set; few do, so that httpx is first needed when one does."""

    def __init__(self) -> None:
        self._kept: httpx.Cookies | None = None

    def keep(self, url: str, headers: RawHeaders) -> None:
        """Take the cookies that the answer of an address sets by its headers."""
        import httpx

        if self._kept is None:
            self._kept = httpx.Cookies()
        self._kept.extract_cookies(httpx.Response(200, headers=headers, request=httpx.Request("GET", url)))

    def header_for(self, url: str) -> str | None:
        """The Cookie header for an address; None if nothing is kept for it."""
        if self._kept is None:
            return None
        import httpx

        request = httpx.Request("GET", url)
        self._kept.set_cookie_header(request)
        return ", ".join(request.headers.get_list("Cookie")) or None

    @property
    def at_hand(self) -> frozenset[str]:
        """All that are kept, as they are sent."""
        kept = self._kept.jar if self._kept else ()
        return frozenset(f"{cookie.name}={cookie.value}" for cookie in kept)
