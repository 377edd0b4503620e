"""Redirects, one hop at a time: where they may lead, when they are endless, whether the address has moved for good."""

from newsreader.errors import RedirectError
from newsreader.fetch.own import stays_on_site
from newsreader.fetch.request import shown
from newsreader.urls import resolve

MOST_HOPS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MOST_NAMED = 4  # addresses of a loop that are named
_LOOP_HINT = "The site has a problem; try again later"


class Trail:
    """The addresses of one fetch, from the first to the one asked now.

    `stayed` is whether no redirect led away from the site of the first, not even for a moment, nor off encryption.
    """

    def __init__(self, url: str) -> None:
        self.first = url
        self.url = url
        self._urls = [url]
        self._seen: set[tuple[str, frozenset[str]]] = {(url, frozenset())}
        self._permanent = True
        self.stayed = True

    @property
    def is_first(self) -> bool:
        """Whether no redirect was followed yet."""
        return len(self._urls) == 1

    @property
    def way(self) -> tuple[str, ...]:
        """Every address, in order; none if no redirect was followed."""
        return () if self.is_first else tuple(self._urls)

    @property
    def moved(self) -> str | None:
        """The address now, if every redirect that led there was permanent; None if one was not, or there was none."""
        return self.url if self._permanent and self.url != self.first else None

    def follow(self, status: int, location: str, cookies: frozenset[str]) -> None:
        """Go on to where a redirect of some status leads; raises RedirectError if it leads nowhere.

        A site may lead back to an address once it has set a cookie: `cookies` are the ones at hand, and an address is
        only a loop with the same ones.
        """
        target = resolve(location, self.url)
        if target is None:
            raise RedirectError(
                f"{shown(self.url)} leads to something that is not on the web: {shown(location)[:200] or 'nothing'}"
            )
        target = target.partition("#")[0]
        self._permanent = self._permanent and status in _PERMANENT
        self.stayed = self.stayed and stays_on_site(self.first, target)
        self._urls.append(target)
        self.url = target
        self._refuse_endless((target, cookies))

    def _refuse_endless(self, step: tuple[str, frozenset[str]]) -> None:
        if step in self._seen:
            loop = [shown(url) for url in self._urls[self._urls.index(step[0]) :]]
            if len(loop) > _MOST_NAMED:
                loop = [*loop[: _MOST_NAMED - 1], "…", loop[-1]]
            raise RedirectError(f"Redirects in a loop: {' → '.join(loop)}", hint=_LOOP_HINT)
        self._seen.add(step)
        if len(self._urls) > MOST_HOPS + 1:
            raise RedirectError(f"{shown(self.first)} redirects more than {MOST_HOPS} times")
