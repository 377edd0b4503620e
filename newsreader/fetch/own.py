"""What a user sends to the sites of their sources, put on the requests that it is meant for and on no other."""

from collections.abc import Sequence

from newsreader.fetch.request import Own, Request
from newsreader.urls import same_site


def dressed(request: Request, owned: Sequence[Own]) -> Request:
    """A request with the headers of the source that it is for, if it has some.

    It is for a source if it goes to the source's site, and was named by that site or typed by a person: another site
    must not make us act there in the user's name. Raises ConfigError.
    """
    home = request.home or request.url
    fitting = [own for own in owned if stays_on_site(own.url, request.url) and same_site(own.url, home)]
    if not fitting:
        return request
    own = next((own for own in fitting if own.url == home), fitting[0])
    return request._replace(headers=own.headers())


def stays_on_site(start: str, url: str) -> bool:
    """Whether what is meant for the site of `start` may go to `url`: the same site, and never without encryption."""
    return same_site(start, url) and not (start.startswith("https:") and url.startswith("http:"))
